"""Groups of three, and who comes late or is left out: every hard rule holds, and nobody stays alone without need."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.explain import explain
from matching.history import NO_BLOCKS, NO_HISTORY, blocks, pair
from matching.late import seat
from matching.peers import plan_round
from matching.person import Peer
from matching.rules import COFFEE_RULES
from matching.week import ANY, Week, span

WEEK = Week(datetime(2026, 11, 23, tzinfo=UTC))
EN, ZH = frozenset({"en"}), frozenset({"zh"})


def peer(name: str, languages: frozenset[str] = EN, hours: int = ANY) -> Peer:
    """Somebody who can always talk."""
    return Peer(id=name, languages=languages, hours=hours)


@pytest.mark.parametrize(
    ("many", "sizes"), [(2, {2: 1}), (3, {3: 1}), (4, {2: 2}), (5, {2: 1, 3: 1}), (9, {3: 3}), (31, {3: 9, 2: 2})]
)
def test_in_a_round_of_three_nobody_stays_alone(many: int, sizes: dict[int, int]) -> None:
    planned = plan_round([peer(f"u{n:02}") for n in range(many)], WEEK, rules=COFFEE_RULES, seed=5, size=3)
    assert Counter(len(match.members) for match in planned.matches) == sizes
    assert planned.left == ()


def test_a_round_of_three_is_the_same_in_whatever_order_they_come() -> None:
    people = [peer(f"u{n:02}") for n in range(14)]
    one = plan_round(people, WEEK, rules=COFFEE_RULES, seed=9, size=3)
    assert plan_round(people[::-1], WEEK, rules=COFFEE_RULES, seed=9, size=3) == one


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda two: two[0] != two[1])), st.integers(0, 9))
def test_who_comes_late_never_meets_whom_a_block_keeps_apart(pairs: set[tuple[int, int]], seed: int) -> None:
    names = [f"u{n}" for n in range(8)]
    blocked = blocks((names[a], names[b]) for a, b in pairs)
    seated = seat(
        names[:2], names[2:3], [(names[3], names[4]), (names[5], names[6])], {name: peer(name) for name in names}, WEEK,
        blocks=blocked, history=NO_HISTORY, rules=COFFEE_RULES, seed=seed,
    )  # fmt: skip
    made = [match.members for match in (*seated.matches, *(match for _, match in seated.joined))]
    seats = [name for members in made for name in members]
    assert len(seats) == len(set(seats))
    assert not {pair(a, b) for members in made for a, b in combinations(members, 2)} & blocked
    assert {*seats, *seated.left} >= set(names[:3])
    assert names[2] not in {name for _, match in seated.joined for name in match.members}, (
        "who waits was weighed before"
    )


def test_the_pair_that_fits_best_takes_in_who_comes_late() -> None:
    people = {
        "ada": peer("ada"), "sam": peer("sam"), "lin": peer("lin", EN | ZH), "mei": peer("mei", ZH | EN),
        "late": peer("late", ZH),
    }  # fmt: skip
    known = {"blocks": NO_BLOCKS, "history": NO_HISTORY, "rules": COFFEE_RULES, "seed": 1}
    seated = seat(["late"], [], [("ada", "sam"), ("lin", "mei")], people, WEEK, **known)  # pyright: ignore[reportArgumentType]
    ((at, three),) = seated.joined
    assert (at, three.members) == (1, ("late", "lin", "mei"))
    alone = seat(["late"], [], [("ada", "sam")], people, WEEK, **known)  # pyright: ignore[reportArgumentType]
    assert (alone.joined, alone.left) == ((), ("late",))


def test_why_not_is_found_again_as_the_round_found_it() -> None:
    rules = COFFEE_RULES
    people = [peer("ada"), peer("sam"), peer("lin", ZH), peer("kofi", hours=span([0], 9, 10))]
    planned = plan_round(people, WEEK, rules=rules, seed=2)
    left = {out.member: out for out in planned.left}
    again = explain(people, set(left), WEEK, blocks=NO_BLOCKS, history=NO_HISTORY, rules=rules)
    assert {out.member: out.cause for out in again} == {name: out.cause for name, out in left.items()}
    assert left["lin"].cause == "language"
