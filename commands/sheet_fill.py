"""One form of a sheet: opened with what stands there, read, checked, saved, and gone on from; no word is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chat.errors import Mistakes, Tellable
from chat.form import Answers
from chat.message import Button, Message
from chat.message import Part as MessagePart
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_drafts import drop_draft, keep_draft, mark, read_draft, standing, unsaved
from commands._sheet_next import after, form, step_page
from commands._sheet_told import about_room, about_twin
from commands._sheets import Own, careful, own_now, save, write_on
from content.say import Say
from content.worksheet import Part, Step
from sheets.answers import WrongAnswers, read_answers, waiting
from sheets.filling import fill
from sheets.flow import parts_of
from sheets.refs import lines_over
from sheets.sheet import Sheet
from sheets.shown import about_line, held, inert
from sheets.step_cards import conflict_card
from sheets.ways import SheetFilled, SheetMine, SheetPart, SheetTheirs
from store import Tx

STANDS = 1_200  # characters of each of two texts side by side
GIVEN_BACK = 3_000  # of what was typed about a line that is gone


@answers(SheetPart)
async def open_form(call: Call, opened: SheetPart) -> Reply:
    """With what stands there, or with what was typed and not saved yet, and since when it waits."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, opened.sheet)
            step, part = own.part(opened.part)
            waits = await read_draft(tx, call, opened.sheet, opened.part, opened.item)
    if part not in parts_of(own.worksheet, own.sheet, step):
        return Edit(step_page(own, step))
    if not _is_there(own, part, step, opened.item):
        raise Tellable(own.say("This line was taken out in another window meanwhile."))
    if waits is None:
        return form(own, step, part, opened.item)
    return unsaved(call, own.say, form(own, step, part, opened.item, waits.typed, stood=waits.stood), waits.since)


@answers(SheetFilled)
async def filled(call: Call, sent: SheetFilled, typed: Answers) -> Reply:
    """Saved at once, unless something is not understood, or the same was changed in another window meanwhile. The
    words are kept before that is judged."""
    await keep_draft(call, sent.sheet, sent.part, sent.item, typed, sent.stood)
    return await _take(call, sent.sheet, sent.part, sent.item, typed, sent.stood, sent.stood)


@answers(SheetMine)
async def use_mine(call: Call, chosen: SheetMine) -> Reply:
    """Over what was saved meanwhile, as far as it was shown."""
    with careful(call.say):
        async with call.store.begin() as tx:
            waits = await read_draft(tx, call, chosen.sheet, chosen.part, chosen.item)
    if waits is None:
        raise Tellable(call.say("What you typed is no longer waiting: it was saved, or you kept what stands."))
    return await _take(call, chosen.sheet, chosen.part, chosen.item, waits.typed, chosen.stood, waits.stood)


@answers(SheetTheirs)
async def keep_theirs(call: Call, chosen: SheetTheirs) -> Reply:
    """What stands stays; what was typed goes."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, chosen.sheet)
            await drop_draft(tx, call, chosen.sheet, chosen.part, chosen.item)
    step, _part = own.part(chosen.part)
    return Edit(step_page(own, step))


async def _take(call: Call, sheet: str, name: str, item: int, typed: Answers, read: str, stood: str) -> Reply:
    """`read`: the mark of what may be overwritten, for they read it; `stood`: of what stood when the form was opened.
    Raises Tellable that says where the words are."""
    try:
        with careful(call.say):
            async with call.store.begin() as tx:
                own = await write_on(tx, call, sheet, lock=True)
                step, part = own.part(name)
                there = _is_there(own, part, step, item)
                came = _judged(call, own, step, part, item, typed, read) if there else None
                if isinstance(came, Sheet):
                    came = await _save(tx, call, own, came, name, item, typed)
    except Tellable as refused:
        told = call.say(
            "{refused} What you typed is kept: it stands in the form when you open it again.", refused=refused
        )
        raise Tellable(told) from refused
    if isinstance(came, _Saved):
        if came.waits:  # in place of the whole paste, which waited until now
            await keep_draft(call, sheet, name, item, Answers(came.waits), "")
        return after(came.own, own.sheet, step, part, item, came.told)
    if came is None:
        raise Tellable(_given_back(call.say, part, typed))
    if isinstance(came, WrongAnswers):
        raise Mistakes(came.by_key, form(own, step, part, item, came.typed, came.by_key, stood))
    return Edit(came)


@dataclass(frozen=True, slots=True)
class _Saved:
    """`waits`: what found no room; `told`: what there is to read about it."""

    own: Own
    waits: Mapping[str, str]
    told: Sequence[MessagePart]


async def _save(tx: Tx, call: Call, own: Own, sheet: Sheet, name: str, item: int, typed: Answers) -> _Saved:
    step, part = own.part(name)
    kept, waits = await save(tx, call, own, sheet), waiting(sheet, step, part, typed)
    if not waits:
        await drop_draft(tx, call, sheet.id, name, item)
    lines = sum(len(text.split("\n")) for text in waits.values())
    return _Saved(kept, waits, [*await about_twin(tx, call, kept, step), *about_room(kept.say, lines)])


def _judged(
    call: Call, own: Own, step: Step, part: Part, item: int, typed: Answers, read: str
) -> Sheet | Message | WrongAnswers:
    """The sheet as it will be; or what is wrong, or both texts where one would overwrite the other."""
    try:
        values = read_answers(own.say, own.worksheet, own.sheet, step, part, typed, own.today)
    except WrongAnswers as error:
        return error
    changed = fill(own.worksheet, own.sheet, step.key, part.key, item or None, values, own_now(call))
    stands = standing(own.sheet, step, part, item)
    if stands and mark(stands) != read and stands != standing(changed, step, part, item):
        return _both(own, changed, step, part, item)
    return changed


def _is_there(own: Own, part: Part, step: Step, item: int) -> bool:
    """False for a line that is gone, and for an `each` part without one."""
    return part.kind != "each" or item in {line.id for line in lines_over(own.sheet, step.key, part)}


def _given_back(say: Say, part: Part, typed: Answers) -> str:
    """Nobody can open the form of a line that is gone: its words are shown once more."""
    words = [typed.text(field.key) for field in part.fields if field.kind not in {"choice", "choices", "item", "items"}]
    told = say("This line was taken out in another window meanwhile.")
    if not any(words):
        return told
    wrote = say("You had typed: {words}", words=inert(" · ".join(filter(None, words)), GIVEN_BACK))
    return f"{told}\n{wrote}"


def _both(own: Own, changed: Sheet, step: Step, part: Part, item: int) -> Message:
    """Both texts, and whose counts."""
    name, say = f"{step.key}.{part.key}", own.say
    stands, typed = (
        about_line(say, sheet, step, part, item, STANDS) if item else held(say, sheet, step, [part], STANDS)
        for sheet in (own.sheet, changed)
    )
    mine = Button(say("Use mine"), SheetMine(own.sheet.id, name, item, mark(standing(own.sheet, step, part, item))))
    theirs = Button(say("Keep what stands"), SheetTheirs(own.sheet.id, name, item))
    return conflict_card(say, stands, typed, mine, theirs)
