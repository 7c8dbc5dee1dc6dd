"""A started platform on a wire of our own, with a real database file and a handler each test writes itself."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.discord.platform import DiscordPlatform
from chat.event import Event, SpaceJoined
from chat.people import NOTHING_SAID, Person, SpaceInfo
from chat.platform import Responder
from store import Store, open_store
from tests.bot.discord.wire import TOKEN, Wire, wire
from tests.kit import migrated

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Answering = Callable[[Any, Responder], Awaitable[None]]


class NoCommands:
    """A registry of nothing."""

    def groups(self) -> Mapping[str, Any]:
        return {}


class House:
    """Writes down every event and answers as the test says; remembers members as the dispatcher would."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.events: list[Any] = []
        self.failures: list[BaseException] = []
        self.answer: Answering | None = None

    async def __call__(self, event: Event, responder: Responder) -> None:
        self.events.append(event)
        if self.answer is None:
            return
        try:
            await self.answer(event, responder)
        except Exception as error:  # noqa: BLE001  # the dispatcher never raises; a test looks here
            self.failures.append(error)

    def heard(self, kind: type) -> list[Any]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    async def meet(self, person: Person) -> None:
        """Makes the person a member of a space."""
        async with self._store.begin() as tx:
            await tx.spaces.joined(SpaceInfo(person.space, "a guild"), NOW)
            await tx.members.meet(person, NOTHING_SAID, NOW)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    await migrated.sqlite(tmp_path / "test.db")
    opened = await open_store(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def discord() -> AsyncGenerator[Wire]:
    async with wire() as made:
        yield made


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def platform(discord: Wire, store: Store, **changes: Any) -> DiscordPlatform:
    """A platform that is not started."""
    given: dict[str, Any] = {
        "registry": NoCommands(),
        "token": TOKEN,
        "api": discord.api,
        "gateway": discord.gateway,
        "fast_start": True,
    }
    return DiscordPlatform(store=store, clock=lambda: NOW, **(given | changes))


@asynccontextmanager
async def running(discord: Wire, store: Store, house: House) -> AsyncGenerator[DiscordPlatform]:
    """A started platform, stopped at the end; the requests of its start are forgotten."""
    made = platform(discord, store)
    await made.start(house)
    assert house.heard(SpaceJoined)
    discord.asked.clear()
    try:
        yield made
    finally:
        await made.stop()


@pytest.fixture
async def bot(discord: Wire, store: Store, house: House) -> AsyncGenerator[DiscordPlatform]:
    async with running(discord, store, house) as made:
        yield made
