"""Why nobody can do better: dual prices checked against every edge, apart from the search that found them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching._nest import NOBODY, Nest
from matching.problem import Ints, Pairing


def bound2(problem: Pairing, price: Ints, nest: Nest) -> int | None:
    """Twice a cost that no matching goes below, or None when the duals prove nothing.

    Weak duality with odd sets (Edmonds 1965): prices and weights are feasible when price[m] <= 2 alone[m], each weight
    is >= 0, and price[a] + price[b] - (weights of all odd sets with both a and b in them) <= 2 cost for each edge; then
    the sum of the prices less weight * (size - 1) / 2 for each odd set is such a cost. Says nothing about how they came
    to be, so a mistake in the search cannot make a bound too good."""
    if any(weight < 0 for weight in nest.weight.values()) or bool((price > 2 * problem.alone).any()):
        return None
    short = price[problem.a] + price[problem.b] - 2 * problem.cost
    tight = np.flatnonzero(short > 0)
    if bool((_shared(nest, problem.a[tight], problem.b[tight]) < short[tight]).any()):
        return None
    size = [1] * nest.size + [0] * (len(nest.base) - nest.size)
    for node, above in enumerate(nest.parent):  # an odd set's number is above all numbers in it
        if above != NOBODY:
            size[above] += size[node]
    return int(price.sum()) - sum(weight * (size[node] // 2) for node, weight in nest.weight.items())


def _shared(nest: Nest, one: NDArray[np.integer], other: NDArray[np.integer]) -> Ints:
    """The weights of the odd sets that hold both members of each edge: of their lowest common node and all around it,
    found for all edges together by binary lifting."""
    count = len(nest.parent)  # stands for what is around everything, with no weight
    above = np.array([*nest.parent, count])
    above[above == NOBODY] = count
    depth, weight = [0] * (count + 1), [0] * (count + 1)
    for node in range(count - 1, -1, -1):
        depth[node] = depth[above[node]] + 1
        weight[node] = weight[above[node]] + nest.weight.get(node, 0)
    depths = np.array(depth)
    lifts = [above]
    while 1 << len(lifts) <= depths.max():
        lifts.append(lifts[-1][lifts[-1]])
    low = np.where(depths[one] >= depths[other], one, other).astype(np.int64)
    high = np.where(depths[one] >= depths[other], other, one).astype(np.int64)
    for power in range(len(lifts) - 1, -1, -1):
        low = np.where(depths[low] - depths[high] >= 1 << power, lifts[power][low], low)
    for lift in reversed(lifts):
        apart = lift[low] != lift[high]
        low, high = np.where(apart, lift[low], low), np.where(apart, lift[high], high)
    return np.array(weight, dtype=np.int64)[np.where(low == high, low, above[low])]
