"""Session starts are counted before they happen, and a bot that restarts for ever slows down by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

import bot.discord.platform as module
from bot.discord.platform import DiscordPlatform
from bot.discord.starts import DAY_MOST, gap
from bot.discord.supervisor import QUICK
from store import Store
from store.starts import DAY
from tests.bot.discord.conftest import NOW, House, NoCommands, platform
from tests.bot.discord.wire import APPLICATION, TOKEN, Wire, until

BOT = str(APPLICATION["id"])


async def noted(store: Store) -> int:
    async with store.begin() as tx:
        return len(await tx.starts.since(BOT, NOW - DAY))


def test_an_ordinary_day_of_restarts_waits_for_nothing() -> None:
    starts: list[datetime] = []
    for hour in range(12):
        now = NOW + timedelta(hours=hour)
        assert gap(starts, now, restarted=True) == timedelta(0)
        starts.append(now)


@pytest.mark.parametrize("seconds", [0, 1, 7, 60, 600])
def test_a_crash_loop_has_at_most_fifty_starts_in_any_day(seconds: int) -> None:
    """Each process waits for its turn, starts, lives for some seconds and dies, for a week."""
    now, starts = NOW, list[datetime]()
    while now < NOW + timedelta(days=7):
        day = [at for at in starts if at > now - DAY]
        now += gap(day, now, restarted=True)
        starts.append(now)
        now += timedelta(seconds=seconds + 1)
    worst = max(sum(1 for at in starts if first <= at < first + DAY) for first in starts)
    assert 20 < worst <= 50


def test_a_running_bot_whose_sessions_are_ended_for_ever_stays_far_from_the_limit() -> None:
    now, starts = NOW, list[datetime]()
    while now < NOW + timedelta(days=2):
        now += gap([at for at in starts if at > now - DAY], now, restarted=False)
        starts.append(now)
        now += timedelta(seconds=5)
    assert max(sum(1 for at in starts if first <= at < first + DAY) for first in starts) < 300


def test_a_wrong_clock_never_makes_anyone_wait_longer_than_the_longest_pause() -> None:
    ahead = [NOW + timedelta(days=3650) + timedelta(seconds=at) for at in range(40)]
    assert gap(ahead, NOW, restarted=True) <= DAY_MOST


async def test_every_identify_is_noted_and_no_resume(bot: DiscordPlatform, discord: Wire, store: Store) -> None:
    assert await noted(store) == discord.identifies == 1
    await discord.hang_up()
    await until(lambda: discord.resumes == 1 and bot.healthy())
    assert await noted(store) == 1
    await discord.op(9, False)
    await until(lambda: discord.identifies == 2 and bot.healthy())
    assert await noted(store) == 2


async def test_a_start_that_cannot_be_noted_does_not_happen(
    bot: DiscordPlatform, discord: Wire, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = True

    @asynccontextmanager
    async def begin(_store: Store) -> AsyncGenerator[object]:
        if broken:
            raise OSError("the disk is full")
        async with begun(store) as tx:
            yield tx

    begun = Store.begin
    monkeypatch.setattr(Store, "begin", begin)
    asked = len(discord.to("GET", "/gateway/bot"))
    await discord.op(9, False)
    await until(lambda: len(discord.to("GET", "/gateway/bot")) > asked + 1)
    assert discord.identifies == 1
    broken = False
    await until(lambda: discord.identifies == 2 and bot.healthy())


async def test_after_too_many_starts_the_bot_comes_up_without_discord_and_joins_when_it_is_its_turn(
    discord: Wire, store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUICK", replace(QUICK, patient=True))
    monkeypatch.setattr("bot.discord.supervisor.TURN", 0.05)
    now = [NOW]
    for second in range(6):
        async with store.begin() as tx:
            await tx.starts.note(BOT, NOW - timedelta(seconds=second))
    made = DiscordPlatform(
        token=TOKEN,
        registry=NoCommands(),
        store=store,
        clock=lambda: now[0],
        api=discord.api,
        gateway=discord.gateway,
        fast_start=True,
    )
    try:
        await made.start(house)
        assert not made.healthy()
        assert "waits" in made.health().reason
        assert made.failure is None
        assert discord.identifies == 0
        now[0] += timedelta(minutes=30)
        await until(lambda: made.healthy() and len(house.events) == len(discord.guilds))
        assert discord.identifies == 1
    finally:
        await made.stop()


async def test_restarts_in_a_row_are_counted_by_the_store_not_by_the_process(
    discord: Wire, store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUICK", replace(QUICK, patient=True))
    for _ in range(8):
        made = platform(discord, store)
        await made.start(house)
        await made.stop()
    assert discord.identifies == await noted(store) == 3


async def test_ended_tells_of_a_failure(bot: DiscordPlatform, discord: Wire) -> None:
    waiting = asyncio.create_task(bot.ended())
    await discord.hang_up(4004)
    await asyncio.wait_for(waiting, 5)
    assert "DISCORD_TOKEN" in str(bot.failure)
    assert bot.health().failure
