"""Letters at the moment of sending: judged once more, held until it is day, dropped when they are no longer true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chat.message import Message
from content.letters import UNASKED, Name, letter_of
from content.library import Library
from scheduler.letter_message import Known, letter_message
from scheduler.post import by_day, by_day_for_all, free_moment, today, zone_of
from store import Tx
from store.deliveries import Delivery, with_choice
from store.introductions import State

_BEGUN: tuple[State, ...] = ("introduced", "scheduled")
TRUE_IN: Mapping[Name, tuple[State, ...]] = {
    "ask-host": ("proposed",), "host-reminder": ("proposed",), "not-available": ("declined", "expired"),
    "intro": _BEGUN, "intro-alone": _BEGUN, "found-time": ("introduced",), "how-was-it": _BEGUN,
    "how-was-it-again": _BEGUN, "thank-you": ("met",), "pay-forward": ("met", "thanked"),
    "what-came": ("met", "thanked", "closed"), "gone": ("gone", "closed"), "rematch": ("missed", "closed"),
}  # fmt: skip
"""In which states of its introduction a letter is true."""
OF_ONE: frozenset[Name] = frozenset(("not-available", "gone", "rematch", "pay-forward"))
"""They speak of nobody but the reader; the others are not true when somebody has left."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What becomes of a row: its message, or why there is none (`nothing`), or until when it waits."""

    delivery: Delivery
    message: Message | None = None
    nothing: str = ""
    until: datetime | None = None


async def compose_letter(tx: Tx, library: Library, delivery: Delivery, now: datetime) -> Letter:
    """Inside the transaction that keeps which day it takes. What may have arrived is not held: it is looked up."""
    name, id_ = letter_of(delivery.subject)
    if name is None:
        return Letter(delivery, nothing="unknown_letter")
    known = await _known(tx, delivery, name, id_)
    if known is None or known.introduction.state not in TRUE_IN[name]:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful and (until := await _held(tx, delivery, name, known, now)) is not None:
        return Letter(delivery, until=until)
    message = letter_message(library, name, known, delivery.id, now, group=delivery.place is not None)
    return Letter(delivery, message, "" if message is not None else "not_true_any_more")


async def _known(tx: Tx, delivery: Delivery, name: Name, id_: str) -> Known | None:
    introduction = await tx.introductions.get(delivery.person.space, id_)
    if introduction is None or delivery.person not in introduction.persons:
        return None
    members = await tx.members.of(introduction.persons)
    reader = members.get(delivery.person)
    if reader is None or reader.left_at is not None:
        return None
    if name not in OF_ONE and any(member.left_at is not None for member in members.values()):
        return None
    seeker, host = introduction.the("seeker"), introduction.the("host")
    said = await tx.seekers.get(seeker) if seeker else None
    return Known(introduction, reader, members, said, await tx.hosts.get(host) if host else None)


async def _held(tx: Tx, delivery: Delivery, name: Name, known: Known, now: datetime) -> datetime | None:
    """Until when a letter waits that was delayed: until it is day, and, unasked, for a day with no message yet."""
    zone = zone_of(known.reader)
    until = by_day_for_all(known.zones, now) if delivery.place else by_day(zone, now)
    if until > now:
        return until
    day = today(zone, now)
    if name not in UNASKED or day == _day(delivery):
        return None
    moment = await free_moment(tx, delivery.person, zone, name, now)
    if moment is None:
        return now + timedelta(days=1)
    await tx.deliveries.chosen([_taking(delivery, moment.day)])
    return moment.at if moment.at > now else None


def _day(delivery: Delivery) -> date:
    """The reader's day whose one message it is: where that was moved, the row says so."""
    return date.fromisoformat(delivery.extra) if delivery.extra else delivery.day


def _taking(delivery: Delivery, day: date) -> Delivery:
    return with_choice(delivery, delivery.subject, delivery.subject_rev, day.isoformat(), delivery.why)
