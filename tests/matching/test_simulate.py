"""Rounds run ahead: one seed tells one future, no hard rule is ever broken, and who is stranded is told why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import synthetic
from matching.history import NO_HISTORY, History, pair
from matching.person import Host, Member, Peer, Seeker
from matching.progress import Cancelled
from matching.rehearse import circles, coffees, interviews
from matching.rules import CIRCLE_RULES, COFFEE_RULES, INTERVIEW_RULES, Rules
from matching.simulate import Ahead, Drawn, Planner, rehearse
from matching.stranded import short_of_hosts, stranded
from matching.week import Week, span
from tests.matching.people import WEEK, peers, unhurried

EVENING = span([1], 18, 20)


class Watched:
    """A planner whose rounds can be looked at afterwards."""

    def __init__(self, planner: Planner) -> None:
        self.planner, self.rounds, self.came = planner, list[Drawn](), list[set[str]]()

    def __call__(self, here: Sequence[Member], week: Week, history: History, seed: int) -> Drawn:
        self.came.append({member.id for member in here})
        self.rounds.append(self.planner(here, week, history, seed))
        return self.rounds[-1]


def peer(id_: str, *languages: str, hours: int | None = EVENING) -> Peer:
    return Peer(id=id_, languages=frozenset(languages or ("en",)), hours=hours, new=True)


@pytest.mark.parametrize(
    ("plan", "rules", "count"), [(coffees, COFFEE_RULES, 60), (circles, CIRCLE_RULES, 24)], ids=["coffees", "circles"]
)
def test_in_twelve_rounds_nobody_is_placed_twice_and_no_block_is_broken(
    plan: Callable[..., Planner], rules: Rules, count: int
) -> None:
    people = synthetic.peers(count, seed=3)
    never = synthetic.blocks([one.id for one in people], share=0.3, seed=3)
    watched = Watched(plan(rules, blocks=never))
    run = rehearse(
        people, watched, WEEK, Ahead(rounds=12, seed=1, attend=0.8, join=1, rest=int(plan is circles)), rules=rules
    )
    assert len(run.rounds) == 12
    assert never, "there is something to break"
    for told, drawn, came in zip(run.rounds, watched.rounds, watched.came, strict=True):
        seated = [id_ for group in drawn.groups for id_ in group]
        assert len(seated) == len(set(seated)) == told.placed <= told.members == len(came)
        assert set(seated) <= came
        assert {pair(a, b) for group in drawn.groups for a, b in combinations(group, 2)}.isdisjoint(never)
        assert told.placed + sum(told.left.values()) == told.members


def test_a_guest_or_a_paused_member_never_comes() -> None:
    people = [peer("a"), peer("b"), replace(peer("c"), external=True), replace(peer("d"), paused=True)]
    run = rehearse(people, coffees(COFFEE_RULES), WEEK, Ahead(rounds=3), rules=COFFEE_RULES)
    assert [told.members for told in run.rounds] == [2, 2, 2]
    assert (run.members["c"].came, run.members["d"].came) == (0, 0)


@unhurried
@given(peers(most=9), st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_same_seed_tells_the_same_future_in_whatever_order_members_come(
    people: list[Peer], seed: int, mix: Random
) -> None:
    shuffled = list(people)
    mix.shuffle(shuffled)
    ahead = Ahead(rounds=4, seed=seed, attend=0.7, join=1)
    one = rehearse(people, coffees(COFFEE_RULES), WEEK, ahead, rules=COFFEE_RULES)
    other = rehearse(shuffled, coffees(COFFEE_RULES), WEEK, ahead, rules=COFFEE_RULES)
    assert one.rounds == other.rounds
    assert [m.member.id for m in one.stranded] == [m.member.id for m in other.stranded]


def test_another_seed_tells_another_future() -> None:
    people = synthetic.peers(40, seed=1)
    one, other = (
        rehearse(people, coffees(COFFEE_RULES), WEEK, Ahead(rounds=6, seed=seed, attend=0.6), rules=COFFEE_RULES)
        for seed in (1, 2)
    )
    assert [told.members for told in one.rounds] != [told.members for told in other.rounds]


def test_whom_one_met_is_carried_into_the_next_round() -> None:
    four = [peer(id_) for id_ in "abcd"]
    run = rehearse(four, coffees(COFFEE_RULES), WEEK, Ahead(rounds=5), rules=COFFEE_RULES)
    assert [told.repeats for told in run.rounds] == [0, 0, 0, 2, 2], "four have three rounds of new pairs"
    met = {pair("a", "b"): 1, pair("c", "d"): 1}
    run = rehearse(four, coffees(COFFEE_RULES), WEEK, Ahead(rounds=3), rules=COFFEE_RULES, history=met)
    assert [told.repeats for told in run.rounds] == [0, 0, 2], "and two where they met before"


def test_who_waits_is_carried_into_the_next_round() -> None:
    rules = replace(COFFEE_RULES, trios=False)
    run = rehearse([peer(id_) for id_ in "abc"], coffees(rules), WEEK, Ahead(rounds=6), rules=rules)
    assert {told.longest_wait for told in run.rounds} == {1}, "each waits one round at most, in turn"
    assert {one.placed for one in run.members.values()} == {4}
    assert not run.stranded


def test_attendance_and_newcomers_are_as_asked_for() -> None:
    people = [peer(f"m{n:02}") for n in range(20)]
    nobody = rehearse(people, coffees(COFFEE_RULES), WEEK, Ahead(rounds=2, attend=0), rules=COFFEE_RULES)
    assert [told.members for told in nobody.rounds] == [0, 0]
    grown = rehearse(people, coffees(COFFEE_RULES), WEEK, Ahead(rounds=4, join=3), rules=COFFEE_RULES)
    assert [told.members for told in grown.rounds] == [20, 23, 26, 29]
    assert grown.members["new-4-3"].came == 1
    empty = rehearse([], coffees(COFFEE_RULES), WEEK, Ahead(rounds=2, join=3), rules=COFFEE_RULES)
    assert [told.members for told in empty.rounds] == [0, 0], "a newcomer is like a member, and there is none"


def test_who_is_in_a_circle_stays_away_while_it_runs() -> None:
    run = rehearse(
        [peer(id_) for id_ in "abcd"], circles(CIRCLE_RULES), WEEK, Ahead(rounds=6, weeks=2, rest=2), rules=CIRCLE_RULES
    )
    assert [told.placed for told in run.rounds] == [4, 0, 0, 4, 0, 0]


def test_the_stranded_are_told_why() -> None:
    people = [peer("a"), peer("b"), peer("c"), peer("d"), peer("ja", "ja"), peer("night", hours=span([2], 3, 4))]
    rules = CIRCLE_RULES
    run = rehearse(people, circles(rules), WEEK, Ahead(rounds=4, weeks=2), rules=rules)
    [hours, language] = stranded(run, people, WEEK, rules, least=3)
    assert (language.why, language.members, language.languages) == ("language", ("ja",), ("ja",))
    assert (hours.why, hours.members) == ("hours", ("night",))
    assert (1, 18) in hours.times, "Tuesday, when the four are free"
    in_berlin = stranded(run, people, WEEK, rules, least=3, zone="Europe/Berlin")[0]
    assert (1, 19) in in_berlin.times


def test_two_who_could_meet_are_too_few_for_a_circle() -> None:
    people = [peer("a", "ja"), peer("b", "ja"), *(peer(f"en{n}") for n in range(4))]
    run = rehearse(people, circles(CIRCLE_RULES), WEEK, Ahead(rounds=3), rules=CIRCLE_RULES)
    [few] = stranded(run, people, WEEK, CIRCLE_RULES, least=3)
    assert (few.why, few.members) == ("few", ("a", "b"))


def test_who_is_stranded_by_a_block_looks_like_one_whose_partners_are_taken() -> None:
    people = [peer("a"), peer("b")]
    run = rehearse(people, coffees(COFFEE_RULES, blocks={pair("a", "b")}), WEEK, Ahead(rounds=3), rules=COFFEE_RULES)
    [taken] = stranded(run, people, WEEK, COFFEE_RULES)
    assert (taken.why, taken.members) == ("taken", ("a", "b"))


def seeker(id_: str, role: str = "analyst") -> Seeker:
    return Seeker(id=id_, languages=frozenset({"en"}), hours=EVENING, role=role)


def host(id_: str, seats: int, role: str = "analyst") -> Host:
    return Host(id=id_, languages=frozenset({"en"}), hours=EVENING, role=role, seats=seats)


def test_seats_are_used_up_and_come_back_with_the_month() -> None:
    asking, answering = [seeker(f"s{n}") for n in range(6)], [host("h", 2), host("i", 1)]
    planner = Watched(interviews(answering, INTERVIEW_RULES, weeks=1, capacity={"h": 2, "i": 2}))
    run = rehearse(asking, planner, WEEK, Ahead(rounds=6, weeks=1, rest=4), rules=INTERVIEW_RULES)
    assert [told.placed for told in run.rounds] == [3, 0, 0, 0, 3, 1], "three waited; one is back, and one seat is left"
    pairs = [group for drawn in planner.rounds for group in drawn.groups]
    assert len(pairs) == len(set(pairs)), "nobody is asked by the same seeker twice"
    assert run.rounds[1].left == {"taken": 3}, "a full host is no missing role"


def test_a_role_nobody_has_strands_those_who_look_for_it() -> None:
    asking, answering = [seeker("s"), seeker("t", "pilot"), seeker("u", "pilot")], [host("h", 1)]
    planner = interviews(answering, INTERVIEW_RULES, weeks=1)
    run = rehearse(asking, planner, WEEK, Ahead(rounds=3, weeks=1, rest=4), rules=INTERVIEW_RULES)
    [group] = stranded(run, answering, WEEK, INTERVIEW_RULES)
    assert (group.why, group.role, group.members) == ("role", "pilot", ("t", "u"))


def test_roles_are_short_of_hosts_where_seats_are_fewer_than_seekers() -> None:
    wanted = ["pilot", "analyst", "baker", "pilot", "analyst", "baker", "baker"]
    offered = [("analyst", 1), ("analyst", 1), ("baker", 2), ("cook", 4)]
    assert short_of_hosts(wanted, offered) == (("pilot", 2, 0), ("baker", 3, 2))


def test_a_host_may_be_away() -> None:
    planner = interviews([host("h", 4)], INTERVIEW_RULES, weeks=1, attend=0)
    run = rehearse([seeker("s")], planner, WEEK, Ahead(rounds=2, weeks=1), rules=INTERVIEW_RULES)
    assert [told.placed for told in run.rounds] == [0, 0]


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        rehearse(
            [peer("a"), peer("b")], coffees(COFFEE_RULES), WEEK, Ahead(), rules=COFFEE_RULES, history=NO_HISTORY,
            progress=lambda done, _: done < 0.5,
        )  # fmt: skip


@pytest.mark.parametrize("wrong", [{"rounds": 0}, {"attend": 1.5}, {"join": -1}, {"weeks": 0}, {"rest": -1}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least one round"):
        Ahead(**wrong)
