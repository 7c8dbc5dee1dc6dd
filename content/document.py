"""A worksheet as a document, before anybody decides what it is drawn with: one layout for Markdown, PDF and the card.

Everything here is plain text, members' own words included: whoever draws it makes it harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chat.errors import LimitError

MAX_ROWS, MAX_DOTS = 4, 9  # of a card
Language = Literal["en", "zh-CN"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a newline in it stays one."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """A quiet remark: "re-check: we learned that …"."""

    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Label and value; an empty value is drawn as the document's `blank` word."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines, one under the other."""

    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as wide as `heads`; an empty cell is drawn as the document's `blank` word. Raises LimitError otherwise."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.heads or any(len(row) != len(self.heads) for row in self.rows):
            raise LimitError(f"a table has at least one column, and every row has {len(self.heads)} cells")


Block = Paragraph | Small | Pairs | Listing | Table


@dataclass(frozen=True, slots=True)
class Section:
    """`mark`: a few words beside the title ("not yet", "re-check"); "" for none. Without blocks, the mark says why."""

    title: str
    blocks: tuple[Block, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A sheet to keep or to hand to a manager. `blank`: what stands where nothing was written ("not yet")."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    foot: str
    lang: Language
    blank: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One of the dots at the foot of a card: filled where that part is thought through."""

    label: str
    filled: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet at a glance: at most four rows of label and text, at most nine dots. Raises LimitError beyond."""

    kicker: str
    title: str
    rows: tuple[tuple[str, str], ...]
    badge: str
    dots: tuple[Dot, ...]
    foot: str
    lang: Language
    blank: str

    def __post_init__(self) -> None:
        if len(self.rows) > MAX_ROWS or len(self.dots) > MAX_DOTS:
            raise LimitError(f"a card has at most {MAX_ROWS} rows and {MAX_DOTS} dots: leave some out")
