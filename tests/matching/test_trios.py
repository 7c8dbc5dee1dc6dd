"""A third place is for who shares a language and an hour with both at once."""

from __future__ import annotations

from dataclasses import replace

from matching.history import pair
from matching.peers import plan_round
from matching.person import Level, Peer
from matching.rules import PEER_RULES
from matching.week import span
from tests.matching.people import WEEK

STATED = replace(PEER_RULES, ladder=(Level.STATED,))


def three(*languages: str, hours: tuple[int, int, int] | None = None) -> list[Peer]:
    return [
        Peer(id=name, languages=frozenset(spoken.split()), hours=hours[n] if hours else None)
        for n, (name, spoken) in enumerate(zip(("frodo", "merry", "sam"), languages, strict=True))
    ]


def test_each_two_may_share_a_language_and_all_three_still_none() -> None:
    planned = plan_round(three("en de", "de zh", "zh en"), WEEK)
    assert [len(match.members) for match in planned.matches] == [2]
    assert [out.cause for out in planned.left] == ["taken"]
    assert len(plan_round(three("en de", "de zh", "zh en de"), WEEK).matches[0].members) == 3


def test_each_two_may_share_hours_and_all_three_still_none() -> None:
    monday, tuesday, friday = (span([day], 18, 20) for day in (0, 1, 4))
    apart = three("en", "en", "en", hours=(monday | tuesday, tuesday | friday, friday | monday))
    assert [len(match.members) for match in plan_round(apart, WEEK, rules=STATED).matches] == [2]
    assert plan_round(apart, WEEK).matches[0].level is Level.WAKING, "on the next rung they have"


def test_a_block_with_one_of_two_keeps_the_third_away_from_both() -> None:
    members = three("en", "en", "en")
    planned = plan_round(members, WEEK, blocks={pair("frodo", "sam")})
    assert len(planned.matches) == 1
    assert {"frodo", "sam"} - set(planned.matches[0].members)
    assert len(planned.matches[0].members) == 2
