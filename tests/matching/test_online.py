"""The best host at once: the index answers what a plain search answers, whatever came, went and was reserved."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bench import communities
from matching.eligible import shared, why_not
from matching.interviews import plan_batch
from matching.online import Online
from matching.person import Host, Seeker
from matching.rules import INTERVIEW_RULES, Rules
from matching.score import fit, points
from tests.matching.people import WEEK, hosts, seekers, unhurried

EN = frozenset({"en"})


def plain(seeker: Seeker, free: list[Host], rules: Rules, prices: dict[str, int]) -> list[int]:
    """The worths of all hosts who could be asked, best first."""
    able = [
        h
        for h in free
        if h.seats > 0 and why_not(replace(seeker, paused=False, external=False), h, WEEK, rules) is None
    ]
    worths = [
        fit(points(seeker, h, shared(seeker, h, WEEK).bit_count(), rules.weights)) - prices.get(h.id, 0) for h in able
    ]
    return sorted(worths, reverse=True)


@unhurried
@given(
    hosts(),
    seekers(1, 3),
    st.integers(1, 9),
    st.booleans(),
    st.dictionaries(st.sampled_from("h0 h1 h2".split()), st.integers(0, 400)),
)
def test_the_best_are_those_of_a_plain_search(
    answering: list[Host], asking: list[Seeker], k: int, role_needed: bool, prices: dict[str, int]
) -> None:
    rules = replace(INTERVIEW_RULES, role_needed=role_needed)
    index = Online(answering, WEEK, rules=rules, prices=prices)
    for seeker in asking:
        offers = index.best(seeker, k)
        assert [offer.worth for offer in offers] == plain(seeker, answering, rules, prices)[:k]
        assert all(offer.worth == offer.fit - prices.get(offer.host, 0) for offer in offers)
        assert offers == index.best(seeker, k), "asking changes nothing"


def test_through_arrivals_changes_departures_and_reservations_it_stays_right() -> None:
    draw = Random(7)
    fresh = communities.hosts(400, seed=1)
    asking = communities.seekers(60, seed=1)
    here = {host.id: host for host in fresh[:20]}
    index = Online(here.values(), WEEK)
    for number in range(600):
        host = draw.choice(fresh)
        match draw.randrange(4):
            case 0:
                changed = replace(host, topics=host.topics | {f"fresh-{number}"}, seats=draw.randint(0, 3))
                here[host.id] = changed
                index.put(changed)
            case 1:
                here.pop(host.id, None)
                index.remove(host.id)
            case 2 if here:
                some = here[draw.choice(sorted(here))]
                assert index.reserve(some.id) == (some.seats > 0)
                here[some.id] = replace(some, seats=max(0, some.seats - 1))
            case _:
                pass
        seeker = draw.choice(asking)
        assert len(index) == len(here)
        assert [offer.worth for offer in index.best(seeker)] == plain(seeker, list(here.values()), INTERVIEW_RULES, {})[
            :8
        ]


def test_a_full_host_is_offered_again_when_a_seat_comes_back_and_not_oftener() -> None:
    host = Host(id="h", languages=EN, role="r", seats=1)
    index = Online([host], WEEK)
    seeker = Seeker(id="s", languages=EN, role="r")
    assert [offer.host for offer in index.best(seeker)] == ["h"]
    assert index.reserve("h")
    assert not index.reserve("h")
    assert index.best(seeker) == []
    index.release("h")
    index.release("h")
    assert index.reserve("h")
    assert not index.reserve("h"), "two releases of one seat are one seat"
    assert not index.reserve("nobody")
    index.release("nobody")
    index.remove("nobody")


def test_a_seeker_is_not_their_own_host_and_a_paused_host_is_no_host() -> None:
    index = Online([Host(id="both", languages=EN, role="r"), Host(id="h", languages=EN, role="r", paused=True)], WEEK)
    assert index.best(Seeker(id="both", languages=EN, role="r")) == []
    index.put(Host(id="h", languages=EN, role="r"))
    assert [offer.host for offer in index.best(Seeker(id="both", languages=EN, role="r"))] == ["h"]
    index.put(Host(id="h", languages=EN, role="r", paused=True))
    assert len(index) == 1


def test_who_was_not_asked_for_long_comes_first_among_equals() -> None:
    twins = [Host(id="asked", languages=EN, role="r"), Host(id="rested", languages=EN, role="r", idle=60)]
    seeker = Seeker(id="s", languages=EN, role="r")
    assert [(offer.host, offer.fit) for offer in Online(twins, WEEK).best(seeker)] == [("rested", 560), ("asked", 500)]
    index = Online([twins[0]], WEEK)
    index.put(twins[1])
    assert index.best(seeker)[0].host == "rested"


def test_new_prices_count_at_once() -> None:
    twins = [Host(id=name, languages=EN, role="r") for name in ("dear", "cheap")]
    index = Online(twins, WEEK, prices={"cheap": 50})
    seeker = Seeker(id="s", languages=EN, role="r")
    assert index.best(seeker)[0].host == "dear"
    index.reprice({"dear": 30})
    assert index.best(seeker)[0].host == "cheap"


def test_with_the_prices_of_the_last_batch_it_comes_near_to_hindsight() -> None:
    # Hosts lose their seats to whoever comes first; the prices come from other seekers of the same community.
    answering = communities.hosts(2_000, 1)
    many = int(0.9 * sum(host.seats for host in answering))
    asking = communities.seekers(many, 11)
    prices = plan_batch(communities.seekers(many, 20), answering, WEEK).prices
    hindsight = plan_batch(asking, answering, WEEK).score
    index, total = Online(answering, WEEK, prices=prices), 0
    for seeker in asking:
        if offers := index.best(seeker, 1):
            assert index.reserve(offers[0].host)
            total += offers[0].fit
    assert total >= 0.95 * hindsight, "without prices it is 0.940"
