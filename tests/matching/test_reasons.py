"""Why these two: facts that anyone can recompute."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given

from matching.eligible import shared
from matching.person import Host, Peer, Seeker
from matching.reasons import OtherTeams, SameName, SharedHours, SharedTags, Stages, turned, why
from matching.score import points
from matching.week import span
from matching.weights import BEST, COFFEE, INTERVIEWS, PEERS, RANGES, Weights
from tests.matching.people import WEEK, peers, unhurried

FRODO = Peer(
    id="frodo", languages=frozenset({"en"}), zone="Europe/London", hours=span([1], 18, 21), stage=1,
    goals=frozenset({"ring"}), needs=frozenset({"rope"}), team="bearers",
)  # fmt: skip
SAM = Peer(
    id="sam", languages=frozenset({"en"}), zone="Europe/Berlin", hours=span([1], 19, 22), stage=1,
    goals=frozenset({"ring", "garden"}), offers=frozenset({"rope"}), team="gardeners",
)  # fmt: skip


def test_the_three_terms_that_earned_most_come_first_with_their_facts() -> None:
    both = shared(FRODO, SAM, WEEK)
    earned = points(FRODO, SAM, both.bit_count(), PEERS)
    reasons = why(FRODO, SAM, earned, both, WEEK)
    assert reasons == (
        Stages(250, "stage", 0),
        SharedTags(125, "goals", ("ring",)),
        SharedTags(100, "needs", ("rope",)),
    )
    hours = why(FRODO, SAM, earned, both, WEEK, top=9)[-1]
    assert isinstance(hours, SharedHours)
    assert (hours.points, hours.hours) == (56, 3.0)
    assert hours.example.yours == datetime(2026, 11, 24, 18, tzinfo=ZoneInfo("Europe/London"))
    assert hours.example.theirs == datetime(2026, 11, 24, 19, tzinfo=ZoneInfo("Europe/Berlin"))


def test_the_other_one_sees_the_same_match_from_their_side() -> None:
    both = shared(FRODO, SAM, WEEK)
    earned = points(FRODO, SAM, both.bit_count(), PEERS)
    assert turned(earned) == points(SAM, FRODO, both.bit_count(), PEERS)
    assert SharedTags(100, "offers", ("rope",)) in why(SAM, FRODO, turned(earned), both, WEEK)


def test_a_seeker_reads_names_and_luck_is_no_reason() -> None:
    seeker = Seeker(id="s", languages=frozenset({"en"}), role="a", second="b", companies=frozenset({"Acme"}))
    host = Host(id="h", languages=frozenset({"en"}), role="b", company="Acme")
    reasons = why(seeker, host, points(seeker, host, 0, INTERVIEWS), 0, WEEK)
    assert reasons == (SameName(250, "second", "b"), SameName(100, "company", "Acme"))
    coffee = points(FRODO, SAM, 0, COFFEE, seed=1)
    assert "chance" in coffee
    assert why(FRODO, SAM, coffee, 0, WEEK)[0] == OtherTeams(350, "bearers", "gardeners")
    assert sum(reason.points for reason in why(FRODO, SAM, coffee, 0, WEEK)) < sum(coffee.values())


def test_that_a_host_was_not_asked_for_long_is_told_to_nobody() -> None:
    seeker = Seeker(id="s", languages=frozenset({"en"}), role="a")
    host = Host(id="h", languages=frozenset({"en"}), role="a", idle=90)
    earned = points(seeker, host, 0, INTERVIEWS)
    assert earned == {"role": 400, "idle": 60}
    assert why(seeker, host, earned, 0, WEEK, top=99) == (SameName(400, "role", "a"),)


@unhurried
@given(peers(2, 2))
def test_every_term_has_its_reason_and_every_reason_its_points(two: list[Peer]) -> None:
    everything = Weights(**{f.name: BEST for f in fields(Weights) if f.name not in RANGES | {"chance", "idle"}})
    both = shared(two[0], two[1], WEEK)
    earned = points(two[0], two[1], both.bit_count(), everything)
    reasons = why(two[0], two[1], earned, both, WEEK, top=99)
    assert [reason.points for reason in reasons] == sorted(earned.values(), reverse=True)
    for reason in reasons:
        match reason:
            case SharedTags(_, kind, tags):
                assert tags, kind
            case SameName(_, kind, name):
                assert name, kind
            case SharedHours(_, hours, example):
                assert hours == both.bit_count() / 2
                assert example.yours == example.theirs
            case Stages() | OtherTeams():
                pass
