"""What no round can surpass: the most fit that half pairs could have among all who may meet, candidates or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.communities import WEEK
from matching._cover import relax
from matching._pool import Pool, pool
from matching._tiles import blocks_of
from matching.candidates import ALL, candidates
from matching.history import NO_BLOCKS, NO_HISTORY
from matching.person import Level, Peer
from matching.problem import Index, Ints, Pairing
from matching.rules import PEER_RULES
from matching.weights import BEST

SAMPLE = 1_000


def most_fit(peers: Sequence[Peer], seed: int = 0) -> tuple[float, float]:
    """An upper bound on the fit of all pairs within stated hours together, blocks and history left aside, and how sure
    it is: twice the standard error, 0 where every pair was looked at.

    The linear program over candidates gives prices; pairs that would be better than their prices join it until there
    are none. Above `candidates.ALL` members a sample of them looks at everybody, and each price falls by half of the
    most that any pair of theirs is better: with such prices the bound holds (weak duality)."""
    here = pool(peers, NO_BLOCKS, NO_HISTORY, PEER_RULES, WEEK, seed)
    everyone, rng = np.arange(len(here), dtype=np.int32), np.random.default_rng(seed)
    first = candidates(here, everyone, Level.STATED, rng)
    a, b, fit = first.a, first.b, first.fit.astype(np.int64)
    while True:
        price = relax(_only_fit(a, b, fit, len(here))).price
        bound = BEST * len(here) / 2 - float(price.sum()) / 2
        if len(here) > ALL:
            over = _most_over(here, rng.choice(everyone, SAMPLE, replace=False), everyone, price)
            error = 2 * float(over.std()) / len(over) ** 0.5
            return bound + float(over.mean()) * len(here) / 4, error * len(here) / 4
        more = _over(here, everyone, price)
        if not len(more[0]):
            return bound, 0.0
        fit = np.concatenate((fit, here.tile(*more, Level.STATED).astype(np.int64)))
        a, b = np.concatenate((a, more[0])), np.concatenate((b, more[1]))


def _only_fit(a: Index, b: Index, fit: Ints, count: int) -> Pairing:
    """The round in which a pair saves just its fit."""
    return Pairing(a, b, BEST - fit, np.full(count, BEST // 2, np.int64))


def _gain(here: Pool, i: Index, j: Index, price: Ints) -> Ints:
    """How much better than their prices pairs are, twice; 0 or less for those that are not, or may not meet."""
    fit = here.tile(i, j, Level.STATED).astype(np.int64)
    return np.where(fit < 0, 0, price[i] + price[j] - 2 * (BEST - fit))


def _over(here: Pool, everyone: Index, price: Ints) -> tuple[Index, Index]:
    """Pairs a < b that are better than their prices."""
    found: list[tuple[Index, Index]] = []
    for rows in blocks_of(everyone):
        for cols in blocks_of(everyone[rows[0] :]):
            at, to = np.nonzero(_gain(here, rows[:, None], cols[None, :], price) > 0)
            found.append((rows[at], cols[to]))
    a, b = (np.concatenate(side) for side in zip(*found, strict=True))
    return a[a < b], b[a < b]


def _most_over(here: Pool, some: Index, everyone: Index, price: Ints) -> Ints:
    """For each of `some`, the most that a pair of theirs is better than its prices, twice."""
    most = np.zeros(len(some), np.int64)
    for cols in blocks_of(everyone):
        gain = _gain(here, some[:, None], cols[None, :], price)
        gain[some[:, None] == cols[None, :]] = 0
        most = np.maximum(most, gain.max(axis=1))
    return most
