"""A message, said once for both platforms: a title and parts, all of it within the tighter limit of the two."""

from __future__ import annotations

from dataclasses import dataclass

from chat import markup
from chat.action import Action
from chat.errors import LimitError
from chat.parts import (
    LABEL,
    PEOPLE,
    PICKER_OPTIONS,
    PICTURE_BYTES,
    PICTURES,
    Button,
    Choice,
    Divider,
    Facts,
    File,
    Image,
    Link,
    Note,
    Part,
    People,
    Picker,
    Picture,
    Row,
    Text,
    characters,
    components,
    within,
)
from chat.people import Person

__all__ = [
    "LABEL", "PEOPLE", "PICKER_OPTIONS", "PICTURE_BYTES", "Button", "Choice", "Divider", "Facts", "File", "Image",
    "Link", "Message", "Note", "Part", "People", "Picker", "Picture", "Row", "Text", "short", "within",
]  # fmt: skip
TITLE, COMPONENTS, CHARACTERS = 150, 40, 4_000


@dataclass(frozen=True, slots=True)
class Message:
    """A titled list of parts. `title` is plain text and may be empty for a one-line answer.

    >>> Message("Hello", (Text("A **small** step."),)).plain()
    'Hello\\nA small step.'
    """

    title: str
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        within("a Message's title", self.title, TITLE, least=0)
        if not self.title and not self.parts:
            raise LimitError("a Message needs a title or a part")
        if (count := 1 + bool(self.title) + sum(map(components, self.parts))) > COMPONENTS:
            raise LimitError(f"a Message needs {count} components, allowed {COMPONENTS}: send fewer parts")
        if (size := len(self.title) + sum(map(characters, self.parts))) > CHARACTERS:
            raise LimitError(f"a Message has {size} characters, allowed {CHARACTERS}: shorten it or page it")
        wires = [action.wire() for action in self.actions()]
        if len(set(wires)) != len(wires):
            twice = next(wire for wire in wires if wires.count(wire) > 1)
            raise LimitError(f"two controls carry the same action {twice.partition('|')[0]!r}: make them differ")
        if len(names := [carried.name for carried in (*self.pictures(), *self.files())]) > PICTURES:
            raise LimitError(f"a Message has {len(names)} pictures and files, allowed {PICTURES}: send fewer")
        if len(set(names)) != len(names):
            raise LimitError("two pictures or files of a Message have the same name: give each its own")

    def actions(self) -> tuple[Action, ...]:
        """Every action a reader could take, in reading order."""
        found: list[Action] = []
        for part in self.parts:
            if isinstance(part, Row):
                found += [item.action for item in part.items if isinstance(item, Button)]
            elif isinstance(part, Picker):
                found += [choice.action for choice in part.choices]
        return tuple(found)

    def pictures(self) -> tuple[Picture, ...]:
        """Every picture a platform has to be given the bytes of."""
        return tuple(part for part in self.parts if isinstance(part, Picture))

    def files(self) -> tuple[File, ...]:
        """Every file beside the pictures."""
        return tuple(part for part in self.parts if isinstance(part, File))

    def people(self) -> tuple[Person, ...]:
        """Everybody the platform is to tell, each once."""
        named = (person for part in self.parts if isinstance(part, People) for person in part.persons)
        return tuple(dict.fromkeys(named))

    def plain(self) -> str:
        """The words alone: what a lock screen or a screen reader gives. People are left out: only the platform knows
        their names, and their ids say nothing to anybody."""
        lines = [self.title] if self.title else []
        for part in self.parts:
            match part:
                case Text(text):
                    lines.append(markup.plain(text))
                case Note(text):
                    lines.append(text)
                case Facts(pairs):
                    lines += [f"{label}: {value}" for label, value in pairs]
                case Image(_, alt) | Picture(_, alt):
                    lines.append(alt)
                case File(_, _, about):
                    lines.append(about)
                case Divider() | People() | Row() | Picker():
                    pass
        return "\n".join(lines)


def short(text: str) -> Message:
    """A one-line answer without a title, in the dialect."""
    return Message("", (Text(text),))
