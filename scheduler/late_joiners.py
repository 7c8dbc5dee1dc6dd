"""Who joins a round within the day after it was matched: introduced too, with others who are free or as a third."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chat.people import Person
from matching import apart
from matching.late import Seated, seat
from scheduler._rooms import Rooms
from scheduler.coffee_round import group_of, introduce
from scheduler.failpoints import point
from store import Conflict, Tx
from store.introductions import Introduction
from store.programmes import Programme
from store.proposals import group_id
from store.round_pool import RoundPool, read_round_pool
from store.rounds import Group, Round

SPARE = 100
"""Numbers beyond those known that are looked at: of a group whose members are all forgotten nothing is left."""


@dataclass(frozen=True, slots=True)
class _Open:
    """What a look finds: who is free, the pairs that may take in a third, and all groups there are."""

    pool: RoundPool
    late: list[str]
    waiting: list[str]
    pairs: list[Group]
    groups: tuple[Group, ...]


async def seat_late(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """Everybody who is late, as far as possible. Killed in between, the next look finds the same. Raises Conflict when
    a pair was touched while it was computed: nothing is done then."""
    async with rooms.store.begin() as tx:
        found = await _look(tx, this, programme, now)
    if not found.late:
        return
    pool = found.pool
    seated: Seated = await apart.run(
        seat,
        found.late,
        found.waiting,
        [(one.persons[0].id, one.persons[1].id) for one in found.pairs],
        pool.peers,
        pool.week,
        blocks=pool.blocks,
        history=dict(pool.history),
        rules=pool.rules,
        seed=this.seed,
    )
    if not seated.matches and not seated.joined:
        return
    async with rooms.store.begin() as tx:
        named = {id_ for match in (*seated.matches, *(made for _, made in seated.joined)) for id_ in match.members}
        persons = [Person(this.space, id_) for id_ in sorted(named)]
        there = await tx.rounds.hold(persons)
        again = await _look(tx, this, programme, now)
        if len(there) != len(persons) or again.late != found.late or again.pool.blocks != pool.blocks:
            return  # something changed while we computed: the next look sees it
        number = await _last_number(tx, this)
        new: list[Group] = []
        gone: set[int] = set()
        for at, match in seated.joined:
            pair = found.pairs[at]
            await _dissolve(tx, this, pair, now)
            gone.add(pair.number)
            new.append(group_of(again.pool, match, number + len(new) + 1))
        new += [group_of(again.pool, match, number + len(new) + n) for n, match in enumerate(seated.matches, 1)]
        placed = {person for group in new for person in group.persons}
        kept = [group for group in again.groups if group.number not in gone]
        waiting = [person for id_ in again.waiting if (person := Person(this.space, id_)) not in placed]
        await tx.rounds.place(this, [*kept, *new], waiting)
        await introduce(rooms, tx, again.pool, new, now)
        point("round-introducing")


async def _look(tx: Tx, this: Round, programme: Programme, now: datetime) -> _Open:
    pool = await read_round_pool(tx, this, programme, now)
    present = await tx.rounds.present(this)
    states = {one.person.id: one.state for one in present if one.person.id in pool.peers}
    groups = await tx.rounds.groups(this)
    fresh = {
        found.id
        for found in await tx.introductions.in_round(this.space, this.programme, this.number)
        if _untouched(found)
    }
    pairs = [
        group
        for group in groups
        if len(group.persons) == 2
        and all(person.id in pool.peers for person in group.persons)
        and group_id(this.space, this.programme, this.number, group.number) in fresh
    ]
    late = [id_ for id_, state in states.items() if state == "late"]
    return _Open(pool, late, [id_ for id_, state in states.items() if state == "waiting"], pairs, groups)


def _untouched(found: Introduction) -> bool:
    """Whether nobody has said anything about it yet."""
    return found.state in {"accepted", "introduced"} and all(side.said is None for side in found.sides)


async def _dissolve(tx: Tx, this: Round, pair: Group, now: datetime) -> None:
    """The introduction of a pair that becomes three ends without a word: its members are introduced anew. Raises
    Conflict when one of them said something of it meanwhile."""
    id_ = group_id(this.space, this.programme, this.number, pair.number)
    found = await tx.introductions.get(this.space, id_, lock=True)
    if found is None or not _untouched(found):
        raise Conflict("this pair goes on as it is")
    await tx.introductions.transition(this.space, id_, [found.state], "closed", now, next=None)


async def _last_number(tx: Tx, this: Round) -> int:
    """The highest number a group of this round has or had: each number is introduced once."""
    ids = {found.id for found in await tx.introductions.in_round(this.space, this.programme, this.number)}
    known = {group.number for group in await tx.rounds.groups(this)}
    top = max(known, default=0) + len(ids) + SPARE
    used = (n for n in range(1, top) if n in known or group_id(this.space, this.programme, this.number, n) in ids)
    return max(used, default=0)
