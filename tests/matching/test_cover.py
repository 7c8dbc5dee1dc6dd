"""The assignments inside are laid out so that SciPy's check before the solver ends at once (scipy/scipy#26147)."""

# SciPy ships no types for its sparse graph routines.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownMemberType=false, reportOptionalSubscript=false

from __future__ import annotations

import numpy as np
from hypothesis import given
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching._cover import cover, relax
from matching._seats import seats
from matching._using import has_ortools
from matching.problem import Assignment, Pairing
from tests.matching.problems import assignments, least_pairing, pairing, pairings, unhurried


@unhurried
@given(pairings())
def test_the_check_of_a_pool_takes_everybody_with_themselves_at_first_sight(problem: Pairing) -> None:
    found = maximum_bipartite_matching(cover(problem), perm_type="column")
    assert found.tolist() == list(range(len(problem.alone)))


@unhurried
@given(assignments())
def test_the_check_of_a_market_leaves_everybody_out_at_first_sight(problem: Assignment) -> None:
    matrix, _ = seats(problem)
    alone = matrix.shape[1] - matrix.shape[0]
    found = maximum_bipartite_matching(matrix, perm_type="column")
    assert found.tolist() == list(range(alone, matrix.shape[1]))


@unhurried
@given(pairings())
def test_the_relaxed_round_is_a_bound_with_prices_that_prove_it(problem: Pairing) -> None:
    for using in ("scipy", "ortools") if has_ortools() else ("scipy",):
        relaxed = relax(problem, using)
        price = relaxed.price
        assert price.sum() == relaxed.cost2 <= 2 * least_pairing(problem)
        assert (price <= 2 * problem.alone).all()
        assert (price[problem.a] + price[problem.b] <= 2 * problem.cost).all()
        assert sorted(relaxed.partner.tolist()) == list(range(len(problem.alone)))


def test_a_triangle_is_relaxed_to_three_half_pairs() -> None:
    relaxed = relax(pairing([100] * 3, [(0, 1, 10), (0, 2, 10), (1, 2, 10)]))
    assert relaxed.cost2 == 30
    assert relaxed.partner.tolist() in ([1, 2, 0], [2, 0, 1])
    assert np.array_equal(relaxed.price, [10, 10, 10])
