"""The process dies between keeping an event and acknowledging it, and between the acknowledgement and the work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo import demo_settings
from bot.discord.platform import DiscordPlatform
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.slack.platform import SlackPlatform
from sandbox.demo import populate
from sandbox.server import Sandbox
from sandbox.world import Resident, World
from store import Store
from tests.acceptance.days import Life
from tests.acceptance.steps import opt_in
from tests.kit import guide
from tests.kit.house import House
from tests.kit.mortal import KILLED, mortal, with_mark
from tests.kit.people import Person
from tests.kit.waiting import until

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def sandbox() -> AsyncGenerator[Sandbox]:
    async with Sandbox(bot_name="steppingstone") as made:
        populate(made)
        made.slack.register_manifest(manifest(with_mark(Path("unused"))))
        yield made


def ada(world: World) -> Person:
    found: Resident = next(resident for resident in world.residents() if resident.name == "Ada")
    return Person(world, found)


def marks(settings: Settings) -> list[str]:
    file = Path(settings.database).parent / "marks"
    return file.read_text().splitlines() if file.exists() else []


async def up(world: World) -> None:
    await until(world.connected, "the bot should connect", seconds=30)


@pytest.mark.parametrize("point", ["kept", "acknowledged"])
async def test_what_was_kept_when_the_process_died_happens_once(tmp_path: Path, platform: str, point: str) -> None:
    async with sandbox() as made:
        world: World = made.slack if platform == "slack" else made.discord
        person, settings = ada(world), replace(demo_settings(made, tmp_path), pack=str(guide.written(tmp_path)))
        async with mortal(settings, point) as process:
            await up(world)
            await asyncio.sleep(0.3)  # Discord's commands are registered, its guilds known
            await world.say(person.id, person.place, "/mark")
            assert await asyncio.wait_for(process.wait(), 10) == KILLED
        assert marks(settings) == []
        failed = any("failed" in seen.text or "did not respond" in seen.text for seen in person.here())
        assert failed == (point == "kept"), "only what was not acknowledged was seen to fail"
        shown = platform == "slack" or point == "acknowledged"  # otherwise Discord's three seconds are over
        async with mortal(settings):
            await until(lambda: marks(settings), "the mark should be made", seconds=30)
            if shown:
                await until(lambda: any("marked" in seen.text for seen in person.here()), "the answer")
            await asyncio.sleep(0.5)
        assert marks(settings) == [platform]
        assert len([seen for seen in person.here() if "marked" in seen.text]) == (1 if shown else 0)


async def test_one_size_up_is_one_although_the_process_died_before_it_said_so(home: House, platform: str) -> None:
    life = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(life.person)
    assert home.app is not None
    ours = home.app.platforms[platform]
    assert isinstance(ours, SlackPlatform | DiscordPlatform)

    def dies(at: str) -> None:
        if at == "worked":
            raise ConnectionAbortedError("the process ends here")

    await _all_handled(life.store)
    ours.inbox.reached = dies
    await life.person.type("/nudge harder")
    assert (await life.nudge()).dose == 1
    assert await _open(life.store) == 1
    await home.restart()
    await _all_handled(life.store)
    assert (await life.nudge()).dose == 1


async def _all_handled(store: Store) -> None:
    for _ in range(100):
        if not await _open(store):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("something is still to be handled")


async def _open(store: Store) -> int:
    async with store.begin() as tx:
        return len([*await tx.inbox.open("slack", before=FOREVER), *await tx.inbox.open("discord", before=FOREVER)])
