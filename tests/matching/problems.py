"""Pools to match: drawn for properties, seeded for stories, and the slow answers that are certainly right."""

# SciPy ships no types for its trees.
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from matching.problem import Assignment, Pairing

unhurried = settings(deadline=None)  # a solve is no slower for being asked on a busy machine; bench/ tells times


def pairing(alone: list[int], edges: list[tuple[int, int, int]]) -> Pairing:
    a, b, cost = ([edge[i] for edge in edges] for i in range(3))
    index = np.array([a, b], dtype=np.int32).reshape(2, -1)
    return Pairing(index[0], index[1], np.array(cost, dtype=np.int64), np.array(alone, dtype=np.int64))


def assignment(alone: list[int], seats: list[int], edges: list[tuple[int, int, int]]) -> Assignment:
    inner = pairing(alone, edges)
    return Assignment(inner.a, inner.b, inner.cost, inner.alone, np.array(seats, dtype=np.int64))


def edges_of(problem: Pairing | Assignment) -> list[tuple[int, int, int]]:
    one, other = (problem.a, problem.b) if isinstance(problem, Pairing) else (problem.seeker, problem.host)
    return list(zip(one.tolist(), other.tolist(), problem.cost.tolist(), strict=True))


@st.composite
def pairings(draw: st.DrawFn, most: int = 12) -> Pairing:
    """Sparse to complete, few to many equal costs, savings on both sides of nothing."""
    n = draw(st.integers(0, most))
    top = draw(st.sampled_from([0, 1, 4, 1000]))
    every = [(a, b) for a in range(n) for b in range(a + 1, n)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    chosen = every if draw(st.booleans()) and n < 9 else chosen
    edges = [(a, b, draw(st.integers(0, top))) for a, b in chosen]
    alone = draw(st.lists(st.integers(0, draw(st.sampled_from([2, top + 1, 3 * top + 5]))), min_size=n, max_size=n))
    return pairing(alone, edges)


@st.composite
def assignments(draw: st.DrawFn, most: int = 6) -> Assignment:
    seekers, hosts = draw(st.integers(0, most)), draw(st.integers(0, 4))
    top = draw(st.sampled_from([0, 1, 4, 1000]))
    every = [(s, h) for s in range(seekers) for h in range(hosts)]
    chosen = every if draw(st.booleans()) or not every else draw(st.lists(st.sampled_from(every), unique=True))
    edges = [(s, h, draw(st.integers(0, top))) for s, h in chosen]
    alone = draw(st.lists(st.integers(0, 2 * top + 3), min_size=seekers, max_size=seekers))
    return assignment(alone, draw(st.lists(st.integers(0, 3), min_size=hosts, max_size=hosts)), edges)


def least_pairing(problem: Pairing) -> int:
    """Tries everything: the first member alone, or with each of theirs."""
    cost = {(a, b): c for a, b, c in edges_of(problem)}
    alone = problem.alone.tolist()

    @cache
    def least(free: frozenset[int]) -> int:
        if not free:
            return 0
        first, rest = min(free), free - {min(free)}
        ways = [alone[first] + least(rest)]
        ways += [cost[first, other] + least(rest - {other}) for other in rest if (first, other) in cost]
        return min(ways)

    return least(frozenset(range(len(alone))))


def least_assignment(problem: Assignment) -> int:
    """Tries everything: each seeker in turn, left out or with each host that has a seat."""
    wishes = [[(h, c) for s, h, c in edges_of(problem) if s == seeker] for seeker in range(len(problem.alone))]

    @cache
    def least(seeker: int, seats: tuple[int, ...]) -> int:
        if seeker == len(wishes):
            return 0
        ways = [int(problem.alone[seeker]) + least(seeker + 1, seats)]
        for host, cost in wishes[seeker]:
            if seats[host]:
                fewer = (*seats[:host], seats[host] - 1, *seats[host + 1 :])
                ways.append(cost + least(seeker + 1, fewer))
        return min(ways)

    return least(0, tuple(problem.seats.tolist()))


def _nearest(to: NDArray[np.float64], among: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """For each row of `to` the numbers of the nearest rows of `among`, nearest first."""
    _, found = cKDTree(among).query(to, k=list(range(1, min(most, len(among)) + 1)))
    return np.asarray(found, dtype=np.int64)


def layers(depth: int) -> list[tuple[int, int]]:
    """A chain of levels with two members each, both joined with both of the next level (scipy/scipy#26147). The last
    level has one member only, so a search for a full matching that does not mark dead ends looks at 2^depth ways."""
    joined = [(2 * level + i, 2 * level + 2 + j) for level in range(depth) for i in (0, 1) for j in (0, 1)]
    return [(a, b) for a, b in joined if b < 2 * depth + 1]


def crowd(n: int, near: int = 20, *, seed: int = 0, ties: bool = False) -> Pairing:
    """n members in clusters of very different sizes, each with an edge to their `near` nearest: many odd cycles.
    `ties` rounds costs to fifties."""
    rng = np.random.default_rng(seed)
    groups = max(1, n // 120)
    group = rng.choice(groups, n, p=rng.dirichlet(np.full(groups, 1.2)))
    place = np.column_stack([rng.normal(size=(n, 4)), 4 * rng.normal(size=(groups, 6))[group]])
    nearest = _nearest(place, place, near + 1)
    a, b = np.repeat(np.arange(n), nearest.shape[1] - 1), nearest[:, 1:].ravel()
    same = group[a] == group[b]
    key = np.unique(np.minimum(a, b)[same] * n + np.maximum(a, b)[same])
    a, b = key // n, key % n
    far = np.sqrt(((place[a] - place[b]) ** 2).sum(axis=1))
    cost = np.clip(150 * far + rng.integers(0, 200, len(a)), 0, 1000).astype(np.int64)
    cost = cost // 50 * 50 if ties else cost
    cost += (rng.random(len(a)) < 0.03) * (5000 + 500 * rng.integers(0, 12, len(a)))
    alone = 100_000 + 20_000 * rng.integers(0, 4, n) + 30_000 * (rng.random(n) < 0.1)
    return Pairing(a.astype(np.int32), b.astype(np.int32), cost, alone.astype(np.int64))


def market(n: int, near: int = 20, *, seed: int = 0) -> Assignment:
    """n people, seven in ten of them seekers, about as many seats: the nearest hosts of each seeker and the reverse."""
    rng = np.random.default_rng(seed)
    seekers, hosts = n - n * 3 // 10, n * 3 // 10
    theirs, ours = rng.normal(size=(seekers, 5)), rng.normal(size=(hosts, 5))
    host, seeker = _nearest(theirs, ours, near), _nearest(ours, theirs, near)
    s = np.concatenate([np.repeat(np.arange(seekers), host.shape[1]), seeker.ravel()])
    h = np.concatenate([host.ravel(), np.repeat(np.arange(hosts), seeker.shape[1])])
    key = np.unique(s * hosts + h)
    s, h = key // hosts, key % hosts
    far = np.sqrt(((theirs[s] - ours[h]) ** 2).sum(axis=1))
    cost = np.clip(200 * far + rng.integers(0, 100, len(s)), 0, 1000).astype(np.int64) // 10 * 10
    alone = 100_000 + 20_000 * rng.integers(0, 10, seekers) + 30_000 * (rng.random(seekers) < 0.1)
    seats = rng.choice([1, 1, 2, 3, 4], hosts)
    return Assignment(s.astype(np.int32), h.astype(np.int32), cost, alone.astype(np.int64), seats.astype(np.int64))
