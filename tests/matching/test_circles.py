"""Circles of three to five: who may sit together, and how near the search comes to the best there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import communities
from matching._groups import SIZES, Groups
from matching._pool import pool
from matching._reseat import reseat
from matching.circles import Circles, merges, plan_circles
from matching.history import NO_HISTORY, Blocks, Pair, pair
from matching.peers import plan_round
from matching.person import Level, Peer
from matching.rules import CIRCLE_RULES
from matching.week import ANY, span
from tests.matching.oracle import Oracle
from tests.matching.people import CLOCKS_CHANGE, WEEK, pools, unhurried

EN = frozenset({"en"})


def verify(planned: Circles, members: list[Peer], blocks: Blocks, week: object = WEEK) -> None:
    """All that must hold of any circles."""
    by_id, oracle = {peer.id: peer for peer in members}, Oracle(members, WEEK, CIRCLE_RULES, blocks, {})
    oracle.week = week  # pyright: ignore[reportAttributeAccessIssue]
    seated = [id_ for circle in planned.circles for id_ in circle.members]
    assert sorted([*seated, *(out.member for out in planned.waiting)]) == sorted(by_id)
    for circle in planned.circles:
        people = [by_id[id_] for id_ in circle.members]
        assert len(people) in SIZES
        assert [peer.id for peer in people if peer.hosts] == ([circle.host] if circle.host else [])
        assert all(set(circle.languages) <= peer.languages for peer in people)
        assert circle.languages
        at = (circle.slot - oracle.week.start) // timedelta(minutes=30)
        common = ANY
        for peer in people:
            common &= oracle.week.mask(peer.zone, peer.local(Level.STATED))
        assert common >> at & 1
        assert common.bit_count() >= CIRCLE_RULES.least
        assert all(oracle.allowed(a, b) for a, b in combinations(people, 2))


@unhurried
@given(pools(most=12), st.sampled_from((WEEK, *CLOCKS_CHANGE)), st.integers(0, 3))
def test_every_circle_obeys_every_rule(
    drawn: tuple[list[Peer], frozenset[Pair], dict[Pair, int]], week: object, seed: int
) -> None:
    members, blocks, history = drawn
    planned = plan_circles(members, week, blocks=blocks, history=history, seed=seed)  # pyright: ignore[reportArgumentType]
    verify(planned, members, blocks, week)
    turned = plan_circles(members[::-1], week, blocks=blocks, history=history, seed=seed)  # pyright: ignore[reportArgumentType]
    assert turned == planned, "the order in which members come changes nothing"


def partitions(members: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to seat members in circles, or leave them waiting."""
    if not members:
        yield []
        return
    first, rest = members[0], members[1:]
    for size in (1, *SIZES):
        for others in combinations(rest, size - 1):
            left = tuple(at for at in rest if at not in others)
            for more in partitions(left):
                yield [(first, *others), *more]


def few(seed: int, count: int) -> list[Peer]:
    draw = Random(seed)
    return [
        Peer(
            id=f"p{n}",
            languages=frozenset(draw.sample(("en", "de"), draw.choice((1, 2)))),
            hours=span(draw.sample(range(5), 3), 18, draw.choice((19, 21))),
            stage=draw.randrange(5),
            goals=frozenset({draw.choice(("ml", "job"))}),
            hosts=draw.random() < 0.3,
            wait=draw.choice((0, 0, 2)),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_nine_members_are_seated_as_well_as_can_be(seed: int) -> None:
    members = few(seed, 9)
    groups = Groups(pool(members, set(), NO_HISTORY, CIRCLE_RULES, WEEK, 0))
    costs = ([groups.cost(group) for group in found] for found in partitions(tuple(range(9))))
    best = min(sum(one for one in each if one is not None) for each in costs if None not in each)
    assert plan_circles(members, WEEK).cost == best


def test_twelve_members_are_seated_nearly_so() -> None:
    best = found = 0
    for seed in range(6):
        members = few(seed, 12)
        groups = Groups(pool(members, set(), NO_HISTORY, CIRCLE_RULES, WEEK, 0))
        seated = reseat(list(range(12)), SIZES, groups.cost)
        planned = plan_circles(members, WEEK)
        assert len(planned.waiting) == sum(len(group) == 1 for group in seated)
        best += sum(groups.sure_cost(group) for group in seated)
        found += planned.cost
    assert best <= found <= 1.02 * best, "on average at most two in a hundred above the best"


def test_strangers_with_other_languages_or_hours_wait_and_know_why() -> None:
    table = [Peer(id=f"p{n}", languages=EN, hours=span([1], 18, 20)) for n in range(4)]
    loner = Peer(id="loner", languages=frozenset({"elvish"}), hours=span([1], 18, 20))
    early = Peer(id="early", languages=EN, hours=span([1], 6, 8))
    planned = plan_circles([*table, loner, early], WEEK)
    assert [circle.members for circle in planned.circles] == [("p0", "p1", "p2", "p3")]
    assert {out.member: out.cause for out in planned.waiting} == {"loner": "language", "early": "hours"}


def test_two_hosts_never_share_a_circle() -> None:
    members = [Peer(id=f"p{n}", languages=EN, hours=ANY, hosts=n < 3) for n in range(9)]
    planned = plan_circles(members, WEEK)
    assert len({circle.host for circle in planned.circles}) == len(planned.circles) == 3
    verify(planned, members, set())
    assert planned.waiting == ()


def test_a_larger_community_is_seated_nearly_whole_and_the_same_each_time() -> None:
    members = communities.peers(260, seed=3)
    blocks = communities.blocks([member.id for member in members], share=0.2)
    planned = plan_circles(members, WEEK, blocks=blocks, seed=5)
    verify(planned, members, blocks)
    assert len(planned.waiting) < 0.1 * len(members)
    assert plan_circles(members, WEEK, blocks=blocks, seed=5) == planned
    assert len(plan_round(members, WEEK, blocks=blocks).left) <= len(planned.waiting)


def test_what_is_left_of_a_circle_joins_another() -> None:
    members = [Peer(id=f"p{n}", languages=EN, hours=span([1], 18, 20)) for n in range(9)]
    circles = [("p0", "p1"), ("p2", "p3", "p4"), ("p5", "p6", "p7", "p8")]
    assert merges(circles, members, WEEK) == [(0, 1)]
    assert merges(circles, members, WEEK, blocks={pair("p0", "p4")}) == []
    assert merges([("p0", "p1"), ("p2", "p3")], members, WEEK) == [(0, 1)]
    two_hosts = [replace(member, hosts=member.id in {"p0", "p2"}) for member in members]
    assert merges(circles, two_hosts, WEEK) == []


def test_smallest_pools() -> None:
    for count in range(4):
        members = [Peer(id=f"p{n}", languages=EN) for n in range(count)]
        planned = plan_circles(members, WEEK)
        assert len(planned.circles) == (count == 3)
        assert np.isfinite(planned.cost)
