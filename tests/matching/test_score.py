"""What a match is worth, told by people."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given

from matching.person import Host, Member, Peer, Seeker
from matching.score import fit, key, luck, points
from matching.weights import CIRCLES, COFFEE, INTERVIEWS, PEERS, RANGES, Weights
from tests.matching.people import peers, unhurried


def test_frodo_and_sam_earn_points_for_all_they_have_in_common() -> None:
    frodo = Peer(
        id="frodo", languages=frozenset({"en"}), native="en", stage=1, goals=frozenset({"ring", "road"}),
        needs=frozenset({"rope"}), offers=frozenset({"maps"}), role="bearer",
    )  # fmt: skip
    sam = Peer(
        id="sam", languages=frozenset({"en"}), native="en", stage=2, goals=frozenset({"road", "potatoes"}),
        needs=frozenset({"maps", "salt"}), offers=frozenset({"rope"}), role="bearer",
    )  # fmt: skip
    earned = points(frodo, sam, 8, PEERS)
    assert earned == {
        "stage": 187, "goals": 83, "needs": 100, "offers": 50, "hours": 75, "role": 100, "native": 50,
    }  # fmt: skip
    assert fit(earned) == 645


def test_a_seeker_prefers_who_does_what_they_want_to_do() -> None:
    bilbo = Seeker(
        id="bilbo", languages=frozenset({"en"}), role="burglar", second="poet", industry="treasure",
        topics=frozenset({"dragons", "riddles"}), companies=frozenset({"Thorin & Co"}), paths=frozenset({"first job"}),
    )  # fmt: skip
    gandalf = Host(
        id="gandalf", languages=frozenset({"en"}), role="burglar", industry="treasure", company="Thorin & Co",
        topics=frozenset({"dragons"}), paths=frozenset({"first job"}),
    )  # fmt: skip
    assert points(bilbo, gandalf, 16, INTERVIEWS) == {
        "role": 400, "industry": 150, "topics": 100, "company": 100, "hours": 100, "paths": 100,
    }  # fmt: skip
    elrond = Host(id="elrond", languages=frozenset({"en"}), role="poet")
    assert points(bilbo, elrond, 0, INTERVIEWS) == {"second": 250}


def test_of_two_hosts_who_fit_alike_the_one_nobody_asked_for_long_comes_first() -> None:
    bilbo = Seeker(id="bilbo", languages=frozenset({"en"}), role="burglar")
    asked = Host(id="asked", languages=frozenset({"en"}), role="burglar", idle=6)
    rested = Host(id="rested", languages=frozenset({"en"}), role="burglar", idle=90)
    same_field = Host(id="same", languages=frozenset({"en"}), role="burglar", native="en", industry="treasure")
    assert points(bilbo, asked, 0, INTERVIEWS) == {"role": 400, "idle": 6}
    assert points(bilbo, rested, 0, INTERVIEWS) == {"role": 400, "idle": 60}, "at two months it is as much as it gets"
    seeks = Seeker(id="b", languages=frozenset({"en"}), role="burglar", industry="treasure")
    assert fit(points(seeks, same_field, 0, INTERVIEWS)) > fit(points(seeks, rested, 0, INTERVIEWS)), "fit comes first"
    assert points(rested, bilbo, 0, INTERVIEWS) == {"role": 400}, "a seeker is not idle"


def test_the_starting_weights_are_those_of_the_design() -> None:
    def worth(weights: Weights) -> dict[str, int]:
        return {f.name: getattr(weights, f.name) for f in fields(weights) if getattr(weights, f.name)}

    ranges = {"stage_reach": 4, "mixed_full": 2, "hours_full": 16, "idle_full": 60}
    assert worth(PEERS) == ranges | {
        "stage": 250, "goals": 250, "needs": 100, "offers": 100, "hours": 150, "role": 100, "native": 50,
    }  # fmt: skip
    assert worth(INTERVIEWS) == ranges | {
        "role": 400, "second": 250, "industry": 150, "topics": 200, "company": 100, "hours": 100, "native": 50,
        "paths": 100, "idle": 60,
    }  # fmt: skip
    assert PEERS.symmetric
    assert COFFEE.symmetric
    assert CIRCLES.symmetric
    assert not INTERVIEWS.symmetric


@unhurried
@given(peers(2, 2))
def test_what_was_not_said_earns_nothing_and_nobody_is_worth_more_than_a_thousand(two: list[Peer]) -> None:
    silent = Member(id="silent", languages=frozenset({"en"}))
    assert points(two[0], silent, 0, INTERVIEWS) == {}
    everything = Weights(**{f.name: 1000 for f in fields(Weights) if f.name not in RANGES})
    assert 0 <= fit(points(two[0], two[1], 336, everything)) <= 1000


@unhurried
@given(peers(2, 2))
def test_peers_judge_each_other_alike(two: list[Peer]) -> None:
    for weights in (PEERS, COFFEE, CIRCLES):
        assert fit(points(two[0], two[1], 5, weights, 3)) == fit(points(two[1], two[0], 5, weights, 3))


def test_luck_is_the_same_from_both_sides_and_another_in_another_round() -> None:
    drawn = [luck(key("frodo", seed), key("sam", seed)) for seed in range(200)]
    assert drawn == [luck(key("sam", seed), key("frodo", seed)) for seed in range(200)]
    assert all(0 <= one <= 255 for one in drawn)
    assert len(set(drawn)) > 100


@pytest.mark.parametrize("name", ["stage", "stage_reach"])
def test_a_weight_out_of_range_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Weights(**{name: -1})
