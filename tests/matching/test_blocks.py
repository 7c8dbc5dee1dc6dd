"""A block is for ever: in ten thousand blocks, departures, returns and rounds, no two who are blocked ever meet."""

from __future__ import annotations

from itertools import combinations
from random import Random

from matching.circles import plan_circles
from matching.history import Pair, after, pair
from matching.interviews import plan_batch
from matching.peers import plan_round
from matching.person import Host, Peer, Seeker
from matching.rules import PEER_RULES
from matching.week import ANY
from tests.matching.people import WEEK

OPERATIONS = 10_000


class Community:
    """Forty accounts that come and go. Who returns has the same account, and so the same id."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.accounts = [f"account{n:02}" for n in range(40)]
        self.here = set(self.accounts[:30])
        self.blocked: set[Pair] = set()
        self.history: dict[Pair, int] = {}
        self.rounds = self.meetings = 0

    def block(self) -> None:
        one, other = self.draw.sample(self.accounts, 2)
        if len(self.blocked) < 500:  # of 780 pairs: some have to be left to meet
            self.blocked.add(pair(one, other))

    def leave(self) -> None:
        self.here.discard(self.draw.choice(self.accounts))

    def join(self) -> None:
        self.here.add(self.draw.choice(self.accounts))

    def round(self) -> None:
        self.rounds += 1
        typed = {"languages": frozenset({"en"}), "hours": ANY}
        wait = {id_: self.draw.randrange(12) for id_ in sorted(self.here)}
        if self.rounds % 3 == 0:
            batch = plan_batch(
                [Seeker(id=id_, role="r", wait=wait[id_], **typed) for id_ in sorted(self.here)],  # pyright: ignore[reportArgumentType]
                [Host(id=id_, role="r", seats=2, **typed) for id_ in sorted(self.here)],  # pyright: ignore[reportArgumentType]
                WEEK,
                blocks=self.blocked,
            )
            met = [pair(proposal.seeker, proposal.host) for proposal in batch.proposals]
        else:
            peers = [Peer(id=id_, wait=wait[id_], **typed) for id_ in sorted(self.here)]  # pyright: ignore[reportArgumentType]
            if self.rounds % 3 == 1:
                planned = plan_round(peers, WEEK, blocks=self.blocked, history=self.history, seed=self.rounds)
                met = planned.met()
                self.history = after(self.history, met, PEER_RULES.remember)
            else:
                some = self.draw.sample(peers, min(14, len(peers)))
                circles = plan_circles(some, WEEK, blocks=self.blocked, seed=self.rounds).circles
                met = [pair(a, b) for circle in circles for a, b in combinations(circle.members, 2)]
        self.meetings += len(met)
        assert not self.blocked & set(met), "blocked people were brought together"
        assert {id_ for two in met for id_ in two} <= self.here


def test_ten_thousand_operations_and_no_two_who_are_blocked_ever_meet() -> None:
    community = Community(seed=1)
    for _ in range(OPERATIONS):
        operation = community.draw.choices(
            (community.block, community.leave, community.join, community.round), (40, 25, 33, 2)
        )[0]
        operation()
    assert community.rounds > 150
    assert community.meetings > 1_000, "and still people met"
