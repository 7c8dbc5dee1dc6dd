"""What the cases of the connections share: a store, a platform of Discord without a house, and waiting with an end."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.discord.platform import DiscordPlatform
from chat.event import Event
from chat.platform import Responder
from sandbox.server import Sandbox
from store import Keyring, Store, open_store
from tests.kit.wires import discord_platform


async def within(true: Callable[[], Any], seconds: float) -> float:
    """Waits for a condition and gives back how long it took, in seconds."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        await asyncio.sleep(0.02)
    return round(time.monotonic() - began, 1)


def platform_on(sandbox: Sandbox, store: Store, now: Callable[[], datetime], *, fast: bool = True) -> DiscordPlatform:
    """Ours, not started."""
    world = sandbox.discord
    return discord_platform(sandbox.discord_api, sandbox.discord_gateway, world.bot_token, store, now, fast=fast)


async def ignore(_event: Event, _responder: Responder) -> None:
    """What is said is of no interest here."""


@asynccontextmanager
async def a_store() -> AsyncGenerator[Store]:
    """An empty one, on a disk."""
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        store = await open_store(str(Path(folder) / "store.sqlite3"), keyring=Keyring.parse(Keyring.generate()))
        try:
            yield store
        finally:
            await store.close()
