"""Peer circles: groups of three to five who share a language and a weekly slot, with at most one host each.

A circle's theme is its members' goal. The shape is a partition of all members into circles and waiting ones; it is
built from the hardest to place onwards and then improved by moves, swaps, new and dissolved circles as long as that
lowers the same cost as a round's: waiting costs `alone_cost`, and each member of a circle their mean pair cost with
the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from matching._circle_search import improve
from matching._groups import SIZES, Groups
from matching._pool import Pool, pool
from matching._sorted import sorted_by
from matching.history import NO_BLOCKS, NO_HISTORY, Blocks, History
from matching.left_out import LeftOut, Sides, barred, left_out
from matching.person import Peer
from matching.problem import Index
from matching.progress import Progress, Steps
from matching.rules import CIRCLE_RULES, Rules
from matching.week import Week

CHUNK = 120
"""Larger pools are searched in parts of about this size, of members with alike languages and hours."""


@dataclass(frozen=True, slots=True)
class Circle:
    """`members` sorted. `host`: who of them offered to host. `languages`: all they share. `slot`: a half hour of the
    week (its start, UTC) that all have, kind to all clocks."""

    members: tuple[str, ...]
    host: str | None
    languages: tuple[str, ...]
    slot: datetime


@dataclass(frozen=True, slots=True)
class Circles:
    """`circles` and `waiting` sorted. `cost`: of both, without those who take no part."""

    circles: tuple[Circle, ...]
    waiting: tuple[LeftOut, ...]
    cost: int
    seed: int


def plan_circles(
    peers: Sequence[Peer],
    week: Week,
    *,
    blocks: Blocks = NO_BLOCKS,
    history: History = NO_HISTORY,
    rules: Rules = CIRCLE_RULES,
    seed: int = 0,
    progress: Progress | None = None,
) -> Circles:
    """New circles from those who want one. Same arguments, same circles, in whatever order the members come."""
    steps = Steps(progress)
    steps.stage("circles", 1.0)
    here = [peer for peer in peers if barred(peer, rules) is None]
    members = pool(here, blocks, history, rules, week, seed)
    groups = Groups(members)
    parts = _parts(members)
    rng = np.random.default_rng(seed)
    found: list[tuple[int, ...]] = []
    for number, part in enumerate(parts):
        found += improve(groups, part, rng, steps)
        steps.at((number + 1) / len(parts))
    away = [LeftOut(peer.id, cause) for peer in peers if (cause := barred(peer, rules)) is not None]
    waiting = [*away, *(_waiting(members, group[0]) for group in found if len(group) == 1)]
    return Circles(
        circles=tuple(sorted((_circle(groups, group) for group in found if len(group) > 1), key=lambda c: c.members)),
        waiting=tuple(sorted(waiting, key=lambda out: out.member)),
        cost=sum(groups.sure_cost(group) for group in found),
        seed=seed,
    )


def merges(
    circles: Sequence[Collection[str]],
    peers: Sequence[Peer],
    week: Week,
    *,
    blocks: Blocks = NO_BLOCKS,
    rules: Rules = CIRCLE_RULES,
) -> list[tuple[int, int]]:
    """For circles (member ids; at most five each) that have become too small: (number of the small one, number of the
    one it may join), best first and no circle twice. The two together are at most five and obey every hard rule."""
    members = pool(peers, blocks, NO_HISTORY, rules, week, 0)
    place = {member.id: at for at, member in enumerate(members.members)}
    groups = Groups(members)
    indexed = [tuple(sorted(place[id_] for id_ in circle)) for circle in circles]
    offers: list[tuple[int, int, int]] = []
    for small, few in enumerate(indexed):
        for number, many in enumerate(indexed):
            if 0 < len(few) < SIZES[0] and number != small and len(few) + len(many) in SIZES:
                cost = groups.cost(tuple(sorted((*few, *many))))
                if cost is not None:
                    offers.append((cost // (len(few) + len(many)), small, number))
    chosen: list[tuple[int, int]] = []
    for _, small, number in sorted(offers):
        if not {small, number} & {one for pair in chosen for one in pair}:
            chosen.append((small, number))
    return chosen


def _parts(members: Pool) -> list[Index]:
    everyone = np.arange(len(members), dtype=np.int32)
    ordered = everyone if len(members) <= CHUNK else sorted_by(members, everyone, ("common language", "hours", "goal"))
    return [np.sort(part) for part in np.array_split(ordered, max(1, round(len(members) / CHUNK)))]


def _circle(groups: Groups, group: tuple[int, ...]) -> Circle:
    people = [groups.pool.members[at] for at in group]
    hosts = [peer.id for peer in people if isinstance(peer, Peer) and peer.hosts]
    languages = frozenset[str].intersection(*(peer.languages for peer in people))
    slot = groups.pool.week.slots(groups.common(group), [peer.zone for peer in people], 1)[0]
    return Circle(
        tuple(sorted(peer.id for peer in people)), hosts[0] if hosts else None, tuple(sorted(languages)), slot
    )


def _waiting(members: Pool, who: int) -> LeftOut:
    others = np.delete(np.arange(len(members), dtype=np.int32), who)
    sides = Sides(members.rules, members.week, members.columns, members.columns)
    return left_out(members.members[who], sides, who, others, np.zeros(len(others), np.bool_))
