"""One step of a sheet: shown, answered by taps, line by line, and what its checks ask decided."""

from __future__ import annotations

from chat.errors import Tellable
from chat.form import Answers
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_next import after, asked, step_page
from commands._sheets import Own, careful, look_at, own_now, save, write_on
from content.worksheet import Part, Step
from sheets.answers import WrongAnswers, read_field
from sheets.filling import LineGone, fill, keep
from sheets.flow import EMPTY
from sheets.part_cards import items_card, taps_card
from sheets.ways import SheetItems, SheetKept, SheetQuick, SheetStep, SheetStill, SheetTapped, SheetTaps
from store import Tx


@answers(SheetStep)
async def show_step(call: Call, wanted: SheetStep) -> Reply:
    """In the message's place."""
    own = await _own(call, wanted.sheet)
    return Edit(step_page(own, own.step(wanted.step)))


@answers(SheetItems)
async def show_items(call: Call, wanted: SheetItems) -> Reply:
    """A page of lines, in the message's place."""
    own = await _own(call, wanted.sheet)
    step, part = own.part(wanted.part)
    return Edit(items_card(own.say, own.worksheet, own.sheet, step, part, wanted.page))


@answers(SheetTaps)
async def show_question(call: Call, wanted: SheetTaps) -> Reply:
    """One question, in the message's place."""
    own = await _own(call, wanted.sheet)
    step, part = own.part(wanted.part)
    at = max(0, min(wanted.at, len(part.fields) - 1))
    return Edit(taps_card(own.say, own.worksheet, own.sheet, step, part, at))


@answers(SheetTapped)
async def tap(call: Call, tapped: SheetTapped) -> Reply:
    """Saved at once; then the next question, or what comes after the last, or after one that a letter asked."""
    key, _, field = tapped.field.partition(".")
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, tapped.sheet, lock=True)
            step = own.step(key)
            part = next((one for one in step.parts if any(each.key == field for each in one.fields)), None)
            if part is None:
                raise Tellable(call.say("This part of the worksheet has changed since. Please open the sheet anew."))
            kept = await _answer(tx, call, own, step, part, 0, field, tapped.value)
    at = next(n for n, each in enumerate(part.fields, 1) if each.key == field)
    if part.kind == "taps" and at < len(part.fields):
        return Edit(taps_card(kept.say, kept.worksheet, kept.sheet, step, part, at))
    return after(kept, own.sheet, step, part)


@answers(SheetQuick)
async def quick(call: Call, pressed: SheetQuick) -> Reply:
    """One line answered by the button beside it; the list stays where it is."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, pressed.sheet, lock=True)
            step, part = own.part(pressed.part)
            try:
                kept = await _answer(tx, call, own, step, part, pressed.item, part.quick, pressed.value)
            except LineGone as error:
                raise Tellable(call.say("This line was taken out in another window meanwhile.")) from error
    return Edit(items_card(kept.say, kept.worksheet, kept.sheet, step, part, pressed.page))


@answers(SheetKept)
async def keep_as_it_is(call: Call, kept: SheetKept) -> Reply:
    """What the member decides is right. `later` leaves the question for the next time the step is opened."""
    if kept.later:
        own = await _own(call, kept.sheet)
        return Edit(step_page(own, own.step(kept.step), quiet=True))
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, kept.sheet, lock=True)
            step = own.step(kept.step)
            if any(one.key == kept.key for one in asked(own, step)):
                own = await save(tx, call, own, keep(own.sheet, step.key, kept.key))
    return Edit(step_page(own, step))


@answers(SheetStill)
async def still_holds(call: Call, looked: SheetStill) -> Reply:
    """Saved as it stands, and marked no more."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, looked.sheet, lock=True)
            step = own.step(looked.step)
            filled = own.sheet.steps.get(step.key, EMPTY)
            each = next(((part, item) for part, said in filled.each.items() for item in said), None)
            form = next((part.key for part in step.parts if part.kind != "each"), None)
            if filled.recheck and (form is not None or each is not None):
                part, item = (form, None) if form is not None else each or ("", None)
                changed = fill(own.worksheet, own.sheet, step.key, part, item, {}, own_now(call))
                own = await save(tx, call, own, changed)
    return Edit(step_page(own, step, saved=True))


async def _own(call: Call, sheet: str) -> Own:
    with careful(call.say):
        async with call.store.begin() as tx:
            return await look_at(tx, call, sheet)


async def _answer(
    tx: Tx, call: Call, own: Own, step: Step, part: Part, item: int, key: str, value: str
) -> Own:  # fmt: skip
    """One field, whatever the others hold; the same answer twice changes nothing."""
    field = step.field(key)
    try:
        if field is None:
            raise WrongAnswers({}, Answers())
        found = read_field(own.say, own.sheet, step, field, Answers({key: (value,)}), own.today)
    except WrongAnswers as error:
        sentence = call.say("This part of the worksheet has changed since. Please open the sheet anew.")
        raise Tellable(sentence) from error
    changed = fill(own.worksheet, own.sheet, step.key, part.key, item or None, {key: found}, own_now(call))
    return await save(tx, call, own, changed)
