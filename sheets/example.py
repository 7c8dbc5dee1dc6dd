"""A worksheet's example as a sheet: filled in by the same functions as a member's own, so it is one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

from chat.form import Answers
from chat.people import Space
from content.say import speaker
from content.text import Localised
from content.worksheet import Example, Field, Part, Step, Worksheet
from sheets.answers import read_answers
from sheets.filling import fill
from sheets.refs import full_ref, lines_over
from sheets.sheet import Sheet

EXAMPLE_AT = datetime(2026, 1, 5, tzinfo=UTC)
"""When examples were filled in; nothing hangs on it but the dates that must be later."""


def example_of(worksheet: Worksheet, lang: Literal["en", "zh-CN"]) -> Sheet:
    """The whole example. Raises WrongAnswers where the pack's answers are not ones a member could give."""
    sheet = Sheet(space=Space("example", worksheet.slug), id="example", worksheet=worksheet.slug, lang=lang)
    for step in worksheet.steps:
        for part in step.parts:
            if (given := worksheet.example.get(f"{step.key}.{part.key}")) is not None:
                sheet = _filled(worksheet, sheet, step, part, given)
    return sheet


def _filled(worksheet: Worksheet, sheet: Sheet, step: Step, part: Part, given: Example) -> Sheet:
    if isinstance(given, Mapping):
        return _once(worksheet, sheet, step, part, None, given)
    for line, said in zip(lines_over(sheet, step.key, part), given, strict=False):
        sheet = _once(worksheet, sheet, step, part, line.id, said)
    return sheet


def _once(
    worksheet: Worksheet, sheet: Sheet, step: Step, part: Part, item: int | None, given: Mapping[str, Localised]
) -> Sheet:
    fields = {field.key: field for field in part.fields}
    typed = Answers(
        {key: _typed(sheet, step, fields[key], words.get(sheet.lang)) for key, words in given.items() if key in fields}
    )
    values = read_answers(speaker(sheet.lang), worksheet, sheet, step, part, typed, EXAMPLE_AT.date())
    return fill(worksheet, sheet, step.key, part.key, item, values, EXAMPLE_AT)


def _typed(sheet: Sheet, step: Step, field: Field, words: str) -> str | tuple[str, ...]:
    """As the form would bring it back; lines are named by their place, from 1."""
    several = tuple(one.strip() for one in words.split(","))
    match field.kind:
        case "choices":
            return several
        case "item" | "items":
            lines = sheet.items(full_ref(field.over, step.key))
            places = [int(one) for one in several if one.isdecimal()]
            return tuple(str(lines[place - 1].id) for place in places if 1 <= place <= len(lines))
        case _:
            return words
