"""The letters of a circle at the moment of sending: judged once more, held while it is night for one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from chat.message import Message
from content import circle_letters as cards
from content.circle_cards import circle_left_card
from content.circle_letters import OnCircle
from content.circle_questions import text_of
from content.circle_words import Seat
from content.coffee_words import why_left
from content.letters import CircleLetter
from content.say import Say, pick_language, speaker
from scheduler.circle_room import Room, look_in
from scheduler.letter_state import Letter, held
from scheduler.shared_language import speaker_for_all
from store import Tx
from store.circles import CircleState
from store.circling import ALIVE_WEEK, WEEKS, next_slot
from store.deliveries import Delivery
from store.member_hours import known_zone, local_day, zone_of
from store.participants import is_in

TRUE_IN: Mapping[CircleLetter, tuple[CircleState, ...]] = {
    "circle-welcome": ("running",), "circle-grown": ("running",), "circle-week": ("running",),
    "circle-last": ("closing",), "circle-quiet": ("closing",), "circle-merge": ("merging", "running"),
    "circle-pair": ("merging",), "circle-closed": ("closed",), "circle-waits": (),
}  # fmt: skip
"""In which states of its circle a letter is true."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A circle, everybody in it by the names they typed, and how many the other circle has that is spoken of."""

    room: Room
    seats: tuple[Seat, ...]
    others: int


async def circle_letter(tx: Tx, delivery: Delivery, name: CircleLetter, id_: str, now: datetime) -> Letter:
    """Inside the transaction that composes."""
    if name == "circle-waits":
        return await _waits(tx, delivery, id_, now)
    circle_id, _, n = id_.partition("/")
    circle = await tx.circles.get(delivery.person.space, circle_id)
    if circle is None or circle.state not in TRUE_IN[name] or not n.isdecimal():
        return Letter(delivery, nothing="not_true_any_more")
    room = await look_in(tx, circle)
    if not room.persons or (delivery.place is None and delivery.person not in room.persons):
        return Letter(delivery, nothing="not_true_any_more")
    own = zone_of(room.members.get(delivery.person))
    if not delivery.doubtful and (until := await held(tx, delivery, name, (own, *room.zones), now)) is not None:
        return Letter(delivery, until=until)
    read = _Read(room, await _seats(tx, room), await _others(tx, room))
    on = OnCircle(circle.id, delivery.id, int(n))
    message = _card(_speaker(room, delivery), read, on, name, alone=delivery.place is None, now=now)
    return Letter(delivery, message, "" if message is not None else "not_true_any_more")


def _card(say: Say, read: _Read, on: OnCircle, name: CircleLetter, *, alone: bool, now: datetime) -> Message | None:
    circle, course = read.room.circle, read.room.course
    match name:
        case "circle-welcome" | "circle-grown":
            at, merged = next_slot(circle, now), name == "circle-grown"
            return cards.circle_welcome_card(say, on, read.seats, circle.theme, at, alone=alone, merged=merged)
        case "circle-week":
            if not 1 <= on.asked <= len(course.asked):
                return None
            question = text_of(course.asked[on.asked - 1])
            text = say.look_up(question) if question else ""
            since = len(course.asked) - on.asked  # one that waited is about its own week
            alive = on.asked == course.alive_at
            week = ALIVE_WEEK if alive else max(1, min(WEEKS, circle.week - since))
            return cards.circle_week_card(say, on, week, text, alive=alive)
        case "circle-last":
            return cards.circle_last_card(say, on)
        case "circle-quiet":
            return cards.circle_quiet_card(say, on)
        case "circle-merge":
            return cards.circle_merge_card(say, on, small=bool(course.into), many=read.others) if read.others else None
        case "circle-pair":
            return cards.circle_pair_card(say, on)
        case "circle-closed":
            return cards.circle_closed_card(say, on)
        case "circle-waits":
            return None  # said above
        case _:
            assert_never(name)


async def _waits(tx: Tx, delivery: Delivery, id_: str, now: datetime) -> Letter:
    """Of a round in which somebody found no place, while they still look for one."""
    person, name = delivery.person, id_.rpartition("/")[0]
    member, part = (await tx.members.of([person])).get(person), await tx.participants.get(person, name)
    programme = await tx.programmes.get(person.space, name)
    if member is None or member.left_at is not None or programme is None or not is_in(part, local_day(member, now)):
        return Letter(delivery, nothing="not_true_any_more")
    zone = zone_of(member)
    if not delivery.doubtful and (until := await held(tx, delivery, "circle-waits", (zone,), now)) is not None:
        return Letter(delivery, until=until)
    say = speaker(pick_language(member.language, member.locale))
    cause, *times = delivery.why.split() or [""]
    why, advice = why_left(say, cause, [datetime.fromisoformat(time) for time in times], known_zone(member))
    at = programme.next_round_at
    later = at + timedelta(hours=programme.notice_hours) if at is not None and programme.state == "on" else None
    again = say.date(later.astimezone(ZoneInfo(zone)).date()) if later else ""
    return Letter(delivery, cards.circle_waits_card(say, delivery.id, why, advice, again))


async def circle_left_message(tx: Tx, delivery: Delivery) -> Message:
    """To who has just left one, and sees its conversation no more."""
    return circle_left_card(speaker_for_all((await tx.members.of([delivery.person])).values()), together=False)


async def _seats(tx: Tx, room: Room) -> tuple[Seat, ...]:
    made: list[Seat] = []
    for one in room.seated:
        part = await tx.participants.get(one.person, room.circle.programme)
        call_me = str(part.profile.get("call_me", "")) if part else ""
        made.append(Seat(one.person, call_me, known_zone(room.members.get(one.person)), one.hosts))
    return tuple(made)


async def _others(tx: Tx, room: Room) -> int:
    """How many there are in the circle that is asked, or that asked."""
    id_ = room.course.into or room.course.by
    other = await tx.circles.get(room.circle.space, id_) if id_ else None
    return len((await look_in(tx, other)).persons) if other else 0


def _speaker(room: Room, delivery: Delivery) -> Say:
    """The reader's language; of a conversation the one all read, else the one they talk in, where we have it."""
    if delivery.place is None:
        return speaker_for_all([room.members[delivery.person]])
    talk = "zh-CN" if room.circle.language == "zh" else "en"
    return speaker_for_all([room.members[person] for person in room.persons], talk)
