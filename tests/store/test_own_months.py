"""A month of talks is one on the host's own calendar; a talk that happened speaks for them; places in a search."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from chat.people import Person
from store import Store
from tests.store.shire import BILBO, DAY, FRODO, MERRY, NOW, PIPPIN, SAM, SHIRE, gather, offers, propose, seeker


@pytest.mark.parametrize(
    ("zone", "said_yes", "later", "left"),
    [
        ("Pacific/Auckland", "2026-11-20T12:00+00:00", "2026-11-30T19:00+00:00", 1),
        ("Pacific/Auckland", "2026-11-30T19:00+00:00", "2026-12-05T12:00+00:00", 0),
        ("America/Los_Angeles", "2026-11-20T12:00+00:00", "2026-12-01T01:00+00:00", 0),
        ("America/Los_Angeles", "2026-11-20T12:00+00:00", "2026-12-01T09:00+00:00", 1),
        (None, "2026-11-20T12:00+00:00", "2026-11-30T23:59+00:00", 0),
    ],
)
async def test_a_seat_counts_in_the_month_its_host_lives_in(
    store: Store, zone: str | None, said_yes: str, later: str, left: int
) -> None:
    at, then = datetime.fromisoformat(said_yes), datetime.fromisoformat(later)
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        if zone is not None:
            await tx.members.set_zone(SAM, zone, "member")
        made = await propose(tx, FRODO, SAM, at)
        await tx.proposals.accept(SAM, made.id, at, next=None)
        assert await tx.hosts.seats_left(SAM, then) == left
        assert await tx.hosts.seats(SHIRE, then) == {SAM: left}
        assert await tx.hosts.given(SAM, then) == 1 - left


async def test_a_talk_that_happened_takes_one_that_did_not_back(store: Store) -> None:
    at = datetime.fromisoformat("2026-11-20T12:00+00:00")
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        for shown_up, missed in ((False, 1), (True, 0), (True, 0), (False, 1)):
            await tx.hosts.talked(SAM, at, shown_up=shown_up)
            host = await tx.hosts.get(SAM)
            assert host is not None
            assert host.no_shows == missed


async def test_the_place_in_a_search_counts_who_waits_longer_for_the_same(store: Store) -> None:
    await gather(store)
    day = NOW.date()
    waits = {FRODO: NOW, MERRY: NOW - DAY, PIPPIN: NOW - 2 * DAY, BILBO: NOW - 3 * DAY}
    others: dict[Person, dict[str, Any]] = {PIPPIN: {"state": "off"}, BILBO: {"role": "gardener", "second": None}}
    async with store.begin() as tx:
        for person, since in waits.items():
            await tx.seekers.save(replace(seeker(person), since=since, **others.get(person, {})), NOW)
        assert await tx.seekers.before(replace(seeker(FRODO), since=NOW), day) == 1
        assert await tx.seekers.before(replace(seeker(FRODO), since=NOW, second="gardener"), day) == 2
        assert await tx.seekers.before(replace(seeker(MERRY), since=NOW - DAY), day) == 0
