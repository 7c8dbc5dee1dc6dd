"""The sandbox's clock: jumps, speeds, what falls due, and what grows old."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import SandboxClock
from tests.sandbox.raw import until

START = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def clock() -> AsyncGenerator[SandboxClock]:
    """Stands still, and is served."""
    made = SandboxClock(START, frozen=True)
    serving = asyncio.create_task(made.serve())
    yield made
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


def test_it_stands_still_jumps_and_never_goes_naive() -> None:
    clock = SandboxClock(START, frozen=True)
    assert clock.now() == START
    clock.advance(timedelta(days=7))
    assert clock.now() == START + timedelta(days=7)
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001  # that is the mistake
    with pytest.raises(ValueError, match="speed"):
        clock.run(-1)


def test_things_age_by_jumps_but_not_by_speed_and_never_grow_younger() -> None:
    clock = SandboxClock(START, frozen=True)
    before = clock.age()
    clock.advance(timedelta(minutes=15))
    assert clock.age() - before >= 900
    clock.set(START)
    assert clock.age() - before >= 900, "a jump back makes nothing young again"
    clock.run(86_400)
    aged = clock.age() - before
    assert aged < 960, "a fast clock leaves a bot its three seconds"


async def test_it_runs_at_a_speed(clock: SandboxClock) -> None:
    clock.run(3600)
    await until(lambda: clock.now() > START + timedelta(minutes=1), "an hour a second")
    clock.run(0)
    stopped = clock.now()
    assert clock.now() == stopped


async def test_what_falls_due_runs_once_in_order_however_time_gets_there(clock: SandboxClock) -> None:
    done: list[str] = []
    clock.call_at(START + timedelta(hours=2), lambda: done.append("two"))
    clock.call_at(START + timedelta(hours=1), lambda: done.append("one"))
    clock.call_at(START + timedelta(days=30), lambda: done.append("month"))
    clock.advance(timedelta(hours=3))
    await until(lambda: len(done) == 2, "by a jump")
    assert done == ["one", "two"]
    clock.set(START + timedelta(days=29, hours=23, minutes=59))
    clock.run(600)
    await until(lambda: len(done) == 3, "by running")


async def test_one_broken_timer_stops_no_other(clock: SandboxClock, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError("broken on purpose")

    clock.call_at(START, broken)
    clock.call_at(START, lambda: done.append("still"))
    await until(lambda: done, "the other one")
    assert "failed" in caplog.text
