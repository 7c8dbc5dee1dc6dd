"""A loop that stands still and a clock that jumps are noticed, once each, and an ordinary second is not."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.pulse import Pulse
from tests.kit.waiting import until


@asynccontextmanager
async def beating(*, alarm: float = 0.4, wall: Callable[[], float] = time.time) -> AsyncGenerator[Pulse]:
    pulse = Pulse(beat=0.02, alarm=alarm, wall=wall)
    pulse.start()
    try:
        yield pulse
    finally:
        await pulse.stop()


def a_long_calculation(seconds: float) -> None:
    time.sleep(seconds)


async def test_a_blocked_loop_is_told_once_with_the_place_where_it_stands(caplog: pytest.LogCaptureFixture) -> None:
    async with beating() as pulse:
        a_long_calculation(1.5)
        assert pulse.stalled()  # asked by whoever comes first, before the next beat
        assert pulse.lag() >= 1.0
        await until(lambda: pulse.stalls == 1, "the alarm")
        await asyncio.sleep(0.1)
        assert pulse.stalled()  # and for a minute after
        assert pulse.stalls == 1
    assert "a_long_calculation" in caplog.text
    assert caplog.text.count("stands still") == 1


async def test_it_is_told_while_the_loop_is_still_blocked(caplog: pytest.LogCaptureFixture) -> None:
    async with beating() as pulse:
        end = time.monotonic() + 10
        while not pulse.stalls and time.monotonic() < end:
            time.sleep(0.01)  # noqa: ASYNC251  # the loop is blocked on purpose
        assert "stands still" in caplog.text


async def test_two_stalls_are_two() -> None:
    async with beating() as pulse:
        for number in (1, 2):
            a_long_calculation(1.0)
            await until(lambda number=number: pulse.stalls == number, "the alarm")
            await asyncio.sleep(0.1)


async def test_a_loop_that_only_waits_is_not_stalled() -> None:
    async with beating(alarm=5.0) as pulse:
        await asyncio.sleep(0.3)
        assert not pulse.stalled()
        assert pulse.stalls == 0


@pytest.mark.parametrize("jump", [1.0, -1.0, 3600.0, -86_400.0, 315_000_000.0, -315_000_000.0])
async def test_a_jump_of_the_wall_clock_is_told_once(jump: float, caplog: pytest.LogCaptureFixture) -> None:
    ahead = [0.0]
    async with beating(alarm=30.0, wall=lambda: time.time() + ahead[0]) as pulse:
        await asyncio.sleep(0.1)
        assert pulse.jumps == 0
        ahead[0] += jump
        await until(lambda: pulse.jumps == 1, "the jump")
        await asyncio.sleep(0.1)
        assert pulse.jumps == 1
        assert not pulse.stalled()
    assert caplog.text.count("the wall clock jumped") == 1


async def test_stopping_leaves_no_thread() -> None:
    async with beating() as pulse:
        assert any(thread.name == "pulse watch" for thread in threading.enumerate())
    assert not any(thread.name == "pulse watch" for thread in threading.enumerate())
    assert pulse.lag() < 5.0
    await pulse.stop()
