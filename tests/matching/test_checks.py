"""What is wrong with a problem or a solution, named so that its writer can mend it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from matching import pair
from matching.checks import ROOM, BadProblem, BadSolution, check, verify
from matching.problem import Assignment, Pairing, Solution
from tests.matching.problems import assignment, assignments, pairing, pairings, unhurried

TRIO = pairing([9, 9, 9], [(0, 1, 4), (1, 2, 5)])
TALKS = assignment([9, 9], [1], [(0, 0, 4), (1, 0, 5)])


@unhurried
@given(pairings())
def test_every_drawn_pool_is_a_problem(problem: Pairing) -> None:
    check(problem)


@unhurried
@given(assignments())
def test_every_drawn_market_is_a_problem(problem: Assignment) -> None:
    check(problem)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (pairing([9, 9], [(0, 2, 1)]), "edge 0 has b 2, but the members are numbered from 0 to 1"),
        (pairing([9, 9], [(0, 1, 1), (-1, 1, 1)]), "edge 1 has a -1"),
        (pairing([9, 9], [(1, 1, 1)]), "edge 0 joins member 1 with itself: remove it"),
        (pairing([9, 9], [(1, 0, 1)]), "write the smaller number first"),
        (pairing([9] * 3, [(0, 1, 1), (1, 2, 1), (0, 1, 3)]), "edge 2 joins the same two as edge 0: keep the cheaper"),
        (pairing([9, 9], [(0, 1, -1)]), r"cost\[0\] is -1: it must be 0 or more"),
        (pairing([9, -2], [(0, 1, 1)]), r"alone\[1\] is -2"),
        (pairing([ROOM // 3 + 1, 0], []), "too large to add up exactly: divide all of them"),
        (replace(TRIO, cost=np.array([1])), "differ in length .a 2, b 2, cost 1."),
        (replace(TRIO, cost=np.array([1.5, 2])), "cost is float64: give whole numbers"),
        (assignment([9], [1], [(0, 1, 1)]), "edge 0 has host 1, but the hosts are numbered from 0 to 0"),
        (assignment([9], [1], [(1, 0, 1)]), "edge 0 has seeker 1"),
        (assignment([9], [-1], []), r"seats\[0\] is -1"),
        (assignment([9], [1], [(0, 0, 1), (0, 0, 2)]), "edge 1 joins the same two as edge 0"),
    ],
)
def test_a_wrong_problem_is_named_with_advice(problem: Pairing | Assignment, told: str) -> None:
    with pytest.raises(BadProblem, match=told):
        check(problem)


def test_the_largest_values_let_through_are_still_added_exactly() -> None:
    most = (ROOM - 1) // 4
    problem = pairing([most, most - 1, most], [(0, 1, most), (0, 2, most - 1), (1, 2, most - 2)])
    check(problem)
    answer = pair.solve(problem)
    assert answer.cost == answer.bound == 2 * most - 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"chosen": np.array([0, 1]), "left": np.zeros(0, np.int32)}, "member 1 is in 2 chosen edges and has room"),
        ({"chosen": np.array([0, 0])}, "ascending and only once"),
        ({"chosen": np.array([7])}, "each edge must be a number from 0 to 1"),
        ({"left": np.array([], dtype=np.int32)}, "member 2 is left out and not listed"),
        ({"left": np.array([0, 2], dtype=np.int32)}, "member 0 is left out and not listed, or listed and not left"),
        ({"cost": 12}, "it costs 13, not 12 as it says"),
        ({"bound": 13.5}, "its bound 13.5 is above its cost 13"),
    ],
)
def test_a_wrong_solution_is_named(wrong: dict[str, object], told: str) -> None:
    right = pair.solve(TRIO)
    right = Solution(np.array([0]), np.array([2], dtype=np.int32), 13, right.bound, "by hand")
    verify(TRIO, right)
    with pytest.raises(BadSolution, match=told):
        verify(TRIO, replace(right, **wrong))  # pyright: ignore[reportArgumentType]  # each case names a field


def test_a_host_may_not_be_booked_beyond_the_seats() -> None:
    with pytest.raises(BadSolution, match="host 0 is in 2 chosen edges and has room for 1"):
        verify(TALKS, Solution(np.array([0, 1]), np.array([], dtype=np.int32), 9, 0.0, "by hand"))
