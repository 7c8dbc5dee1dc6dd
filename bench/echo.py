"""The bare echo bots we compare with: the same libraries, the same sandbox, nothing of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox


@asynccontextmanager
async def slack_echo(sandbox: Sandbox, token: str) -> AsyncGenerator[None]:
    """slack-bolt, one command, answered in its acknowledgement."""
    session = aiohttp.ClientSession()
    client = AsyncWebClient(token=token, base_url=sandbox.slack_api, session=session)
    app = AsyncApp(token=token, client=client, request_verification_enabled=False)

    async def echo(ack: Any, body: Any) -> None:
        await ack(text=f"echo {body['text']}", response_type="ephemeral")

    app.command("/echo")(echo)  # pyright: ignore[reportUnknownMemberType]  # slack_bolt is partly typed
    handler = AsyncSocketModeHandler(app, sandbox.slack.app_token)
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()
        await session.close()


@asynccontextmanager
async def discord_echo(sandbox: Sandbox) -> AsyncGenerator[None]:
    """discord.py, one tree command, answered at once."""
    Route.BASE = sandbox.discord_api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sandbox.discord_gateway)
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
    tree = app_commands.CommandTree(client)

    @tree.command(name="echo", description="Says it again")
    async def echo(interaction: discord.Interaction, text: str) -> None:
        await interaction.response.send_message(f"echo {text}", ephemeral=True)

    await client.login(sandbox.discord.bot_token)
    await tree.sync()
    running = asyncio.create_task(client.connect())
    await client.wait_until_ready()
    try:
        yield
    finally:
        await client.close()
        await running
