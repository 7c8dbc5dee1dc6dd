"""What a message is made of: each part within the tighter limit of the two platforms, and its size on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from chat import markup
from chat.action import Action
from chat.errors import LimitError
from chat.people import Person

TEXT, LABEL = 3_000, 75
ROW_ITEMS, PICKER_OPTIONS, FACT_PAIRS = 5, 25, 10
PEOPLE = 8  # as many as a group message of Slack takes besides us
PICTURES, PICTURE_BYTES = 10, 1 << 20  # Discord takes ten files a message
_PNG, _FILE_NAME = b"\x89PNG\r\n\x1a\n", re.compile(r"[a-z0-9][a-z0-9-]{0,39}\.png")
_FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.(ics|md|pdf|png|json|csv)")


def within(what: str, text: str, most: int, *, least: int = 1) -> None:
    """Raises LimitError with advice unless `text` has `least` to `most` characters."""
    if len(text) > most:
        raise LimitError(f"{what} has {len(text)} characters, allowed {most}: shorten it or split it into parts")
    if len(text.strip()) < least:
        raise LimitError(f"{what} is empty: give it at least {least} character(s)")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in the house's Markdown dialect (`chat.markup`). What members typed goes through `markup.escape`."""

    text: str

    def __post_init__(self) -> None:
        within("a Text", self.text, TEXT)


@dataclass(frozen=True, slots=True)
class Note:
    """A small grey line, plain text: no markup is read in it."""

    text: str

    def __post_init__(self) -> None:
        within("a Note", self.text, 300)


@dataclass(frozen=True, slots=True)
class Divider:
    """A quiet line between two thoughts."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture by https address; `alt` says in words what it shows."""

    url: str
    alt: str

    def __post_init__(self) -> None:
        within("an Image's alt text", self.alt, 1_000)
        if not self.url.startswith("https://"):
            raise LimitError("an Image needs an https:// address")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our own making, as PNG bytes; `alt` says in words what it shows, and stands alone where the picture
    cannot go. `name` is its file's: two pictures of one message need two."""

    data: bytes = field(repr=False)
    alt: str
    name: str = "picture.png"

    def __post_init__(self) -> None:
        within("a Picture's alt text", self.alt, 1_000)
        if not self.data.startswith(_PNG):
            raise LimitError("a Picture needs the bytes of a PNG")
        if len(self.data) > PICTURE_BYTES:
            raise LimitError(f"a Picture has {len(self.data)} bytes, allowed {PICTURE_BYTES}: draw it smaller")
        if not _FILE_NAME.fullmatch(self.name):
            raise LimitError(f"a Picture cannot be called {self.name!r}: lower-case letters, digits and '-', then .png")


@dataclass(frozen=True, slots=True)
class Facts:
    """Up to ten label-value pairs, plain text both; drawn as a small table."""

    pairs: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.pairs) <= FACT_PAIRS:
            raise LimitError(f"Facts has {len(self.pairs)} pairs, allowed 1 to {FACT_PAIRS}: group them or make two")
        for label, value in self.pairs:
            within("a fact's label", label, LABEL)
            within(f"the fact {label!r}", value, 1_000)


@dataclass(frozen=True, slots=True)
class People:
    """Persons by name, each of whom the platform tells that they are meant: the only mention there is. All of one
    space."""

    persons: tuple[Person, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.persons) <= PEOPLE:
            raise LimitError(f"People has {len(self.persons)} persons, allowed 1 to {PEOPLE}: write to fewer at once")
        if len({person.space for person in self.persons}) != 1 or len(set(self.persons)) != len(self.persons):
            raise LimitError("People names each person once, all of one space")


@dataclass(frozen=True, slots=True)
class File:
    """A small file to keep, such as a calendar entry. `name` as the reader saves it; `about` says beside it what it
    is, and stands alone where the file cannot go."""

    data: bytes = field(repr=False)
    name: str
    about: str

    def __post_init__(self) -> None:
        within("a File's words", self.about, 300)
        if not _FILE.fullmatch(self.name):
            raise LimitError(f"a File cannot be called {self.name!r}: lower-case letters, digits, '-', then its kind")
        if not 0 < len(self.data) <= PICTURE_BYTES:
            raise LimitError(f"a File has {len(self.data)} bytes, allowed 1 to {PICTURE_BYTES}: send less")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; plain text label."""

    label: str
    action: Action
    style: Literal["plain", "primary", "danger"] = "plain"

    def __post_init__(self) -> None:
        within("a Button's label", self.label, LABEL)


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an https page."""

    label: str
    url: str

    def __post_init__(self) -> None:
        within("a Link's label", self.label, LABEL)
        if not self.url.startswith("https://") or len(self.url) > 512:
            raise LimitError("a Link needs an https:// address of at most 512 characters")


@dataclass(frozen=True, slots=True)
class Row:
    """One to five buttons or links side by side."""

    items: tuple[Button | Link, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.items) <= ROW_ITEMS:
            raise LimitError(f"a Row has {len(self.items)} items, allowed 1 to {ROW_ITEMS}: use a second Row")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a Picker: choosing it takes its action."""

    label: str
    action: Action
    hint: str = ""

    def __post_init__(self) -> None:
        within("a Choice's label", self.label, LABEL)
        within("a Choice's hint", self.hint, LABEL, least=0)


@dataclass(frozen=True, slots=True)
class Picker:
    """A drop-down; each choice is an action of its own."""

    placeholder: str
    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        within("a Picker's placeholder", self.placeholder, LABEL)
        if not 1 <= len(self.choices) <= PICKER_OPTIONS:
            raise LimitError(f"a Picker has {len(self.choices)} choices, allowed 1 to {PICKER_OPTIONS}: page them")


Part = Text | Note | Divider | Image | Picture | File | Facts | People | Row | Picker


def components(part: Part) -> int:
    """What it takes of a message's components."""
    match part:
        case Row(items):
            return 1 + len(items)
        case Picker() | Image() | Picture() | File():
            return 2
        case Text() | Note() | Divider() | Facts() | People():
            return 1


def characters(part: Part) -> int:
    """What it takes of a message's characters. Escapes count: Discord counts the backslashes that make a text inert."""
    match part:
        case Text(text):
            return len(text)
        case Note(text):
            return 2 * len(text) if markup.escape(text) != text else len(text) + 3
        case Facts(pairs):
            return sum(len(markup.escape(label)) + len(markup.escape(value)) + 8 for label, value in pairs)
        case File(_, _, about):
            return len(markup.escape(about))
        case People(persons):
            return sum(len(person.id) + 4 for person in persons)  # "<@id> "
        case Image() | Picture() | Divider() | Row() | Picker():
            return 0
