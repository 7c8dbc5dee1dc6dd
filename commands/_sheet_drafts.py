"""What was typed into a form of a sheet and is not saved: kept before anything is judged, each form for itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from chat.form import FORM_TITLE, INTRO, Answers, Form
from commands._call import Call
from commands._sheets import careful, look_at, own_now
from content.say import Say
from content.worksheet import Part, Step
from sheets.answers import adds, as_typed
from sheets.flow import EMPTY
from sheets.naming import shortened
from sheets.refs import full_ref
from sheets.sheet import Sheet
from store import Tx
from store.sheet_drafts import SheetDraft

Standing = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft as commands use it. `stood`: the `mark` of what stood there when its form was opened."""

    typed: Answers
    stood: str
    since: datetime


def standing(sheet: Sheet, step: Step, part: Part, item: int) -> Standing:
    """What stands in the place a form writes to and would be overwritten by it: of a list to which lines are only
    added, nothing."""
    filled = sheet.steps.get(step.key, EMPTY)
    there = filled.each.get(part.key, {}).get(item, {}) if part.kind == "each" else filled.values
    kept = [one for one in part.fields if one.kind != "lines" or not adds(sheet, full_ref(one.key, step.key), one)]
    return {field.key: as_typed(there[field.key]) for field in kept if field.key in there}


def mark(stands: Standing) -> str:
    """A few characters that are others when other words stand there."""
    return hashlib.sha256(json.dumps(stands, sort_keys=True).encode()).hexdigest()[:12]


def unsaved(call: Call, say: Say, made: Form, since: datetime) -> Form:
    """The form with what was typed in it, told so and since when it waits."""
    day = say.day(since.astimezone(own_now(call).tzinfo).date())
    told = say("Here stands what you typed on {day}; it is not saved yet.", day=day)
    title = shortened(say("Unsaved: {part}", part=made.title), FORM_TITLE)
    return replace(made, title=title, intro=shortened(f"{told} {made.intro}", INTRO))


async def keep_draft(call: Call, sheet: str, part: str, item: int, typed: Answers, stood: str) -> None:
    """In a transaction of its own, so that it stays whatever becomes of the sheet. Raises Tellable for who may not
    write on it."""
    with careful(call.say):
        async with call.store.begin() as tx:
            await look_at(tx, call, sheet)
            draft = SheetDraft(stood, typed.values, call.now)
            await tx.sheet_drafts.keep(call.person, sheet, _form(part, item), draft)


async def read_draft(tx: Tx, call: Call, sheet: str, part: str, item: int) -> Waiting | None:
    """What the caller typed into this very form."""
    draft = await tx.sheet_drafts.get(call.person, sheet, _form(part, item))
    return Waiting(Answers(draft.answers), draft.stood, draft.kept_at) if draft is not None else None


async def drop_draft(tx: Tx, call: Call, sheet: str, part: str, item: int) -> None:
    """It was saved, or is not wanted any more; those of other forms stay."""
    await tx.sheet_drafts.drop(call.person, sheet, _form(part, item))


def _form(part: str, item: int) -> str:
    return f"{part}/{item}" if item else part
