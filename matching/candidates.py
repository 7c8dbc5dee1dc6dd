"""Which pairs a solver gets to see: all in a small pool, the best few of each member in a large one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import _tiles
from matching._cover import relax
from matching._pool import Pool
from matching._sorted import ORDERS, sorted_by
from matching._tiles import Keys
from matching.person import Level
from matching.problem import Index, Ints, Pairing
from matching.progress import Steps
from matching.weights import BEST

SMALL, ALL = 400, 10_000
"""Up to SMALL members every feasible pair is a candidate; up to ALL every pair is looked at."""
KEEP, THIN, GUIDED, LUCKY, TRIES = 24, 10, 8, 2, 24


@dataclass(frozen=True, slots=True)
class Candidates:
    """Edges between members of a pool by their index there, a < b, each once, with fit and cost."""

    a: Index
    b: Index
    fit: NDArray[np.int16]
    cost: Ints

    def problem(self, pool: Pool, members: Index) -> Pairing:
        """For the solver: members renumbered 0.. in the order given (ascending)."""
        at = np.zeros(len(pool), np.int32)
        at[members] = np.arange(len(members), dtype=np.int32)
        return Pairing(at[self.a], at[self.b], self.cost, pool.alone[members])


def candidates(
    pool: Pool,
    members: Index,
    level: Level,
    rng: np.random.Generator,
    *,
    repeats: bool = True,
    steps: Steps | None = None,
) -> Candidates:
    """Feasible pairs among `members` (indices, ascending) on one rung of the ladder. `repeats`: whether pairs that met
    lately may be among them. In a large pool each member gets the best of each way of looking, and two by lot: these
    keep the graph connected, so that repairs find a way through."""
    if len(members) <= SMALL:
        at, to = np.triu_indices(len(members), 1)
        a, b = members[at], members[to]
    else:
        found = _best(pool, members, level, steps)
        a, b = _tiles.pairs(found)
        lucky = _lucky(pool, members, level, rng)
        met = pool.met_pairs() if repeats else _NOBODY
        inside = np.isin(met[0], members) & np.isin(met[1], members)
        a, b = _once((a, b), lucky, (met[0][inside], met[1][inside]))
        if len(members) > ALL:
            few = _once(_tiles.pairs(np.sort(found, axis=1)[:, -THIN:]), lucky)
            a, b = _once((a, b), _guided(pool, members, level, _priced(pool, *few, level, repeats), steps))
    return _priced(pool, a, b, level, repeats)


_NOBODY = (np.zeros(0, np.int32), np.zeros(0, np.int32))


def _best(pool: Pool, members: Index, level: Level, steps: Steps | None) -> Keys:
    never = pool.never(repeats_too=True)

    def judge(i: Index, j: Index) -> NDArray[np.int16]:
        return pool.tile(i, j, level)

    if len(members) <= ALL:
        return _tiles.best(judge, _tiles.blocks_of(members), True, KEEP, never, len(pool))
    found = np.full((len(pool), KEEP), -1, np.int32)
    for number, order in enumerate(ORDERS):
        blocks = _tiles.blocks_of(sorted_by(pool, members, order))
        found = _tiles.merged(found, _tiles.best(judge, blocks, False, KEEP // 2, never, len(pool)), KEEP)
        if steps is not None:
            steps.at((number + 1) / (2 * len(ORDERS) + 1))
    return found


def _guided(pool: Pool, members: Index, level: Level, so_far: Candidates, steps: Steps | None) -> tuple[Index, Index]:
    """Pairs that would improve the round solved with the candidates so far: those whose cost is less than the dual
    prices of the two together (column generation, Ford and Fulkerson 1958), most of all first."""
    price = np.zeros(len(pool), np.int32)
    price[members] = np.clip(relax(so_far.problem(pool, members)).price, -2 * BEST, 4 * BEST)

    def judge(i: Index, j: Index) -> NDArray[np.int16]:
        fit = pool.tile(i, j, level).astype(np.int32)
        gain = (price[i] + price[j]) // 2 - (BEST - fit)
        return np.where((fit < 0) | (gain <= 0), -1, np.minimum(gain, 2 * BEST)).astype(np.int16)

    never, found = pool.never(repeats_too=True), np.full((len(pool), GUIDED), -1, np.int32)
    for number, order in enumerate(ORDERS):
        blocks = _tiles.blocks_of(sorted_by(pool, members, order, shifted=True))
        found = _tiles.merged(found, _tiles.best(judge, blocks, False, GUIDED, never, len(pool)), GUIDED)
        if steps is not None:
            steps.at((len(ORDERS) + number + 2) / (2 * len(ORDERS) + 1))
    return _tiles.pairs(found)


def _lucky(pool: Pool, members: Index, level: Level, rng: np.random.Generator) -> tuple[Index, Index]:
    """Two feasible partners of each member by lot, where a few tries find them."""
    i = np.repeat(members, TRIES)
    j = members[rng.integers(0, len(members), len(i))]
    feasible = (pool.fits(i, j, level) >= 0) & (i != j)
    tries = feasible.reshape(-1, TRIES)
    chosen = (tries & (np.cumsum(tries, axis=1) <= LUCKY)).ravel()
    return i[chosen], j[chosen]


def _priced(pool: Pool, a: Index, b: Index, level: Level, repeats: bool) -> Candidates:
    fit = pool.fits(a, b, level)
    allowed = fit >= 0
    if not repeats:
        allowed &= pool.agos(a, b) == 0
    a, b, fit = a[allowed], b[allowed], fit[allowed]
    return Candidates(a, b, fit, pool.costs(a, b, fit))


def _once(*pairs: tuple[Index, Index]) -> tuple[Index, Index]:
    return _tiles.once(*(np.concatenate(side) for side in zip(*pairs, strict=True)))
