"""A round goes out: each group is looked at once more and introduced, and who is left out learns why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from chat.people import Person
from content.letters import Name
from matching import apart
from matching.explain import explain
from matching.left_out import LeftOut
from scheduler import circle_round, coffee_round
from scheduler._rooms import Rooms
from scheduler.coffee_letters import left_out_text
from scheduler.failpoints import point
from scheduler.late_joiners import seat_late
from scheduler.post import hand_over, letter, moment_for
from store import Tx
from store.programmes import Programme
from store.proposals import group_id
from store.round_pool import CIRCLES, JOIN_LATE, RoundPool, late_until, read_round_pool
from store.rounds import Group, Presence, Round

AT_ONCE = 200
"""Groups introduced in one transaction."""


async def introduce_round(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """Approved to introduced. In portions that find again what is done; then, in one transaction, who waits is told
    and the round moves on."""
    while await _portion(rooms, this, programme, now):
        pass
    left = await _why(rooms, this, programme, {"waiting"}, now)
    async with rooms.store.begin() as tx:
        await _tell(rooms, tx, this, left, now)
        present, told = await tx.rounds.present(this), {out.member for out in left}
        gone = [one.person for one in present if one.state == "waiting" and one.person.id not in told]
        await tx.rounds.mark(this, gone, "skipped")
        late = any(one.state == "late" for one in present)
        until = now + JOIN_LATE
        report = {**this.report, "late_until": until.isoformat()}
        await tx.rounds.advance(this, "approved", "introduced", next_at=now if late else until, report=report)
        point("round-introducing")


def follows_at(this: Round) -> datetime:
    """When it is asked how it was: so long after the introductions as was planned."""
    return late_until(this) - JOIN_LATE + (this.follows_at - this.introduces_at)


async def look_for_late(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """Who joined late is introduced as soon as may be. When the day is over, who found nobody waits for the next round,
    and is told."""
    if this.programme != CIRCLES:
        await seat_late(rooms, this, programme, now)
    over = now >= late_until(this)
    left = await _why(rooms, this, programme, {"late"}, now) if over else ()
    async with rooms.store.begin() as tx:
        await _tell(rooms, tx, this, left, now)
        await tx.rounds.mark(this, [Person(this.space, out.member) for out in left], "waiting")
        await tx.rounds.look_again(this, follows_at(this) if over else late_until(this))
        point("round-introducing")


def looked_at_again(pool: RoundPool, groups: Sequence[Group]) -> tuple[list[Group], list[Person], list[Person]]:
    """Groups that may meet, without those who left, paused or skip; who is free because their group is none any more:
    one of them is gone, or blocked another; and who is gone."""
    whole: list[Group] = []
    free: list[Person] = []
    gone: list[Person] = []
    for group in groups:
        there = tuple(person for person in group.persons if person.id in pool.peers)
        gone += [person for person in group.persons if person not in there]
        blocked = any(tuple(sorted((a.id, b.id))) in pool.blocks for a, b in combinations(there, 2))
        if len(there) < 2 or blocked:
            free += there
        else:
            whole.append(replace(group, persons=there))
    return whole, free, gone


async def _portion(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> bool:
    """Introduces some of the groups that were not yet; False when there are none. All circles begin together."""
    async with rooms.store.begin() as tx:
        groups = await tx.rounds.groups(this)
        if this.programme == CIRCLES:
            await tx.rounds.hold([person for group in groups for person in group.persons])
            pool = await read_round_pool(tx, this, programme, now)
            await circle_round.introduce(rooms, tx, pool, groups, now)
            return False
        made = {found.id for found in await tx.introductions.in_round(this.space, this.programme, this.number)}
        ids = {group.number: group_id(this.space, this.programme, this.number, group.number) for group in groups}
        some = [group for group in groups if ids[group.number] not in made][:AT_ONCE]
        await tx.rounds.hold([person for group in some for person in group.persons])
        pool = await read_round_pool(tx, this, programme, now)
        whole, free, gone = looked_at_again(pool, some)
        await coffee_round.introduce(rooms, tx, pool, whole, now)
        await tx.rounds.mark(this, free, "late")
        await tx.rounds.mark(this, gone, "skipped")
        point("round-introducing")
    return bool(some)


async def _why(
    rooms: Rooms, this: Round, programme: Programme, states: Collection[Presence], now: datetime
) -> tuple[LeftOut, ...]:
    """The rule that binds for each of those who take part and have no group."""
    async with rooms.store.begin() as tx:
        pool = await read_round_pool(tx, this, programme, now)
        who = [one.person.id for one in await tx.rounds.present(this) if one.state in states]
    who = [id_ for id_ in who if id_ in pool.peers]
    if not who:
        return ()
    return await apart.run(
        explain,
        list(pool.peers.values()),
        who,
        pool.week,
        blocks=pool.blocks,
        history=dict(pool.history),
        rules=pool.rules,
    )


async def _tell(rooms: Rooms, tx: Tx, this: Round, left: Sequence[LeftOut], now: datetime) -> None:
    """One more round of waiting for each, and a letter that says why."""
    causes = {Person(this.space, out.member): out for out in left}
    await tx.rounds.hold(list(causes))
    name: Name = "circle-waits" if this.programme == CIRCLES else "coffee-left"
    members = await tx.members.of(list(causes))
    for person, member in sorted(members.items()):
        moment = await moment_for(tx, member, name, now)
        if moment is not None:
            row = letter(person, name, f"{this.programme}/{this.number}", moment)
            await hand_over(rooms, tx, [replace(row, why=left_out_text(causes[person]))])
    await tx.participants.left_out(this.programme, list(causes), now)
