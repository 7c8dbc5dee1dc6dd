"""Pairs within one pool: best where it says so, proven, and fair to whoever waits."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import pair
from matching._using import Using, has_ortools
from matching.checks import check, verify
from matching.problem import Pairing, Solution
from matching.progress import Cancelled
from tests.matching.problems import crowd, edges_of, least_pairing, pairing, pairings, unhurried

BOTH = ["scipy", pytest.param("ortools", marks=pytest.mark.skipif(not has_ortools(), reason="an extra"))]


def by_blossom(problem: Pairing) -> int:
    """The least cost by another hand: rustworkx' exact matching."""
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph()
    graph.add_nodes_from(range(len(problem.alone)))
    saving = problem.alone[problem.a] + problem.alone[problem.b] - problem.cost
    graph.add_edges_from([(a, b, s) for (a, b, _), s in zip(edges_of(problem), saving.tolist(), strict=True) if s > 0])
    taken = rustworkx.max_weight_matching(graph, weight_fn=lambda weight: weight)
    return int(problem.alone.sum()) - sum(graph.get_edge_data(*edge) for edge in taken)


def solved(problem: Pairing, seed: int = 0, exact_below: int = 1000, patience: int | None = None) -> Solution:
    """Solves, and has the answer counted by the checker every time."""
    check(problem)
    answer = pair.solve(problem, exact_below=exact_below, patience=patience, seed=seed)
    verify(problem, answer)
    return answer


def without(problem: Pairing, edge: int) -> Pairing:
    keep = np.arange(len(problem.cost)) != edge
    return Pairing(problem.a[keep], problem.b[keep], problem.cost[keep], problem.alone)


@unhurried
@given(pairings())
def test_small_pools_get_the_best_of_all_ways(problem: Pairing) -> None:
    answer = solved(problem)
    assert answer.cost == answer.bound == least_pairing(problem)
    assert answer.method == "exact"


@settings(unhurried, max_examples=60)
@given(pairings(most=60))
def test_a_second_exact_method_finds_the_same_cost(problem: Pairing) -> None:
    assert solved(problem).cost == by_blossom(problem)


@pytest.mark.parametrize(("n", "ties", "seed"), [(150, True, 1), (400, False, 2), (400, True, 3), (700, False, 4)])
def test_clustered_pools_are_solved_exactly(n: int, ties: bool, seed: int) -> None:
    problem = crowd(n, 12, seed=seed, ties=ties)
    answer = solved(problem, exact_below=0)
    assert answer.cost == answer.bound == by_blossom(problem)


@pytest.mark.parametrize("using", BOTH)
def test_both_libraries_give_the_same_cost_and_bound(using: Using) -> None:
    problem = crowd(500, 10, seed=5, ties=True)
    answer = pair.solve(problem, using=using)
    verify(problem, answer)
    assert (answer.cost, answer.bound) == (solved(problem).cost, solved(problem).bound)


@settings(unhurried, max_examples=30)
@given(st.integers(2, 400), st.integers(1, 12), st.integers(0, 10_000), st.booleans())
def test_without_patience_it_still_saves_nearly_all_and_never_claims_more(
    n: int, near: int, seed: int, ties: bool
) -> None:
    problem = crowd(n, near, seed=seed, ties=ties)
    hasty, best = solved(problem, exact_below=0), solved(problem)
    everything = int(problem.alone.sum())
    assert hasty.bound <= best.cost <= hasty.cost
    assert everything - hasty.cost >= 0.99 * (everything - best.cost)


@pytest.mark.parametrize("patience", [0, 1, 40, 400])
def test_a_search_cut_short_is_still_a_round_with_an_honest_bound(patience: int) -> None:
    problem = crowd(600, 8, seed=6, ties=True)
    best = solved(problem)
    cut = solved(problem, exact_below=0, patience=patience)
    assert cut.bound <= best.cost <= cut.cost
    assert (cut.method == "exact") == (cut.cost == cut.bound)
    assert patience or cut.method == "near"
    free = np.isin(np.arange(600), cut.left)
    saves = problem.alone[problem.a] + problem.alone[problem.b] > problem.cost
    assert not (free[problem.a] & free[problem.b] & saves).any()


@unhurried
@given(pairings())
def test_nobody_left_out_could_have_been_paired_with_another_left_out(problem: Pairing) -> None:
    left = set(solved(problem).left.tolist())
    for a, b, cost in edges_of(problem):
        assert not (a in left and b in left and cost < problem.alone[a] + problem.alone[b])


@unhurried
@given(pairings(), st.data())
def test_another_possible_pair_never_worsens_the_round_and_one_less_never_improves_it(
    problem: Pairing, data: st.DataObject
) -> None:
    if len(problem.cost):
        edge = data.draw(st.integers(0, len(problem.cost) - 1))
        assert solved(without(problem, edge)).cost >= solved(problem).cost


