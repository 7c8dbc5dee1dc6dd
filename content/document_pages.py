"""A document as a PDF and a card as a picture, both drawn by Typst from one template that gets all words as data.

Drawing costs tens of milliseconds of CPU, the first time some hundreds (fonts), without holding Python's lock: call
these in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, cast

from chat.errors import SteppingstoneError
from content.days_picture import GREEN
from content.document import Card, Document
from content.document_text import shorten, visible

if TYPE_CHECKING:
    from typst import Compiler, Fonts

ALT_MOST = 1_000  # characters
FONTS, EMOJI = ("Noto Sans CJK SC", "DejaVu Sans"), "Noto Color Emoji"
PACKAGES = {
    FONTS[0]: "fonts-noto-cjk",
    FONTS[1]: "fonts-dejavu-core",
    EMOJI: "fonts-noto-color-emoji",
}
"""The family a script is drawn with -> the Debian package it comes in."""
_SHEET = Path(__file__).with_name("layout") / "sheet.typ"
_EVERYTHING_HAS_A_GLYPH = "ua-1"  # PDF/UA: accessible, and refused by Typst where it would draw an empty box
_drawing = Lock()  # one Compiler is not made for several threads


class CannotDraw(SteppingstoneError):
    """No installed font has some of the characters, or Typst refuses: offer the Markdown. The text holds no words of
    members."""


def pdf(document: Document) -> bytes:
    """A4 pages, tagged (PDF/UA-1); the same bytes for the same document. Raises CannotDraw. Call it in a thread."""
    sections = [
        {"title": visible(section.title) or document.blank, "mark": section.mark}
        | {"blocks": [{"kind": type(block).__name__.lower(), **asdict(block)} for block in section.blocks]}
        for section in document.sections
    ]
    title = visible(document.title) or document.blank
    return _drawn({**asdict(document), "kind": "paper", "title": title, "sections": sections}, _on_lines, "pdf")


def card_png(card: Card) -> bytes:
    """1200 x 630 pixels; what does not fit is shortened with "…". Raises CannotDraw. Call it in a thread."""
    if not can_draw(card):
        raise CannotDraw("no installed font has some of the characters")
    return _drawn({**asdict(card), "kind": "card"}, _on_one_line, "png")


def card_alt(card: Card) -> str:
    """All words of the card, for those who do not see it: the parts still open carry the `blank` word."""
    rows = [f"{label}: {text or card.blank}" for label, text in card.rows]
    dots = [f"{dot.label} {'✓' if dot.filled else card.blank}" for dot in card.dots if dot.label]
    if card.dots and not dots:
        dots = [f"{sum(dot.filled for dot in card.dots)}/{len(card.dots)}"]
    parts = (card.kicker, card.title or card.blank, card.badge, *rows, ", ".join(dots), card.foot)
    return shorten("\n".join(filter(None, map(_on_one_line, parts))), ALT_MOST)


def fonts_missing() -> tuple[str, ...]:
    """The Debian packages to install before everything can be drawn here."""
    families = _fonts().families()
    return tuple(package for family, package in PACKAGES.items() if family not in families)


def can_draw(words: str | Document | Card) -> bool:
    """Whether every character has a glyph in the fonts that are installed here. Call it in a thread."""
    if not set(FONTS).intersection(_fonts().families()):
        return False
    text = words if isinstance(words, str) else json.dumps(asdict(words), ensure_ascii=False)
    try:
        _drawn({"kind": "words", "title": "-", "lang": "en", "text": text}, _on_lines, "pdf")
    except CannotDraw:
        return False
    return True


def _drawn(data: Mapping[str, object], mend: Callable[[str], str], form: Literal["pdf", "png"]) -> bytes:
    from typst import TypstError

    told = json.dumps(_mended({**data, "green": GREEN, "fonts": FONTS, "emoji": EMOJI}, mend))
    try:
        with _drawing:
            made = _compiler().compile(
                format=form,
                ppi=72,
                sys_inputs={"data": told},
                timestamp=0,
                pdf_standards=_EVERYTHING_HAS_A_GLYPH if form == "pdf" else None,
            )
    except TypstError as error:
        raise CannotDraw(f"Typst: {error.message.partition('`')[0]}") from None  # what follows quotes the member
    if not isinstance(made, bytes):
        raise CannotDraw("the card did not fit its page")
    return made


def _mended(value: object, mend: Callable[[str], str]) -> object:
    match value:
        case str():
            return mend(value)
        case dict():
            named = cast("dict[str, object]", value)
            return {key: _mended(one, mend) for key, one in named.items()}
        case list() | tuple():
            return [_mended(one, mend) for one in cast("Sequence[object]", value)]
        case _:
            return value


def _on_one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _on_lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in visible(text).splitlines()).strip()


@cache
def _fonts() -> Fonts:
    from typst import Fonts

    return Fonts(include_embedded_fonts=False)


@cache
def _compiler() -> Compiler:
    from typst import Compiler

    return Compiler(_SHEET, root=_SHEET.parent, font_paths=_fonts(), ignore_system_fonts=True)
