"""What a solver is asked and what it answers: plain arrays, apart from where scores come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Index = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs within one pool. Edge e joins members a[e] < b[e] at cost[e] >= 0; each edge stands once. Leaving member m
    out costs alone[m] >= 0. All pairs that are not edges are forbidden."""

    a: Index
    b: Index
    cost: Ints
    alone: Ints


@dataclass(frozen=True, slots=True)
class Assignment:
    """Seekers to hosts. Edge e may give seeker[e] a seat of host[e] at cost[e] >= 0; each edge stands once. Leaving
    seeker s out costs alone[s] >= 0; host h has seats[h] >= 0; an empty seat costs nothing."""

    seeker: Index
    host: Index
    cost: Ints
    alone: Ints
    seats: Ints


Problem = Pairing | Assignment


@dataclass(frozen=True, slots=True)
class Solution:
    """`chosen`: numbers of the edges taken, ascending. `left`: members (seekers) left out, ascending. `cost`: of both
    together. `bound`: no solution can cost less. `method`: which solver it was, for reports."""

    chosen: Ints
    left: Index
    cost: int
    bound: float
    method: str
