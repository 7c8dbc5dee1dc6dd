"""How far a sheet is: which steps there are, what is done in them, and whether the whole is a good end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from content.worksheet import Finish, Part, Step, Worksheet
from sheets.conditions import holds
from sheets.refs import answers_at, texts
from sheets.sheet import Sheet

StepState = Literal["open", "begun", "done", "recheck"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One step. `number`: in "step 2 of 5", None for a step that is not counted."""

    key: str
    number: int | None
    state: StepState


def steps_of(worksheet: Worksheet, sheet: Sheet) -> tuple[Step, ...]:
    """The steps there are on this sheet, in their order."""
    return tuple(step for step in worksheet.steps if holds(step.when, worksheet, sheet, step.key))


def parts_of(worksheet: Worksheet, sheet: Sheet, step: Step) -> tuple[Part, ...]:
    """The parts there are in a step of this sheet, in their order."""
    return tuple(part for part in step.parts if holds(part.when, worksheet, sheet, step.key))


def progress(worksheet: Worksheet, sheet: Sheet) -> tuple[Progress, ...]:
    """The steps there are on this sheet, in their order, with how far each is."""
    found: list[Progress] = []
    number = 0
    for step in steps_of(worksheet, sheet):
        number += step.numbered
        found.append(Progress(step.key, number if step.numbered else None, state_of(worksheet, sheet, step)))
    return tuple(found)


def state_of(worksheet: Worksheet, sheet: Sheet, step: Step) -> StepState:
    """`done`: saved, and there is enough to go on: what the step says is enough, else all that is required."""
    filled = sheet.steps.get(step.key)
    if filled is None or filled.saved_at is None:
        return "open"
    if filled.recheck:
        return "recheck"
    if step.done:
        enough = all(holds(condition, worksheet, sheet, step.key) for condition in step.done)
    else:
        enough = all(_answered(sheet, step, part) for part in parts_of(worksheet, sheet, step))
    if enough:
        return "done"
    written = any(texts(value) for value in filled.values.values()) or any(map(bool, filled.each.values()))
    return "begun" if written else "open"


def next_step(worksheet: Worksheet, sheet: Sheet, after: str) -> Step | None:
    """The step after this one, "" for the first; None after the last. A step that is not there (any more) counts by
    its place in the worksheet; one the worksheet does not know has none after it."""
    keys = [step.key for step in worksheet.steps]
    if after and after not in keys:
        return None
    later = worksheet.steps[keys.index(after) + 1 :] if after else worksheet.steps
    return next((step for step in later if holds(step.when, worksheet, sheet, step.key)), None)


def finish_of(worksheet: Worksheet, sheet: Sheet) -> Finish | None:
    """The good end before the last step this sheet has come to."""
    return next((one for one in worksheet.finishes if sheet.steps and holds(one.when, worksheet, sheet, "")), None)


def complete(worksheet: Worksheet, sheet: Sheet) -> bool:
    """All steps done, or a good end before that."""
    return finish_of(worksheet, sheet) is not None or all(one.state == "done" for one in progress(worksheet, sheet))


def settled(worksheet: Worksheet, sheet: Sheet) -> Sheet:
    """`done` when complete, `open` when not (any more). One that was put away stays there, and what is merely to be
    looked at again opens none that was done."""
    if sheet.state == "away":
        return sheet
    unmarked = {key: replace(filled, recheck="") for key, filled in sheet.steps.items()}
    judged = replace(sheet, steps=unmarked) if sheet.state == "done" else sheet
    return replace(sheet, state="done" if complete(worksheet, judged) else "open")


def _answered(sheet: Sheet, step: Step, part: Part) -> bool:
    required = [field.key for field in part.fields if field.required]
    said = answers_at(sheet, step.key, part)
    return all(texts(answers.get(key)) for answers in said for key in required) and (bool(said) or not required)
