"""The buttons below a card of a sheet: each action once in a message, rows of at most five."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from chat.action import Action
from chat.message import Button, Choice, Part, Picker, Row
from chat.parts import PICKER_OPTIONS, ROW_ITEMS
from content.interview_ways import TalkSought
from content.say import Say
from content.worksheet import Check, Step, Worksheet
from sheets.checks import Advice
from sheets.flow import parts_of, way_into, way_to
from sheets.naming import shortened
from sheets.sheet import Sheet
from sheets.ways import SheetKept, SheetNew

LABEL = 40


def rows(buttons: Sequence[Button]) -> list[Part]:
    """In their order, five a row."""
    return [Row(tuple(buttons[at : at + ROW_ITEMS])) for at in range(0, len(buttons), ROW_ITEMS)]


def fresh(buttons: Iterable[Button], used: set[str]) -> list[Button]:
    """Those whose action no control of the message carries yet; they are noted as used."""
    found: list[Button] = []
    for button in buttons:
        if (wire := button.action.wire()) not in used:
            used.add(wire)
            found.append(button)
    return found


def advice_buttons(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, advice: Advice) -> list[Button]:
    """What may be answered to a question of a check: to keep it as it is always stands last."""
    kept = SheetKept(sheet.id, step.key, advice.key)
    found: list[Button] = []
    for name in advice.check.buttons:
        kind, _, key = name.partition(":")
        match kind:
            case "rewrite":
                if (action := _form_with(worksheet, sheet, step, advice.check)) is not None:
                    found.append(Button(say("Rewrite"), action))
            case "step" if (other := worksheet.step(key)) is not None:
                found.append(Button(_to(say, other), way_into(worksheet, sheet, other)))
            case "sheet":
                found.append(Button(say("Begin that sheet"), SheetNew(key)))
            case "find-host":
                found.append(Button(say("Ask an expert"), TalkSought("")))
            case "later":
                found.append(Button(say("Later"), SheetKept(sheet.id, step.key, advice.key, later=True)))
            case _:
                pass
    return [*found, Button(say("Keep it as it is"), kept)]


def _form_with(worksheet: Worksheet, sheet: Sheet, step: Step, check: Check) -> Action | None:
    """Where the field a check reads is changed; of one that reads all of a step, its first part."""
    there = parts_of(worksheet, sheet, step)
    part = next((part for part in there if any(field.key == check.on for field in part.fields)), None)
    part = part or next(iter(there), None)
    return way_to(sheet, step, part) if part else None


def _to(say: Say, step: Step) -> str:
    return say("To “{step}”", step=shortened(step.short.get(say.lang), LABEL))


def picker(placeholder: str, choices: Iterable[Choice], but: Collection[Button] = ()) -> list[Part]:
    """A picker where there is something to pick. `but`: what buttons of the message do already is not in it."""
    used = {button.action.wire() for button in but}
    left = [choice for choice in choices if choice.action.wire() not in used]
    return [Picker(placeholder, tuple(left[:PICKER_OPTIONS]))] if left else []
