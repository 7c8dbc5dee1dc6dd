"""A trio in which two have met lately trades members with a pair, where that makes the round cheaper."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matching._pool import Pool
from matching._vector import shares_all
from matching.person import Level
from matching.problem import Index, Ints

Three = tuple[int, int, int]
Two = tuple[int, int]
_NEVER = 1 << 40


@dataclass(frozen=True, slots=True)
class Exchange:
    """Pair number `pair` becomes `two`, the trio becomes `three`."""

    pair: int
    two: Two
    three: Three


def knew(pool: Pool, trio: Three) -> bool:
    """Whether two of them have met lately."""
    i, j = np.array(list(combinations(trio, 2)), np.int32).T
    return bool(pool.agos(i, j).any())


def exchange(
    pool: Pool, trio: Three, level: Level, pairs: Sequence[tuple[int, int, Level]], been: Set[Three]
) -> Exchange | None:
    """The trade that costs least: of the five members of the trio and one of `pairs`, two stay together and three do,
    each on the rung (`level`, and the pair's) they were on. None where every trade makes the round dearer. `been`:
    sorted trios that are not to come back, so that a trade which saves nothing may open the way for one that does."""
    if not pairs:
        return None
    five = np.empty((5, len(pairs)), np.int32)
    five[:3] = np.array(trio)[:, None]
    five[3:] = np.array([pair[:2] for pair in pairs]).T
    rungs = np.array([pair[2] for pair in pairs], np.int64)
    now = _two(pool, five[3:], rungs) + _three(pool, five[:3], level)
    best: tuple[int, Exchange] | None = None
    for two in combinations(range(5), 2):
        rest = [at for at in range(5) if at not in two]
        more = _two(pool, five[list(two)], rungs) + _three(pool, five[rest], level) - now
        for number in np.flatnonzero(more <= min(0, best[0] - 1 if best else 0)).tolist():
            x, y, z = sorted(five[rest, number].tolist())
            if (x, y, z) not in been and (best is None or more[number] < best[0]):
                a, b = five[list(two), number].tolist()
                best = int(more[number]), Exchange(number, (a, b), (x, y, z))
    return None if best is None else best[1]


def _two(pool: Pool, ends: Index, rungs: Ints) -> Ints:
    cost = np.full(ends.shape[1], _NEVER, np.int64)
    for rung in np.unique(rungs).tolist():
        at = np.flatnonzero(rungs == rung)
        cost[at] = _cost(pool, ends[0, at], ends[1, at], Level(rung))
    return cost


def _three(pool: Pool, ends: Index, level: Level) -> Ints:
    cost = sum((_cost(pool, ends[i], ends[j], level) for i, j in combinations(range(3), 2)), np.zeros(1, np.int64))
    together = shares_all(pool.columns.languages, *ends)
    if level is not Level.ANY:
        week = pool.columns.weeks[level]
        common = np.bitwise_count(week[:, ends[0]] & week[:, ends[1]] & week[:, ends[2]]).sum(axis=0, dtype=np.int64)
        together &= common >= pool.rules.least
    return np.where(together, cost, _NEVER)


def _cost(pool: Pool, i: Index, j: Index, level: Level) -> Ints:
    fit = pool.fits(i, j, level)
    return np.where(fit >= 0, pool.costs(i, j, fit), _NEVER)
