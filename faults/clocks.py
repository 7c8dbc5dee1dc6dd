"""Case 24: the wall clock is set while the bot runs, by seconds and by years; the whole process stands still."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.demo import demo_settings
from faults._town import Town, settle
from sandbox.demo import populate
from sandbox.server import Sandbox
from sandbox.world import Fault
from tests.kit.house import START, house
from tests.kit.waiting import until

YEAR = timedelta(days=365.25)
STEPS = tuple(timedelta(seconds=n) for n in (1, -1, 60, -60, 3600, -3600, 86_400, -86_400)) + (
    7 * timedelta(days=1), -7 * timedelta(days=1), 10 * YEAR, -10 * YEAR, -10 * YEAR, 10 * YEAR,
)  # fmt: skip
"""One after the other; together they lead back to where they began."""
MOMENT = START + timedelta(minutes=1)


async def set_clock(home: Town, by: timedelta) -> None:
    """The wall clock is set, as the bot's pulse would notice (tests/bot/test_pulse.py, and `with_real_clocks`)."""
    home.home.sandbox.clock.set(home.now + by)
    assert home.home.app is not None
    await home.home.app.follow_jump(by.total_seconds())
    await asyncio.sleep(0.4)


async def honest(home: Town, platform: str) -> set[date]:
    """No nominal date brought two messages, and the ledger knows each; gives back the dates, the same for everybody."""
    posts, found = home.posts(platform), set[frozenset[date]]()
    for one in home.people[platform]:
        days = [row.day for row in await home.rows(one) if row.state == "sent"]
        assert len(days) == len(set(days)) == len(posts.get(one.place, [])), days
        found.add(frozenset(days))
    assert len(found) == 1, found
    return set(found.pop())


async def steps(home: Town, platform: str, jumps: tuple[timedelta, ...] = STEPS) -> dict[str, Any]:
    """The clock is set again and again on a day whose message came already, and set right at the end. No date brings
    two messages, and each of the days after brings its one. `home` is frozen just before the moment."""
    clock, today = home.home.sandbox.clock, MOMENT.date()
    clock.set(MOMENT)
    await home.all_have(platform, 1)
    for jump in jumps:
        await asyncio.sleep(0.2)
        await home.everybody_taps()
        await set_clock(home, jump)
        await honest(home, platform)
    assert abs(home.now - MOMENT) < timedelta(seconds=1)
    for _ in range(3):
        await home.everybody_taps()
        await home.step(timedelta(days=1), timedelta(hours=2), 0.1)
        await asyncio.sleep(0.5)
    days = await honest(home, platform)
    missed = [day for n in range(4) if (day := today + timedelta(days=n)) not in days]
    assert not missed, f"no message on {missed}"
    return {"jumps": len(jumps), "days": len(days), "twice": 0, "lost": 0}


async def rests_last(home: Town, platform: str, by: timedelta) -> None:
    """A space asked for ten minutes of quiet; the clock is set; it gets its ten minutes, and its messages after them."""
    space = home.spaces(platform)[0]
    quiet = home.of(space)
    for one in quiet if platform == "discord" else quiet[:1]:
        match = f"/channels/{one.place}/messages" if platform == "discord" else f"chat.postMessage {space.id}"
        times = 1 if platform == "discord" else 3
        home.world(platform).faults().add(Fault(match, "rate_limit", seconds=600, times=times))
    home.home.sandbox.clock.set(MOMENT)
    await until(lambda: len(home.posts(platform)) == len(home.people[platform]) - len(quiet), "the others", 20)
    await asyncio.sleep(0.5)
    home.world(platform).faults().clear()
    await home.step(timedelta(minutes=5), timedelta(minutes=1), 0.05)
    await set_clock(home, by)
    await home.step(timedelta(minutes=4, seconds=30), timedelta(seconds=30), 0.05)
    await asyncio.sleep(0.4)
    assert len(home.posts(platform)) == len(home.people[platform]) - len(quiet), "ten minutes are ten minutes"
    await home.step(timedelta(minutes=1), timedelta(seconds=15), 0.3)
    late = by > timedelta(hours=2) or abs(by) > timedelta(hours=8)
    if not late:  # what is late by the clock that is right now is skipped
        await home.all_have(platform, 1)
    assert max(home.count(platform)) == 1


async def with_a_clock_object() -> dict[str, Any]:
    """Steps of a second to ten years, back and forth, on both platforms; and a rest across each of them."""
    figures: dict[str, Any] = {}
    for platform in ("slack", "discord"):
        async with _town(platform) as home:
            figures |= {f"{platform}: {name}": value for name, value in (await steps(home, platform)).items()}
        for seconds in (1, -1, 3600, -3600):
            async with _town(platform) as home:
                await rests_last(home, platform, timedelta(seconds=seconds))
    return figures


@asynccontextmanager
async def _town(platform: str) -> AsyncGenerator[Town]:
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        async with house(Path(folder)) as home:
            yield await settle(home, MOMENT, spaces=2, each=3, platforms=[platform])


LIBRARY = "libfaketimeMT.so.1"
