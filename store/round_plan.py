"""A round's plan between what is stored and what matching reckons with: its groups as matches, and the other way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any

from matching.explain import explain
from matching.person import Level
from matching.reasons import why
from matching.rounds import Match
from matching.rounds import Round as Planned
from matching.rules import alone_cost
from matching.swap import Refused, Swapped, match_at, swap
from store.circling import PAIR
from store.facts import Facts, facts
from store.round_pool import RoundPool
from store.rounds import Group

NAMELESS = ("term", "hours", "at", "apart")
"""What of a fact is kept: names that a member typed go with the member."""


def group_of(pool: RoundPool, match: Match, number: int) -> Group:
    """A match as a round keeps it. `reasons`: "level" of the hours it took, "meetings" the facts of each pair in the
    order of their ids, "slot" an instant all share (ISO) or None, "languages" all share."""
    peers = [pool.peers[id_] for id_ in match.members]
    meetings = tuple(
        _bare(facts(why(pool.peers[one.pair[0]], pool.peers[one.pair[1]], one.points, one.shared, pool.week)))
        for one in match.meetings
    )
    slots = pool.week.slots(match.shared, [peer.zone for peer in peers], 1)
    reasons: dict[str, Any] = {
        "level": int(match.level),
        "meetings": meetings,
        "slot": slots[0].isoformat() if slots else None,
        "languages": tuple(sorted(frozenset[str].intersection(*(peer.languages for peer in peers)))),
    }
    persons = tuple(sorted(person for person in pool.members if person.id in match.members))
    return Group(number, persons, match.fit, reasons)


def planned_of(pool: RoundPool, groups: Sequence[Group]) -> Planned:
    """The stored groups as matching reckons them today, as far as their members still take part; everybody else of the
    pool is left out, with the rule that binds."""
    matches: list[Match] = []
    for group in groups:
        here = [pool.peers[person.id] for person in group.persons if person.id in pool.peers]
        if len(here) > 1:
            level = Level(int(group.reasons.get("level", 0)) if group.reasons else 0)
            matches.append(match_at(here, level, pool.week, pool.history, pool.rules, pool.this.seed))
    placed = {id_ for match in matches for id_ in match.members}
    rest = sorted(pool.peers.keys() - placed)
    left = explain(
        list(pool.peers.values()), rest, pool.week, blocks=pool.blocks, history=pool.history, rules=pool.rules
    )
    alone = sum(alone_cost(pool.peers[id_].wait, pool.peers[id_].new) for id_ in rest)
    cost = sum(match.cost(pool.rules) for match in matches) + alone
    return Planned(tuple(sorted(matches, key=lambda match: match.members)), left, cost, 0.0, pool.this.seed)


def exchanged(pool: RoundPool, planned: Planned, one: str, other: str) -> Swapped | Refused:
    """See `matching.swap.swap`; refused too where a circle would have two hosts, or somebody who wishes one partner
    would sit in a circle. ValueError as there, and when one of the two takes no part any more."""
    if not {one, other} <= pool.peers.keys():
        raise ValueError("one of the two takes no part in this round any more")
    done = swap(planned, one, other, pool.peers, pool.week, blocks=pool.blocks, history=pool.history, rules=pool.rules)
    if isinstance(done, Swapped) and not all(_as_wished(pool, match.members) for match in done.round.matches):
        return Refused((min(one, other), max(one, other)))
    return done


def regrouped(pool: RoundPool, was: Sequence[Group], after: Planned) -> list[Group]:
    """The groups to be stored after a change. Untouched ones keep their number and reasons."""
    kept = {tuple(sorted(person.id for person in group.persons)): group for group in was}
    matches = {match.members: match for match in after.matches}
    stay = [kept[members] for members in matches if members in kept]
    numbers = sorted({group.number for group in was} - {group.number for group in stay})
    changed = [match for members, match in matches.items() if members not in kept]
    fresh = [group_of(pool, match, number) for match, number in zip(changed, numbers, strict=False)]
    return sorted([*stay, *fresh], key=lambda group: group.number)


def met_before(pool: RoundPool, members: Collection[str]) -> int:
    """How many pairs of a group met in the rounds that count."""
    return sum(pool.rules.repeat(pool.history.get((a, b))) > 0 for a, b in combinations(sorted(members), 2))


def _as_wished(pool: RoundPool, members: Sequence[str]) -> bool:
    """Everything is, but in a circle."""
    parts = [part for person, part in pool.participants.items() if person.id in members]
    hosts = sum(bool(part.profile.get("hosts")) for part in parts)
    wishes = {part.profile.get("wish") == PAIR for part in parts}
    return pool.programme.name != "circles" or (hosts <= 1 and len(wishes) <= 1)


def _bare(found: Facts) -> Facts:
    return tuple({key: fact[key] for key in NAMELESS if key in fact} for fact in found)
