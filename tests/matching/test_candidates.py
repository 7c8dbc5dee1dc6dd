"""Which pairs a solver gets to see, in small pools and large ones."""

from __future__ import annotations

import numpy as np
import pytest

from bench import communities
from matching import candidates as module
from matching._pool import Pool, pool
from matching.candidates import Candidates, candidates
from matching.history import Pair, pair
from matching.person import Level
from matching.rules import PEER_RULES


def seen(members: Pool, *, repeats: bool = True) -> Candidates:
    everyone = np.arange(len(members), dtype=np.int32)
    return candidates(members, everyone, Level.STATED, np.random.default_rng(3), repeats=repeats)


def ids(members: Pool, found: Candidates) -> set[Pair]:
    return {
        pair(members.members[int(a)].id, members.members[int(b)].id)
        for a, b in zip(found.a.tolist(), found.b.tolist(), strict=True)
    }


@pytest.fixture
def drawn() -> tuple[Pool, set[Pair], dict[Pair, int]]:
    people = communities.peers(200, seed=8)
    blocked = set(communities.blocks([one.id for one in people], share=0.3))
    plain = pool(people, set(), {}, PEER_RULES, communities.WEEK, 0)
    met = sorted(ids(plain, seen(plain)))[::7]
    history = {two: 1 + at % 8 for at, two in enumerate(met)}
    return pool(people, blocked, history, PEER_RULES, communities.WEEK, 0), blocked, history


def test_in_a_small_pool_all_feasible_pairs_that_are_not_blocked(
    drawn: tuple[Pool, set[Pair], dict[Pair, int]],
) -> None:
    members, blocked, _ = drawn
    i, j = np.triu_indices(len(members), 1)
    fit = members.tile(i.astype(np.int32), j.astype(np.int32), Level.STATED)
    feasible = {
        pair(members.members[int(a)].id, members.members[int(b)].id)
        for a, b in zip(i[fit >= 0], j[fit >= 0], strict=True)
    }
    assert ids(members, seen(members)) == feasible - blocked


@pytest.mark.parametrize("size", ["small", "every", "large"])
def test_blocked_pairs_are_never_seen_and_repeats_only_when_wanted_and_at_their_price(
    drawn: tuple[Pool, set[Pair], dict[Pair, int]], size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    members, blocked, history = drawn
    monkeypatch.setattr(module, "SMALL", 300 if size == "small" else 20)
    monkeypatch.setattr(module, "ALL", 30 if size == "large" else 10_000)
    found = seen(members, repeats=True)
    assert not ids(members, found) & blocked
    assert (found.a < found.b).all()
    assert len(ids(members, found)) == len(found.a)
    recent = {two for two, ago in history.items() if ago <= PEER_RULES.remember}
    assert ids(members, found) >= recent - blocked, "who has nobody new can still meet again"
    for a, b, fit, cost in zip(
        found.a.tolist(), found.b.tolist(), found.fit.tolist(), found.cost.tolist(), strict=True
    ):
        ago = history.get(pair(members.members[int(a)].id, members.members[int(b)].id))
        assert cost == PEER_RULES.pair_cost(fit, ago)
    assert not ids(members, seen(members, repeats=False)) & (blocked | recent)


def test_in_a_pool_where_all_pairs_are_looked_at_everyone_gets_their_best(
    drawn: tuple[Pool, set[Pair], dict[Pair, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    members, _, _ = drawn
    every = seen(members, repeats=False)
    monkeypatch.setattr(module, "SMALL", 20)
    few = seen(members, repeats=False)
    assert len(few.a) < len(every.a)
    for who in range(len(members)):
        mine = np.sort(every.fit[(every.a == who) | (every.b == who)])[::-1][: module.KEEP]
        got = np.sort(few.fit[(few.a == who) | (few.b == who)])[::-1][: len(mine)]
        assert (got == mine).all()


def test_among_some_members_only_these_are_seen(drawn: tuple[Pool, set[Pair], dict[Pair, int]]) -> None:
    members, _, _ = drawn
    some = np.arange(0, len(members), 3, dtype=np.int32)
    found = candidates(members, some, Level.ANY, np.random.default_rng(3))
    assert {*found.a.tolist(), *found.b.tolist()} <= set(some.tolist())
    problem = found.problem(members, some)
    assert (some[problem.a] == found.a).all()
    assert (problem.alone == members.alone[some]).all()
