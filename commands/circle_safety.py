"""Block and report somebody of one's circle: silent, and the way out of the circle stands beside it."""

from __future__ import annotations

from dataclasses import replace

from chat.errors import Tellable
from chat.form import Answers
from chat.people import Person
from chat.platform import Edit, Reply
from commands._call import Call
from commands._circles import own_circle, seats
from commands._notes import lines, sealed
from commands._registry import answers
from content import circle_help as cards
from content.circle_ways import (
    CircleBlockAsked,
    CircleBlockMeant,
    CircleBlockOne,
    CircleReportAsked,
    CircleReportGiven,
    CircleReportOne,
)
from content.circle_words import Seat
from content.safety_cards import WORDS, reasons, report_form
from store import Tx, severing
from store.owners import moderators_of


@answers(CircleBlockAsked)
async def ask_block(call: Call, pressed: CircleBlockAsked) -> Reply:
    """Whom, in the presser's eyes alone."""
    async with call.store.begin() as tx:
        return cards.circle_whom_card(call.say, pressed.circle, await _others(tx, call, pressed.circle), report=False)


@answers(CircleBlockOne)
async def ask_block_one(call: Call, pressed: CircleBlockOne) -> Reply:
    """Asked once whether it is meant."""
    async with call.store.begin() as tx:
        return Edit(
            cards.circle_block_card(call.say, pressed.circle, await _one(tx, call, pressed.circle, pressed.whom))
        )


@answers(CircleBlockMeant)
async def block(call: Call, meant: CircleBlockMeant) -> Reply:
    """Written down, and what is open between the two elsewhere is closed; nobody notices."""
    async with call.store.begin() as tx:
        other = await _one(tx, call, meant.circle, meant.whom)
        conversations = await severing.block(tx, call.person, other.person, call.now)
    for person, place in conversations:
        await call.rooms.part(person, place)
    return Edit(cards.circle_blocked_card(call.say, meant.circle))


@answers(CircleReportAsked)
async def ask_report(call: Call, pressed: CircleReportAsked) -> Reply:
    """About whom."""
    async with call.store.begin() as tx:
        circle = await own_circle(tx, call, pressed.circle)
        others = await seats(tx, circle, but=call.person)
        return cards.circle_whom_card(call.say, circle.id, others, report=True)


@answers(CircleReportOne)
async def ask_report_one(call: Call, pressed: CircleReportOne) -> Reply:
    """The form to the moderators."""
    async with call.store.begin() as tx:
        about = await _about(tx, call, pressed.circle, pressed.whom)
    form = report_form(call.say, pressed.circle, about)
    return replace(form, then=CircleReportGiven(pressed.circle, about.id if about else ""))


@answers(CircleReportGiven)
async def file(call: Call, given: CircleReportGiven, typed: Answers) -> Reply:
    """Into the queue, once, also when the event is handled again."""
    known = dict(reasons(call.say))
    reason = typed.text("reason") if typed.text("reason") in known else "other"
    async with call.store.begin() as tx:
        about = await _about(tx, call, given.circle, given.whom)
        if await tx.inbox.first(call.event, call.now):
            with sealed(call.say):
                await tx.reports.file(call.person, about, reason, lines(typed, "words", WORDS), call.now)
        read = any(one != about for one in await moderators_of(tx, call.person.space))
    return cards.circle_reported_card(call.say, given.circle, read=read)


async def _about(tx: Tx, call: Call, id_: str, whom: str) -> Person | None:
    """None: not in the circle (any more), and nobody is named."""
    others = await seats(tx, await own_circle(tx, call, id_), but=call.person)
    return next((one.person for one in others if one.person.id == whom), None)


async def _others(tx: Tx, call: Call, id_: str) -> tuple[Seat, ...]:
    circle = await own_circle(tx, call, id_)
    others = await seats(tx, circle, but=call.person)
    if not others:
        raise Tellable(call.say("Nobody else is in this circle any more."))
    return others


async def _one(tx: Tx, call: Call, id_: str, whom: str) -> Seat:
    """The one meant, who must be in it: a block or a report needs a circle of both."""
    for other in await _others(tx, call, id_):
        if other.person.id == whom:
            return other
    raise Tellable(call.say("Nobody else is in this circle any more."))
