"""Have they found a time, on which day, and how was it: both sides may answer, the first word moves the talk on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import kindly, own_day
from commands._registry import answers
from commands._talks import end_search, is_seeker, own_talk, tell
from content import talk_cards as cards
from content.interview_ways import TalkOn
from content.introduction_ways import (
    TalkMet,
    TalkMissed,
    TalkNotYet,
    TalkScheduled,
    TimeFound,
    TimeGiveUp,
    TimeNotYet,
)
from store import Tx
from store import following as steps
from store.introductions import Introduction, Next, State
from store.member_hours import zone_of

AHEAD = 25
"""Days offered for a talk that was agreed on: as many as a picker has room for."""
MISSES, REST = 2, timedelta(days=30)
"""After so many talks that did not happen a host is asked by nobody for a while."""
UNDER_WAY: tuple[State, ...] = ("introduced", "scheduled")


@answers(TimeFound)
async def found(call: Call, pressed: TimeFound) -> Reply:
    """They found a time; which day it is may be said as well."""
    return await _scheduled(call, pressed.introduction, steps.scheduled(call.now))


@answers(TalkScheduled)
async def planned(call: Call, pressed: TalkScheduled) -> Reply:
    """It is agreed on after all."""
    return await _scheduled(call, pressed.introduction, steps.not_yet(call.now))


@answers(TalkOn)
async def on_day(call: Call, chosen: TalkOn) -> Reply:
    """From then on nobody is asked before the day is over."""
    today = own_day(call)
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, chosen.introduction)
            if talk.state != "scheduled" or not today <= chosen.day <= today + timedelta(days=AHEAD):
                return Edit(cards.moved_on_card(call.say))
            name, at = steps.day_known(call.now, chosen.day, zone_of(call.member))
            again = talk.next_step in {steps.HOW_AGAIN, steps.LAPSE}
            await tx.introductions.then(talk, (steps.HOW_AGAIN if again else name, at))
    return Edit(cards.on_card(call.say, talk.id, chosen.day))


@answers(TimeNotYet)
async def no_time_yet(call: Call, pressed: TimeNotYet) -> Reply:
    """All right: how it was is asked a week later, not sooner."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction)
            if talk.state not in UNDER_WAY:
                return Edit(cards.moved_on_card(call.say))
            if talk.next_step == steps.FOUND_TIME:
                await tx.introductions.then(talk, steps.asked_for_time(talk.introduced_at or call.now))
    return Edit(cards.not_yet_card(call.say, talk.id))


@answers(TalkNotYet)
async def not_yet(call: Call, pressed: TalkNotYet) -> Reply:
    """Asked once more, and then never again."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction)
            if talk.state not in UNDER_WAY:
                return Edit(cards.moved_on_card(call.say))
            first = await tell(tx, call, talk, "not_yet")
            if first and talk.next_step in {steps.HOW_WAS_IT, steps.HOW_AGAIN, steps.LAPSE}:
                await tx.introductions.then(talk, steps.not_yet(call.now))
    return Edit(cards.not_yet_card(call.say, talk.id))


@answers(TimeGiveUp)
async def give_up(call: Call, pressed: TimeGiveUp) -> Reply:
    """Closed, no reason asked; where the host gave up, the seeker is offered somebody else."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction)
            seeker = is_seeker(talk, call.person)
            if talk.state in UNDER_WAY:
                await end_search(tx, talk, call.now)
                then = None if seeker or talk.the("seeker") is None else steps.missed(call.now)
                await tx.introductions.transition(talk.space, talk.id, UNDER_WAY, "closed", call.now, next=then)
            elif talk.state != "closed" or talk.met_on is not None:
                return Edit(cards.moved_on_card(call.say))
    return Edit(cards.given_up_card(call.say, talk.id, seeker=seeker))


@answers(TalkMet)
async def met(call: Call, pressed: TalkMet) -> Reply:
    """They met: thanks are a day away, and the search has found what it was for."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction)
            lapsed = talk.state == "closed" and talk.next_step == steps.LAPSED
            if talk.state in UNDER_WAY or lapsed:
                if not lapsed:  # else the search ended then, and another one may have begun
                    await end_search(tx, talk, call.now)
                if (host := talk.the("host")) is not None:
                    await tx.hosts.talked(host, call.now, shown_up=True)
                then = steps.met(call.now) if talk.kind == "interview" else None
                await tx.introductions.transition(
                    talk.space, talk.id, [talk.state], "met", call.now, next=then, met_on=own_day(call)
                )
            elif talk.met_on is None:
                return Edit(cards.moved_on_card(call.say))
            await tell(tx, call, talk, "met")
    return Edit(cards.met_card(call.say, talk.id, seeker=is_seeker(talk, call.person)))


@answers(TalkMissed)
async def missed(call: Call, pressed: TalkMissed) -> Reply:
    """It did not happen. Whose doing it was is not asked; a host of whom it is said twice gets a rest."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction)
            seeker = is_seeker(talk, call.person)
            if talk.state in UNDER_WAY:
                await end_search(tx, talk, call.now)
                rests = seeker and await _rest(tx, call, talk)
                then = steps.host_rests(call.now) if rests else None
                if not seeker and talk.the("seeker") is not None:
                    then = steps.missed(call.now)
                await tx.introductions.transition(talk.space, talk.id, UNDER_WAY, "missed", call.now, next=then)
            elif talk.state != "missed":
                return Edit(cards.moved_on_card(call.say))
            await tell(tx, call, talk, "missed")
    return Edit(cards.missed_card(call.say, talk.id, seeker=seeker))


async def _rest(tx: Tx, call: Call, talk: Introduction) -> bool:
    """Whether the host gets a rest; then the count begins anew."""
    person = talk.the("host")
    if person is None:
        return False
    await tx.hosts.talked(person, call.now, shown_up=False)
    host = await tx.hosts.get(person)
    if host is None or host.no_shows < MISSES or host.state != "open":
        return False
    until = (call.now + REST).date()
    await tx.hosts.save(replace(host, state="paused", paused_until=until, no_shows=0), call.now)
    return True


async def _scheduled(call: Call, id_: str, then: Next) -> Reply:
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, id_)
            if talk.state == "introduced":
                await tx.introductions.transition(talk.space, id_, ["introduced"], "scheduled", call.now, next=then)
            elif talk.state != "scheduled":
                return Edit(cards.moved_on_card(call.say))
            elif talk.next_step == steps.LAPSE:
                await tx.introductions.then(talk, steps.not_yet(call.now))
            await tell(tx, call, talk, "scheduled")
    return Edit(_when(call, id_))


def _when(call: Call, id_: str) -> Message:
    return cards.when_card(call.say, id_, _days(own_day(call)))


def _days(today: date) -> list[date]:
    return [today + timedelta(days=n) for n in range(AHEAD)]
