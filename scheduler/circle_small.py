"""A circle that has become too small: it may join another one, go on as two, or end kindly; nobody sees who said no."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chat.people import Person
from matching import apart
from matching.circles import merges
from matching.person import Peer
from scheduler._rooms import Rooms
from scheduler.circle_room import Room, Turn, hold, look_in, write
from scheduler.failpoints import point
from store import Tx
from store.circles import Circle
from store.circling import VOTE, Course, carried, count, course_of, next_slot
from store.member_hours import week_of, zone_of
from store.programmes import Programme
from store.round_pool import peer_of, rules_of

MOST, LEAST = 5, 3


@dataclass(frozen=True, slots=True)
class _Others:
    """Circles that might take in another one, and everybody in all of them as matching sees them."""

    circles: tuple[Circle, ...]
    seated: tuple[tuple[str, ...], ...]
    peers: tuple[Peer, ...]
    blocks: frozenset[tuple[str, str]]
    programme: Programme | None


async def _look(rooms: Rooms, room: Room, now: datetime) -> None:
    """Another circle is found outside a transaction, and both are asked in one."""
    async with rooms.store.begin() as tx:
        others = await _others(tx, room)
    into = await _best(room, others, now)
    async with rooms.store.begin() as tx:
        await hold(tx, room, now, *([into] if into else []))
        turn = Turn(rooms, tx, room, now)
        if len(room.seated) >= LEAST:  # somebody came back meanwhile
            await turn.to("running", next_slot(room.circle, now), replace(room.course, step=""))
        elif into is not None:
            await _offer(turn, into)
        else:
            await _two_or_none(turn)
        point("circle-week")


async def _offer(turn: Turn, into: Circle) -> None:
    """The same question to both."""
    small, large = turn.course, course_of(into)
    small = replace(small, step="merge", into=into.id, polls=small.polls + 1)
    large = replace(large, by=turn.room.circle.id, polls=large.polls + 1)
    await turn.write("circle-merge", small.polls)
    await turn.to("merging", turn.now + VOTE, small)
    there = await look_in(turn.tx, into)
    await write(turn.rooms, turn.tx, there, "circle-merge", large.polls, turn.now)
    await turn.tx.circles.advance(into, "running", next_at=into.next_at, question=large.kept())


async def _tally(rooms: Rooms, room: Room, now: datetime) -> None:
    """Both circles said yes, or one of them did not; who did not is told to nobody."""
    async with rooms.store.begin() as tx:
        into = await tx.circles.get(room.circle.space, room.course.into)
        await hold(tx, room, now, *([into] if into else []))
        turn = Turn(rooms, tx, room, now)
        there = await look_in(tx, into) if into is not None else None
        asked = there is not None and there.course.by == room.circle.id
        runs = there is not None and there.circle.state == "running"
        if there is not None and asked and runs and await _agreed(tx, room, there):
            await _join(turn, there)
        else:
            if there is not None and asked:
                await _free(tx, there, there.course, votes=runs)
            await _two_or_none(turn)
        point("circle-week")


async def _pair(rooms: Rooms, room: Room, now: datetime) -> None:
    """Two yeses make a pair."""
    async with rooms.store.begin() as tx:
        await hold(tx, room, now)
        turn = Turn(rooms, tx, room, now)
        if len(room.seated) == 2 and count(room.seated, "pair") == 2:
            await turn.to("running", next_slot(room.circle, now), replace(room.course, step="", pair=True))
        else:
            await turn.close()
        point("circle-week")


async def _agreed(tx: Tx, room: Room, there: Room) -> bool:
    """By more than said no on either side, still few enough, and nobody blocked by another since."""
    both = [*room.persons, *there.persons]
    if not LEAST <= len(both) <= MOST or await tx.blocks.between(both):
        return False
    return carried(room.seated, "merge", "apart") and carried(there.seated, "merge", "apart")


async def _join(turn: Turn, there: Room) -> None:
    """Everybody moves, goals and all; the larger circle is greeted at once and goes on with its week."""
    tx, now = turn.tx, turn.now
    merged = await tx.circles.merge(turn.room.circle, there.circle, now)
    pairs = [(one, other) for one in turn.room.persons for other in there.persons]
    await tx.met.remember(pairs, merged.programme, now, number=merged.round)
    grown = replace(there, circle=replace(merged, next_at=now))
    await _free(tx, grown, replace(there.course, step="grown", gathered=0))


async def _free(tx: Tx, there: Room, course: Course, *, votes: bool = True) -> None:
    """It is asked no more; `votes`: those of that question are gone, where no other one is open."""
    circle = there.circle
    for person in there.persons if votes else ():
        await tx.circles.vote(person, circle.id, "")
    kept = replace(course, by="").kept()
    await tx.circles.advance(circle, circle.state, next_at=circle.next_at, question=kept)


async def _two_or_none(turn: Turn) -> None:
    if turn.size == 2:
        course = replace(turn.course, step="pair", into="", polls=turn.course.polls + 1)
        await turn.write("circle-pair", course.polls)
        await turn.forget_votes()
        await turn.to("merging", turn.now + VOTE, course)
    else:
        await turn.close()


async def _others(tx: Tx, room: Room) -> _Others:
    space, found = room.circle.space, list[Circle]()
    for circle in await tx.circles.all(space, ["running"]):
        course = course_of(circle)
        if not course.pair and not course.by and course.step == "" and circle.programme == room.circle.programme:
            found.append(circle)
    rooms = [room, *[await look_in(tx, circle) for circle in found]]
    persons = [person for one in rooms for person in one.persons]
    members = {person: member for one in rooms for person, member in one.members.items()}
    peers: list[Peer] = []
    for person in persons:
        part = await tx.participants.get(person, room.circle.programme)
        if part is not None:
            peers.append(replace(peer_of(part, zone_of(members.get(person)), 0, new=False), hosts=False))
    return _Others(
        tuple(found), tuple(_ids(one.persons) for one in rooms), tuple(peers), await tx.blocks.within(space),
        await tx.programmes.get(space, room.circle.programme),
    )  # fmt: skip


async def _best(room: Room, others: _Others, now: datetime) -> Circle | None:
    """The circle this one suits best; None where there is none, or somebody of it said nothing of themselves."""
    known = {peer.id for peer in others.peers}
    usable = [n for n, ids in enumerate(others.seated) if set(ids) <= known and (n == 0 or len(ids) >= LEAST)]
    if 0 not in usable or len(usable) < 2 or others.programme is None:
        return None
    sets = [others.seated[n] for n in usable]
    rules = rules_of(others.programme)
    pairs = await apart.run(merges, sets, others.peers, week_of(now), blocks=others.blocks, rules=rules)
    number = next((large for small, large in pairs if small == 0), None)
    return None if number is None else others.circles[usable[number] - 1]


def _ids(persons: tuple[Person, ...]) -> tuple[str, ...]:
    return tuple(person.id for person in persons)


SMALL_STEPS: Mapping[str, Callable[[Rooms, Room, datetime], Awaitable[None]]] = {
    "look": _look, "merge": _tally, "pair": _pair,
}  # fmt: skip
