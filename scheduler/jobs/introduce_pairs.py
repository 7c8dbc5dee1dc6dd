"""Introduces whoever both said yes: in a conversation of their own, or each alone where none can be opened."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from chat.errors import DeliveryError, Rejected
from chat.moment import Occurrence
from chat.people import Person
from chat.platform import OpensGroupChat
from content.say import pick_language, speaker
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.gone import end, somebody_left
from scheduler.interview_pool import host_of, seeker_of, slots_for
from scheduler.post import by_day_for_all, hand_over, letter, today, zone_of
from store import Conflict, Tx
from store.following import INTRODUCE, introduced
from store.hosts import Host
from store.introductions import Introduction
from store.members import Member
from store.proposals import INTERVIEWS
from store.seekers import Seeker

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)
MOST = 500
"""Due steps looked at in one run."""
AGAIN = timedelta(minutes=1)
"""Until a platform that does not answer is asked again."""


async def run(rooms: Rooms) -> None:
    """Each in transactions of its own. Nothing is open while a platform is asked."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = [one for one in await tx.introductions.due(now, MOST) if one.next_step == INTRODUCE]
    for found in due:
        if found.kind == "interview":
            await introduce(rooms, found, now)
    if due:
        rooms.dispatcher.wake()


async def introduce(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Once, however often it is begun: the conversation is found again by the introduction's id, and whoever comes
    second finds another state."""
    seeker, host = found.the("seeker"), found.the("host")
    if seeker is None or host is None or found.state != "accepted":
        return
    async with rooms.store.begin() as tx:
        members = await tx.members.of([seeker, host])
        asks, answers = await tx.seekers.get(seeker), await tx.hosts.get(host)
        programme = await tx.programmes.get(found.space, INTERVIEWS)
        left = await somebody_left(tx, found)
    if asks is None or answers is None or left:
        await _end(rooms, found, now)
        return
    zones = [zone_of(members.get(person)) for person in (seeker, host)]
    at = by_day_for_all(zones, now)
    try:
        place = None
        if at <= now:
            title = _title(members, asks, answers)
            place = await _gather(rooms, found, [seeker, host], title, programme.place if programme else None)
            point("gathered")
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            if at > now:
                await tx.introductions.then(found, (INTRODUCE, at))
            else:
                slots = slots_for(seeker_of(asks, zones[0]), host_of(answers, zones[1], 1), now)
                await _introduced(rooms, tx, found, place, [slot.isoformat() for slot in slots], zones, now)
                point("introducing")
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=_fields(found))
    except DeliveryError as error:
        log.warning("a conversation could not be opened now", extra={**_fields(found), "reason": error.reason})
        await _later(rooms, found, now + AGAIN)


async def _gather(rooms: Rooms, found: Introduction, both: list[Person], title: str, home: str | None) -> str | None:
    """The conversation of both; None where the platform has none for these two."""
    platform = rooms.platforms.get(found.space.platform)
    if platform is None:
        raise DeliveryError("platform_off")
    if not isinstance(platform, OpensGroupChat):
        return None
    try:
        return await platform.gather(both, title=title, key=found.id, home=home)
    except Rejected as error:
        log.info("each is introduced alone", extra={**_fields(found), "reason": error.reason})
        return None


async def _introduced(
    rooms: Rooms, tx: Tx, found: Introduction, place: str | None, slots: list[str], zones: list[str], now: datetime
) -> None:
    seeker, host = found.the("seeker"), found.the("host")
    assert seeker is not None  # looked at before
    assert host is not None
    readers = [(seeker, zones[0]), (host, zones[1])] if place is None else [(seeker, zones[0])]
    name = "intro-alone" if place is None else "intro"
    moments = ((person, Occurrence(today(zone, now), now)) for person, zone in sorted(readers))
    await hand_over(rooms, tx, [letter(person, name, found.id, moment, place) for person, moment in moments])
    step = introduced(now)
    if place is None:
        await tx.introductions.transition(
            found.space, found.id, ["accepted"], "introduced", now, next=step, slots=slots
        )
    else:
        await tx.introductions.transition(
            found.space, found.id, ["accepted"], "introduced", now, next=step, slots=slots, place=place
        )


async def _end(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Somebody left, or took back what they had said of themselves."""
    try:
        async with rooms.store.begin() as tx:
            await end(tx, found, now)
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=_fields(found))


async def _later(rooms: Rooms, found: Introduction, at: datetime) -> None:
    try:
        async with rooms.store.begin() as tx:
            await tx.introductions.then(found, (INTRODUCE, at))
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=_fields(found))


def _title(members: dict[Person, Member], seeker: Seeker, host: Host) -> str:
    """The conversation's name, in the language both read."""
    languages = {pick_language(member.language, member.locale) for member in members.values()}
    say = speaker(languages.pop() if len(languages) == 1 else "en")
    return say("Talk: {one} and {other}", one=seeker.call_me[:40], other=host.call_me[:40])


def _fields(found: Introduction) -> dict[str, str]:
    return {"introduction": found.id, "space": found.space.key}
