"""What somebody sees of a sheet that is not theirs: the steps its owner shows, and before that its kind alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from content.interview_words import industries
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.naming import title_of
from sheets.progress import steps_of
from sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Request:
    """What who is asked knows before they say yes: no name. `title`: "" where it is not said; `field`: in words."""

    worksheet: str
    title: str
    field: str
    language: str
    steps: tuple[str, ...]


def shown_steps(worksheet: Worksheet, sheet: Sheet, keys: Collection[str] | None = None) -> tuple[Step, ...]:
    """What is filled in; with `keys` no other steps than these, so that one filled in later is not among them."""
    there = steps_of(worksheet, sheet)
    return tuple(step for step in there if step.key in sheet.steps and (keys is None or step.key in keys))


def shown_title(say: Say, worksheet: Worksheet, sheet: Sheet, keys: Collection[str]) -> str:
    """What it is called, for who sees the step it is named after; which worksheet it is for everybody else."""
    if worksheet.names.partition(".")[0] in keys:
        return title_of(say, worksheet, sheet)
    return worksheet.name.get(say.lang)


def request_of(
    say: Say, worksheet: Worksheet, sheet: Sheet, keys: Collection[str], *, named: bool, field: str
) -> Request:
    """In the reader's language. `keys`: of the steps they would see; `field`: an industry's code."""
    title = shown_title(say, worksheet, sheet, keys) if named else ""
    return Request(
        worksheet.name.get(say.lang),
        "" if title == worksheet.name.get(say.lang) else title,
        dict(industries(say)).get(field, ""),
        say.language(sheet.lang),
        tuple(step.short.get(say.lang) for step in shown_steps(worksheet, sheet, keys)),
    )
