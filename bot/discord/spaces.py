"""Which guilds we are in: told to the store and to the house as they come and go, never because of an outage."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

import discord

from bot.discord.inbound import PLATFORM
from chat.event import SpaceJoined, SpaceLeft
from chat.nobody import Nobody
from chat.people import Space, SpaceInfo
from chat.platform import Handle
from store import Store


class Spaces:
    """Every guild is recorded before the first event of it is handled."""

    def __init__(self, store: Store, clock: Callable[[], datetime], handle: Handle) -> None:
        self._store, self._clock, self._handle = store, clock, handle
        self._known: set[str] = set()
        self._one_at_a_time = asyncio.Lock()

    async def all(self, guilds: Iterable[discord.Guild]) -> None:
        """What READY says: joins what is new to us and leaves what is gone. A guild in an outage is still ours."""
        listed = list(guilds)
        async with self._store.begin() as tx:
            remembered = await tx.spaces.all_present(PLATFORM)
        present = {str(guild.id) for guild in listed}
        for row in remembered:
            if row.space.id not in present:
                await self.gone(row.space.id)
        for guild in listed:
            if not guild.unavailable:
                await self.present(str(guild.id), guild.name)

    async def present(self, guild: str, name: str = "") -> None:
        """We are in this guild. Only the first time in this process is anything told. Without a name (a guild in an
        outage from which somebody presses a button all the same) the remembered one stays."""
        if guild in self._known:
            return
        space = Space(PLATFORM, guild)
        async with self._one_at_a_time:
            if guild in self._known:
                return
            async with self._store.begin() as tx:
                before = await tx.spaces.get(space)
                info = SpaceInfo(space, name or (before.name if before else ""))
                await tx.spaces.joined(info, self._clock())
            await self._handle(SpaceJoined(info), Nobody())
            self._known.add(guild)

    async def gone(self, guild: str) -> None:
        """We were removed from this guild."""
        async with self._one_at_a_time:
            self._known.discard(guild)
            await self._handle(SpaceLeft(Space(PLATFORM, guild)), Nobody())
