"""What a seat is worth: hosts' prices from a finished assignment, whichever solver made it."""

from __future__ import annotations

import numpy as np

from matching.problem import Assignment, Ints, Solution


def prices(problem: Assignment, solution: Solution) -> Ints:
    """For each host the least price (>= 0, in units of cost) that fits the optimal `solution`: exactly what one more
    seat would save. 0 where a seat is free.

    With them the solution needs no force (complementary slackness): each seeker's chosen edge has the least
    cost + price of all theirs and not above `alone`; whoever is left out finds none below `alone`.

    Prices rise from 0 along the residual graph (Bellman-Ford, looking again only at hosts whose price rose). Raises
    ValueError when the solution is not optimal: then no prices fit."""
    hosts = len(problem.seats)
    price = np.zeros(hosts, dtype=np.int64)
    given = np.full(len(problem.alone), -1, dtype=np.int64)
    given[problem.seeker[solution.chosen]] = problem.host[solution.chosen]
    paid = problem.alone.astype(np.int64)
    paid[problem.seeker[solution.chosen]] = problem.cost[solution.chosen]
    # An arc for each edge not taken: who asks for this host, from which host (-1: left out), giving up how much.
    source, target = given[problem.seeker], problem.host
    gain = paid[problem.seeker] - problem.cost
    out = source == -1
    np.maximum.at(price, target[out], gain[out])
    arcs = np.flatnonzero(~out & (source != target))
    arcs = arcs[np.argsort(source[arcs], kind="stable")]
    counts = np.bincount(source[arcs], minlength=hosts)
    starts = np.cumsum(counts) - counts
    changed = np.arange(hosts)
    for _ in range(hosts + 1):
        if not len(changed):
            break
        many = counts[changed]
        asked = arcs[np.repeat(starts[changed] - (np.cumsum(many) - many), many) + np.arange(many.sum())]
        offer = price[source[asked]] + gain[asked]
        better = offer > price[target[asked]]
        changed = np.unique(target[asked][better])
        np.maximum.at(price, target[asked][better], offer[better])
    free = np.bincount(problem.host[solution.chosen], minlength=hosts) < problem.seats
    over = price[problem.host[solution.chosen]] + problem.cost[solution.chosen]
    if len(changed) or bool(price[free].any()) or bool((over > problem.alone[problem.seeker[solution.chosen]]).any()):
        raise ValueError("the solution is not optimal, so no prices fit it: solve the problem again")
    return price