@unhurried
@given(pairings(), st.data())
def test_waiting_longer_never_costs_a_member_the_place(problem: Pairing, data: st.DataObject) -> None:
    answer = solved(problem)
    placed = np.setdiff1d(np.arange(len(problem.alone)), answer.left)
    if len(placed):
        member = data.draw(st.sampled_from(placed.tolist()))
        alone = problem.alone.copy()
        alone[member] += data.draw(st.integers(1, 5000))
        again = Pairing(problem.a, problem.b, problem.cost, alone)
        assert member not in solved(again).left
        assert solved(again).cost == answer.cost


@unhurried
@given(pairings(most=20), st.randoms(use_true_random=False))
def test_other_numbers_for_the_members_change_nothing_in_cost(problem: Pairing, random: np.random.Generator) -> None:
    number = list(range(len(problem.alone)))
    random.shuffle(number)
    alone = [0] * len(number)
    for old, new in enumerate(number):
        alone[new] = int(problem.alone[old])
    edges = [(*sorted((number[a], number[b])), cost) for a, b, cost in edges_of(problem)]
    random.shuffle(edges)
    again = solved(pairing(alone, [(a, b, cost) for a, b, cost in edges]))
    assert (again.cost, again.bound) == (solved(problem).cost, solved(problem).bound)


@unhurried
@given(pairings(most=20), st.integers(0, 99))
def test_the_seed_changes_who_meets_never_what_it_costs(problem: Pairing, seed: int) -> None:
    one, again = solved(problem, seed=seed), solved(problem, seed=seed)
    assert one.chosen.tolist() == again.chosen.tolist()
    assert one.cost == solved(problem).cost


def test_seeds_share_out_who_is_left_over() -> None:
    trio = pairing([10] * 3, [(0, 1, 5), (0, 2, 5), (1, 2, 5)])
    assert {int(solved(trio, seed=seed).left[0]) for seed in range(30)} == {0, 1, 2}


def test_another_process_with_another_hash_seed_finds_the_very_same_round() -> None:
    script = (
        "from matching import pair; from tests.matching.problems import crowd;"
        "s = pair.solve(crowd(600, 9, seed=8, ties=True), seed=3); print(s.chosen.tolist(), s.left.tolist(), s.bound)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_the_smallest_pools(n: int) -> None:
    strangers = solved(pairing([7] * n, []))
    assert (strangers.cost, strangers.left.tolist()) == (7 * n, list(range(n)))
    friends = solved(pairing([7] * n, [(a, b, 1) for a in range(n) for b in range(a + 1, n)]))
    assert (len(friends.chosen), len(friends.left)) == (n // 2, n % 2)


def test_when_everything_is_free_of_cost_everybody_meets() -> None:
    answer = solved(pairing([1] * 30, [(a, b, 0) for a in range(30) for b in range(a + 1, 30)]))
    assert (answer.cost, len(answer.left)) == (0, 0)


def test_huge_costs_add_up_exactly() -> None:
    large = 2**45
    answer = solved(pairing([large + 1, large, large + 3], [(0, 1, 1), (0, 2, 2), (1, 2, 3)]))
    assert (answer.cost, answer.chosen.tolist()) == (large + 2, [1])


def test_a_pair_that_costs_as_much_as_two_alone_is_not_made() -> None:
    answer = solved(pairing([3, 4], [(0, 1, 7)]))
    assert (answer.chosen.tolist(), answer.cost) == ([], 7)


def test_progress_never_falls_and_ends_at_one() -> None:
    seen: list[tuple[float, str]] = []
    pair.solve(crowd(300, 8, ties=True), progress=lambda done, stage: seen.append((done, stage)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == 1.0
    assert {stage for _, stage in seen} == {"relax", "pair", "prove"}


def test_the_watcher_is_asked_during_one_long_search_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = pairing([1000] * 1001, [(m, m + 1, 3) for m in range(1000)] + [(0, 1000, 3)])
    stages: list[str] = []
    pair.solve(ring, progress=lambda _, stage: stages.append(stage))
    often = stages.count("pair")
    monkeypatch.setattr("matching._tree.PULSE", 10**9)
    pair.solve(ring, progress=lambda _, stage: stages.append(stage))
    assert often > stages.count("pair") - often > 0


@pytest.mark.parametrize("stage", ["relax", "pair", "prove"])
def test_a_watcher_may_stop_it_at_any_stage(stage: str) -> None:
    with pytest.raises(Cancelled, match=stage):
        pair.solve(crowd(300, 8, ties=True), progress=lambda _, at: at != stage)
