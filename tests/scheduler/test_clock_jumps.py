"""The wall clock is set, by an hour, a day or ten years: no date twice, nobody forgotten, rests last as asked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from faults._town import settle
from faults.clocks import MOMENT, YEAR, honest, rests_last, set_clock, steps
from scheduler.jobs import follow_clock
from tests.kit.house import House, until

DAY = timedelta(days=1)


async def test_set_back_and_forth_nobody_is_written_to_twice_and_nobody_is_forgotten(
    home: House, platform: str
) -> None:
    town = await settle(home, MOMENT, spaces=1, each=2, platforms=[platform])
    await steps(town, platform, (timedelta(hours=1), -timedelta(hours=1), 7 * DAY, -7 * DAY, 10 * YEAR, -10 * YEAR))


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_rest_is_a_duration_whatever_the_clock_does(home: House, platform: str, hours: int) -> None:
    town = await settle(home, MOMENT, spaces=2, each=2, platforms=[platform])
    await rests_last(town, platform, timedelta(hours=hours))


async def test_a_clock_that_was_ten_years_ahead_at_the_start_forgets_nobody(home: House) -> None:
    home.sandbox.clock.set(home.sandbox.clock.now() + 3650 * DAY)
    moment = home.sandbox.clock.now() + timedelta(minutes=1)
    town = await settle(home, moment, spaces=1, each=2, platforms=["slack"])
    await home.stop()
    home.sandbox.clock.set(MOMENT)
    await home.start()
    await town.step(DAY, timedelta(hours=8), 0.1)
    await until(lambda: len(town.posts("slack")) == 2, "the message of the next day")
    await honest(town, "slack")


async def test_two_processes_that_notice_the_same_jump_move_what_waits_once(home: House) -> None:
    town = await settle(home, MOMENT, spaces=1, each=1, platforms=["slack"])
    space, until_ = town.spaces("slack")[0], town.now + timedelta(minutes=10)
    async with town.store.begin() as tx:
        await tx.claims.rest(space.key, until_, "429")
    await set_clock(town, timedelta(hours=3))
    assert home.app is not None
    await home.app.follow_jump(3 * 3600.0 + 0.2)
    assert (await town.resting())[space.key][0] == until_ + timedelta(hours=3)


async def test_every_tick_runs_at_once_after_a_jump(home: House) -> None:
    assert home.app is not None
    runner: Any = home.app._runner  # pyright: ignore[reportPrivateUsage]
    job = runner._scheduler.get_job("follow_clock")
    job.modify(next_run_time=datetime.now(UTC) + 10 * YEAR)
    await home.app.follow_jump(-1.0)
    await asyncio.sleep(0.3)
    assert job.next_run_time < datetime.now(UTC) + 2 * follow_clock.EVERY
