"""Our connections without the rest of the house: a Bolt app of one command on our socket, and Discord's platform."""

# pyright: reportUnknownMemberType=false
# (slack_bolt is only partly typed)

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.discord.platform import DiscordPlatform
from bot.slack.socket import LINGER, SILENCE, Socket
from chat.platform import Handle
from sandbox.demo import populate
from sandbox.discord.gateway import Gateway
from sandbox.server import Sandbox
from store import Store
from tests.bot.discord.conftest import NoCommands

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ADA, PLACE = "T01MAKERS/U001", "C01GENERAL"
MANIFEST = {
    "features": {"slash_commands": [{"command": "/go", "description": "Goes", "usage_hint": ""}]},
    "settings": {"event_subscriptions": {"bot_events": ["user_change"]}},
    "oauth_config": {"scopes": {"bot": ["commands", "users:read"]}},
}


class Bot:
    """Knows /go; `slow` seconds pass before it acknowledges. `heard` and `events` count."""

    def __init__(
        self, api: str, app_token: str, *, pace: float = 1.0, silence: float = SILENCE, linger: float = LINGER
    ) -> None:
        self.slow, self.heard, self.events = 0.0, 0, 0
        web = AsyncWebClient(base_url=api, retry_handlers=[])
        self.app = AsyncApp(client=web, authorize=_anybody, request_verification_enabled=False)
        self.app.command("/go")(self._go)
        self.app.event("user_change")(self._event)
        self.socket = Socket(self.app, app_token, web, pace=pace, silence=silence, linger=linger)

    async def _go(self, ack: Any) -> None:
        self.heard += 1
        await asyncio.sleep(self.slow)
        await ack(text="gone")

    async def _event(self) -> None:
        self.events += 1


class Slack(Bot):
    """The same beside its sandbox."""

    def __init__(self, sandbox: Sandbox, *, pace: float, silence: float, linger: float = LINGER) -> None:
        super().__init__(sandbox.slack_api, sandbox.slack.app_token, pace=pace, silence=silence, linger=linger)
        self.slack = sandbox.slack

    async def say_go(self) -> bool:
        """A member uses the command; whether it was acknowledged in time."""
        await self.slack.say(ADA, PLACE, "/go")
        return bool(self.slack.deliveries(1)[-1]["ok"])

    def tickets(self) -> list[float]:
        """When tickets were asked for, in monotonic seconds."""
        return [float(e["monotonic"]) for e in self.slack.ledger() if e["method"] == "apps.connections.open"]


async def _anybody(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-sandbox-makers")


@asynccontextmanager
async def slack_bot(
    silence: float = SILENCE, *, pace: float = 0.01, linger: float = 1.0, started: bool = True
) -> AsyncGenerator[Slack]:
    """A bot on a sandbox of its own."""
    async with Sandbox(START, frozen=True) as sandbox:
        populate(sandbox)
        sandbox.slack.register_manifest(MANIFEST)
        bot = Slack(sandbox, pace=pace, silence=silence, linger=linger)
        try:
            if started:
                await bot.socket.start()
            yield bot
        finally:
            await bot.socket.stop()


def discord_platform(
    api: str, gateway: str, token: str, store: Store, clock: Callable[[], datetime], *, fast: bool = True
) -> DiscordPlatform:
    """One without commands, not started."""
    return DiscordPlatform(
        token=token, registry=NoCommands(), store=store, clock=clock, api=api, gateway=gateway, fast_start=fast
    )


@asynccontextmanager
async def discord_bot(
    store: Store, handle: Handle, *, started: bool = True, fast: bool = True
) -> AsyncGenerator[tuple[DiscordPlatform, Gateway]]:
    """A bot on the gateway of a sandbox of its own, which misbehaves on command."""
    async with Sandbox(START, frozen=True) as sandbox:
        populate(sandbox)
        world, clock = sandbox.discord, sandbox.clock
        made = discord_platform(
            sandbox.discord_api, sandbox.discord_gateway, world.bot_token, store, clock.now, fast=fast
        )
        try:
            if started:
                await made.start(handle)
            yield made, world.gateway
        finally:
            await made.stop()
