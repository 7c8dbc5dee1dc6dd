"""The proof stands apart from the search: whatever duals it is given, it never promises too much."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching._nest import NOBODY, Nest
from matching._proof import bound2
from matching.problem import Pairing
from tests.matching.problems import least_pairing, pairing, pairings, unhurried

TRIANGLE = pairing([100] * 3, [(0, 1, 10), (0, 2, 10), (1, 2, 10)])


def folded(weight: int) -> Nest:
    nest = Nest([NOBODY, 2, 1])
    nest.weight[nest.fold([0, 1, 2], [(0, 1), (1, 2), (2, 0)])] = weight
    return nest


def test_the_odd_set_of_a_triangle_proves_that_one_stays_alone() -> None:
    assert bound2(TRIANGLE, np.full(3, 200), folded(380)) == 2 * (100 + 10)


def test_a_weight_too_small_proves_nothing() -> None:
    assert bound2(TRIANGLE, np.full(3, 200), folded(379)) is None


def test_a_negative_weight_proves_nothing() -> None:
    assert bound2(TRIANGLE, np.full(3, 0), folded(-2)) is None


def test_a_price_above_being_alone_proves_nothing() -> None:
    assert bound2(pairing([1], []), np.array([3]), Nest([NOBODY])) is None


def test_nested_odd_sets_add_up_for_edges_inside_both() -> None:
    nest = Nest([NOBODY, 2, 1, 4, 3])
    inside = nest.fold([0, 1, 2], [(0, 1), (1, 2), (2, 0)])
    outside = nest.fold([inside, 3, 4], [(2, 3), (3, 4), (4, 0)])
    nest.weight[inside], nest.weight[outside] = 4, 6
    near = pairing([9] * 5, [(0, 1, 0)])
    far = pairing([9] * 5, [(1, 3, 0)])
    assert bound2(near, np.array([5, 5, 0, 0, 0]), nest) == 10 - 4 - 12
    assert bound2(far, np.array([0, 5, 0, 1, 0]), nest) == 6 - 4 - 12
    assert bound2(far, np.array([0, 5, 0, 5, 0]), nest) is None


@unhurried
@given(pairings(most=8), st.data())
def test_no_duals_at_all_promise_more_than_the_best(problem: Pairing, data: st.DataObject) -> None:
    n = len(problem.alone)
    price = np.array(data.draw(st.lists(st.integers(-50, 2100), min_size=n, max_size=n)), dtype=np.int64)
    nest = Nest([NOBODY] * n)
    if n >= 3:
        three = data.draw(st.lists(st.integers(0, n - 1), min_size=3, max_size=3, unique=True))
        nest.weight[nest.fold(three, [(0, 0)] * 3)] = data.draw(st.integers(0, 4200))
    price = np.minimum(price, 2 * problem.alone)
    proven = bound2(problem, price, nest)
    assert proven is None or proven <= 2 * least_pairing(problem)
