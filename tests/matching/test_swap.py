"""An owner changes a planned round, sees what it costs, and cannot break a rule or learn of a block."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.history import Pair, pair
from matching.peers import plan_round
from matching.person import Peer
from matching.rules import PEER_RULES
from matching.swap import Refused, Swapped, swap
from tests.matching.oracle import Oracle, verify
from tests.matching.people import WEEK, pools, unhurried

EN = frozenset({"en"})


def four(**stages: int) -> dict[str, Peer]:
    return {name: Peer(id=name, languages=EN, stage=stage) for name, stage in stages.items()}


def test_a_swap_shows_what_it_costs_and_swapping_back_gives_it_back() -> None:
    peers = four(frodo=0, sam=0, merry=4, pippin=4)
    planned = plan_round(list(peers.values()), WEEK)
    known = {"week": WEEK, "blocks": set[Pair](), "history": dict[Pair, int](), "rules": PEER_RULES}
    changed = swap(planned, "sam", "merry", peers, **known)  # pyright: ignore[reportArgumentType]
    assert isinstance(changed, Swapped)
    assert [match.members for match in changed.round.matches] == [("frodo", "merry"), ("pippin", "sam")]
    assert (changed.score, changed.cost) == (-500, 500)
    back = swap(changed.round, "sam", "merry", peers, **known)  # pyright: ignore[reportArgumentType]
    assert isinstance(back, Swapped)
    assert back.round == planned


def test_a_refusal_is_the_same_whatever_the_rule() -> None:
    peers = four(frodo=0, sam=0, merry=4, pippin=4)
    planned = plan_round(list(peers.values()), WEEK)
    blocked = swap(planned, "sam", "merry", peers, WEEK, blocks={pair("frodo", "merry")}, history={}, rules=PEER_RULES)
    peers["merry"] = replace(peers["merry"], languages=frozenset({"elvish"}))
    speechless = swap(planned, "sam", "merry", peers, WEEK, blocks=set(), history={}, rules=PEER_RULES)
    assert blocked == speechless == Refused(("frodo", "merry"))


def test_who_was_left_out_may_take_a_place() -> None:
    peers = four(frodo=0, sam=0, merry=4)
    rules = replace(PEER_RULES, trios=False)
    planned = plan_round(list(peers.values()), WEEK, rules=rules)
    assert [out.member for out in planned.left] == ["merry"]
    changed = swap(planned, "merry", "sam", peers, WEEK, blocks=set(), history={}, rules=rules)
    assert isinstance(changed, Swapped)
    assert [match.members for match in changed.round.matches] == [("frodo", "merry")]
    assert [out.member for out in changed.round.left] == ["sam"]


def test_a_swap_that_is_none_is_refused_in_words() -> None:
    peers = four(frodo=0, sam=0)
    planned = plan_round(list(peers.values()), WEEK)
    for one, other, words in (("frodo", "sam", "same place"), ("frodo", "gollum", "'gollum' is not in this round")):
        with pytest.raises(ValueError, match=words):
            swap(planned, one, other, peers, WEEK, blocks=set(), history={}, rules=PEER_RULES)


@unhurried
@given(pools(least=4), st.integers(0, 3), st.data())
def test_a_changed_round_obeys_every_rule_and_its_figures_are_right(
    pool: tuple[list[Peer], frozenset[Pair], dict[Pair, int]], seed: int, data: st.DataObject
) -> None:
    members, blocks, history = pool
    planned = plan_round(members, WEEK, blocks=blocks, history=history, seed=seed)
    barred = {out.member for out in planned.left if out.cause in {"paused", "external"}}
    names = [member.id for member in members if member.id not in barred]
    if len(names) < 2 or not planned.matches:
        return
    one, other = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    by_id = {member.id: member for member in members}
    homes = [next((m.members for m in planned.matches if who in m.members), None) for who in (one, other)]
    if homes[0] == homes[1]:
        return
    changed = swap(planned, one, other, by_id, WEEK, blocks=blocks, history=history, rules=PEER_RULES)
    if isinstance(changed, Swapped):
        verify(changed.round, Oracle(members, WEEK, PEER_RULES, blocks, history, seed))
        assert changed.round.score == planned.score + changed.score
        assert changed.round.cost == planned.cost + changed.cost
