"""Introduces whoever both said yes: in a conversation of their own, or each alone where none can be opened."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chat.errors import DeliveryError
from chat.moment import Occurrence
from chat.people import Person
from content.say import pick_language, speaker
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.gathering import dissolve, gather, may_gather
from scheduler.gone import apart, end, postpone, somebody_left
from scheduler.interview_pool import host_of, seeker_of, slots_for
from scheduler.post import by_day_for_all, hand_over, letter, today, zone_of
from store import Conflict, Tx
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
MOST = 500
"""Due steps looked at in one run."""
AGAIN = timedelta(minutes=1)
"""Until a platform that does not answer is asked again."""
LEASE = timedelta(minutes=2)
"""How long one process may take to open a conversation; then another one may."""
BROKEN = timedelta(minutes=10)
"""Until one that broke is tried again."""
OFF, WHILE_OFF = timedelta(hours=1), timedelta(days=14)
"""While talks are switched off a pair waits: looked at so often, and ended after so long."""


async def run(rooms: Rooms) -> None:
    """Each in transactions of its own. Nothing is open while a platform is asked. A space that has opened as many
    conversations as it may now keeps the others for the next look; one that breaks keeps nobody up."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.introductions.due(now, MOST, kind="interview", steps=[INTRODUCE])
    for found in due:
        if may_gather(rooms, found.space):
            try:
                await introduce(rooms, found, now)
            except Exception:
                log.exception("an introduction broke", extra=_fields(found))
                await postpone(rooms, found, now + BROKEN)
    if due:
        rooms.dispatcher.wake()


async def introduce(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Once, however often it is begun: claimed for a while, for two processes must not open one conversation at the
    same time. The conversation is found again by the introduction's id; whoever comes second finds another state."""
    place, blocked = None, False
    try:
        async with rooms.store.begin() as tx:
            found = await tx.introductions.then(found, (INTRODUCE, now + LEASE))
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            both = await _both(tx, found, now)
        if both is None:
            return
        if both.at <= now:
            persons = [both.asks.person, both.answers.person]
            place = await gather(rooms, persons, title=_title(both), key=found.id, home=both.home)
            point("gathered")
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            if both.at > now:
                await tx.introductions.then(found, (INTRODUCE, both.at))
            elif blocked := await apart(tx, found, now):
                log.info("somebody blocked the other one meanwhile", extra=_fields(found))
            else:
                await _introduced(rooms, tx, found, both, place, now)
                point("introducing")
        if blocked:
            await dissolve(rooms, found, place)
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=_fields(found))
        await dissolve(rooms, found, place)
    except DeliveryError as error:
        log.warning("a conversation could not be opened now", extra={**_fields(found), "reason": error.reason})
        await postpone(rooms, found, now + AGAIN)


@dataclass(frozen=True, slots=True)
class _Both:
    """Who is introduced: what they said of themselves, in which zones, from when on, and below which channel."""

    members: Mapping[Person, Member]
    asks: Seeker
    answers: Host
    zones: tuple[str, str]
    at: datetime
    home: str | None


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
    home = programme.place if programme else None
    return _Both(members, asks, answers, zones, by_day_for_all(zones, now), home)


def _uninvited(programme: Programme | None, *both: Seeker | Host) -> bool:
    open_ = programme is not None and bool(programme.settings.get("external"))
    return not open_ and any(one.external for one in both)


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


def _title(both: _Both) -> str:
    """The conversation's name, in the language both read."""
    languages = {pick_language(member.language, member.locale) for member in both.members.values()}
    say = speaker(languages.pop() if len(languages) == 1 else "en")
    return say("Talk: {one} and {other}", one=both.asks.call_me[:40], other=both.answers.call_me[:40])


def _fields(found: Introduction) -> dict[str, str]:
    return {"introduction": found.id, "space": found.space.key}
