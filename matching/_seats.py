"""Seekers to hosts as an assignment to single seats, by SciPy: the way that needs nothing more installed."""

# SciPy ships no types for its sparse graph routines.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.problem import Assignment, Ints


def choose(problem: Assignment) -> Ints:
    """The edges of an optimal solution (LAPJVsp, Jonker and Volgenant 1987)."""
    matrix, edges = seats(problem)
    _, taken = min_weight_full_bipartite_matching(matrix)
    rows = np.repeat(np.arange(len(problem.alone)), np.diff(matrix.indptr))
    chosen = edges[np.asarray(matrix.indices) == np.asarray(taken)[rows]]
    return np.sort(chosen[chosen >= 0])


def seats(problem: Assignment) -> tuple[csr_array, Ints]:
    """The matrix of seekers and single seats, and the edge each stored value stands for (-1: being left out).

    A host stands there once for each seat it can use: one for each of its edges, each with its own seeker, when there
    are seats for all who could come, else all its seats for all its edges. Each seeker has a seat of their own besides,
    at the cost of being left out. It is stored first, so that the feasibility check before the solver ends at once
    (scipy/scipy#26147, see _cover)."""
    seekers = len(problem.alone)
    wish = np.bincount(problem.host, minlength=len(problem.seats))
    enough = problem.seats >= wish
    usable = np.minimum(problem.seats, wish)
    first = np.cumsum(usable) - usable
    copies = np.where(enough, 1, usable)[problem.host]
    edge = np.repeat(np.arange(len(problem.cost)), copies)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    order = np.argsort(problem.host, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - (np.cumsum(wish) - wish)[problem.host[order]]
    host = problem.host[edge]
    seat = first[host] + np.where(enough[host], rank[edge], number)
    total = int(usable.sum())
    own = np.arange(seekers)
    rows = np.concatenate([own, problem.seeker[edge]])
    order = np.argsort(rows, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=seekers))]).astype(np.int32)
    columns = np.concatenate([total + own, seat])[order].astype(np.int32)
    values = np.concatenate([problem.alone, problem.cost[edge]])[order] + 1.0  # SciPy drops stored zeros
    edges = np.concatenate([np.full(seekers, -1), edge])[order]
    return csr_array((values, columns, starts), shape=(seekers, total + seekers)), edges
