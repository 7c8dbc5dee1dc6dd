"""What every step of a circle needs: who is still there, their conversation, and letters into it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chat.errors import DeliveryError
from chat.moment import Occurrence
from chat.people import Person
from chat.platform import OpensGroupChat
from content.circle_words import theme_name
from content.letters import CircleLetter
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.gathering import gather
from scheduler.post import by_day, hand_over, letter, today
from scheduler.shared_language import speaker_for_all
from store import Conflict, Tx
from store.circles import Circle, CircleMember, CircleState
from store.circling import Course, course_of, too_small
from store.member_hours import zone_of
from store.members import Member
from store.proposals import INTERVIEWS

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Room:
    """A circle as one transaction found it. `seated`: who is in it and in the community, by id; `gone`: who is in the
    circle alone; `left`: who was in it; `home`: where a private thread may stand."""

    circle: Circle
    course: Course
    seated: tuple[CircleMember, ...]
    gone: tuple[CircleMember, ...]
    left: tuple[Person, ...]
    members: dict[Person, Member]
    home: str | None

    @property
    def persons(self) -> tuple[Person, ...]:
        """Who is here, by id."""
        return tuple(member.person for member in self.seated)

    @property
    def zones(self) -> tuple[str, ...]:
        """Of everybody here."""
        return tuple(zone_of(self.members.get(person)) for person in self.persons)


@dataclass(frozen=True, slots=True)
class Turn:
    """One due circle in its transaction."""

    rooms: Rooms
    tx: Tx
    room: Room
    now: datetime

    @property
    def course(self) -> Course:
        """What it has behind it."""
        return self.room.course

    @property
    def size(self) -> int:
        """How many are there."""
        return len(self.room.seated)

    async def to(
        self, state: CircleState, next_at: datetime | None, course: Course | None = None, **changes: Any
    ) -> None:
        """The next state. Raises Conflict when it took another step meanwhile."""
        kept = (course or self.course).kept()
        place = self.room.circle.place
        await self.tx.circles.advance(self.room.circle, state, next_at=next_at, place=place, question=kept, **changes)

    async def write(self, name: CircleLetter, n: int) -> None:
        """One letter to all of them."""
        await write(self.rooms, self.tx, self.room, name, n, self.now)

    async def close(self) -> None:
        """With thanks."""
        course = replace(self.course, polls=self.course.polls + 1, step="", into="", by="")
        await self.write("circle-closed", course.polls)
        await self.to("closed", None, course)

    async def forget_votes(self) -> None:
        """The next question is another one."""
        for person in self.room.persons:
            await self.tx.circles.vote(person, self.room.circle.id, "")


async def look_in(tx: Tx, circle: Circle) -> Room:
    """Who is there now, and where they may meet: the place of the programme, else the one of talks."""
    everybody = await tx.circles.members(circle.space, circle.id, left=True)
    inside = [one for one in everybody if one.left_at is None]
    members = await tx.members.of([one.person for one in inside])
    here = {person for person, member in members.items() if member.left_at is None}
    if circle.state == "forming":  # nobody knows of the others yet
        here -= await _apart(tx, here)
    own, talks = [await tx.programmes.get(circle.space, name) for name in (circle.programme, INTERVIEWS)]
    places = [programme.place for programme in (own, talks) if programme is not None and programme.place]
    return Room(
        circle, course_of(circle),
        tuple(one for one in inside if one.person in here), tuple(one for one in inside if one.person not in here),
        tuple(one.person for one in everybody if one.left_at is not None), members, places[0] if places else None,
    )  # fmt: skip


async def _apart(tx: Tx, persons: set[Person]) -> set[Person]:
    """Who blocked another one of them since the circle was planned: they are out of it before it begins."""
    accounts = {person.account for person in persons}
    if not await tx.blocks.between(persons):
        return set()
    return {person for person in persons if accounts & await tx.blocks.by(person)}


async def together(rooms: Rooms, room: Room) -> Room:
    """Their conversation, opened or changed where somebody has come or gone since; None as its place where each is
    written to alone. Outside any transaction; the same circle finds the same conversation again, so that it may be
    done twice. Raises a DeliveryError when the platform does not answer."""
    undone = room.circle.state == "forming" and too_small(room.course, len(room.seated))
    if len(room.seated) < 2 or undone:
        return replace(room, circle=replace(room.circle, place=None))  # others may still read what was theirs
    if room.course.gathered == len(room.seated):
        return room
    circle, persons = room.circle, room.persons
    place = await gather(rooms, persons, title=_title(room), key=circle.id, home=room.home)
    platform = rooms.platforms.get(circle.space.platform)
    if place is not None and isinstance(platform, OpensGroupChat):
        for person in (*room.left, *(one.person for one in room.gone)):
            await _out(platform, place, person)
    point("circle-gathered")
    course = replace(room.course, gathered=len(persons), alone=place is None)
    return replace(room, circle=replace(circle, place=place), course=course)


async def hold(tx: Tx, room: Room, now: datetime, *others: Circle) -> None:
    """Its row locked, and others', always in the same order; who is out of the community is out of the circle. Raises
    Conflict when one of them is not as it was read."""
    for circle in sorted((room.circle, *others), key=lambda one: one.id):
        kept = await tx.circles.get(circle.space, circle.id, lock=True)
        if kept is None or kept.version != circle.version:
            raise Conflict("a circle took another step meanwhile")
    for one in room.gone:
        await tx.circles.leave(one.person, room.circle.id, now)


async def _out(platform: OpensGroupChat, place: str, person: Person) -> None:
    try:
        await platform.leave(place, person)
    except DeliveryError as error:
        log.warning("somebody could not be taken out of a conversation", extra={"place": place, "reason": error.reason})


async def write(rooms: Rooms, tx: Tx, room: Room, name: CircleLetter, n: int, now: datetime) -> None:
    """One letter into their conversation, or one to each where there is none, or where it holds others than them."""
    id_ = f"{room.circle.id}/{n}"
    place = room.circle.place if room.course.gathered == len(room.seated) else None
    readers: Sequence[tuple[Person, str]] = list(zip(room.persons, room.zones, strict=True))
    if not readers:
        return
    if place is not None:
        person, zone = readers[0]
        moments = [(person, Occurrence(today(zone, now), now))]
    else:
        moments = [(person, Occurrence(today(zone, at), at)) for person, zone in readers for at in [by_day(zone, now)]]
    await hand_over(rooms, tx, [letter(person, name, id_, at, place) for person, at in moments])


def _title(room: Room) -> str:
    """The conversation's name, in the language all of them read."""
    say = speaker_for_all(room.members.values())
    return say("Circle: {theme}", theme=theme_name(say, room.circle.theme))
