"""One server on loopback that is a Slack, a Discord, a control interface and a page."""

from __future__ import annotations

import asyncio
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.control import control_routes
from sandbox.discord import protocol as discord_protocol
from sandbox.discord.world import DiscordWorld
from sandbox.slack import protocol as slack_protocol
from sandbox.slack.world import SlackWorld


class Sandbox:
    """`async with Sandbox() as sandbox:` serves on a free port; `sandbox.url` says where."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False, bot_name: str = "bot") -> None:
        self.clock = SandboxClock(start, frozen=frozen)
        self.slack = SlackWorld(self.clock, bot_name)
        self.discord = DiscordWorld(self.clock, bot_name)
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._time: asyncio.Task[None] | None = None

    @property
    def slack_api(self) -> str:
        """`base_url` for slack_sdk."""
        return f"{self.url}/slack/api/"

    @property
    def discord_api(self) -> str:
        """`Route.BASE` for discord.py."""
        return f"{self.url}/discord/api/v10"

    @property
    def discord_gateway(self) -> str:
        """`DEFAULT_GATEWAY` for discord.py."""
        return f"{self.url.replace('http', 'ws', 1)}/discord/gateway"

    @property
    def slack_authorize(self) -> str:
        """`authorization_url` for slack_bolt's OAuth settings."""
        return f"{self.url}/slack/oauth/v2/authorize"

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Begins to serve; port 0 takes a free one."""
        app = web.Application(client_max_size=65 << 20)
        app.add_routes(slack_protocol.routes(self.slack))
        app.add_routes(discord_protocol.routes(self.discord))
        app.add_routes(control_routes({"slack": self.slack, "discord": self.discord}, self.clock))
        self._runner = web.AppRunner(app, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://{host}:{port}"
        self.slack.base_url = self.discord.base_url = self.url
        self._time = asyncio.create_task(self.clock.serve())

    async def stop(self) -> None:
        """Closes every connection."""
        if self._time is not None:
            self._time.cancel()
            await asyncio.gather(self._time, return_exceptions=True)
        await self.slack.delivery.close()
        self.slack.sockets.drop_all()
        self.discord.gateway.drop_all()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
