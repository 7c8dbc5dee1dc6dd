"""A third place for left-overs: each may join a pair, when all three share a language and an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching import assign
from matching._pool import Pool
from matching._vector import shares_all
from matching.person import Level
from matching.problem import Assignment, Index

KEEP = 30
"""So many pairs are weighed for each left-over."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that may take in a third: indices in the pool, and the rung it was made on."""

    a: int
    b: int
    level: Level


def joined(pool: Pool, left: Index, pairs: Sequence[Pair], level: Level, *, repeats: bool) -> list[tuple[int, int]]:
    """(left-over, number of the pair they join), each at most once, with as few left as possible and then at the least
    cost. `level`: which hours count for the three. `repeats`: whether the third may know one of them from lately."""
    a, b = (np.array([getattr(pair, side) for pair in pairs], np.int32) for side in ("a", "b"))
    who, where, cost = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    for number, third in enumerate(left.tolist()):
        fits = _all_three(pool, third, a, b, level)
        if not repeats:
            me = np.full(len(fits), third, np.int32)
            fits = fits[(pool.agos(me, a[fits]) == 0) & (pool.agos(me, b[fits]) == 0)]
        me = np.full(len(fits), third, np.int32)
        extra = sum(pool.costs(me, side[fits], pool.fits(me, side[fits], level)) for side in (a, b)) + np.zeros(
            len(fits), np.int64
        )
        best = np.lexsort((fits, extra))[:KEEP]
        who.append(np.full(len(best), number, np.int32))
        where.append(fits[best].astype(np.int32))
        cost.append(extra[best])
    problem = Assignment(
        np.concatenate(who),
        np.concatenate(where),
        np.concatenate(cost),
        pool.alone[left],
        np.ones(len(pairs), np.int64),
    )
    return [(int(left[problem.seeker[e]]), int(problem.host[e])) for e in assign.solve(problem).chosen]


def _all_three(pool: Pool, third: int, a: Index, b: Index, level: Level) -> Index:
    """Numbers of the pairs that could take in `third`."""
    me = np.full(len(a), third, np.int32)
    fits = np.flatnonzero(pool.tile(me, a, level) >= 0)
    fits = fits[(pool.fits(me[fits], a[fits], level) >= 0) & (pool.fits(me[fits], b[fits], level) >= 0)]
    fits = fits[shares_all(pool.columns.languages, me[fits], a[fits], b[fits])]
    if level is not Level.ANY:
        week = pool.columns.weeks[level]
        common = np.bitwise_count(week[:, me[fits]] & week[:, a[fits]] & week[:, b[fits]]).sum(axis=0, dtype=np.int64)
        fits = fits[common >= pool.rules.least]
    return fits.astype(np.int32)
