"""Why a search has found nobody: the rule that binds, the same for everybody who stands before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chat.people import Person, Space
from commands._waiting import looked_at, waits_for
from store.hosts import Host
from store.seekers import Seeker

SHIRE = Space("slack", "T1")
NOW = datetime(2026, 11, 20, 12, 34, tzinfo=UTC)
EVENING = ((1, 1_080, 1_200),)
SEEKER = Seeker(
    person=Person(SHIRE, "U1"), call_me="Sam", languages=frozenset({"en"}), role="ml", hours=EVENING, team="garden"
)
HOST = Host(
    person=Person(SHIRE, "U2"), call_me="Frodo", languages=frozenset({"en"}), role="ml", hours=EVENING, team="mill"
)
OWN = replace(HOST, person=SEEKER.person)


@pytest.mark.parametrize(
    ("hosts", "cause"),
    [
        ([], "alone"),
        ([OWN], "alone"),
        ([replace(HOST, languages=frozenset({"zh"}))], "language"),
        ([replace(HOST, role="analyst")], "role"),
        ([replace(HOST, team="garden")], "team"),
        ([replace(HOST, hours=((2, 0, 60),))], "hours"),
        ([HOST], "taken"),
        ([replace(HOST, hours=((2, 0, 60),)), replace(HOST, role="analyst")], "hours"),
    ],
)
def test_the_furthest_anybody_came_is_the_rule(hosts: list[Host], cause: str) -> None:
    assert waits_for(SEEKER, looked_at(SEEKER, hosts), {}, NOW) == cause


def test_who_writes_needs_no_shared_hour() -> None:
    late = replace(HOST, hours=((2, 0, 60),))
    assert waits_for(replace(SEEKER, format="async"), looked_at(SEEKER, [late]), {}, NOW) == "taken"


def test_hours_count_by_each_ones_own_clock() -> None:
    clocks = {SEEKER.person: "Europe/London", HOST.person: "Asia/Tokyo"}
    assert waits_for(SEEKER, looked_at(SEEKER, [HOST]), clocks, NOW) == "hours"


def test_guests_wait_for_the_owner_and_then_for_a_seat() -> None:
    guest = replace(SEEKER, external=True)
    assert waits_for(guest, [HOST], {}, NOW) == "external"
    assert waits_for(guest, [HOST], {}, NOW, external=True) == "taken"


def test_a_second_role_widens_the_search() -> None:
    analyst = replace(HOST, role="analyst")
    assert looked_at(replace(SEEKER, second="analyst"), [analyst, HOST]) == (analyst, HOST)
    assert waits_for(replace(SEEKER, second="analyst"), (analyst,), {}, NOW) == "taken"
