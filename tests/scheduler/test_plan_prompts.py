"""One message a day where several would like to come at once, and one summary of what came too late."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Unpack

import pytest

from bot.operating import answer, printed
from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from scheduler._rooms import Rooms
from scheduler.jobs import plan_prompts
from scheduler.pacer import Pacer
from store import open_store
from store.deliveries import Delivery
from store.nudges import Changes, Nudge
from tests.kit import migrated, postgres
from tests.kit.house import shipped

MORNING = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)  # a Friday
DAY = timedelta(days=1)
BREE, SHIRE = (Person(Space("discord", guild), "7") for guild in ("1", "2"))  # the same account in two guilds


class Hand:
    """A clock a test sets."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> datetime:
        """As it was set."""
        return self.time


@pytest.fixture
async def clock() -> Hand:
    """On the morning."""
    return Hand()


@pytest.fixture(params=["sqlite", "postgres"])
async def rooms(request: pytest.FixtureRequest, tmp_path: Path, clock: Hand) -> AsyncGenerator[Rooms]:
    """Without platforms: what is planned is not sent."""
    address = str(tmp_path / "store.sqlite3")
    if request.param == "postgres":
        server: postgres.Server = request.getfixturevalue("pg")
        address = await migrated.postgres(server)
    else:
        await migrated.sqlite(tmp_path / "store.sqlite3")
    store = await open_store(address)
    yield Rooms(store, shipped(), clock, {}, Pacer({}))
    await store.close()


async def _settle(rooms: Rooms, person: Person, at: time = time(8, 30), **changes: Unpack[Changes]) -> None:
    async with rooms.store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(person.space, "x"), MORNING)
        await tx.members.meet(person, NOTHING_SAID, MORNING)
        moment = Occurrence(MORNING.date(), datetime.combine(MORNING.date(), at, UTC))
        await tx.nudges.save(
            person, anchor="a", tiny="t", celebrate="", schedule=Schedule(at, "UTC"), next=moment, now=MORNING
        )
        await tx.nudges.change(person, MORNING, **changes)


async def _look(rooms: Rooms, person: Person) -> tuple[Nudge, list[Delivery]]:
    async with rooms.store.begin() as tx:
        nudge, rows = await tx.nudges.get(person), await tx.deliveries.recent(person, 9)
    assert nudge is not None
    return nudge, list(rows)


async def test_a_last_message_whose_day_was_used_comes_the_next_day(rooms: Rooms, clock: Hand) -> None:
    await _settle(rooms, BREE)
    await _settle(rooms, SHIRE, state="cooling", unanswered=5)
    before, _ = await _look(rooms, SHIRE)
    await plan_prompts.run(rooms)
    after, (lost,) = await _look(rooms, SHIRE)
    assert (lost.kind, lost.state, lost.not_before) == ("last", "skipped_budget", None)
    tomorrow = MORNING + DAY
    expected = replace(
        before, next_day=tomorrow.date(), next_at=tomorrow, last_day=MORNING.date(), version=before.version + 1
    )
    assert after == expected, "nothing else moved: it is still cooling, and nothing was said"
    async with rooms.store.begin() as tx:
        await tx.nudges.turn_off(BREE, tomorrow)
    clock.time = tomorrow
    await plan_prompts.run(rooms)
    after, (came, _) = await _look(rooms, SHIRE)
    assert (came.kind, came.state, came.day) == ("last", "planned", tomorrow.date())
    assert (after.state, after.next_at, after.last_at) == ("dormant", None, tomorrow)


async def test_of_what_is_due_at_once_the_weekly_look_back_goes_before_a_step(rooms: Rooms) -> None:
    await _settle(rooms, BREE, time(8, 29))
    await _settle(rooms, SHIRE, reflect_day=4, reflect_at=time(8, 30), started_on=date(2026, 10, 1))
    await plan_prompts.run(rooms)
    (_, (step,)), (_, (look,)) = await _look(rooms, BREE), await _look(rooms, SHIRE)
    assert (step.kind, step.state) == ("prompt", "skipped_budget")
    assert (look.kind, look.state) == ("reflection", "planned")


async def test_after_a_downtime_there_is_one_summary(
    rooms: Rooms, clock: Hand, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_prompts, "BATCH", 2)
    shire = [Person(SHIRE.space, str(n)) for n in range(5)]
    for n, person in enumerate((BREE, *shire)):
        await _settle(rooms, person, time(8, n))
    clock.time = MORNING + timedelta(hours=5)
    with caplog.at_level(logging.INFO):
        while await plan_prompts.plan_batch(rooms, limit=2) == 2:
            rooms.late.tell()
        for _ in range(3):
            await plan_prompts.run(rooms)
    (line,) = [record for record in caplog.records if "too late" in record.getMessage()]
    assert (vars(line)["count"], vars(line)["spaces"]) == (6, {SHIRE.space.key: 5, BREE.space.key: 1})
    told = printed(await answer(rooms.store, {}, clock.time))
    assert "6 messages were skipped as too late between 2026-11-20T08:00:00+00:00 and 2026-11-20T08:05:00+00:00" in told
