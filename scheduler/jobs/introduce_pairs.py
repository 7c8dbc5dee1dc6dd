"""Introduces whoever both said yes: in a conversation of their own, or each alone where none can be opened."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chat.moment import Occurrence
from chat.people import Person
from scheduler._rooms import Rooms
from scheduler.due_introductions import each_due, fields
from scheduler.failpoints import point
from scheduler.gone import apart, end, somebody_left
from scheduler.interview_pool import host_of, seeker_of, slots_for
from scheduler.introducing import Meeting, introduce_once
from scheduler.post import by_day_for_all, hand_over, letter, today, zone_of
from scheduler.shared_language import speaker_for_all
from store import Tx
from store.following import INTRODUCE, introduced
from store.hosts import Host
from store.introductions import Introduction
from store.member_hours import known_zone
from store.members import Member
from store.programmes import Programme
from store.proposals import INTERVIEWS
from store.seekers import Seeker

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)
OFF, WHILE_OFF = timedelta(hours=1), timedelta(days=14)
"""While talks are switched off a pair waits: looked at so often, and ended after so long."""


async def run(rooms: Rooms) -> None:
    """Each in transactions of its own."""
    await each_due(rooms, "interview", [INTRODUCE], introduce)


async def introduce(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Once, however often it is begun."""
    await introduce_once(rooms, found, now, _both, _settle)


@dataclass(frozen=True, slots=True)
class _Both:
    """Who is introduced: what they said of themselves, in which zones, from when on, and in which conversation."""

    members: Mapping[Person, Member]
    asks: Seeker
    answers: Host
    zones: tuple[str, str]
    at: datetime
    meeting: Meeting | None


async def _both(tx: Tx, found: Introduction, now: datetime) -> _Both | None:
    """None where the two are not introduced now, with what comes instead: somebody left, took back what they had said
    of themselves, blocked the other, or is a guest where guests are not asked any more; or talks are switched off."""
    seeker, host = found.the("seeker"), found.the("host")
    if found.state != "accepted" or await apart(tx, found, now):
        return None
    asks = await tx.seekers.get(seeker) if seeker else None
    answers = await tx.hosts.get(host) if host else None
    programme = await tx.programmes.get(found.space, INTERVIEWS)
    off = programme is not None and programme.state == "off"
    late = off and now - (found.decided_at or now) > WHILE_OFF
    if (
        asks is None
        or answers is None
        or late
        or await somebody_left(tx, found)
        or _uninvited(programme, asks, answers)
    ):
        await end(tx, found, now)
        return None
    if off:
        await tx.introductions.then(found, (INTRODUCE, now + OFF))
        return None
    members = await tx.members.of(found.persons)
    zones = zone_of(members.get(asks.person)), zone_of(members.get(answers.person))
    at, home = by_day_for_all(zones, now), programme.place if programme else None
    meeting = Meeting([asks.person, answers.person], _title(members, asks, answers), home) if at <= now else None
    return _Both(members, asks, answers, zones, at, meeting)


def _uninvited(programme: Programme | None, *both: Seeker | Host) -> bool:
    open_ = programme is not None and bool(programme.settings.get("external"))
    return not open_ and any(one.external for one in both)


async def _settle(rooms: Rooms, tx: Tx, found: Introduction, both: _Both, place: str | None, now: datetime) -> bool:
    if both.at > now:
        await tx.introductions.then(found, (INTRODUCE, both.at))
    elif await apart(tx, found, now):
        log.info("somebody blocked the other one meanwhile", extra=fields(found))
        return False
    else:
        await _introduced(rooms, tx, found, both, place, now)
        point("introducing")
    return True


async def _introduced(rooms: Rooms, tx: Tx, found: Introduction, both: _Both, place: str | None, now: datetime) -> None:
    pair = both.asks.person, both.answers.person
    readers = sorted(zip(pair, both.zones, strict=True)) if place is None else [(pair[0], both.zones[0])]
    name = "intro-alone" if place is None else "intro"
    moments = ((person, Occurrence(today(zone, now), now)) for person, zone in readers)
    await hand_over(rooms, tx, [letter(person, name, found.id, moment, place) for person, moment in moments])
    asks, answers = seeker_of(both.asks, both.zones[0]), host_of(both.answers, both.zones[1], 1)
    clocks = all(known_zone(both.members.get(person)) for person in pair)
    slots = [slot.isoformat() for slot in slots_for(asks, answers, now)] if clocks else []
    await tx.introductions.transition(
        found.space, found.id, ["accepted"], "introduced", now, next=introduced(now), slots=slots, place=place
    )
    await tx.met.remember([pair], INTERVIEWS, now)


def _title(members: Mapping[Person, Member], asks: Seeker, answers: Host) -> str:
    """The conversation's name, in the language both read."""
    say = speaker_for_all(members.values())
    return say("Talk: {one} and {other}", one=asks.call_me[:40], other=answers.call_me[:40])
