"""discord.py's client, stripped to what we use: no caches, no privileged intents, raw interactions, guilds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import aiohttp
import discord

from bot.discord import rest


class Listener(Protocol):
    """Who hears what the gateway says. Called inside the receiving loop: hand over and return."""

    def interaction(self, payload: Mapping[str, object]) -> None: ...
    def guild_present(self, guild: discord.Guild) -> None: ...
    def guild_gone(self, guild_id: int) -> None: ...
    def up(self) -> None:
        """READY or RESUMED arrived."""
        ...

    def ready(self) -> None:
        """READY arrived and so did the guilds that Discord announced with it, except those in an outage."""
        ...


class Client(discord.Client):
    """Must be made inside a running event loop."""

    def __init__(self, listener: Listener, *, api: str | None, guild_wait: float) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak: no warning about it
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=30,
            guild_ready_timeout=guild_wait,
            http_trace=rest.one_try(),
            connector=aiohttp.TCPConnector(limit=0),
        )
        rest.redirect(self.http, api)
        self._listener = listener
        # As they come, not as `discord.Interaction`: no message or member object is built or kept, no view registry is
        # asked, and the same reader serves interactions that arrive over HTTP.
        self._connection.parsers["INTERACTION_CREATE"] = listener.interaction

    async def on_connect(self) -> None:
        """READY arrived."""
        self._listener.up()

    async def on_resumed(self) -> None:
        """RESUMED arrived."""
        self._listener.up()

    async def on_ready(self) -> None:
        """After READY and its guilds."""
        self._listener.ready()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """We were added, or a guild arrived late."""
        self._listener.guild_present(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A guild came back from an outage."""
        self._listener.guild_present(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """We were removed; an outage does not come here."""
        self._listener.guild_gone(guild.id)
