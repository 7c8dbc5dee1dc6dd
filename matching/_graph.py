"""Who could meet whom, member by member: the edges in the order a search looks at them."""

from __future__ import annotations

import numpy as np

from matching.problem import Index, Ints


class Graph:
    """Each member's edges: `of(m)` gives neighbours and twice the costs, as plain lists."""

    __slots__ = ("_costs", "_neighbours", "_starts")

    def __init__(self, n: int, a: Index, b: Index, cost2: Ints) -> None:
        rows = np.concatenate([a, b])
        order = np.argsort(rows, kind="stable")
        self._neighbours = np.concatenate([b, a])[order]
        self._costs = np.concatenate([cost2, cost2])[order]
        self._starts: list[int] = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n))]).tolist()

    def of(self, member: int) -> tuple[list[int], list[int]]:
        begin, end = self._starts[member], self._starts[member + 1]
        return self._neighbours[begin:end].tolist(), self._costs[begin:end].tolist()
