"""A coffee round's plan and its introductions: who meets whom, and why, without a name in what outlives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from itertools import combinations

from matching import apart
from matching.left_out import LeftOut
from matching.peers import plan_round
from matching.person import Level, Peer
from matching.rounds import Round as Planned
from matching.week import Week
from scheduler._rooms import Rooms
from store import Tx
from store.facts import Facts
from store.following import INTRODUCE
from store.member_hours import known_zone, week_of
from store.proposals import Terms
from store.round_plan import group_of
from store.round_pool import RoundPool
from store.rounds import Group


async def plan(pool: RoundPool) -> tuple[list[Group], list[LeftOut]]:
    """Everybody of the pool, in another process. The same pool gives the same round."""
    planned: Planned = await apart.run(
        plan_round,
        list(pool.peers.values()),
        pool.week,
        blocks=pool.blocks,
        history=pool.history,
        rules=pool.rules,
        seed=pool.this.seed,
        size=pool.programme.size,
    )
    groups = [group_of(pool, match, number) for number, match in enumerate(planned.matches, 1)]
    return groups, list(planned.left)


async def introduce(rooms: Rooms, tx: Tx, pool: RoundPool, groups: Sequence[Group], now: datetime) -> None:
    """Each group once: its introduction, to be opened by the clock, who waited no longer, and who has met whom. The
    caller has locked the members and looked at blocks."""
    this = pool.this
    for group in groups:
        peers = [pool.peers[person.id] for person in group.persons]
        clocks = all(known_zone(pool.members.get(person)) for person in group.persons)
        terms = Terms(
            next=(INTRODUCE, now),
            score=group.score,
            reasons=told(group.reasons.get("meetings", ()), peers, pool.week, clocks=clocks),
            slots=tuple(slot.isoformat() for slot in slots_for(peers, now)) if clocks else (),
            round=this.number,
        )
        made = await tx.proposals.gather(this.space, "coffee", this.programme, group.number, group.persons, terms, now)
        if made is not None:
            pairs = list(combinations(group.persons, 2))
            await tx.met.remember(pairs, this.programme, now, number=this.number)
            await tx.participants.matched(this.programme, group.persons, now)


def told(meetings: Sequence[Facts], peers: Sequence[Peer], week: Week, *, clocks: bool = True) -> Facts:
    """What a whole group has in common, from the facts of its pairs: a term that holds for each of them, and the hours
    that all share. Without `clocks` somebody's is not known, and the hours are a guess that is not told."""
    first, rest = (meetings[0], meetings[1:]) if meetings else ((), ())
    terms = [{fact["term"] for fact in other} for other in rest]
    kept = [fact for fact in first if fact["term"] != "hours" and all(fact["term"] in others for others in terms)]
    shared = _shared(peers, week, Level.STATED).bit_count() if clocks else 0
    return ({"term": "hours", "hours": shared / 2}, *kept) if shared else tuple(kept)


def slots_for(peers: Sequence[Peer], now: datetime, count: int = 3) -> tuple[datetime, ...]:
    """Times that suit everybody, in the week from tomorrow on: of the hours they stated, else of waking ones; none
    where there is no such hour."""
    week = week_of(now + timedelta(days=1))
    for level in (Level.STATED, Level.WAKING):
        shared = _shared(peers, week, level)
        if shared:
            return week.slots(shared, [peer.zone for peer in peers], count)
    return ()


def _shared(peers: Sequence[Peer], week: Week, level: Level) -> int:
    return reduce(int.__and__, (week.mask(peer.zone, peer.local(level)) for peer in peers))
