"""A sheet as a document to keep or to hand on, finished or half way: what is blank says "not yet", looping is shown as
good work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.document import (
    Block,
    Document,
    Listing,
    Pairs,
    Paragraph,
    Section,
    Small,
    Table,
)
from content.origins import Book
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.example import example_of
from sheets.marks import why
from sheets.naming import title_of
from sheets.progress import Progress, finish_of, progress
from sheets.results import run_results
from sheets.share_card import card_of, day, foot, lang
from sheets.sheet import Filled, Sheet
from sheets.written import open_questions, other_notes, step_blocks, table_of

__all__ = ["Remark", "card_of", "document_of", "example_of", "tables_of"]

WHOLE_TITLE = 200
"""Characters: a page has room for a title that a button has not."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment its owner shows. `by`: what its writer is called."""

    step: str
    by: str
    text: str


def document_of(
    say: Say,
    worksheet: Worksheet,
    sheet: Sheet,
    comments: Sequence[Remark] = (),
    *,
    today: date | None = None,
    books: Sequence[Book] = (),
) -> Document:
    """Headings in the language of `say`, members' words as they are. `today`: for results, else the day of the last
    change. `books`: where the ideas of the worksheet come from (content.origins), named at the foot."""
    steps = progress(worksheet, sheet)
    names = {one.key: _title(say, worksheet, one) for one in steps}
    sections = [
        _in_short(say, worksheet, sheet, today or day(sheet)),
        _open_questions(say, worksheet, sheet),
        *(_step(say, worksheet, sheet, one, names[one.key], today or day(sheet)) for one in steps),
        _way_here(say, worksheet, sheet, steps),
        _remarks(say, worksheet, names, comments),
        _other_notes(say, worksheet, sheet),
    ]
    there = tuple(one for one in sections if one is not None)
    title = title_of(say, worksheet, sheet, WHOLE_TITLE)
    lead = _lead(say, worksheet, sheet, steps, title)
    return Document(title, lead, there, foot(say, sheet, books), lang(say), say("not yet"))


def tables_of(say: Say, worksheet: Worksheet, sheet: Sheet) -> tuple[tuple[str, Table], ...]:
    """The tables of a sheet by name, those without a line left out."""
    steps = [_of(worksheet, one.key) for one in progress(worksheet, sheet)]
    return tuple(
        (part.short.get(say.lang), table)
        for step in steps
        for part in step.parts
        if part.kind == "each" and (table := table_of(say, worksheet, sheet, step, part)) is not None
    )


def _lead(say: Say, worksheet: Worksheet, sheet: Sheet, steps: Sequence[Progress], title: str) -> str:
    name = worksheet.name.get(say.lang)
    lines = [] if title == name else [name]
    early = len(steps) < len(worksheet.steps) or any(one.state != "done" for one in steps)
    if early and (finish := finish_of(worksheet, sheet)) is not None:
        lines.append(finish.say.get(say.lang))
    elif n := sum(one.state != "done" for one in steps):
        lines.append(say.plural("{n} step is still open.", "{n} steps are still open.", n))
    return "\n".join(lines)


def _in_short(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> Section | None:
    blocks = run_results(say, worksheet, sheet, worksheet.results, today)
    return Section(say("In short"), blocks) if blocks else None


def _open_questions(say: Say, worksheet: Worksheet, sheet: Sheet) -> Section | None:
    asked = open_questions(say, worksheet, sheet)
    return Section(say("Open questions"), (Listing(asked),)) if asked else None


def _step(say: Say, worksheet: Worksheet, sheet: Sheet, one: Progress, title: str, today: date) -> Section:
    step, filled = _of(worksheet, one.key), sheet.steps.get(one.key, Filled())
    names = [name for name in step.results if name not in worksheet.results] if one.state != "open" else []
    results = run_results(say, worksheet, sheet, names, today)
    match one.state:
        case "open":
            return Section(title, (), say("not yet"))
        case "recheck":
            again: tuple[Block, ...] = (
                Small(say("Worth another look: {reason}", reason=why(say, worksheet, filled.recheck))),
            )
            return Section(title, (*again, *step_blocks(say, worksheet, sheet, step), *results), say("re-check"))
        case "begun" | "done":
            return Section(title, (*step_blocks(say, worksheet, sheet, step), *results))


def _way_here(say: Say, worksheet: Worksheet, sheet: Sheet, steps: Sequence[Progress]) -> Section | None:
    if not sheet.history:
        return None
    numbers = {one.key: str(one.number) for one in steps if one.number is not None}

    def name(key: str) -> str:
        step = worksheet.step(key)
        return numbers.get(key) or (step.short.get(say.lang) if step is not None else key)

    lines = tuple(
        say(
            "returned from {from_} to {to}: {reason}",
            from_=name(one.from_),
            to=name(one.to),
            reason=why(say, worksheet, one.reason),
        )
        for one in sheet.history
    )
    lead = Paragraph(say("Work like this goes in loops: each time you went back, you knew more."))
    return Section(say("The way here"), (lead, Listing(lines)))


def _remarks(say: Say, worksheet: Worksheet, names: dict[str, str], comments: Sequence[Remark]) -> Section | None:
    if not comments:
        return None
    pairs = tuple(
        (say("{name}, on “{step}”", name=one.by, step=names.get(one.step, one.step)), one.text) for one in comments
    )
    return Section(say("Second pair of eyes"), (Pairs(pairs),))


def _other_notes(say: Say, worksheet: Worksheet, sheet: Sheet) -> Section | None:
    pairs = other_notes(say, worksheet, sheet)
    return Section(say("Other notes"), (Pairs(pairs),)) if pairs else None


def _title(say: Say, worksheet: Worksheet, one: Progress) -> str:
    title = _of(worksheet, one.key).title.get(say.lang)
    return f"{one.number}. {title}" if one.number is not None else title


def _of(worksheet: Worksheet, key: str) -> Step:
    return next(step for step in worksheet.steps if step.key == key)
