"""What those without a match are told: the rule that binds, what to do, and nothing about others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from matching.history import Pair, pair
from matching.interviews import plan_batch
from matching.left_out import LeftOut
from matching.peers import plan_round
from matching.person import Host, Level, Peer, Seeker
from matching.rules import PEER_RULES
from matching.week import span
from tests.matching.people import WEEK, pools, unhurried

EN = frozenset({"en"})
STRICT = replace(PEER_RULES, ladder=(Level.STATED,), trios=False)


def told(peers: list[Peer], who: str, **more: object) -> LeftOut | None:
    planned = plan_round(peers, WEEK, rules=STRICT, **more)  # pyright: ignore[reportArgumentType]
    return next((out for out in planned.left if out.member == who), None)


def test_each_binding_rule_is_named_with_what_to_do() -> None:
    sam = Peer(id="sam", languages=EN, hours=span([0], 18, 20), team="shire")
    frodo = replace(sam, id="frodo")
    cases = {
        ("alone", "invite"): [],
        ("language", "add a language"): [replace(frodo, languages=frozenset({"elvish"}), team=None)],
        ("team", "invite"): [frodo],
        ("hours", "add hours"): [replace(frodo, team=None, hours=span([3], 8, 9))],
    }
    for (cause, advice), others in cases.items():
        out = told([sam, *others], "sam")
        assert out is not None
        assert (out.cause, out.advice) == (cause, advice)


def test_who_has_too_few_hours_learns_when_the_others_are_free() -> None:
    sam = Peer(id="sam", languages=EN, hours=span([0], 18, 20))
    others = [Peer(id=f"p{n}", languages=EN, hours=span([3], 8, 9 + n)) for n in range(3)]
    out = told([sam, *others], "sam")
    assert out is not None
    assert [at.strftime("%a %H:%M") for at in out.times] == ["Thu 08:00", "Thu 08:30"]


def test_paused_and_external_members_take_no_part_and_are_told_so() -> None:
    members = [
        Peer(id="sam", languages=EN, paused=True),
        Peer(id="frodo", languages=EN, external=True),
        Peer(id="merry", languages=EN),
    ]
    planned = plan_round(members, WEEK)
    assert {out.member: out.cause for out in planned.left} == {"sam": "paused", "frodo": "external", "merry": "alone"}
    allowed = plan_round(members, WEEK, rules=replace(PEER_RULES, external_allowed=True))
    assert [match.members for match in allowed.matches] == [("frodo", "merry")]


def test_who_is_blocked_hears_what_the_odd_one_out_hears() -> None:
    three = [Peer(id=name, languages=EN) for name in ("frodo", "sam", "smeagol")]
    odd = plan_round(three, WEEK, rules=STRICT).left[0]
    blocked = told(three, "smeagol", blocks={pair("smeagol", "sam"), pair("smeagol", "frodo")})
    assert blocked == replace(odd, member="smeagol")


@unhurried
@given(pools())
def test_no_reason_depends_on_who_blocked_whom(pool: tuple[list[Peer], frozenset[Pair], dict[Pair, int]]) -> None:
    members, blocks, _ = pool
    told_with = {out.member: out for out in plan_round(members, WEEK, blocks=blocks, rules=STRICT).left}
    everyone = {pair(a.id, b.id) for at, a in enumerate(members) for b in members[at + 1 :]}
    told_alone = {out.member: out for out in plan_round(members, WEEK, blocks=everyone, rules=STRICT).left}
    for who, out in told_with.items():
        assert out == told_alone[who]


@pytest.mark.parametrize(
    ("host", "cause"),
    [
        (Host(id="h", languages=frozenset({"de"}), role="r"), "language"),
        (Host(id="h", languages=EN, role="other"), "role"),
        (Host(id="h", languages=EN, role="r", team="t"), "team"),
        (Host(id="h", languages=EN, role="r", hours=span([3], 8, 9)), "hours"),
        (Host(id="met", languages=EN, role="r"), "met"),
        (Host(id="blocked", languages=EN, role="r"), "taken"),
        (Host(id="h", languages=EN, role="r", paused=True), "alone"),
        (Host(id="h", languages=EN, role="r", seats=0), "taken"),
    ],
)
def test_a_seeker_learns_which_rule_binds(host: Host, cause: str) -> None:
    seeker = Seeker(id="s", languages=EN, role="r", second="q", team="t", hours=span([0], 18, 20))
    batch = plan_batch([seeker], [host], WEEK, blocks={pair("s", "blocked")}, met={pair("s", "met")})
    assert batch.proposals == ()
    assert batch.left[0].cause == cause
