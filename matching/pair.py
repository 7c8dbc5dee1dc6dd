"""Who meets whom within one pool: pairs of least cost, with a proof of how good they are."""

from __future__ import annotations

import numpy as np

from matching._cover import relax
from matching._cycles import settle
from matching._graph import Graph
from matching._nest import NOBODY, Nest
from matching._proof import bound2
from matching._tree import Tree
from matching._using import Using
from matching.problem import Ints, Pairing, Solution
from matching.progress import Progress, Steps

FIRST_LOOK = 30  # members a tree may look at when every root gets its first turn; four times as many each turn


def solve(
    problem: Pairing,
    *,
    exact_below: int = 1000,
    patience: int | None = None,
    progress: Progress | None = None,
    seed: int = 0,
    using: Using = "auto",
) -> Solution:
    """Pairs of least cost: the relaxed round first (half pairs allowed, see _cover), its half pairs made whole, then
    one alternating tree for each member whom an odd cycle left waiting (see _tree). That is Edmonds' exact method with
    the fractional start of Derigs and Metz (1986). The method is "exact" when the proof closes, which is the rule.

    Above `exact_below` members the trees may look at the edges of `patience` members in all (20,000 + 3 n when None,
    enough for all but contrived pools); who still waits then stays alone, or takes another one who does where it
    saves, and the method is "near".
    `bound` is what the dual prices prove: the cost itself when exact, never less than the relaxed round's.
    `seed` decides only which of equally good rounds it is. The problem is taken as checked (`checks.check`).
    Raises Cancelled. `progress` cannot be asked while SciPy or OR-tools work: `apart.run` can stop them at once.

    >>> a, b = np.array([0, 1, 2], dtype=np.int32), np.array([1, 2, 3], dtype=np.int32)
    >>> solve(Pairing(a, b, np.array([5, 1, 5]), np.full(4, 9)))
    Solution(chosen=array([0, 2]), left=array([], dtype=int32), cost=10, bound=10.0, method='exact')
    """
    steps = Steps(progress)
    patience = 20_000 + 3 * len(problem.alone) if patience is None else patience
    n = len(problem.alone)
    useful = np.flatnonzero(problem.alone[problem.a] + problem.alone[problem.b] > problem.cost)
    number = np.random.default_rng(seed).permutation(n)
    alone = np.empty(n, dtype=np.int64)
    alone[number] = problem.alone
    one, other = number[problem.a[useful]].astype(np.int32), number[problem.b[useful]].astype(np.int32)
    inner = Pairing(np.minimum(one, other), np.maximum(one, other), problem.cost[useful], alone)
    steps.stage("relax", 0.6)
    mate, least = _mates(inner, steps, None if n <= exact_below else patience, using)
    chosen = useful[mate[inner.a] == inner.b]
    left = np.flatnonzero(mate[number] == NOBODY).astype(np.int32)
    cost = int(problem.cost[chosen].sum()) + int(problem.alone[left].sum())
    steps.done()
    return Solution(chosen, left, cost, least / 2, "exact" if least == 2 * cost else "near")


def _mates(problem: Pairing, steps: Steps, patience: int | None, using: Using) -> tuple[Ints, int]:
    """Each member's partner (or NOBODY), and twice the proven bound."""
    relaxed = relax(problem, using)
    alone2: list[int] = (2 * problem.alone).tolist()
    partner: list[int] = relaxed.partner.tolist()
    worth: list[int] = (2 * problem.alone - relaxed.price).tolist()
    price: list[int] = relaxed.price.tolist()
    steps.stage("pair", 0.95)
    mate, odd = settle(partner, worth)
    waiting: list[int] = odd
    graph = Graph(len(alone2), problem.a, problem.b, 2 * problem.cost)
    nest = Nest(mate)

    def pulse() -> None:
        steps.at(1 - len(waiting) / max(len(odd), 1))

    tree = Tree(graph, nest, price, alone2, pulse)
    look = FIRST_LOOK
    while waiting and (patience is None or tree.scans < patience):
        for turn, root in enumerate(waiting):
            if mate[root] == NOBODY and price[root] < alone2[root]:
                tree.grow(root, look if patience is None else min(look, max(patience - tree.scans, 0)))
            if turn % 16 == 0:
                pulse()
        waiting = [root for root in waiting if mate[root] == NOBODY and price[root] < alone2[root]]
        look *= 4
    steps.stage("prove", 1.0)
    _take_each_other(problem, mate)
    proven = bound2(problem, np.array(price, dtype=np.int64), nest)
    return np.array(mate, dtype=np.int64), relaxed.cost2 if proven is None else max(proven, relaxed.cost2)


def _take_each_other(problem: Pairing, mate: list[int]) -> None:
    """Pairs members still alone along edges that save, the most saving first; none is left when the round is exact."""
    free = np.array(mate, dtype=np.int64) == NOBODY
    edges = np.flatnonzero(free[problem.a] & free[problem.b])
    saving = problem.alone[problem.a] + problem.alone[problem.b] - problem.cost
    for edge in edges[np.argsort(-saving[edges], kind="stable")].tolist():
        one, other = int(problem.a[edge]), int(problem.b[edge])
        if mate[one] == NOBODY and mate[other] == NOBODY:
            mate[one], mate[other] = other, one
