"""/coffee status, skip, pause and leave: how one's coffees stand, and every way to be left in peace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Annotated

from chat.errors import Tellable
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._coffee import Mine, chosen, gently, must_be_in, next_at, standing
from commands._matching import own_day, until_text
from commands._read import OPEN_PAUSE, read_pause
from commands._registry import Option, _, answers, command
from content import coffee_cards as cards
from content.coffee_ways import (
    CoffeeBack,
    CoffeeLeaveAsked,
    CoffeeLeft,
    CoffeePauseAsked,
    CoffeePaused,
    CoffeeShown,
    CoffeeSkip,
)
from store import Tx
from store.participants import is_in


async def lengths(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """The usual pauses; anything else may be typed."""
    say = call.say
    usual = [("2w", say("2 weeks")), ("4w", say("4 weeks")), ("8w", say("8 weeks")), ("open", say("Until I say"))]
    return [pair for pair in usual if partial.casefold() in pair[0] + pair[1].casefold()] or usual


@command("coffee status", _("How your coffees of this channel stand"), bare=True, also=("状态", "查看"))
async def status(call: Call) -> Message:
    """Everything at a glance."""
    async with call.store.begin() as tx:
        own = await chosen(tx, call)
        return own if isinstance(own, Message) else await standing(tx, call, own)


@answers(CoffeeShown)
async def show(call: Call, pressed: CoffeeShown) -> Reply:
    """In the message's place; below a letter of ours as a new one."""
    async with call.store.begin() as tx:
        own = await chosen(tx, call, pressed.channel)
        card = own if isinstance(own, Message) else await standing(tx, call, own)
    return card if pressed.letter else Edit(card)


@command("coffee skip", _("Not this time; nobody is told"), also=("跳过", "这次不"))
async def skip(call: Call) -> Message:
    """The round that is coming."""
    return await _skip(call, "")


@answers(CoffeeSkip)
async def skip_this(call: Call, pressed: CoffeeSkip) -> Reply:
    """From a letter or a card."""
    return Edit(await _skip(call, pressed.channel, this_one=bool(pressed.letter)))


@command("coffee pause", _("Nobody is introduced to you for a while"), also=("暂停",))
async def pause(
    call: Call,
    length: Annotated[str, Option(_("2w, 4w, 8w, open, or a date such as 2026-12-24"), complete=lengths)] = "",
) -> Message:
    """Without a length, offers the usual ones."""
    if length.strip():
        return await _pause(call, "", length)
    async with call.store.begin() as tx:
        own = await must_be_in(tx, call)
    return cards.pause_card(call.say, own.channel)


@answers(CoffeePauseAsked)
async def ask_pause(call: Call, pressed: CoffeePauseAsked) -> Reply:
    """In the message's place."""
    return Edit(cards.pause_card(call.say, pressed.channel))


@answers(CoffeePaused)
async def pause_for(call: Call, chosen_: CoffeePaused) -> Reply:
    """One of the offered pauses."""
    return Edit(await _pause(call, chosen_.channel, chosen_.length))


@answers(CoffeeBack)
async def back(call: Call, pressed: CoffeeBack) -> Reply:
    """The pause, or the skipping, ends now. Where a round has been matched meanwhile they are late in it."""
    with gently(call.say):
        async with call.store.begin() as tx:
            own = await must_be_in(tx, call, pressed.channel)
            assert own.part is not None  # just looked at
            if own.part.state == "paused":
                await tx.participants.save(replace(own.part, state="in", paused_until=None), call.now)
            await come_back(tx, call, own)
            return Edit(await standing(tx, call, await _again(tx, call, own)))


@command("coffee leave", _("Take part no more"), also=("离开", "退出"))
async def leave(call: Call) -> Message:
    """Asked once."""
    async with call.store.begin() as tx:
        own = await must_be_in(tx, call)
    return cards.leave_card(call.say, own.channel)


@answers(CoffeeLeaveAsked)
async def ask_leave(call: Call, pressed: CoffeeLeaveAsked) -> Reply:
    """In the message's place."""
    return Edit(cards.leave_card(call.say, pressed.channel))


@answers(CoffeeLeft)
async def left(call: Call, pressed: CoffeeLeft) -> Reply:
    """Out of this and every later round; introductions that were made stay."""
    with gently(call.say):
        async with call.store.begin() as tx:
            own = await must_be_in(tx, call, pressed.channel)
            assert own.part is not None  # just looked at
            await tx.participants.save(replace(own.part, state="out", paused_until=None), call.now)
            await _out_of_round(tx, call, own)
    return Edit(cards.left_card(call.say, own.channel))


async def come_back(tx: Tx, call: Call, own: Mine) -> None:
    """Into the round that is under way: with the others before it is matched, late afterwards."""
    if own.round is None or own.present is None or own.present.state != "skipped":
        return
    if own.round.state in {"planned", "opened"}:
        await tx.rounds.mark(own.round, [call.person], "in")
    elif replace(own, present=None).takes_late(call.now):
        await tx.rounds.mark(own.round, [call.person], "late")
        if own.round.state == "introduced":
            await tx.rounds.look_again(own.round, call.now)


async def _skip(call: Call, channel: str, *, this_one: bool = False) -> Message:
    """The round under way, or the next one by a pause that ends the day after it is matched. `this_one`: asked on the
    letter of a round, and no other is meant."""
    with gently(call.say):
        async with call.store.begin() as tx:
            own = await must_be_in(tx, call, channel)
            assert own.part is not None  # just looked at
            if own.may_skip:
                await _out_of_round(tx, call, own)
            elif own.skips or (this_one and own.has_skipped):
                return cards.skipped_card(call.say, own.channel, again=True)
            elif this_one:
                raise Tellable(call.say("This round has gone out already. `/coffee skip` skips the next one."))
            elif is_in(own.part, own_day(call)) and (at := next_at(own)) is not None:
                until = at.astimezone(UTC).date() + timedelta(days=1)
                await tx.participants.save(replace(own.part, state="paused", paused_until=until), call.now)
    return cards.skipped_card(call.say, own.channel)


async def _pause(call: Call, channel: str, length: str) -> Message:
    until = None if length.strip().casefold() in OPEN_PAUSE else _until(call, length)
    with gently(call.say):
        async with call.store.begin() as tx:
            own = await must_be_in(tx, call, channel)
            assert own.part is not None  # just looked at
            await tx.participants.save(replace(own.part, state="paused", paused_until=until), call.now)
            await _out_of_round(tx, call, own)
    return cards.paused_card(call.say, own.channel, until_text(call.say, until))


async def _out_of_round(tx: Tx, call: Call, own: Mine) -> None:
    if own.may_skip and own.round is not None:
        await tx.rounds.mark(own.round, [call.person], "skipped")


async def _again(tx: Tx, call: Call, own: Mine) -> Mine:
    found = await chosen(tx, call, own.channel)
    return own if isinstance(found, Message) else found


def _until(call: Call, length: str) -> date:
    until = read_pause(length, own_day(call))
    if until is None:
        raise Tellable(call.say("I read pauses such as 3d, 1w, 2w, or a coming date like 2026-12-24."))
    return until
