"""Seekers and seats: the least cost by both libraries, and prices that tell what a seat is worth."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import assign
from matching._using import Using, has_ortools
from matching.checks import check, verify
from matching.problem import Assignment, Solution
from tests.matching.problems import assignment, assignments, edges_of, least_assignment, market, unhurried

BOTH = ["scipy", pytest.param("ortools", marks=pytest.mark.skipif(not has_ortools(), reason="an extra"))]
both = pytest.mark.parametrize("using", BOTH)


def solved(problem: Assignment, using: Using, seed: int = 0) -> Solution:
    check(problem)
    answer = assign.solve(problem, using=using, seed=seed)
    verify(problem, answer)
    return answer


def one_more(problem: Assignment, host: int) -> Assignment:
    seats = problem.seats.copy()
    seats[host] += 1
    return Assignment(problem.seeker, problem.host, problem.cost, problem.alone, seats)


def assert_no_force(problem: Assignment, answer: Solution) -> None:
    """With the prices, everybody has what they would choose themselves."""
    price = assign.prices(problem, answer)
    given_to = {int(problem.seeker[edge]): int(edge) for edge in answer.chosen}
    best = problem.alone.tolist()
    for seeker, host, cost in edges_of(problem):
        best[seeker] = min(best[seeker], cost + int(price[host]))
    for seeker, least in enumerate(best):
        edge = given_to.get(seeker)
        pays = problem.alone[seeker] if edge is None else problem.cost[edge] + price[problem.host[edge]]
        assert pays == least
    used = np.bincount(problem.host[answer.chosen], minlength=len(problem.seats))
    assert (price >= 0).all()
    assert (price[used < problem.seats] == 0).all()


@both
@unhurried
@given(assignments())
def test_small_markets_get_the_best_of_all_ways(using: Using, problem: Assignment) -> None:
    answer = solved(problem, using)
    assert answer.cost == answer.bound == least_assignment(problem)


@both
@unhurried
@given(assignments())
def test_one_more_seat_saves_exactly_its_price(using: Using, problem: Assignment) -> None:
    answer = solved(problem, using)
    price = assign.prices(problem, answer)
    for host in range(len(problem.seats)):
        assert answer.cost - solved(one_more(problem, host), using).cost == price[host]


@both
@unhurried
@given(assignments())
def test_with_the_prices_nobody_would_choose_otherwise(using: Using, problem: Assignment) -> None:
    assert_no_force(problem, solved(problem, using))


@both
@unhurried
@given(assignments(), st.data())
def test_another_possible_talk_never_worsens_it(using: Using, problem: Assignment, data: st.DataObject) -> None:
    if len(problem.cost):
        keep = np.arange(len(problem.cost)) != data.draw(st.integers(0, len(problem.cost) - 1))
        fewer = Assignment(problem.seeker[keep], problem.host[keep], problem.cost[keep], problem.alone, problem.seats)
        assert solved(fewer, using).cost >= solved(problem, using).cost


@both
@unhurried
@given(assignments(), st.data())
def test_waiting_longer_never_costs_a_seeker_the_seat(using: Using, problem: Assignment, data: st.DataObject) -> None:
    answer = solved(problem, using)
    if len(answer.chosen):
        seeker = int(problem.seeker[data.draw(st.sampled_from(answer.chosen.tolist()))])
        alone = problem.alone.copy()
        alone[seeker] += data.draw(st.integers(1, 3000))
        again = Assignment(problem.seeker, problem.host, problem.cost, alone, problem.seats)
        assert seeker not in solved(again, using).left


@settings(unhurried, max_examples=10)
@given(st.integers(0, 1000))
def test_the_two_libraries_agree_on_a_whole_market(seed: int) -> None:
    problem = market(300, 8, seed=seed)
    costs = {solved(problem, using).cost for using in (("scipy", "ortools") if has_ortools() else ("scipy", "auto"))}
    assert len(costs) == 1


@both
def test_a_whole_market_has_prices_without_force(using: Using) -> None:
    problem = market(800, 10, seed=4)
    answer = solved(problem, using)
    assert_no_force(problem, answer)
    assert assign.prices(problem, answer).min() > 1000  # somebody is left out, and would take any seat in the end
    plenty = Assignment(problem.seeker, problem.host, problem.cost, problem.alone, problem.seats + 1)
    assert_no_force(plenty, solved(plenty, using))


def test_prices_do_not_depend_on_which_library_or_seed_found_the_seats() -> None:
    problem = market(400, 8, seed=5)
    first = assign.prices(problem, solved(problem, "auto"))
    assert (first == assign.prices(problem, solved(problem, "scipy", seed=9))).all()


def test_no_prices_fit_a_solution_that_is_not_the_best() -> None:
    problem = assignment([9, 9], [1], [(0, 0, 1), (1, 0, 5)])
    worse = Solution(np.array([1]), np.array([0], dtype=np.int32), 14, 0.0, "by hand")
    with pytest.raises(ValueError, match="not optimal"):
        assign.prices(problem, worse)


def test_no_prices_fit_when_a_better_seat_stays_free() -> None:
    problem = assignment([9], [1, 1], [(0, 0, 1), (0, 1, 5)])
    passed_over = Solution(np.array([1]), np.zeros(0, dtype=np.int32), 5, 0.0, "by hand")
    with pytest.raises(ValueError, match="not optimal"):
        assign.prices(problem, passed_over)


def test_no_prices_fit_a_circle_of_envy() -> None:
    problem = assignment([9, 9], [1, 1], [(0, 0, 5), (0, 1, 1), (1, 0, 1), (1, 1, 5)])
    swapped = Solution(np.array([0, 3]), np.zeros(0, dtype=np.int32), 10, 0.0, "by hand")
    with pytest.raises(ValueError, match="not optimal"):
        assign.prices(problem, swapped)


@both
def test_nobody_no_hosts_no_seats(using: Using) -> None:
    assert solved(assignment([], [], []), using).cost == 0
    assert solved(assignment([], [2], []), using).cost == 0
    assert solved(assignment([4], [], []), using).left.tolist() == [0]
    full = assignment([4], [0], [(0, 0, 1)])
    assert solved(full, using).left.tolist() == [0]
    assert assign.prices(full, solved(full, using)).tolist() == [3]


@both
def test_a_host_with_more_seats_than_wishes_serves_all_who_come(using: Using) -> None:
    answer = solved(assignment([9] * 3, [10**9], [(0, 0, 2), (1, 0, 9), (2, 0, 8)]), using)
    assert (answer.chosen.tolist(), answer.left.tolist()) == ([0, 2], [1])


@both
def test_the_seed_changes_who_is_seated_never_what_it_costs(using: Using) -> None:
    problem = assignment([9] * 4, [1], [(seeker, 0, 3) for seeker in range(4)])
    seated = {int(solved(problem, using, seed).chosen[0]) for seed in range(40)}
    assert seated == {0, 1, 2, 3}


@both
def test_another_process_with_another_hash_seed_finds_the_very_same_seats(using: Using) -> None:
    script = (
        "from matching import assign; from tests.matching.problems import market;"
        f"print(assign.solve(market(300, 8, seed=8), seed=3, using={using!r}).chosen.tolist())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
