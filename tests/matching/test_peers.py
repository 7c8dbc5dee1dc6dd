"""Whole peer rounds: whatever the pool, nobody meets whom they must not, and small rounds are the best there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import communities
from matching import candidates
from matching.history import Pair, after, pair
from matching.peers import plan_round
from matching.person import Level, Peer
from matching.progress import Cancelled
from matching.rounds import Round
from matching.rules import COFFEE_RULES, INTERVIEW_RULES, PEER_RULES, Rules
from matching.week import WAKING, Week, span
from tests.matching.oracle import Oracle, verify
from tests.matching.people import CLOCKS_CHANGE, WEEK, pools, unhurried

Pool = tuple[list[Peer], frozenset[Pair], dict[Pair, int]]
PAIRS_ONLY = replace(PEER_RULES, ladder=(Level.STATED,), trios=False)
settings_of_a_programme = st.builds(
    Rules,
    remember=st.integers(0, 6),
    least=st.integers(1, 4),
    ladder=st.sampled_from((PEER_RULES.ladder, (Level.STATED,), (Level.STATED, Level.WAKING), (Level.WAKING,))),
    trios=st.booleans(),
    triad_before_repeat=st.booleans(),
    team_apart=st.booleans(),
    never_again=st.booleans(),
    external_allowed=st.booleans(),
)


def active(members: list[Peer]) -> list[Peer]:
    return [replace(member, paused=False, external=False) for member in members]


@unhurried
@given(pools(), settings_of_a_programme, st.sampled_from((WEEK, *CLOCKS_CHANGE)), st.integers(0, 5))
def test_every_round_obeys_every_rule(pool: Pool, rules: Rules, week: Week, seed: int) -> None:
    members, blocks, history = pool
    planned = plan_round(members, week, blocks=blocks, history=history, rules=rules, seed=seed)
    verify(planned, Oracle(members, week, rules, blocks, history, seed))


@unhurried
@given(pools(most=12), st.integers(0, 5))
def test_a_small_round_of_pairs_is_the_cheapest_there_is(pool: Pool, seed: int) -> None:
    members, blocks, history = active(pool[0]), pool[1], pool[2]
    planned = plan_round(members, WEEK, blocks=blocks, history=history, rules=PAIRS_ONLY, seed=seed)
    assert planned.cost == Oracle(members, WEEK, PAIRS_ONLY, blocks, history).best()
    assert planned.cost >= planned.bound - 1e-6


@unhurried
@given(pools(least=2), st.booleans())
def test_nobody_is_left_out_beside_somebody_they_could_have_met(pool: Pool, trios: bool) -> None:
    members, blocks, history = active(pool[0]), pool[1], pool[2]
    rules = replace(PEER_RULES, trios=trios)
    planned = plan_round(members, WEEK, blocks=blocks, history=history, rules=rules)
    oracle = Oracle(members, WEEK, rules, blocks, history)
    left = [peer for peer in members if peer.id in {out.member for out in planned.left}]
    for at, one in enumerate(left):
        assert not any(oracle.allowed(one, other, Level.ANY) for other in left[at + 1 :])


@unhurried
@given(pools(), st.randoms(use_true_random=False))
def test_the_order_in_which_members_come_changes_nothing(pool: Pool, draw: Random) -> None:
    members, blocks, history = pool
    before = plan_round(members, WEEK, blocks=blocks, history=history, seed=4)
    draw.shuffle(members)
    turned = dict(sorted(history.items(), reverse=True))
    assert plan_round(members, WEEK, blocks=blocks, history=turned, seed=4) == before


@unhurried
@given(pools())
def test_other_names_change_no_cost(pool: Pool) -> None:
    members, blocks, history = pool
    plain = replace(PEER_RULES, ladder=(Level.STATED,), trios=False)
    names = {member.id: f"{hash((7, n))}" for n, member in enumerate(members)}
    before = plan_round(members, WEEK, blocks=blocks, history=history, rules=plain)
    renamed = plan_round(
        [replace(member, id=names[member.id]) for member in members],
        WEEK,
        blocks={pair(names[a], names[b]) for a, b in blocks},
        history={pair(names[a], names[b]): ago for (a, b), ago in history.items()},
        rules=plain,
    )
    assert (renamed.cost, len(renamed.left)) == (before.cost, len(before.left))


@unhurried
@given(pools(least=2), st.data())
def test_one_more_block_never_makes_a_round_of_pairs_cheaper(pool: Pool, data: st.DataObject) -> None:
    members, blocks, history = active(pool[0]), pool[1], pool[2]
    two = data.draw(st.lists(st.sampled_from([m.id for m in members]), min_size=2, max_size=2, unique=True))
    before = plan_round(members, WEEK, blocks=blocks, history=history, rules=PAIRS_ONLY)
    after_it = plan_round(members, WEEK, blocks=blocks | {pair(*two)}, history=history, rules=PAIRS_ONLY)
    assert after_it.cost >= before.cost


@unhurried
@given(pools(least=2, most=8), st.data())
def test_who_waits_longer_is_not_left_out_for_it(pool: Pool, data: st.DataObject) -> None:
    members, blocks, history = active(pool[0]), pool[1], pool[2]
    before = plan_round(members, WEEK, blocks=blocks, history=history, rules=PAIRS_ONLY)
    placed = sorted(id_ for match in before.matches for id_ in match.members)
    if placed:
        who = data.draw(st.sampled_from(placed))
        more = [replace(m, wait=m.wait + 1) if m.id == who else m for m in members]
        again = plan_round(more, WEEK, blocks=blocks, history=history, rules=PAIRS_ONLY)
        assert who not in {out.member for out in again.left}


@pytest.mark.parametrize("count", range(4))
def test_the_smallest_pools(count: int) -> None:
    fellowship = [Peer(id=name, languages=frozenset({"en"})) for name in ("frodo", "sam", "merry")[:count]]
    planned = plan_round(fellowship, WEEK)
    assert [match.members for match in planned.matches] == {
        0: [], 1: [], 2: [("frodo", "sam")], 3: [("frodo", "merry", "sam")],
    }[count]  # fmt: skip
    assert [(out.member, out.cause) for out in planned.left] == ([("frodo", "alone")] if count == 1 else [])


def test_when_everyone_blocks_everyone_nobody_meets_and_nobody_learns_why() -> None:
    names = ["frodo", "sam", "merry", "pippin"]
    members = [Peer(id=name, languages=frozenset({"en"})) for name in names]
    blocks = {pair(a, b) for at, a in enumerate(names) for b in names[at + 1 :]}
    planned = plan_round(members, WEEK, blocks=blocks)
    assert planned.matches == ()
    assert {out.cause for out in planned.left} == {"taken"}


def test_without_a_common_language_nobody_meets_and_everybody_is_told() -> None:
    planned = plan_round([Peer(id=str(n), languages=frozenset({str(n)})) for n in range(5)], WEEK)
    assert planned.matches == ()
    assert {(out.cause, out.advice) for out in planned.left} == {("language", "add a language")}


def test_the_ladder_finds_waking_hours_for_who_shares_no_stated_one() -> None:
    early = Peer(id="early", languages=frozenset({"en"}), hours=span([0], 6, 8))
    late = Peer(id="late", languages=frozenset({"en"}), hours=span([4], 20, 23))
    assert plan_round([early, late], WEEK).matches[0].level is Level.WAKING
    far = replace(late, zone="Pacific/Auckland", hours=span([0], 8, 9))
    assert plan_round([early, far], WEEK, rules=replace(PEER_RULES, least=30)).matches[0].level is Level.WAKING
    assert plan_round([early, far], WEEK, rules=replace(PEER_RULES, least=200)).matches[0].level is Level.ANY
    strict = plan_round([early, late], WEEK, rules=PAIRS_ONLY)
    assert [out.cause for out in strict.left] == ["hours", "hours"]
    assert early.local(Level.WAKING) & WAKING == WAKING


def test_a_trio_before_a_repeat_where_the_programme_says_so() -> None:
    # Frodo and Sam met last time; the two others never met anyone.
    names = {"frodo": {"en", "elvish"}, "sam": {"en"}, "merry": {"elvish", "orkish"}, "pippin": {"elvish", "orkish"}}
    members = [Peer(id=name, languages=frozenset(spoken)) for name, spoken in names.items()]
    history = {pair("frodo", "sam"): 1}
    plain = plan_round(members, WEEK, history=history)
    assert [match.members for match in plain.matches] == [("frodo", "sam"), ("merry", "pippin")]
    assert plain.repeats == 1
    first = plan_round(members[:1] + members[2:], WEEK, rules=replace(PEER_RULES, triad_before_repeat=True))
    assert [match.members for match in first.matches] == [("frodo", "merry", "pippin")]
    three = [replace(member, languages=frozenset({"en"})) for member in members[:3]]
    known = {pair("frodo", "sam"): 1, pair("sam", "merry"): 1}
    rules = replace(PEER_RULES, triad_before_repeat=True)
    fresh = plan_round(three, WEEK, history=known, rules=rules)
    assert fresh.steps[0].pairs == 1
    assert [match.members for match in fresh.matches] == [("frodo", "merry", "sam")]


@pytest.mark.parametrize(("count", "rounds"), [(24, 12), (60, 26)])
def test_over_many_rounds_nobody_who_could_meet_someone_new_meets_again(count: int, rounds: int) -> None:
    members = [Peer(id=f"p{n}", languages=frozenset({"en"}), stage=n % 5) for n in range(count)]
    history: dict[Pair, int] = {}
    for number in range(rounds):
        planned = plan_round(members, WEEK, history=history, rules=replace(PEER_RULES, remember=30), seed=number)
        assert planned.left == ()
        assert planned.repeats == 0
        history = after(history, planned.met(), keep=30)


def test_coffee_goes_to_other_teams_and_other_people_each_time() -> None:
    members = [Peer(id=f"p{n:02}", languages=frozenset({"en"}), team=f"team{n % 4}") for n in range(32)]
    rounds = [plan_round(members, WEEK, rules=COFFEE_RULES, seed=seed) for seed in range(6)]
    team = {member.id: member.team for member in members}
    assert all(team[a] != team[b] for planned in rounds for a, b in planned.met())
    partners = {frozenset(two) for planned in rounds for two in planned.met()}
    assert len(partners) > 80, "six rounds of sixteen pairs, and hardly a pair twice even without a history"


def test_weights_that_judge_one_sided_are_no_weights_for_peers() -> None:
    with pytest.raises(ValueError, match="alike"):
        plan_round([], WEEK, rules=INTERVIEW_RULES)


def test_a_member_stands_in_a_round_once() -> None:
    with pytest.raises(ValueError, match="'sam' stands in the round twice"):
        plan_round([Peer(id="sam", languages=frozenset({"en"}))] * 2, WEEK)


@pytest.mark.parametrize("every", [10_000, 30])
def test_progress_rises_to_one_and_can_stop_the_round(every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shrunk(monkeypatch, 20, every)
    seen: list[float] = []
    members = communities.peers(60)
    plan_round(members, WEEK, progress=lambda done, _: seen.append(done))
    assert seen == sorted(seen)
    assert seen[-1] == 1
    with pytest.raises(Cancelled):
        plan_round(members, WEEK, progress=lambda done, _: done < 0.5)


def shrunk(monkeypatch: pytest.MonkeyPatch, small: int, every: int) -> None:
    """A pool of a few hundred is treated as one of thousands."""
    monkeypatch.setattr(candidates, "SMALL", small)
    monkeypatch.setattr(candidates, "ALL", every)


@pytest.mark.parametrize(("small", "every"), [(50, 10_000), (50, 60)])
def test_the_ways_of_large_pools_obey_the_same_rules_and_lose_little(
    monkeypatch: pytest.MonkeyPatch, small: int, every: int
) -> None:
    members = communities.peers(300, seed=5)
    blocks = communities.blocks([member.id for member in members], share=0.2)
    history = dict.fromkeys(plan_round(members, WEEK, blocks=blocks).met(), 2)
    exact = plan_round(members, WEEK, blocks=blocks, history=history)
    shrunk(monkeypatch, small, every)
    planned = plan_round(members, WEEK, blocks=blocks, history=history)
    verify(planned, Oracle(members, WEEK, PEER_RULES, blocks, history))
    assert len(planned.left) <= len(exact.left)
    assert planned.repeats <= exact.repeats
    assert planned.score >= 0.99 * exact.score


def test_a_round_is_the_same_in_every_process() -> None:
    code = (
        "from bench import communities as c; from matching.peers import plan_round; import json;"
        "from matching import candidates; candidates.SMALL, candidates.ALL = 50, 100;"
        "m = c.peers(250, 3); r = plan_round(m, c.WEEK, blocks=c.blocks([x.id for x in m]), seed=9);"
        "print(json.dumps([r.cost, [x.members for x in r.matches], [(o.member, o.cause) for o in r.left]]))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert json.loads(said[0])[1]


def test_a_round_says_how_it_came_about() -> None:
    members = communities.peers(80, seed=2)
    planned: Round = plan_round(members, WEEK, seed=1)
    assert planned.steps[0].level is Level.STATED
    assert planned.steps[0].members == 80
    assert sum(step.pairs for step in planned.steps) == len(planned.matches)
    assert planned.bound == planned.steps[0].bound
