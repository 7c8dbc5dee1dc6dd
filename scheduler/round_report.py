"""A round in figures, for its owner: no names, no ids, nothing that tells of one member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from matching.left_out import LeftOut
from store import Tx
from store.round_pool import RoundPool
from store.rounds import Group, Round


def at_matching(pool: RoundPool, groups: Sequence[Group], left: Sequence[LeftOut]) -> dict[str, Any]:
    """As planned, in the words of matching.report.Report; `sizes` counts groups of more than three too."""
    sizes = Counter(len(group.persons) for group in groups)
    pairs = [pair for group in groups for pair in combinations(sorted(one.id for one in group.persons), 2)]
    waits = [pool.peers[out.member].wait + 1 for out in left if out.member in pool.peers]
    return {
        "members": len(pool.peers),
        "placed": sum(size * many for size, many in sizes.items()),
        "pairs": sizes[2],
        "trios": sizes[3],
        "sizes": {str(size): many for size, many in sorted(sizes.items())},
        "left": dict(Counter(out.cause for out in left)),
        "repeats": sum(0 < pool.history.get(pair, 0) <= pool.rules.remember for pair in pairs),
        "longest_wait": max(waits, default=0),
        "mean_fit": sum(group.score for group in groups) // max(1, len(groups)),
        "levels": dict(Counter(str(group.reasons["level"]) for group in groups)),
    }


async def at_closing(tx: Tx, this: Round) -> Mapping[str, Any]:
    """What was planned, and what became of it: introductions by state, and how many were placed in the end. Of those
    who were asked, `met` counts introductions of which somebody said so."""
    states = Counter(one.state for one in await tx.introductions.in_round(this.space, this.programme, this.number))
    present = Counter(one.state for one in await tx.rounds.present(this))
    happened = sum(states[state] for state in ("met", "thanked"))
    planned = {key: value for key, value in this.report.items() if key != "late_until"}
    return planned | {
        "placed_at_last": present["placed"],
        "waiting_at_last": present["waiting"] + present["late"],
        "introduced": sum(states.values()) - states["accepted"],
        "met": happened,
        "missed": states["missed"],
    }
