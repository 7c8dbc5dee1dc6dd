"""Before the gateway: a client with a token that Discord accepts, and the commands registered."""

from __future__ import annotations

import asyncio
import logging
import re

import discord

from bot.discord import tree
from bot.discord.client import Client, Listener
from bot.discord.errors import translated
from chat.errors import DeliveryError, PlatformAway, PlatformSetup
from content.say import speaker as in_language

log = logging.getLogger(__name__)

PATIENCE = 60.0
_TOKEN = re.compile(r"[\x21-\x7e]{10,200}")


async def log_in(listener: Listener, token: str, *, api: str | None, quick: bool) -> Client:
    """Tries for a minute when Discord cannot be reached, then raises PlatformSetup; at once when the token is wrong."""
    if not _TOKEN.fullmatch(token):
        raise PlatformSetup("DISCORD_TOKEN is not a bot token: copy it from the Bot page of your application")
    loop = asyncio.get_running_loop()
    until, pause = loop.time() + PATIENCE, 0.2 if quick else 2.0
    while True:
        client = Client(listener, api=api, guild_wait=0.2 if quick else 2.0)
        try:
            with translated():
                await client.login(token)
        except discord.LoginFailure as error:
            await close(client)
            raise token_refused() from error
        except DeliveryError as error:
            await close(client)
            if loop.time() + pause > until:
                raise PlatformAway(f"Discord cannot be reached ({error.reason}): check the network") from error
            log.warning("Discord cannot be reached yet", extra={"reason": error.reason})
            await asyncio.sleep(pause)
            pause = min(pause * 2, 10.0)
        except BaseException:
            await close(client)
            raise
        else:
            return client


async def register(client: Client, registry: tree.Registry) -> None:
    """One bulk overwrite of every command; the same again changes nothing on Discord's side."""
    payload = tree.payload(registry, chinese=in_language(tree.CHINESE).look_up)
    try:
        with translated():
            await client.http.bulk_upsert_global_commands(client.application_id or 0, payload)
    except DeliveryError as error:
        raise PlatformSetup(f"Discord did not take the commands ({error.reason})") from error


async def close(client: Client) -> None:
    """Also a client that never logged in."""
    connector = client.http.connector
    await client.close()
    if not connector.closed:
        await connector.close()


def token_refused() -> PlatformSetup:
    """The advice for a token that is wrong or was reset."""
    return PlatformSetup(
        "Discord does not accept DISCORD_TOKEN: copy it again from the Bot page of your application, or reset it there"
    )
