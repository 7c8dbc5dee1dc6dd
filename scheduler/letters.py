"""Letters at the moment of sending: judged once more, held until it is day, dropped when they are no longer true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from content.letters import (
    CHANNELS,
    CIRCLES,
    COFFEES,
    OWNERS,
    REPORTS,
    ROUNDS,
    SHARED,
    SHEETS,
    TALKS,
    TalkLetter,
    letter_of,
)
from content.library import Library
from scheduler.circle_message import circle_left_message, circle_letter
from scheduler.coffee_letters import coffee_letter
from scheduler.interview_pool import is_open
from scheduler.inviting import invite_letter
from scheduler.letter_message import Known, letter_message, reach_message
from scheduler.letter_state import Letter, held
from scheduler.owner_notice import owner_letter
from scheduler.post import today
from scheduler.report_letter import report_letter
from scheduler.shared_letter import shared_letter
from scheduler.sheet_letter import sheet_letter
from store import Tx
from store.deliveries import Delivery
from store.following import HOW_AGAIN, HOW_WAS_IT
from store.introductions import Introduction, State
from store.member_hours import zone_of

_BEGUN: tuple[State, ...] = ("introduced", "scheduled")
TRUE_IN: Mapping[TalkLetter, tuple[State, ...]] = {
    "ask-host": ("proposed",), "host-reminder": ("proposed",), "not-available": ("declined", "expired"),
    "intro": _BEGUN, "intro-alone": _BEGUN, "found-time": ("introduced",), "how-was-it": _BEGUN,
    "how-was-it-again": _BEGUN, "thank-you": ("met",), "pay-forward": ("met", "thanked"),
    "what-came": ("met", "thanked", "closed"), "gone": ("gone", "closed"), "rematch": ("missed", "closed"),
    "host-rests": ("missed", "closed"), "note-down": ("scheduled", "met", "thanked"),
}  # fmt: skip
"""In which states of its introduction a letter is true."""
OF_ONE: frozenset[TalkLetter] = frozenset(("not-available", "gone", "rematch", "pay-forward", "host-rests"))
"""They speak of nobody but the reader; the others are not true when somebody has left, or has blocked the other."""

ASKING: frozenset[TalkLetter] = frozenset(("ask-host", "host-reminder"))
"""Who wants quiet by now is not asked."""


async def compose_letter(tx: Tx, library: Library, delivery: Delivery, now: datetime) -> Letter:
    """Inside the transaction that keeps which day it takes. What may have arrived is not held: it is looked up."""
    named, id_ = letter_of(delivery.subject)
    if (of_circle := CIRCLES.get(named or "")) is not None:
        return await circle_letter(tx, delivery, of_circle, id_, now)
    if (about := COFFEES.get(named or "") or ROUNDS.get(named or "")) is not None:
        return await coffee_letter(tx, delivery, about, id_, now)
    if named in OWNERS:
        return await owner_letter(tx, delivery, id_, now)
    if named in CHANNELS:
        return await invite_letter(tx, library, delivery, id_, now)
    if (about_report := REPORTS.get(named or "")) is not None:
        return await report_letter(tx, delivery, about_report, id_, now)
    if (about_sheet := SHEETS.get(named or "")) is not None:
        return await sheet_letter(tx, library, delivery, about_sheet, id_, now)
    if (about_shared := SHARED.get(named or "")) is not None:
        return await shared_letter(tx, library, delivery, about_shared, id_, now)
    if named == "circle-left":
        return Letter(delivery, await circle_left_message(tx, delivery))
    if named == "reach":
        return Letter(delivery, await reach_message(tx, delivery))
    name = TALKS.get(named or "")
    if name is None:
        return Letter(delivery, nothing="unknown_letter")
    known = await _known(tx, delivery, name, id_, now)
    if known is None or known.introduction.state not in TRUE_IN[name]:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful and (until := await held(tx, delivery, name, known.zones, now)) is not None:
        return Letter(delivery, until=until)
    message = letter_message(library, name, known, delivery.id, now, group=delivery.place is not None)
    return Letter(delivery, message, "" if message is not None else "not_true_any_more")


async def _known(tx: Tx, delivery: Delivery, name: TalkLetter, id_: str, now: datetime) -> Known | None:
    id_, _, day = id_.partition("/")
    introduction = await tx.introductions.get(delivery.person.space, id_)
    if introduction is None or delivery.person not in introduction.persons:
        return None
    members = await tx.members.of(introduction.persons)
    reader = members.get(delivery.person)
    if reader is None or reader.left_at is not None:
        return None
    if name not in OF_ONE and any(member.left_at is not None for member in members.values()):
        return None
    if name not in OF_ONE and await tx.blocks.between(introduction.persons):
        return None
    if name == "note-down" and (
        _later(introduction, day, zone_of(reader)) or await tx.notes.has(delivery.person, id_, "after")
    ):
        return None
    seeker, host = introduction.the("seeker"), introduction.the("host")
    said = await tx.seekers.get(seeker) if seeker else None
    offers = await tx.hosts.get(host) if host else None
    if name in ASKING and not is_open(offers, zone_of(reader), now):
        return None
    return Known(introduction, reader, members, said, offers)


def _later(introduction: Introduction, day: str, zone: str) -> bool:
    """Whether the talk is on a later day by now than on this one (ISO): how it was is asked the morning after."""
    asks = introduction.next_step in {HOW_WAS_IT, HOW_AGAIN} and introduction.next_at
    return bool(asks) and today(zone, asks) > date.fromisoformat(day) + timedelta(days=1)
