"""How checks and results read a sheet: one answer, the lines of a list with what was said of each, a label, a quote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from content.worksheet import Worksheet
from sheets.naming import shortened
from sheets.refs import answers_at, field_at, lines_over
from sheets.sheet import Item, Sheet, Value, Values

WORDS = 60  # characters of a member's line when it is quoted in a question
QUOTED = 5  # lines that are quoted at most


def text_of(value: Value | None) -> str:
    """A text, number, date or choice without the blanks around; "" for nothing and for lists."""
    return value.strip() if isinstance(value, str) else ""


def text_at(sheet: Sheet, ref: str) -> str:
    """What is written at "step.field"."""
    return text_of(sheet.value(ref))


def lines_at(sheet: Sheet, ref: str) -> tuple[str, ...]:
    """The lines of a list, or the one line of a text, without blank ones."""
    match sheet.value(ref):
        case str() as text:
            found = (text,)
        case tuple() as several:
            found = tuple(one.text if isinstance(one, Item) else one for one in several)
        case None:
            found = ()
    return tuple(line.strip() for line in found if line.strip())


def lines_with(worksheet: Worksheet, sheet: Sheet, ref: str) -> Iterator[tuple[Item, Values]]:
    """Each line the part of the field "step.field" is filled in for, with what was said of it ({} for nothing yet)."""
    if (found := field_at(worksheet, ref)) is not None:
        step, part, _ = found
        yield from zip(lines_over(sheet, step.key, part), answers_at(sheet, step.key, part), strict=True)


def label_of(worksheet: Worksheet, ref: str, lang: Literal["en", "zh-CN"]) -> str:
    """What the field is called; "" for a field that does not exist any more."""
    found = field_at(worksheet, ref)
    return found[2].label.get(lang) if found is not None else ""


def option_of(worksheet: Worksheet, ref: str, value: str, lang: str) -> str:
    """What an option is called; its value when there is none of that name any more."""
    found = field_at(worksheet, ref)
    options = found[2].options if found is not None else ()
    return next((one.label.get(lang) for one in options if one.value == value), value)


def quoted(lines: Iterator[str] | tuple[str, ...]) -> tuple[str, ...] | None:
    """The first few of these, shortened, for {words}; None when there are none."""
    return tuple(shortened(line, WORDS) for line in tuple(lines)[:QUOTED]) or None
