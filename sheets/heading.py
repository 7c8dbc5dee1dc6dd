"""How far a sheet is, in a line: above a step, and above the whole."""

from __future__ import annotations

from chat.message import Note
from chat.message import Part as MessagePart
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.flow import next_part
from sheets.progress import progress
from sheets.sheet import Sheet

MARKS = {"open": "○", "begun": "◐", "done": "●", "recheck": "↻"}


def heading(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step) -> str:
    """ "Step 2 of 5: Ideas", or the title of a step that is not counted."""
    steps, title = progress(worksheet, sheet), step.title.get(say.lang)
    number = next((one.number for one in steps if one.key == step.key), None)
    if number is None:
        return title
    count = sum(one.number is not None for one in steps)
    return say("Step {n} of {all}: {title}", n=number, all=count, title=title)


def progress_line(say: Say, worksheet: Worksheet, sheet: Sheet) -> str:
    """ "2 of 5 done  ● Problem  ● Ideas  ◐ Value  ○ …", plain."""
    steps = progress(worksheet, sheet)
    numbered = [one for one in steps if one.number is not None]
    counted = say("{n} of {all} done", n=sum(one.state == "done" for one in numbered), all=len(numbered))
    known = {step.key: step.short.get(say.lang) for step in worksheet.steps}
    return "  ".join([counted, *(f"{MARKS[one.state]} {known[one.key]}" for one in steps)])


def ahead(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step) -> list[MessagePart]:
    """What the form that begins this step is about, to stand beside the button that opens it: not every platform has
    room for it above the questions. What is no form says it itself."""
    part = next_part(worksheet, sheet, step)
    return [Note(step.intro.get(say.lang))] if part is not None and part.kind == "form" else []
