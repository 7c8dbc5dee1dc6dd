"""A trio in which two have met lately trades members, so that an odd community repeats no more than it must."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import communities
from matching.history import Pair, after, pair
from matching.peers import plan_round
from matching.rules import Rules
from tests.matching.people import WEEK, unhurried

FIVE = [member.id for member in communities.alike(5)]
RULES = Rules(remember=12)


@unhurried
@given(st.dictionaries(st.sampled_from([pair(*two) for two in combinations(FIVE, 2)]), st.integers(1, 12)))
def test_of_five_no_trio_knows_each_other_when_another_way_is_cheaper(known: dict[Pair, int]) -> None:
    planned = plan_round(communities.alike(5), WEEK, history=known, rules=RULES)
    assert sorted(len(match.members) for match in planned.matches) == [2, 3]
    least = min(cost(two, known) for two in combinations(FIVE, 2))
    trio = next(match for match in planned.matches if len(match.members) == 3)
    assert planned.cost == least or all(meeting.ago is None for meeting in trio.meetings)


def cost(two: tuple[str, ...], known: dict[Pair, int]) -> int:
    """Of these two meeting and the other three."""
    three = [who for who in FIVE if who not in two]
    shared = plan_round(communities.alike(2), WEEK).matches[0].fit
    return sum(RULES.pair_cost(shared, known.get(pair(*who))) for who in [two, *combinations(three, 2)])


@pytest.mark.parametrize("seed", range(4))
def test_twenty_one_meet_twelve_times_and_nobody_twice(seed: int) -> None:
    known = dict[Pair, int]()
    for number in range(12):
        planned = plan_round(communities.alike(21), WEEK, history=known, rules=RULES, seed=1000 * seed + number)
        assert planned.left == ()
        assert planned.repeats == 0
        known = after(known, planned.met(), keep=12)
