"""One line of a list to which lines are only added: which one to change, and the form with its words."""

from __future__ import annotations

from chat.form import ANSWER, Ask, Form
from chat.message import Choice, Part, Picker
from chat.parts import PICKER_OPTIONS
from content.say import Say
from content.worksheet import Field, Step, Worksheet
from sheets.answers import adds
from sheets.line_ways import SheetLine, SheetLineGiven
from sheets.naming import shortened
from sheets.progress import parts_of
from sheets.refs import full_ref
from sheets.sheet import Item, Sheet

CHOICE = 75


def line_pickers(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step) -> list[Part]:
    """Every line of the step that its own form cannot change, as many to a picker as it holds."""
    refs = [full_ref(field.key, step.key) for field in _growing(worksheet, sheet, step)]
    choices = [
        Choice(shortened(f"{n}. {line.text}", CHOICE), SheetLine(sheet.id, ref, line.id))
        for ref in refs
        for n, line in enumerate(sheet.items(ref), 1)
    ]
    pages = [choices[at : at + PICKER_OPTIONS] for at in range(0, len(choices), PICKER_OPTIONS)]
    return [Picker(say("Change a line"), tuple(page)) for page in pages]


def line_form(say: Say, field: Field, line: Item, then: SheetLineGiven, typed: str | None = None) -> Form:
    """With the line's words, or with what was just typed; sent empty it takes the line out."""
    words = line.text if typed is None else typed
    one = Ask(field.key, say("The line"), value=words[:ANSWER], required=False, long=True, most=ANSWER)
    intro = say("Left empty, the line goes, and what was said of it later goes too.")
    return Form(say("Change a line"), (one,), then, say("Save"), intro=intro, sealed=True)


def _growing(worksheet: Worksheet, sheet: Sheet, step: Step) -> list[Field]:
    return [
        field
        for part in parts_of(worksheet, sheet, step)
        if part.kind != "each"
        for field in part.fields
        if field.kind == "lines" and adds(sheet, full_ref(field.key, step.key), field)
    ]
