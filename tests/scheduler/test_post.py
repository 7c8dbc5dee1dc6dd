"""When a letter comes: by day, on a day with no other message, at ten when it had to wait."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chat.people import NOTHING_SAID, Person, Space
from scheduler.post import LOOK_AHEAD, by_day, by_day_for_all, free_moment, zone_of
from store import Store, open_store
from store.budget import Wish
from tests.kit import migrated

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADA = Person(Space("slack", "T1"), "U1")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    """An empty house."""
    await migrated.sqlite(tmp_path / "store.sqlite3")
    opened = await open_store(str(tmp_path / "store.sqlite3"))
    yield opened
    await opened.close()


async def taken(store: Store, *days: date) -> None:
    async with store.begin() as tx:
        await tx.budget.take([Wish(ADA.account, day, "prompt", NOON) for day in days])


async def moment(store: Store, zone: str, now: datetime = NOON) -> tuple[str, str] | None:
    async with store.begin() as tx:
        found = await free_moment(tx, ADA, zone, "ask-host", now)
    return (found.day.isoformat(), found.at.isoformat()) if found else None


async def test_it_comes_at_once_when_it_is_day_and_the_day_is_free(store: Store) -> None:
    assert await moment(store, "Europe/London") == ("2026-11-20", "2026-11-20T12:00:00+00:00")


async def test_a_used_day_makes_it_wait_until_ten_of_the_next_free_one(store: Store) -> None:
    await taken(store, date(2026, 11, 20), date(2026, 11, 21))
    assert await moment(store, "America/New_York") == ("2026-11-22", "2026-11-22T15:00:00+00:00")
    assert await moment(store, "America/New_York") == ("2026-11-23", "2026-11-23T15:00:00+00:00"), "one letter a day"


async def test_at_night_it_waits_for_ten_of_the_morning_that_comes(store: Store) -> None:
    shanghai = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight of the 21st
    assert await moment(store, "Asia/Shanghai", shanghai) == ("2026-11-21", "2026-11-21T02:00:00+00:00")
    evening = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)  # half past nine in the evening of the 22nd
    assert await moment(store, "Asia/Shanghai", evening) == ("2026-11-23", "2026-11-23T02:00:00+00:00")


async def test_whoever_has_a_message_every_day_gets_no_letter(store: Store) -> None:
    await taken(store, *(date(2026, 11, 20) + timedelta(days=n) for n in range(LOOK_AHEAD + 1)))
    assert await moment(store, "Europe/London") is None


def test_a_night_ends_at_eight() -> None:
    assert by_day("Europe/London", NOON) == NOON
    late = datetime(2026, 11, 20, 22, tzinfo=UTC)
    assert by_day("Europe/London", late) == datetime(2026, 11, 21, 8, tzinfo=UTC)
    assert by_day("Europe/London", late + timedelta(hours=4)) == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_both_are_awake_when_they_are_introduced() -> None:
    assert by_day_for_all(["Europe/London", "America/New_York"], NOON) == datetime(2026, 11, 20, 13, tzinfo=UTC)


def test_two_people_always_have_some_day_in_common() -> None:
    at = datetime(2026, 11, 20, 22, tzinfo=UTC)
    assert by_day_for_all(["Europe/London", "Pacific/Auckland"], at) == datetime(2026, 11, 21, 19, tzinfo=UTC)


def test_three_may_have_none_and_then_the_first_ones_day_counts() -> None:
    at = datetime(2026, 11, 20, 22, tzinfo=UTC)
    three = ["UTC", "Asia/Shanghai", "America/Los_Angeles"]
    assert by_day_for_all(three, at) == datetime(2026, 11, 21, 8, tzinfo=UTC)


async def test_a_zone_nobody_knows_is_read_as_utc(store: Store) -> None:
    async with store.begin() as tx:
        member = await tx.members.meet(ADA, NOTHING_SAID, NOON)
    assert zone_of(member) == "UTC"
    assert zone_of(None) == "UTC"
