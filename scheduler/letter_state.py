"""What becomes of a letter at the moment of sending, and until when one waits that was delayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chat.message import Message
from content.letters import UNASKED, Name
from scheduler.post import by_day, by_day_for_all, free_moment, today
from store import Tx
from store.deliveries import Delivery, with_choice


@dataclass(frozen=True, slots=True)
class Letter:
    """What becomes of a row: its message, or why there is none (`nothing`), or until when it waits."""

    delivery: Delivery
    message: Message | None = None
    nothing: str = ""
    until: datetime | None = None


async def held(
    tx: Tx, delivery: Delivery, name: Name, zones: Sequence[str], now: datetime, *, before: datetime | None = None
) -> datetime | None:
    """Until when a letter waits that was delayed: until it is day, and, unasked, for a day with no message yet; where
    there is none `before` it is of no use any more, it waits no longer. `zones`: of all its readers, the one whose row
    it is first."""
    zone = zones[0]
    until = by_day_for_all(zones, now) if delivery.place else by_day(zone, now)
    if until > now:
        return until
    day = today(zone, now)
    if name not in UNASKED or day == _day(delivery):
        return None
    moment = await free_moment(tx, delivery.person, zone, name, now, before)
    if moment is None:
        return now + timedelta(days=1) if before is None else None
    await tx.deliveries.chosen([_taking(delivery, moment.day)])
    return moment.at if moment.at > now else None


def _day(delivery: Delivery) -> date:
    """The reader's day whose one message it is: where that was moved, the row says so."""
    return date.fromisoformat(delivery.extra) if delivery.extra else delivery.day


def _taking(delivery: Delivery, day: date) -> Delivery:
    return with_choice(delivery, delivery.subject, delivery.subject_rev, day.isoformat(), delivery.why)
