"""/interview-match pause and leave: quiet with a date, and out without a trace of blame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from chat.errors import Tellable
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import Mine, kindly, mine, own_day, until_text
from commands._read import OPEN_PAUSE, read_pause
from commands._registry import Option, _, answers, command
from commands.interview_match import standing
from content import interview_cards as cards
from content.interview_ways import MatchBack, MatchLeaveAsked, MatchLeft, MatchPauseAsked, MatchPaused
from store import Tx
from store import following as steps
from store.introductions import Introduction

SEEKER, HOST = "seeker", "host"


async def lengths(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """The usual pauses; anything else may be typed."""
    say = call.say
    usual = [("1w", say("1 week")), ("2w", say("2 weeks")), ("4w", say("4 weeks")), ("open", say("Until I say"))]
    return [pair for pair in usual if partial.casefold() in pair[0] + pair[1].casefold()] or usual


@command("interview-match pause", _("Nobody is asked for you, and you are not asked, for a while"), also=("暂停",))
async def pause(
    call: Call,
    length: Annotated[str, Option(_("1w, 2w, 4w, open, or a date such as 2026-12-24"), complete=lengths)] = "",
) -> Reply:
    """Without a length, offers the usual ones."""
    return await _pause(call, length) if length.strip() else await _ask_pause(call)


@answers(MatchPauseAsked)
async def ask_pause(call: Call, pressed: MatchPauseAsked) -> Reply:
    """In the message's place."""
    return Edit(await _ask_pause(call, pressed.side))


@answers(MatchPaused)
async def pause_for(call: Call, chosen: MatchPaused) -> Reply:
    """One of the offered pauses."""
    return Edit(await _pause(call, chosen.length, chosen.side))


@answers(MatchBack)
async def back(call: Call, pressed: MatchBack) -> Reply:
    """The pause ends now; what was off stays off."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call, lock=True)
            if own.seeker is not None and own.seeker.state == "paused":
                state = "matched" if own.seeking(call.person) else "open"
                await tx.seekers.save(replace(own.seeker, state=state, paused_until=None), call.now)
            if own.host is not None and own.host.state == "paused":
                await tx.hosts.save(replace(own.host, state="open", paused_until=None), call.now)
    return Edit(await standing(call))


@command("interview-match leave", _("Stop looking for talks and offering them"), also=("离开", "退出"))
async def leave(call: Call) -> Message:
    """Asked once."""
    return await _ask_leave(call)


@answers(MatchLeaveAsked)
async def ask_leave(call: Call, pressed: MatchLeaveAsked) -> Reply:
    """In the message's place."""
    return Edit(await _ask_leave(call, pressed.side))


@answers(MatchLeft)
async def left(call: Call, pressed: MatchLeft) -> Reply:
    """Search and offer end, and open talks are closed; whoever waits for one of them is told, without a reason. Both
    stay sides of what was: either may still block or report the other, and they are not brought together again."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call, lock=True)
            if own.seeker is not None and pressed.side != HOST:
                gone = replace(own.seeker, state="off", paused_until=None, since=None, waited=0)
                await tx.seekers.save(gone, call.now)
            if own.host is not None and pressed.side != SEEKER:
                await tx.hosts.save(replace(own.host, state="off", paused_until=None), call.now)
            for talk in own.talks:
                if talk.kind == "interview" and _of(call, talk, pressed.side):
                    then = steps.left(talk, call.person, call.now)
                    await tx.introductions.transition(talk.space, talk.id, [talk.state], "gone", call.now, next=then)
    return Edit(cards.left_card(call.say, pressed.side))


async def _ask_pause(call: Call, side: str = "") -> Message:
    async with call.store.begin() as tx:
        own = await mine(tx, call)
    return cards.pause_card(call.say, side, both=_both(own))


async def _ask_leave(call: Call, side: str = "") -> Message:
    async with call.store.begin() as tx:
        own = await mine(tx, call)
    _there(call, own)
    talk = any(talk.kind == "interview" and _of(call, talk, side) for talk in own.talks)
    return cards.leave_card(call.say, talk=talk, side=side, both=_both(own))


async def _pause(call: Call, length: str, side: str = "") -> Message:
    until = None if length.strip().casefold() in OPEN_PAUSE else _until(call, length)
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await _locked(tx, call)
            _there(call, own)
            meant = [talk for talk in own.talks if talk.kind == "interview" and _of(call, talk, side)]
            named = [talk for talk in meant if talk.state != "proposed"]
            busy = any(talk.the("seeker") == call.person for talk in named)
            if own.seeker is not None and own.seeker.state != "off" and not busy and side != HOST:
                await tx.seekers.save(replace(own.seeker, state="paused", paused_until=until), call.now)
            if own.host is not None and own.host.state in {"open", "paused"} and side != SEEKER:
                await tx.hosts.save(replace(own.host, state="paused", paused_until=until), call.now)
            for talk in meant:
                if talk.state == "proposed":
                    await _take_back(tx, call, talk)
    return cards.quiet_card(call.say, until_text(call.say, until), talk=bool(named), side=side)


async def _locked(tx: Tx, call: Call) -> Mine:
    """One's own search and those of everybody who waits for one's answer, locked in one order: see Tx."""
    asking = {talk.the("seeker") for talk in (await mine(tx, call)).talks if talk.state == "proposed"}
    for person in sorted({call.person, *(one for one in asking if one is not None)}):
        await tx.seekers.get(person, lock=True)
    return await mine(tx, call)


async def _take_back(tx: Tx, call: Call, talk: Introduction) -> None:
    """A question nobody answered, without a word: the other side of a host who is quiet is looked for elsewhere."""
    step = tx.introductions.transition
    if talk.the("host") == call.person:
        await step(talk.space, talk.id, ["proposed"], "expired", call.now, next=steps.declined(call.now))
    else:
        await step(talk.space, talk.id, ["proposed"], "closed", call.now, next=None)


def _until(call: Call, length: str) -> date:
    until = read_pause(length, own_day(call))
    if until is None:
        raise Tellable(call.say("I read pauses such as 3d, 1w, 2w, or a coming date like 2026-12-24."))
    return until


def _there(call: Call, own: Mine) -> None:
    known = [one for one in (own.seeker, own.host) if one is not None and one.state != "off"]
    if not known and not own.talks:
        raise Tellable(call.say("You neither look for talks nor offer any, so there is nothing to pause or to leave."))


def _both(own: Mine) -> bool:
    return all(one is not None and one.state != "off" for one in (own.seeker, own.host))


def _of(call: Call, talk: Introduction, side: str) -> bool:
    """Whether a talk belongs to what is meant: see MatchPauseAsked."""
    return not side or side == (HOST if talk.the("host") == call.person else SEEKER)
