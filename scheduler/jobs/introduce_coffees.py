"""Introduces whom a coffee round brought together: in a conversation of their own, or each alone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from chat.errors import DeliveryError
from chat.moment import Occurrence
from chat.people import Person
from content.letters import CoffeeLetter
from scheduler._rooms import Rooms
from scheduler.coffee_letters import channel_of, speaker_for
from scheduler.failpoints import point
from scheduler.gathering import dissolve, gather, may_gather
from scheduler.gone import apart, end, postpone, stays_alone
from scheduler.post import by_day_for_all, hand_over, letter, today
from store import Conflict, Tx
from store.following import INTRODUCE
from store.introductions import Introduction, Next
from store.member_hours import local_day, zone_of
from store.members import Member
from store.participants import Participant, is_in

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
HOW = "coffee-how"
"""The next step after an introduction."""


async def run(rooms: Rooms) -> None:
    """Each in transactions of its own. Nothing is open while a platform is asked; one that breaks keeps nobody up."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.introductions.due(now, MOST, kind="coffee", steps=[INTRODUCE])
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
    place, blocked, away = None, False, tuple[Person, ...]()
    try:
        async with rooms.store.begin() as tx:
            found = await tx.introductions.then(found, (INTRODUCE, now + LEASE))
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            if await apart(tx, found, now):
                return
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=_fields(found))
        return
    async with rooms.store.begin() as tx:
        members = await tx.members.of(found.persons)
        parts = {one: part for one in found.persons if (part := await tx.participants.get(one, found.programme))}
        programme = await tx.programmes.get(found.space, found.programme)
        this = await tx.rounds.get(found.space, found.programme, found.round or 0)
        off = await stays_alone(tx, found) or bool(await _away(tx, found, now))
    zones = {person: zone_of(member) for person, member in sorted(members.items()) if member.left_at is None}
    at = by_day_for_all(list(zones.values()), now) if zones else now
    stale = this is None or now > this.closes_at
    try:
        if at <= now and not (off or stale):
            home = programme.place if programme else None
            title = _title(members, parts)
            place = await gather(rooms, list(zones), title=title, key=found.id, home=home)
            point("gathered")
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            if await stays_alone(tx, found):
                await end(tx, found, now)
            elif this is None or now > this.closes_at:
                await tx.introductions.transition(found.space, found.id, ["accepted"], "closed", now, next=None)
            elif away := await _away(tx, found, now):
                await _anew(tx, found, away, now)
            elif at > now:
                await tx.introductions.then(found, (INTRODUCE, at))
            elif blocked := await apart(tx, found, now):
                log.info("somebody blocked another one meanwhile", extra=_fields(found))
            else:
                how = (HOW, now + (this.follows_at - this.introduces_at))
                await _introduced(rooms, tx, found, place, zones, how, now)
                point("introducing")
        if blocked or away:
            await dissolve(rooms, found, place)
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=_fields(found))
        await dissolve(rooms, found, place)
    except DeliveryError as error:
        log.warning("a conversation could not be opened now", extra={**_fields(found), "reason": error.reason})
        await postpone(rooms, found, now + AGAIN)


async def _introduced(
    rooms: Rooms, tx: Tx, found: Introduction, place: str | None, zones: dict[Person, str], then: Next, now: datetime
) -> None:
    readers = sorted(zones) if place is None else sorted(zones)[:1]
    name: CoffeeLetter = "coffee-alone" if place is None else "coffee-intro"
    rows = [letter(one, name, found.id, Occurrence(today(zones[one], now), now), place) for one in readers]
    await hand_over(rooms, tx, rows)
    await tx.introductions.transition(found.space, found.id, ["accepted"], "introduced", now, next=then, place=place)


async def _away(tx: Tx, found: Introduction, now: datetime) -> tuple[Person, ...]:
    """Who of them left the programme or paused since the round went out."""
    members = await tx.members.of(found.persons)
    parts = {one: await tx.participants.get(one, found.programme) for one in found.persons}
    return tuple(one for one, part in parts.items() if not is_in(part, local_day(members.get(one), now)))


async def _anew(tx: Tx, found: Introduction, away: tuple[Person, ...], now: datetime) -> None:
    """Nobody has heard of it yet: it ends without a word, and whoever stays is late in the round, and looked for."""
    await tx.introductions.transition(found.space, found.id, ["accepted"], "closed", now, next=None)
    this = await tx.rounds.get(found.space, found.programme, found.round or 0, lock=True)
    if this is None:
        return
    stays = [one for one in found.persons if one not in away]
    await tx.rounds.mark(this, away, "skipped")
    await tx.rounds.mark(this, stays, "late" if this.state in {"approved", "introduced"} else "waiting")
    if stays and this.state == "introduced":
        await tx.rounds.look_again(this, now)


def _title(members: dict[Person, Member], parts: dict[Person, Participant]) -> str:
    """The conversation's name, in the language of what is said there."""
    say = speaker_for(list(members.values()), list(parts.values()))
    names = [str(part.profile.get("call_me", ""))[:24] for _, part in sorted(parts.items())]
    return say("Coffee: {names}", names=say.join(name for name in names if name))


def _fields(found: Introduction) -> dict[str, str]:
    return {"introduction": found.id, "space": found.space.key, "channel": channel_of(found.programme)}
