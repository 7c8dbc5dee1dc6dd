"""What comes next on a sheet: which part of a step, which line of a list, which button leads there."""

from __future__ import annotations

from chat.action import Action
from content.worksheet import Part, Step, Worksheet
from sheets.forms import lacking
from sheets.progress import complete, progress
from sheets.progress import parts_of as parts_there
from sheets.refs import lines_over
from sheets.sheet import Filled, Sheet
from sheets.ways import SheetItems, SheetPart, SheetStep, SheetTaps

EMPTY = Filled()


def parts_of(worksheet: Worksheet, sheet: Sheet, step: Step) -> tuple[Part, ...]:
    """Those that exist as the sheet stands, and have something to be about."""
    there = parts_there(worksheet, sheet, step)
    return tuple(part for part in there if not lacking(worksheet, sheet, part))


def next_item(sheet: Sheet, step: Step, part: Part, after: int = 0) -> int | None:
    """The first line nothing was said of yet, those behind the line `after` before the others; None when all were."""
    lines = lines_over(sheet, step.key, part)
    at = next((n + 1 for n, line in enumerate(lines) if line.id == after), 0)
    said = sheet.steps.get(step.key, EMPTY).each.get(part.key, {})
    return next((line.id for line in (*lines[at:], *lines[:at]) if not said.get(line.id)), None)


def answered(sheet: Sheet, step: Step, part: Part) -> bool:
    """Whether the part was filled in, `each`: for every line, `taps`: every question."""
    if part.kind == "each":
        return next_item(sheet, step, part) is None
    values = sheet.steps.get(step.key, EMPTY).values
    found = [field.key in values for field in part.fields]
    return all(found) if part.kind == "taps" else any(found)


def next_part(worksheet: Worksheet, sheet: Sheet, step: Step) -> Part | None:
    """The first part of the step that was not filled in."""
    return next((part for part in parts_of(worksheet, sheet, step) if not answered(sheet, step, part)), None)


def to_do(worksheet: Worksheet, sheet: Sheet) -> Step | None:
    """The first step that is not done, from where its owner is on; None when the sheet is complete."""
    if complete(worksheet, sheet):
        return None
    steps = progress(worksheet, sheet)
    at = next((n for n, one in enumerate(steps) if one.key == sheet.step), 0)
    waits = next((one for one in (*steps[at:], *steps[:at]) if one.state != "done"), None)
    return worksheet.step(waits.key) if waits else None


def way_into(worksheet: Worksheet, sheet: Sheet, step: Step) -> Action:
    """The action that begins a step, or shows it where nothing is left to fill in."""
    part = next_part(worksheet, sheet, step)
    return way_to(sheet, step, part) if part else SheetStep(sheet.id, step.key)


def way_to(sheet: Sheet, step: Step, part: Part) -> Action:
    """The action that begins a part."""
    name = f"{step.key}.{part.key}"
    match part.kind:
        case "form":
            return SheetPart(sheet.id, name)
        case "taps":
            values = sheet.steps.get(step.key, EMPTY).values
            left = (n for n, field in enumerate(part.fields) if field.key not in values)
            return SheetTaps(sheet.id, name, next(left, 0))
        case "each":
            return SheetItems(sheet.id, name)
