"""/nudge pause: quiet for a while, without a word about it; it ends by itself or by one press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from chat.errors import Tellable
from chat.message import Button, Message, Row, Text, short
from chat.moment import Occurrence
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import after_last, moment_text, must_run, today
from commands._read import OPEN_PAUSE, read_pause
from commands._registry import Option, _, answers, command
from commands._tap import tapped
from commands.nudge import NudgeBack, unreachable_row, unreachable_text
from commands.recall import spread
from content.nudge_card import NudgePause, PauseFor, pause_offer
from content.say import Say
from store.nudges import Nudge

UNTIL_TOLD = date.max
"""The end of a pause that has none: so it stays one, also where messages do not arrive and are tried again."""


async def lengths(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """The usual pauses; anything else may be typed."""
    say = call.say
    usual = [("3d", say("3 days")), ("1w", say("1 week")), ("2w", say("2 weeks")), ("open", say("Until I say"))]
    return [pair for pair in usual if partial.casefold() in pair[0] + pair[1].casefold()] or usual


@command("nudge pause", _("Be quiet for a while: 3d, 1w, 2w or a date"), also=("暂停",))
async def pause(
    call: Call,
    length: Annotated[str, Option(_("3d, 1w, 2w, open, or a date such as 2026-12-24"), complete=lengths)] = "",
) -> Reply:
    """Without a length, offers the usual ones."""
    return await _pause(call, length) if length.strip() else pause_offer(call.say)


@answers(NudgePause)
async def offer_pause(call: Call, pressed: NudgePause) -> Reply:
    """The Pause button of a step turns that message into the four pauses. It is a tap like any other."""
    async with call.store.begin() as tx:
        await tapped(tx, call)
    return Edit(pause_offer(call.say))


@answers(PauseFor)
async def pause_for(call: Call, chosen: PauseFor) -> Reply:
    """One of the offered pauses."""
    return Edit(await _pause(call, chosen.length))


@answers(NudgeBack)
async def back(call: Call, pressed: NudgeBack) -> Reply:
    """Ends the pause; the next step comes at the next own moment, and what was learned is asked about from today on."""
    say = call.say
    async with call.store.begin() as tx:
        nudge = must_run(call, (await tapped(tx, call)).nudge)
        moment = after_last(call, nudge)
        await tx.nudges.pause(call.person, None, moment if call.member.reachable else None, call.now)
        await spread(tx, call.person, today(call, nudge))
    if not call.member.reachable:
        return Edit(Message("", (Text(unreachable_text(say)), unreachable_row(say))))
    when = moment_text(say, moment.at, nudge.schedule.zone)
    return Edit(short(say("Good to see you. Your next step comes {when}.", when=when)))


async def _pause(call: Call, length: str) -> Message:
    async with call.store.begin() as tx:
        nudge = must_run(call, await tx.nudges.get(call.person, lock=True))
        until = UNTIL_TOLD if length.strip().casefold() in OPEN_PAUSE else read_pause(length, today(call, nudge))
        if until is None:
            raise Tellable(call.say("I read pauses such as 3d, 1w, 2w, or a coming date like 2026-12-24."))
        await tapped(tx, call)
        moment = pause_ends(call, nudge, until)
        await tx.nudges.pause(call.person, until, moment if call.member.reachable else None, call.now)
        if moment is not None:
            await spread(tx, call.person, until)
    return paused_card(call.say, moment, reachable=call.member.reachable)


def pause_ends(call: Call, nudge: Nudge, until: date) -> Occurrence | None:
    """The first moment after a pause; None when it has no end."""
    if until == UNTIL_TOLD:
        return None
    free = nudge.last_day + timedelta(days=1) if nudge.last_day else date.min
    return call.rooms.when.next_of(nudge.week, call.now, first_day=max(until, free))


def paused_card(say: Say, end: Occurrence | None, *, reachable: bool = True) -> Message:
    """After a pause: until when, and the way back; where messages do not arrive, the way to mend that first."""
    if not reachable:
        text = say("Quiet until {day}.", day=say.date(end.day)) if end else say("Quiet until you say so.")
        return Message("", (Text(text), Text(unreachable_text(say)), unreachable_row(say)))
    text = say("Quiet until you say so.")
    if end is not None:
        text = say("Quiet until {day}. It goes on by itself then.", day=say.date(end.day))
    return Message("", (Text(text), Row((Button(say("I am back"), NudgeBack()),))))
