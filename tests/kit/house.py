"""A running house for tests: the sandbox with its people, a frozen clock, and the real bot, which can be restarted."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.app import App, build
from bot.collector import settle
from bot.demo import demo_settings
from bot.settings import Settings
from bot.slack.manifest import manifest
from commands._registry import Registry
from commands._registry import load as load_commands
from content.shelf import Shelf
from sandbox.demo import populate
from sandbox.server import Sandbox
from sandbox.world import World
from tests.kit import migrated
from tests.kit.openapi import Conformance
from tests.kit.people import Person
from tests.kit.waiting import until

__all__ = ["START", "House", "house", "until"]
START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday noon


@cache
def shipped() -> Shelf:
    """The pack that comes with the bot."""
    shelf = Shelf()
    settle()  # it lives as long as the process
    return shelf


class House:
    """`house.person("slack", "Ada")` talks; `house.sandbox.clock` moves time; `restart()` is a new process's start."""

    def __init__(self, sandbox: Sandbox, settings: Settings, registry: Registry) -> None:
        self.sandbox, self.settings, self._registry = sandbox, settings, registry
        self.app: App | None = None

    @property
    def worlds(self) -> dict[str, World]:
        """By platform."""
        return {"slack": self.sandbox.slack, "discord": self.sandbox.discord}

    def person(self, platform: str, name: str, space: int = 0) -> Person:
        """Somebody of the demo community; `space` 1 is the second, smaller workspace or guild."""
        world = self.worlds[platform]
        spaces = list(dict.fromkeys(resident.space for resident in world.residents()))
        found = next(r for r in world.residents() if r.name == name and r.space == spaces[space])
        return Person(world, found)

    async def start(self) -> None:
        """The bot comes up on the database there is."""
        shelf = None if self.settings.pack else shipped()  # read once: a hundred houses hold the same pack
        self.app = await build(self.settings, self.sandbox.clock, self._registry, shelf)
        await self.app.start()

    async def stop(self) -> None:
        """The bot goes down; the sandbox and the database stay."""
        if self.app is not None:
            app, self.app = self.app, None
            await app.stop()

    async def restart(self) -> None:
        """Down and up again."""
        await self.stop()
        await self.start()


@asynccontextmanager
async def house(
    folder: Path, registry: Registry | None = None, changes: Mapping[str, str] | None = None
) -> AsyncGenerator[House]:
    """A house on a free port with a frozen clock at a Friday noon UTC. When it closes, all its traffic with Discord is
    held against the published description."""
    known, conformance = registry or load_commands(), Conformance()
    async with Sandbox(START, frozen=True, bot_name="steppingstone") as sandbox:
        populate(sandbox)
        sandbox.discord.exchanges.append(conformance.heard)
        sandbox.slack.register_manifest(manifest(known))
        made = replace(replace(demo_settings(sandbox, folder), tick_pace=0.1), **dict(changes or {}))
        running = House(sandbox, made, known)
        if "://" not in made.database:
            await migrated.sqlite(Path(made.database))
        try:
            await running.start()
            yield running
        finally:
            await running.stop()
    conformance.check()
