"""Block and report somebody one met on a sheet: silent, and without asking anybody."""

from __future__ import annotations

from chat.form import Answers
from chat.platform import Edit, Reply
from commands._call import Call
from commands._notes import lines
from commands._registry import answers
from commands._shared import together
from commands._sheets import careful
from content.safety_cards import WORDS, reasons
from sheets import comment_cards as cards
from sheets.share_ways import SheetBlockAsked, SheetBlockMeant, SheetReportAsked, SheetReportGiven
from store import severing
from store.owners import moderators_of


@answers(SheetReportAsked)
async def ask_report(call: Call, pressed: SheetReportAsked) -> Reply:
    """The form to the moderators."""
    with careful(call.say):
        async with call.store.begin() as tx:
            await together(tx, call, pressed.sheet, pressed.whom)
    return cards.sheet_report_form(call.say, pressed.sheet, pressed.whom)


@answers(SheetReportGiven)
async def file(call: Call, given: SheetReportGiven, typed: Answers) -> Reply:
    """Into the queue, once, also when the event is handled again."""
    known = dict(reasons(call.say))
    reason = typed.text("reason") if typed.text("reason") in known else "other"
    with careful(call.say):
        async with call.store.begin() as tx:
            about = await together(tx, call, given.sheet, given.whom)
            if await tx.inbox.first(call.event, call.now):
                await tx.reports.file(call.person, about, reason, lines(typed, "words", WORDS), call.now)
            read = any(one != about for one in await moderators_of(tx, call.person.space))
    return cards.sheet_reported_card(call.say, given.sheet, given.whom, read=read)


@answers(SheetBlockAsked)
async def ask_block(call: Call, pressed: SheetBlockAsked) -> Reply:
    """Asked once whether it is meant, in the presser's eyes alone."""
    with careful(call.say):
        async with call.store.begin() as tx:
            whom = await together(tx, call, pressed.sheet, pressed.whom)
    return cards.sheet_block_card(call.say, pressed.sheet, whom)


@answers(SheetBlockMeant)
async def block(call: Call, meant: SheetBlockMeant) -> Reply:
    """Written down, and no sheet of either is open to the other from now on; nobody else is told."""
    with careful(call.say):
        async with call.store.begin() as tx:
            whom = await together(tx, call, meant.sheet, meant.whom)
            conversations = await severing.block(tx, call.person, whom, call.now)
    for person, place in conversations:
        await call.rooms.part(person, place)
    return Edit(cards.sheet_blocked_card(call.say, meant.sheet, meant.whom))
