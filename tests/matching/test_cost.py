"""The one number of a round against the order of importance it stands for."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from matching.history import Pair, pair
from matching.person import Level, Peer
from matching.rules import PEER_RULES, Rules, alone_cost
from matching.weights import INTERVIEWS
from tests.matching.oracle import Oracle, matchings
from tests.matching.people import WEEK


def instance(draw: Random) -> tuple[list[Peer], set[Pair], dict[Pair, int]]:
    """Up to eight members; pairs are as often impossible, blocked or repeats as they are in a small community."""
    count = draw.randint(2, 8)
    members = [
        Peer(
            id=f"p{n}",
            languages=frozenset(draw.sample(("en", "de", "zh"), draw.choice((1, 1, 2)))),
            stage=draw.randint(0, 4),
            goals=frozenset(draw.sample(("ml", "job", "paper"), draw.randint(0, 2))),
            wait=draw.choice((0, 0, 0, 1, 3, 10)),
            new=draw.random() < 0.2,
        )
        for n in range(count)
    ]
    pairs = [pair(a.id, b.id) for at, a in enumerate(members) for b in members[at + 1 :]]
    blocked = {who for who in pairs if draw.random() < 0.1}
    return members, blocked, {who: draw.randint(1, 8) for who in pairs if draw.random() < 0.25}


@pytest.mark.parametrize("seed", range(200))
def test_the_cheapest_round_is_the_best_one_in_the_strict_order(seed: int) -> None:
    members, blocked, history = instance(Random(seed))
    oracle = Oracle(members, WEEK, PEER_RULES, blocked, history)
    rounds = list(matchings(members, oracle.allowed))
    strictly = min(oracle.strict(chosen) for chosen in rounds)
    cheapest = min(rounds, key=oracle.total)
    assert oracle.strict(cheapest) == strictly


def test_where_the_two_orders_part_a_long_chain_of_repeats_outweighs_one_round_of_waiting() -> None:
    # The numbers are the design's. A path where every other one waited a round, except p8: leaving out p8 makes all
    # four pairs meet again, which costs more than leaving out p0 does.
    members = [
        Peer(id=f"p{n}", languages=frozenset({f"l{n}", f"l{n + 1}"}), wait=int(n % 2 == 0 and n < 8)) for n in range(9)
    ]
    history = {pair(f"p{n}", f"p{n + 1}"): 1 for n in range(0, 8, 2)}
    oracle = Oracle(members, WEEK, PEER_RULES, set(), history)
    rounds = list(matchings(members, oracle.allowed))
    cheapest, strictly = min(rounds, key=oracle.total), min(rounds, key=oracle.strict)
    assert [peer.id for peer in oracle.left(cheapest)] == ["p0"]
    assert [peer.id for peer in oracle.left(strictly)] == ["p8"]


def test_the_numbers_of_the_design() -> None:
    rules = replace(PEER_RULES, remember=12)
    assert [rules.repeat(ago) for ago in (None, 1, 12, 13)] == [0, 10_500, 5_000, 0]
    assert rules.pair_cost(640, None) == 360
    assert [alone_cost(0, False), alone_cost(3, False), alone_cost(40, True)] == [100_000, 160_000, 330_000]


def test_a_ladder_climbs() -> None:
    with pytest.raises(ValueError, match="rung"):
        Rules(ladder=(Level.ANY, Level.STATED))
    with pytest.raises(ValueError, match="rung"):
        Rules(ladder=())
    with pytest.raises(ValueError, match="least"):
        Rules(weights=INTERVIEWS, least=0)
