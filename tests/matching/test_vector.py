"""The fast scorer says of every pair what the plain one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching._columns import columns
from matching._tags import Dictionary, Tags
from matching._vector import fits, judge, may_meet, shared_hours
from matching.eligible import shared, why_not
from matching.person import Host, Level, Member, Peer, Seeker
from matching.rules import COFFEE_RULES, INTERVIEW_RULES, PEER_RULES, Rules
from matching.score import fit, points
from matching.week import ANY, Week
from matching.weights import RANGES, Weights
from tests.matching.people import CLOCKS_CHANGE, WEEK, hosts, peers, seekers, unhurried

weights = st.builds(
    Weights,
    **{f.name: st.integers(int(f.name in RANGES), 1000) for f in fields(Weights)},
)


def agree(a: Sequence[Member], b: Sequence[Member], rules: Rules, week: Week, seed: int) -> None:
    """Every pair of a and b, on every level, by both scorers."""
    words = Dictionary.of([*a, *b])
    ours, theirs = columns(a, words, week, seed=seed), columns(b, words, week, seed=seed)
    i, j = np.arange(len(a))[:, None], np.arange(len(b))[None, :]
    stated = shared_hours(ours, theirs, i, j, Level.STATED)
    score = fits(rules.weights, ours, theirs, i, j, stated)
    for level in Level:
        judged = judge(rules, ours, theirs, i, j, level)
        allowed = may_meet(rules, ours, theirs, i, j, level)
        for x, one in enumerate(a):
            for y, other in enumerate(b):
                both = shared(one, other, week).bit_count()
                assert stated[x, y] == both
                assert score[x, y] == fit(points(one, other, both, rules.weights, seed))
                able = why_not(replace(one, id="one"), replace(other, id="other"), week, rules, level=level) is None
                assert allowed[x, y] == able
                assert judged[x, y] == (score[x, y] if able else -1)


def sane(members: list[Peer]) -> list[Peer]:
    """Those that take part at all; who does not never reaches the scorer."""
    return [replace(member, paused=False, external=False) for member in members]


@unhurried
@given(peers(1, 6), weights, st.sampled_from((WEEK, *CLOCKS_CHANGE)), st.integers(0, 3))
def test_within_one_pool_whatever_the_weights(members: list[Peer], w: Weights, week: Week, seed: int) -> None:
    agree(sane(members), sane(members), replace(PEER_RULES, weights=w), week, seed)


@unhurried
@given(seekers(1, 4), hosts(1, 4), weights)
def test_between_seekers_and_hosts_whatever_the_weights(
    asking: list[Seeker], answering: list[Host], w: Weights
) -> None:
    a = [replace(seeker, paused=False, external=False) for seeker in asking]
    b = [replace(host, paused=False, external=False) for host in answering]
    agree(a, b, replace(INTERVIEW_RULES, weights=w), WEEK, 1)


@unhurried
@given(seekers(1, 4), hosts(1, 4), st.sampled_from((INTERVIEW_RULES, PEER_RULES, COFFEE_RULES)), st.integers(1, 6))
def test_between_seekers_and_hosts(asking: list[Seeker], answering: list[Host], rules: Rules, least: int) -> None:
    a = [replace(seeker, paused=False, external=False) for seeker in asking]
    b = [replace(host, paused=False, external=False) for host in answering]
    agree(a, b, replace(rules, least=least), WEEK, 0)


def test_more_than_a_byte_of_everything_does_not_overflow() -> None:
    many = frozenset(f"tag{n}" for n in range(300))
    glut = [
        Peer(id=f"p{n}", languages=many, hours=ANY, stage=n * 300, goals=many, needs=many, offers=many, topics=many)
        for n in range(3)
    ]
    for worth in (1, 250, 1000):
        w = Weights(goals=worth, needs=worth, offers=worth, hours=worth, hours_full=336, stage=worth, stage_reach=1000)
        agree(glut, glut, replace(PEER_RULES, weights=w), WEEK, 0)


def test_a_list_of_pairs_gets_the_scores_of_the_tile() -> None:
    members = [
        Peer(id=f"p{n}", languages=frozenset({"en"}), stage=n % 4, goals=frozenset({str(n % 3)})) for n in range(9)
    ]
    cols = columns(members, Dictionary.of(members), WEEK)
    i, j = (side.ravel() for side in np.indices((9, 9)))
    tile = judge(PEER_RULES, cols, cols, np.arange(9)[:, None], np.arange(9)[None, :], Level.STATED)
    assert (judge(PEER_RULES, cols, cols, i, j, Level.STATED).reshape(9, 9) == tile).all()


@unhurried
@given(st.lists(st.frozensets(st.sampled_from([f"t{n}" for n in range(90)])), min_size=1, max_size=8))
def test_tags_that_nobody_shares_need_no_bit_but_count(sets: list[frozenset[str]]) -> None:
    tags = Tags.of(sets)
    bits = tags.bits(sets)
    assert bits.many.tolist() == [len(one) for one in sets]
    for x, one in enumerate(sets):
        for y, other in enumerate(sets):
            if x != y:
                common = sum(int(np.bitwise_count(word[x] & word[y])) for word in bits.words)
                assert common == len(one & other)
