"""Going back to an earlier step: which one, and why; a sheet that was gone back on is a better one."""

from __future__ import annotations

from chat.form import ANSWER, Ask, Form
from chat.markup import escape
from chat.message import Button, Choice, Message, Row, Text
from chat.parts import PICKER_OPTIONS
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.buttons import picker
from sheets.naming import shortened
from sheets.progress import progress
from sheets.sheet import Sheet
from sheets.ways import SheetBack, SheetBackAsked, SheetOpened


def back_step_card(say: Say, worksheet: Worksheet, sheet: Sheet) -> Message:
    """To which step? Nothing that was written after it goes."""
    text = Text(
        escape(say("Going back is part of good work. What you wrote later stays, marked to be looked at again."))
    )
    choice = picker(say("Back to a step"), _behind_choices(say, worksheet, sheet))
    home = Row((Button(say("The whole sheet"), SheetOpened(sheet.id, here=True)),))
    return Message(say("Back to which step?"), (text, *choice, home))


def reason_form(say: Say, sheet: Sheet, to: Step, typed: str = "", of: str = "") -> Form:
    """Why, in one line: it is kept with the sheet and printed as good work. `of`: the step that is left for it."""
    why = Ask("reason", say("What made you come back?"), hint=say("e.g. the metric made no sense"),
              value=typed[:ANSWER], least=1, most=ANSWER)  # fmt: skip
    then, intro = SheetBack(sheet.id, to.key, of), to.title.get(say.lang)
    return Form(say("Back a step"), (why,), then, say("Save"), intro=intro, sealed=True)


def behind(worksheet: Worksheet, sheet: Sheet) -> list[tuple[int, Step]]:
    """The numbered steps that were filled in."""
    known = [(one.number, worksheet.step(one.key)) for one in progress(worksheet, sheet) if one.key in sheet.steps]
    return [(number, step) for number, step in known if number is not None and step is not None]


def _behind_choices(say: Say, worksheet: Worksheet, sheet: Sheet) -> list[Choice]:
    labels = ((say("Back to step {n}: {step}", n=n, step=step.short.get(say.lang)), step)
              for n, step in behind(worksheet, sheet))  # fmt: skip
    return [Choice(shortened(label, 75), SheetBackAsked(sheet.id, step.key)) for label, step in labels][:PICKER_OPTIONS]
