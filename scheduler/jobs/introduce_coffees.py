"""Introduces whom a coffee round brought together: in a conversation of their own, or each alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from chat.moment import Occurrence
from chat.people import Person
from content.letters import CoffeeLetter
from scheduler._rooms import Rooms
from scheduler.coffee_letters import speaker_for
from scheduler.due_introductions import each_due, fields
from scheduler.failpoints import point
from scheduler.gone import apart, end, stays_alone
from scheduler.introducing import Meeting, introduce_once
from scheduler.post import by_day_for_all, hand_over, letter, today
from store import Tx
from store.following import INTRODUCE
from store.introductions import Introduction, Next
from store.member_hours import local_day, zone_of
from store.members import Member
from store.participants import Participant, is_in
from store.rounds import Round

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)
HOW = "coffee-how"
"""The next step after an introduction."""


async def run(rooms: Rooms) -> None:
    """Each in transactions of its own."""
    await each_due(rooms, "coffee", [INTRODUCE], introduce)


async def introduce(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Once, however often it is begun."""
    await introduce_once(rooms, found, now, _look, _settle)


@dataclass(frozen=True, slots=True)
class _Who:
    """Those in it as they are now, and what they said of themselves."""

    members: dict[Person, Member]
    parts: dict[Person, Participant]


@dataclass(frozen=True, slots=True)
class _Coffee:
    """Who is introduced, in which zones, from when on, and in which conversation; `this`: the round, unless it is
    over."""

    zones: dict[Person, str]
    at: datetime
    this: Round | None
    meeting: Meeting | None


async def _who(tx: Tx, found: Introduction) -> _Who:
    parts = {one: part for one in found.persons if (part := await tx.participants.get(one, found.programme))}
    return _Who(await tx.members.of(found.persons), parts)


def _away(found: Introduction, who: _Who, now: datetime) -> tuple[Person, ...]:
    """Who of them left the programme or paused since the round went out."""
    days = {one: local_day(who.members.get(one), now) for one in found.persons}
    return tuple(one for one, day in days.items() if not is_in(who.parts.get(one), day))


async def _look(tx: Tx, found: Introduction, now: datetime) -> _Coffee | None:
    """None where two of them may not meet any more."""
    if await apart(tx, found, now):
        return None
    who = await _who(tx, found)
    programme = await tx.programmes.get(found.space, found.programme)
    this = await tx.rounds.get(found.space, found.programme, found.round or 0)
    zones = {person: zone_of(member) for person, member in sorted(who.members.items()) if member.left_at is None}
    at = by_day_for_all(list(zones.values()), now) if zones else now
    off = this is None or now > this.closes_at
    meeting = None
    if at <= now and not (off or stays_alone(found, who.members) or _away(found, who, now)):
        meeting = Meeting(list(zones), _title(who), programme.place if programme else None)
    return _Coffee(zones, at, None if off else this, meeting)


async def _settle(rooms: Rooms, tx: Tx, found: Introduction, coffee: _Coffee, place: str | None, now: datetime) -> bool:
    """Looks at them anew: anything may have come between."""
    who = await _who(tx, found)
    if stays_alone(found, who.members):
        await end(tx, found, now)
    elif coffee.this is None:
        await tx.introductions.transition(found.space, found.id, ["accepted"], "closed", now, next=None)
    elif away := _away(found, who, now):
        await _anew(tx, found, away, now)
    elif coffee.at > now:
        await tx.introductions.then(found, (INTRODUCE, coffee.at))
        return True
    elif await apart(tx, found, now):
        log.info("somebody blocked another one meanwhile", extra=fields(found))
    else:
        how = (HOW, now + (coffee.this.follows_at - coffee.this.introduces_at))
        await _introduced(rooms, tx, found, place, coffee.zones, how, now)
        point("introducing")
        return True
    return False


async def _introduced(
    rooms: Rooms, tx: Tx, found: Introduction, place: str | None, zones: dict[Person, str], then: Next, now: datetime
) -> None:
    readers = sorted(zones) if place is None else sorted(zones)[:1]
    name: CoffeeLetter = "coffee-alone" if place is None else "coffee-intro"
    rows = [letter(one, name, found.id, Occurrence(today(zones[one], now), now), place) for one in readers]
    await hand_over(rooms, tx, rows)
    await tx.introductions.transition(found.space, found.id, ["accepted"], "introduced", now, next=then, place=place)


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


def _title(who: _Who) -> str:
    """The conversation's name, in the language of what is said there."""
    say = speaker_for(list(who.members.values()), list(who.parts.values()))
    names = [str(part.profile.get("call_me", ""))[:24] for _, part in sorted(who.parts.items())]
    return say("Coffee: {names}", names=say.join(name for name in names if name))
