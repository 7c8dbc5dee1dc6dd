"""A sending process for bench.drain: the real bot on a store, or a bare loop of the same client library without one.

The bare loop sends a message that the bot was seen to send. Each line on stdin is answered with one line on stdout.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bench.crew import make_due, move_in, plan
from bench.fleet import Crew
from bot.collector import settle
from bot.settings import Settings

Post = Callable[[int], Awaitable[None]]


async def lines() -> asyncio.StreamReader:
    """Standard input."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


def tell(**what: Any) -> None:
    """One answer; `at` is monotonic, the same for all processes of a machine."""
    print(json.dumps(what | {"at": time.monotonic()}), flush=True)


async def house(crew: Crew, settings: Settings) -> None:
    """The bot as it is, every job of it running."""
    from bot.app import build

    app = await build(settings)
    tell(ready=True)
    reader = await lines()
    while line := await reader.readline():
        now = datetime.now(UTC)
        match line.decode().split():
            case ["members"]:
                await move_in(app.store, crew, now)
            case ["start"]:
                await app.start()
                settle()
            case ["plan", first, count]:
                await plan(app.store, crew, now, int(count), int(first))
            case ["go", _first, count]:
                await make_due(app.rooms, crew, now, int(count))
            case ["states"]:
                async with app.store.begin() as tx:
                    tell(**await tx.deliveries.counts_by_state())
                continue
            case ["stop"]:
                await app.stop()
                tell()
                return
            case other:
                raise ValueError(other)
        tell()


async def bare(crew: Crew, settings: Settings, at_once: int, sample: dict[str, Any]) -> None:
    """No store, no pacing, no retries of ours: what the client library alone manages."""
    post = await (_slack if crew.platform == "slack" else _discord)(crew, settings, sample)
    settle()
    tell(ready=True)
    reader = await lines()
    while line := await reader.readline():
        _, first, count = line.decode().split()
        left = iter(range(int(first), int(first) + int(count)))
        started = time.monotonic()

        async def worker(numbers: Any = left) -> None:
            for n in numbers:
                await post(n)

        await asyncio.gather(*(worker() for _ in range(at_once)))
        tell(started=started)


async def _slack(crew: Crew, settings: Settings, sample: dict[str, Any]) -> Post:
    import aiohttp
    from slack_sdk.web.async_client import AsyncWebClient

    session = aiohttp.ClientSession()
    clients: list[Any] = [AsyncWebClient(token, settings.slack_api, session=session) for token in crew.tokens()]

    async def post(n: int) -> None:
        key = str(uuid.uuid4())
        metadata = {"event_type": "steppingstone_delivery", "event_payload": {"key": key}}
        await clients[n % crew.spaces].chat_postMessage(
            channel=crew.direct(n % crew.members), text=sample["text"], blocks=sample["blocks"], metadata=metadata,
            client_msg_id=key, unfurl_links=False, unfurl_media=False, link_names=False,
        )  # fmt: skip

    return post


async def _discord(crew: Crew, settings: Settings, sample: dict[str, Any]) -> Post:
    import discord
    from discord.http import HTTPClient, Route, handle_message_parameters

    Route.BASE = settings.discord_api
    http = HTTPClient(asyncio.get_running_loop())
    await http.static_login(settings.discord_token)
    nobody, flags = discord.AllowedMentions.none(), discord.MessageFlags(components_v2=True)

    async def post(n: int) -> None:
        params = handle_message_parameters(nonce=uuid.uuid4().hex[:24], allowed_mentions=nobody, flags=flags)
        assert params.payload is not None
        params.payload["components"] = sample["components"]
        await http.send_message(crew.direct(n % crew.members), params=params)

    return post


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    about: dict[str, Any] = json.loads(sys.argv[1])
    people, how = Crew(**about["crew"]), Settings(**about["settings"])
    asyncio.run(bare(people, how, about["bare"], about["sample"]) if about.get("bare") else house(people, how))
