"""Batches of interviews: seats are never exceeded, nobody is asked twice, and the best batch there is comes out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import communities
from matching import assign, candidates_between
from matching.eligible import shared, why_not
from matching.history import Pair, pair
from matching.interviews import Batch, plan_batch
from matching.person import Host, Seeker
from matching.problem import Assignment
from matching.rules import INTERVIEW_RULES, Rules, alone_cost
from matching.score import fit, points
from tests.matching.people import WEEK, hosts, pairs_of, seekers, unhurried

EN = frozenset({"en"})
RULES = st.builds(
    replace, st.just(INTERVIEW_RULES), role_needed=st.booleans(), never_again=st.booleans(), team_apart=st.booleans()
)


class Answer:
    """Which pairs may meet, and what they cost, one at a time."""

    def __init__(
        self, asking: list[Seeker], answering: list[Host], rules: Rules, blocks: frozenset[Pair], met: frozenset[Pair]
    ) -> None:
        known = dict.fromkeys(met, 1)
        self.asking, self.answering = asking, answering
        self.cost = {
            (s.id, h.id): 1000 - fit(points(s, h, shared(s, h, WEEK).bit_count(), rules.weights))
            for s, h in product(asking, answering)
            if why_not(s, h, WEEK, rules, blocks=blocks, history=known) is None
        }

    def best(self) -> int:
        """The least cost, by the plain assignment of all to all."""
        edges = [
            (i, j, self.cost[s.id, h.id])
            for i, s in enumerate(self.asking)
            for j, h in enumerate(self.answering)
            if (s.id, h.id) in self.cost
        ]
        table = np.array(edges, np.int64).reshape(-1, 3)
        alone = np.array([alone_cost(s.wait, s.new) for s in self.asking], np.int64)
        seats = np.array([h.seats for h in self.answering], np.int64)
        i, j = table[:, 0].astype(np.int32), table[:, 1].astype(np.int32)
        return assign.solve(Assignment(i, j, table[:, 2], alone, seats), using="scipy").cost

    def verify(self, batch: Batch) -> None:
        """All that must hold."""
        took = Counter(proposal.host for proposal in batch.proposals)
        assert all(took[host.id] <= host.seats for host in self.answering)
        asked = [proposal.seeker for proposal in batch.proposals] + [out.member for out in batch.left]
        assert sorted(asked) == sorted(seeker.id for seeker in self.asking)
        for proposal in batch.proposals:
            assert 1000 - proposal.fit == self.cost[proposal.seeker, proposal.host]


@unhurried
@given(seekers(), hosts(), RULES, st.data())
def test_a_small_batch_is_the_cheapest_there_is_and_obeys_every_rule(
    asking: list[Seeker], answering: list[Host], rules: Rules, data: st.DataObject
) -> None:
    blocks, met = (data.draw(pairs_of([*asking, *answering])) for _ in range(2))
    batch = plan_batch(asking, answering, WEEK, blocks=blocks, met=met, rules=rules)
    answer = Answer(asking, answering, rules, blocks, met)
    answer.verify(batch)
    assert batch.cost + _barred(batch, asking) == answer.best()


def _barred(batch: Batch, asking: list[Seeker]) -> int:
    out = {one.member for one in batch.left if one.cause in {"paused", "external"}}
    return sum(alone_cost(seeker.wait, seeker.new) for seeker in asking if seeker.id in out)


@pytest.mark.parametrize("limit", [candidates_between.ALL, 100])
def test_the_best_twenty_lose_little_or_nothing(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates_between, "ALL", limit)
    asking, answering = communities.seekers(150, seed=4), communities.hosts(90, seed=4)
    batch = plan_batch(asking, answering, WEEK)
    answer = Answer(asking, answering, INTERVIEW_RULES, frozenset(), frozenset())
    answer.verify(batch)
    assert batch.cost == answer.best()


def test_who_waits_gets_the_only_seat() -> None:
    host = Host(id="h", languages=EN, role="r", topics=frozenset({"x"}))
    fresh = Seeker(id="fresh", languages=EN, role="r", topics=frozenset({"x"}))
    waiting = Seeker(id="waiting", languages=EN, role="r", wait=1)
    batch = plan_batch([fresh, waiting], [host], WEEK)
    assert [(p.seeker, p.host) for p in batch.proposals] == [("waiting", "h")]
    assert [(out.member, out.cause) for out in batch.left] == [("fresh", "taken")]
    assert batch.prices["h"] > 0


def test_nobody_is_asked_twice_and_nobody_interviews_themselves() -> None:
    sam = Seeker(id="sam", languages=EN, role="r")
    both = [Host(id="sam", languages=EN, role="r"), Host(id="frodo", languages=EN, role="r")]
    first = plan_batch([sam], both, WEEK)
    assert [p.host for p in first.proposals] == ["frodo"]
    again = plan_batch([sam], both, WEEK, met={pair("sam", "frodo")})
    assert [out.cause for out in again.left] == ["met"]


def test_on_opposite_sides_of_the_world_there_is_still_writing() -> None:
    host = Host(id="h", languages=EN, role="r", zone="Pacific/Auckland", hours=3 << 40)
    call = Seeker(id="s", languages=EN, role="r", zone="Europe/Lisbon", hours=3 << 40)
    assert [out.cause for out in plan_batch([call], [host], WEEK).left] == ["hours"]
    assert len(plan_batch([replace(call, format="async")], [host], WEEK).proposals) == 1


@pytest.mark.parametrize(("asking", "answering"), [(0, 0), (0, 3), (3, 0), (2, 1)])
def test_pools_of_three_and_fewer(asking: int, answering: int) -> None:
    batch = plan_batch(
        [Seeker(id=f"s{n}", languages=EN, role="r") for n in range(asking)],
        [Host(id=f"h{n}", languages=EN, role="r") for n in range(answering)],
        WEEK,
    )
    assert len(batch.proposals) == min(asking, answering)
    assert {out.cause for out in batch.left} <= {"alone" if answering == 0 else "taken"}


def test_a_member_stands_once_on_a_side() -> None:
    with pytest.raises(ValueError, match="'s' stands twice"):
        plan_batch([Seeker(id="s", languages=EN)] * 2, [], WEEK)
