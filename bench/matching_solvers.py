"""The matching step alone, on the same candidates: ours beside rustworkx, networkx, sorted greedy and a shuffle."""

# networkx and rustworkx ship no complete types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import cast

import numpy as np

from bench import communities
from bench.matching_apart import Figures, apart, timed
from bench.matching_table import Row
from matching import pair
from matching._pool import pool
from matching.candidates import candidates
from matching.history import NO_HISTORY
from matching.person import Level
from matching.problem import Ints, Pairing
from matching.rules import PEER_RULES

TIMES = {"ours": 7, "rustworkx": 3, "networkx": 1, "sorted greedy": 7, "shuffle": 7}
FASTER, GOAL_FROM = 100, 1_000


def rows(size: int) -> Iterator[Row]:
    """One row a method, and how many times faster than networkx ours is, by the processor's time: networkx takes long
    enough for whatever else runs on the machine to blur a ratio of two clocks."""
    took = {name: apart(step, size, name) for name in TIMES}
    bound, edges = took["ours"]["bound"], took["ours"]["edges"]
    yield Row(
        f"matching step, {size:,} active", f"on the same {edges:,.0f} pairs: s of CPU · left out · share of best fit"
    )
    for name, figures in took.items():
        share = figures["fit"] / took["networkx"]["fit"]
        above = f"cost {figures['cost'] - bound:,.0f} above the bound, {figures['peak']:.0f} MB"
        yield Row(f"  {name}", f"{figures['cpu']:.4f} s · {figures['left']:.0f} · {share:.2%}, {above}")
    ratio, goal = took["networkx"]["cpu"] / took["ours"]["cpu"], size >= GOAL_FROM
    yield Row(
        "  ours over networkx", f"{ratio:.0f} times as fast",
        f"{FASTER} times" if goal else "", ratio >= FASTER if goal else None,
    )  # fmt: skip


def step(size: int, method: str) -> Figures:
    """One method on a round's candidates."""
    members = communities.peers(size)
    blocks = communities.blocks([member.id for member in members])
    here = pool(members, blocks, NO_HISTORY, PEER_RULES, communities.WEEK, 1)
    everyone = np.arange(size, dtype=np.int32)
    found = candidates(here, everyone, Level.STATED, np.random.default_rng(1))
    problem = found.problem(here, everyone)
    took, chosen = timed(TIMES[method], lambda: METHODS[method](problem))
    left = np.setdiff1d(everyone, np.concatenate((problem.a[chosen], problem.b[chosen])))
    cost = int(problem.cost[chosen].sum() + problem.alone[left].sum())
    bound = pair.solve(problem, seed=1).bound if method == "ours" else 0.0
    fit = int(found.fit[chosen].sum())
    return took | {"cost": cost, "bound": bound, "left": len(left), "fit": fit, "edges": len(problem.cost)}


def _ours(problem: Pairing) -> Ints:
    return pair.solve(problem, seed=1).chosen


def _rustworkx(problem: Pairing) -> Ints:
    import rustworkx

    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * len(problem.alone))
    graph.add_edges_from(_weighed(problem))
    return _numbers(problem, rustworkx.max_weight_matching(graph, weight_fn=lambda worth: worth))


def _networkx(problem: Pairing) -> Ints:
    import networkx

    graph = networkx.Graph()
    graph.add_weighted_edges_from(_weighed(problem))
    return _numbers(problem, cast("set[tuple[int, int]]", networkx.max_weight_matching(graph)))


def _greedy(problem: Pairing) -> Ints:
    """The cheapest pair first."""
    return _one_by_one(problem, np.argsort(problem.cost, kind="stable").tolist())


def _shuffle(problem: Pairing) -> Ints:
    return _one_by_one(problem, Random(1).sample(range(len(problem.cost)), len(problem.cost)))


def _one_by_one(problem: Pairing, order: Iterable[int]) -> Ints:
    free, chosen = [True] * len(problem.alone), list[int]()
    a, b = problem.a.tolist(), problem.b.tolist()
    for edge in order:
        if free[a[edge]] and free[b[edge]]:
            free[a[edge]] = free[b[edge]] = False
            chosen.append(edge)
    return np.array(chosen, np.int64)


def _weighed(problem: Pairing) -> list[tuple[int, int, int]]:
    """What a pair saves against leaving both out."""
    saves = problem.alone[problem.a] + problem.alone[problem.b] - problem.cost
    return list(zip(problem.a.tolist(), problem.b.tolist(), saves.tolist(), strict=True))


def _numbers(problem: Pairing, pairs: Iterable[tuple[int, int]]) -> Ints:
    number = {who: at for at, who in enumerate(zip(problem.a.tolist(), problem.b.tolist(), strict=True))}
    return np.array(sorted(number[min(who), max(who)] for who in pairs), np.int64)


METHODS: dict[str, Callable[[Pairing], Ints]] = {
    "ours": _ours, "rustworkx": _rustworkx, "networkx": _networkx, "sorted greedy": _greedy, "shuffle": _shuffle,
}  # fmt: skip
