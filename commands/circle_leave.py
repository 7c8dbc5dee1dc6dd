"""/circle leave and pause: out at once and without a word to anybody; quiet for a while, alone or by vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from chat.errors import Tellable
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._circles import gently, into_round, mine, own_circle, seats
from commands._matching import own_day, until_text
from commands._read import OPEN_PAUSE, read_pause
from commands._registry import Option, _, answers, command
from commands.circle import guide
from content import circle_cards as cards
from content.circle_ways import CircleBack, CircleLeaveAsked, CircleLeft, CirclePaused
from content.letters import subject_of
from store import Tx
from store.circles import Circle
from store.circling import course_of, too_small
from store.deliveries import NewDelivery
from store.participants import Participant
from store.round_pool import CIRCLES


async def lengths(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """The usual pauses; anything else may be typed."""
    say = call.say
    usual = [("2w", say("2 weeks")), ("4w", say("4 weeks")), ("8w", say("8 weeks")), ("open", say("Until I say"))]
    return [pair for pair in usual if partial.casefold() in pair[0] + pair[1].casefold()] or usual


@command("circle pause", _("Wait for no circle for a while, or ask yours for a pause"), also=("暂停",))
async def pause(
    call: Call,
    length: Annotated[str, Option(_("2w, 4w, 8w, open, or a date such as 2026-12-24"), complete=lengths)] = "",
) -> Reply:
    """A circle rests when its members vote for it; a wish rests when its member says so."""
    async with call.store.begin() as tx:
        part, circles = await tx.participants.get(call.person, CIRCLES), await mine(tx, call)
    waits = part is not None and part.state != "out"
    if not circles and not waits:
        raise Tellable(call.say("You neither wait for a circle nor are in one, so there is nothing to pause."))
    if length.strip() and waits:
        return await _pause(call, length)
    return cards.circle_pause_card(call.say, circles, waits=waits)


@answers(CirclePaused)
async def pause_for(call: Call, chosen: CirclePaused) -> Reply:
    """One of the offered pauses."""
    return Edit(await _pause(call, chosen.length))


@answers(CircleBack)
async def back(call: Call, pressed: CircleBack) -> Reply:
    """The pause ends now."""
    with gently(call.say):
        async with call.store.begin() as tx:
            part = await tx.participants.get(call.person, CIRCLES)
            if part is not None and part.state == "paused":
                saved = await tx.participants.save(replace(part, state="in", paused_until=None), call.now)
                await into_round(tx, saved)
    return Edit(await guide(call))


@command("circle leave", _("Leave your circle, or wait for none any more; nobody is told"), also=("离开", "退出"))
async def leave(call: Call) -> Message:
    """Asked once."""
    async with call.store.begin() as tx:
        circles, part = await tx.circles.of(call.person), await tx.participants.get(call.person, CIRCLES)
        if circles:
            return cards.circle_leave_card(call.say, circles[0].id, await seats(tx, circles[0], but=call.person))
    if part is None or part.state == "out":
        raise Tellable(call.say("You neither wait for a circle nor are in one, so there is nothing to leave."))
    return cards.circle_leave_card(call.say, "", ())


@answers(CircleLeaveAsked)
async def ask_leave(call: Call, pressed: CircleLeaveAsked) -> Reply:
    """A new message in the presser's eyes alone: the card it stood on belongs to all."""
    if not pressed.circle:
        return cards.circle_leave_card(call.say, "", ())
    async with call.store.begin() as tx:
        circle = await own_circle(tx, call, pressed.circle)
        return cards.circle_leave_card(call.say, circle.id, await seats(tx, circle, but=call.person))


@answers(CircleLeft)
async def left(call: Call, pressed: CircleLeft) -> Reply:
    """At once. A circle that has become too small is looked after by the clock."""
    place: str | None = None
    with gently(call.say):
        async with call.store.begin() as tx:
            if pressed.circle:
                circle = await own_circle(tx, call, pressed.circle, lock=True)
                place = circle.place
                await tx.circles.leave(call.person, circle.id, call.now)
                await _look_soon(tx, call, circle)
            part = await tx.participants.get(call.person, CIRCLES)
            if part is not None and part.state != "out":
                await tx.participants.save(replace(part, state="out", paused_until=None), call.now)
    out = place is not None and await call.rooms.part(call.person, place)
    if out and call.place.id == place and await _written(call, pressed.circle):
        return None
    return Edit(cards.circle_left_card(call.say, together=place is not None and not out))


async def _written(call: Call, circle: str) -> bool:
    """The answer as a direct message, once: what stands in the conversation they are out of they see no more."""
    letter = NewDelivery(call.person, "letter", own_day(call), call.now, subject=subject_of("circle-left", circle))
    async with call.store.begin() as tx:
        planned = await tx.deliveries.plan_one(letter)
    return planned is not None and (await call.rooms.deliver(call.person, planned.id)).state == "sent"


async def _look_soon(tx: Tx, call: Call, circle: Circle) -> None:
    course = course_of(circle)
    rest = await tx.circles.members(circle.space, circle.id)
    if circle.state == "running" and too_small(course, len(rest)):
        kept = replace(course, step="look").kept()
        await tx.circles.advance(circle, "merging", next_at=call.now, question=kept)


async def _pause(call: Call, length: str) -> Message:
    until = None if length.strip().casefold() in OPEN_PAUSE else _until(call, length)
    with gently(call.say):
        async with call.store.begin() as tx:
            part = _there(call, await tx.participants.get(call.person, CIRCLES))
            await tx.participants.save(replace(part, state="paused", paused_until=until), call.now)
    return cards.circle_rests_card(call.say, until_text(call.say, until))


def _there(call: Call, part: Participant | None) -> Participant:
    if part is None or part.state == "out":
        raise Tellable(call.say("You neither wait for a circle nor are in one, so there is nothing to pause."))
    return part


def _until(call: Call, length: str) -> date:
    until = read_pause(length, own_day(call))
    if until is None:
        raise Tellable(call.say("I read pauses such as 3d, 1w, 2w, or a coming date like 2026-12-24."))
    return until
