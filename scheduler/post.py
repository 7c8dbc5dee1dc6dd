"""When a letter goes out: by day where its reader is, and unasked ones within the reader's one message a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from chat.moment import Occurrence, Schedule
from chat.people import Person
from content.letters import UNASKED, Name, subject_of
from scheduler.when import QUIET_UNTIL, instant, is_quiet, on_or_after
from store import Tx
from store.budget import Wish
from store.deliveries import NewDelivery, Ref
from store.member_hours import zone_of
from store.members import Member

if TYPE_CHECKING:
    from scheduler._rooms import Rooms

AT = time(10)
"""When a letter comes that waited for a free day, on its reader's clock."""
LOOK_AHEAD = 14
"""Days; who has a message on each of them gets no letter."""
_HALF_HOUR = timedelta(minutes=30)


def today(zone: str, now: datetime) -> date:
    """The local date."""
    return now.astimezone(Schedule(AT, zone).tz).date()


def by_day(zone: str, now: datetime) -> datetime:
    """Now, or the end of the night it falls into."""
    schedule = Schedule(QUIET_UNTIL, zone)
    if not is_quiet(now, schedule):
        return now
    day = today(zone, now)
    return min(at for n in range(2) if (at := instant(schedule, day + timedelta(days=n))) > now)


def by_day_for_all(zones_: Collection[str], now: datetime) -> datetime:
    """The first moment of the next day and night that is in nobody's night; where there is none, the first that is not
    in the night of the first of them."""
    schedules = [Schedule(AT, zone) for zone in zones_]
    steps = (now + n * _HALF_HOUR for n in range(48))
    awake = (at for at in steps if not any(is_quiet(at, schedule) for schedule in schedules))
    return next(awake, by_day(next(iter(zones_)), now))


async def free_moment(
    tx: Tx, person: Person, zone: str, name: Name, now: datetime, before: datetime | None = None
) -> Occurrence | None:
    """Takes the reader's next free local day: today and at once while it is day, else at ten. None where each of the
    next fourteen, or each that begins `before` a moment, has its message. What was to come on the day that is taken
    gives way."""
    for moment in _moments(zone, now):
        if before is not None and moment.at >= before:
            return None
        if await tx.budget.take([Wish(person.account, moment.day, name, moment.at)]):
            return moment
    return None


def _moments(zone: str, now: datetime) -> Sequence[Occurrence]:
    schedule, day = Schedule(AT, zone), today(zone, now)
    later = [on_or_after(schedule, day + timedelta(days=n)) for n in range(LOOK_AHEAD)]
    first = [] if is_quiet(now, schedule) else [Occurrence(day, now)]
    return [*first, *(moment for moment in later if moment.at > now and (not first or moment.day > day))]


async def moment_for(
    tx: Tx, member: Member, name: Name, now: datetime, before: datetime | None = None
) -> Occurrence | None:
    """When this letter goes to this reader. An unasked one takes the day; one that is of use only `before` a moment
    comes beside the message of the day where no other day is left. None where it cannot come in time."""
    zone = zone_of(member)
    if name in UNASKED:
        moment = await free_moment(tx, member.person, zone, name, now, before)
        if moment is not None or before is None:
            return moment
    at = by_day(zone, now)
    if before is not None and at >= before:
        return None
    return Occurrence(today(zone, at), at)


def letter(person: Person, name: Name, introduction: str, moment: Occurrence, place: str | None = None) -> NewDelivery:
    """The row of a letter."""
    subject = subject_of(name, introduction)
    return NewDelivery(person, "letter", moment.day, moment.at.astimezone(UTC), subject=subject, place=place)


async def post(
    rooms: Rooms,
    tx: Tx,
    readers: Sequence[tuple[Person, Name]],
    introduction: str,
    now: datetime,
    *,
    before: datetime | None = None,
) -> None:
    """Plans a letter for each of these readers who is here, in the transaction that changes the introduction.
    `before`: see moment_for."""
    members = await tx.members.of([person for person, _ in readers])
    rows: list[NewDelivery] = []
    for person, name in sorted(readers):  # always in the same order, against deadlocks
        member = members.get(person)
        if member is None or member.left_at is not None:
            continue
        moment = await moment_for(tx, member, name, now, before)
        if moment is not None:
            rows.append(letter(person, name, introduction, moment))
    await hand_over(rooms, tx, rows)


async def hand_over(rooms: Rooms, tx: Tx, rows: Sequence[NewDelivery]) -> None:
    """Into the ledger, and whoever sends hears of it. A row that is there already stays as it is."""
    new = set(await tx.deliveries.plan(rows))
    await rooms.dispatcher.retried(tx, [(ref, r.planned_at) for r in rows if (ref := Ref(r.person, r.id)) in new])
