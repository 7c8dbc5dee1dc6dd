"""The relaxed round: half pairs allowed, solved exactly as an assignment of every member to a partner or to nobody."""

# SciPy ships no types for its sparse graph routines.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching import _lsa
from matching._using import Using, prefers_ortools
from matching.problem import Index, Ints, Pairing

LARGE = 20_000  # members above which OR-tools is worth its start


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum of the relaxed round. `partner[m]`: whom m was given (m itself: nobody); where two members name each
    other the pair is whole, longer cycles are half pairs. `price[m]`: twice the dual price of member m, an integer:
    price[a] + price[b] <= 2 cost for each edge, price[m] <= 2 alone[m]. `cost2`: twice the relaxed cost, which is
    the sum of the prices; no round costs less than half of it."""

    partner: Index
    price: Ints
    cost2: int


def relax(problem: Pairing, using: Using = "auto") -> Relaxed:
    """The linear relaxation without odd sets, by its bipartite double cover (Balinski 1965): each member stands once on
    the left and once on the right, an edge joins both ways, and going with oneself costs twice `alone`.

    Exact for values that `checks.check` lets through: SciPy's LAPJVsp calculates in float64 below 2^53. `using` names
    the library; "auto" is OR-tools for large pools where it is installed, else SciPy. Both give the same cost."""
    n = len(problem.alone)
    matrix = cover(problem)
    partner = _lsa.partners(matrix) if prefers_ortools(using, large=n > LARGE) else None
    if partner is None:
        partner = np.asarray(min_weight_full_bipartite_matching(matrix)[1], dtype=np.int64)
    left, right, given = _prices(matrix, partner)
    return Relaxed(partner.astype(np.int32), left + right, int(given.sum()) if n else 0)


def cover(problem: Pairing) -> csr_array:
    """The n by n matrix, one added to each value because SciPy drops stored zeros. A row's own column is stored first:
    then the feasibility check before the solver (Hopcroft-Karp) takes the diagonal in its first phase and ends, and
    cannot take exponential time on layered graphs (scipy/scipy#26147)."""
    n = len(problem.alone)
    own = np.arange(n, dtype=np.int32)
    rows = np.concatenate([own, problem.a, problem.b])
    order = np.argsort(rows, kind="stable")
    starts = np.zeros(n + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=n), out=starts[1:])
    del rows
    columns = np.concatenate([own, problem.b, problem.a])[order]
    values = np.concatenate([2 * problem.alone, problem.cost, problem.cost]).astype(np.float64)[order] + 1.0
    return csr_array((values, columns, starts), shape=(n, n))


def _prices(matrix: csr_array, partner: Ints) -> tuple[Ints, Ints, Ints]:
    """Dual prices of rows and columns, and what each row pays (all without the added one).

    SciPy gives no duals, so they come from the residual graph: the column prices are shortest distances, found by
    Bellman-Ford that only looks again at rows whose column became cheaper. It starts at half of what each pair pays,
    which is close. Ends because an optimal assignment leaves no negative cycle."""
    starts, columns = np.asarray(matrix.indptr, dtype=np.int64), np.asarray(matrix.indices)
    values = np.asarray(matrix.data).astype(np.int64) - 1
    n = len(partner)
    rows = np.repeat(np.arange(n), np.diff(starts))
    paid = np.zeros(n, dtype=np.int64)
    taken = columns == partner[rows]
    paid[rows[taken]] = values[taken]
    right = np.zeros(n, dtype=np.int64)
    right[partner] = paid // 2
    row_of = np.empty(n, dtype=np.int64)
    row_of[partner] = np.arange(n)
    changed = np.arange(n)
    while len(changed):
        arcs, owner = _slices(starts, changed)
        offer = (right[partner[changed]] - paid[changed])[owner] + values[arcs]
        target = columns[arcs]
        better = offer < right[target]
        target, offer = target[better], offer[better]
        np.minimum.at(right, target, offer)
        changed = row_of[np.unique(target)]
    return paid - right[partner], right, paid


def _slices(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """The numbers of all stored values of `rows`, and for each which of the rows it belongs to."""
    counts = starts[rows + 1] - starts[rows]
    owner = np.repeat(np.arange(len(rows)), counts)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return starts[rows][owner] + offset, owner
