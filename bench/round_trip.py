"""Command round trip, from typing to the answer shown, beside a bare echo bot of the same library in the same run.

Each bot has a sandbox of its own in this process; the two are asked in turns, so noise of the machine meets both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from bench.echo import discord_echo, slack_echo
from bot.demo import demo
from sandbox.demo import SLACK_TOKENS, populate
from sandbox.server import Sandbox
from sandbox.world import World

ROUNDS, WARM_UP, CHECK_EVERY = 400, 40, 20  # reading a full channel back each time would heat the machine
ECHO_MANIFEST = {"features": {"slash_commands": [{"command": "/echo", "description": "Says it again"}]}}


async def main() -> None:
    """Prints one line a platform and command."""
    print(f"command round trip, {ROUNDS} rounds in turns, milliseconds")
    print(f"{'':32}{'p50':>8}{'p99':>8}   echo bot{'p50':>8}{'p99':>8}   ratio p50   p99   overhead p50")
    for platform in ("slack", "discord"):
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(_house())
            bare = await stack.enter_async_context(_echo(platform))
            for line in ("/help", "/role mle", "/nudge show"):
                await _compare(platform, line, ours, bare)


async def _compare(platform: str, line: str, ours: Sandbox, bare: Sandbox) -> None:
    ask = _asker(_world(ours, platform), line)
    echo = _asker(_world(bare, platform), "/echo text:hello" if platform == "discord" else "/echo hello")
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(ROUNDS + WARM_UP):
        pair = (await ask(), await echo())
        if number >= WARM_UP:
            mine.append(pair[0])
            theirs.append(pair[1])
    (p50, p99), (echo50, echo99) = _quantiles(mine), _quantiles(theirs)
    print(
        f"{platform + ' ' + line:32}{p50:8.2f}{p99:8.2f}           {echo50:8.2f}{echo99:8.2f}"
        f"   {p50 / echo50:9.2f}{p99 / echo99:6.2f}   {p50 - echo50:9.2f}"
    )


def _quantiles(samples: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(samples, n=100)
    return cuts[49], cuts[98]


def _asker(world: World, line: str) -> Callable[[], Awaitable[float]]:
    """Types the line, gives back milliseconds, and checks (untimed) that the newest message is a fresh answer."""
    who = world.residents()[0].id
    place = next(room.id for room in world.rooms(who) if room.kind == "channel")
    last, asked = "", 0

    async def ask() -> float:
        nonlocal last, asked
        start = time.perf_counter()
        await world.say(who, place, line)
        took = (time.perf_counter() - start) * 1000
        asked += 1
        if asked % CHECK_EVERY:
            return took
        newest = world.messages(who, place)[-1]
        assert newest.id != last, "no fresh answer"
        assert newest.controls or "respond" not in newest.text, newest.text
        last = newest.id
        return took

    return ask


def _world(sandbox: Sandbox, platform: str) -> World:
    return sandbox.slack if platform == "slack" else sandbox.discord


@asynccontextmanager
async def _house() -> AsyncGenerator[Sandbox]:
    async with demo(port=0) as (sandbox, _app):
        yield sandbox


@asynccontextmanager
async def _echo(platform: str) -> AsyncGenerator[Sandbox]:
    async with Sandbox() as sandbox:
        populate(sandbox)
        sandbox.slack.register_manifest(ECHO_MANIFEST)
        bot = slack_echo(sandbox, SLACK_TOKENS[0]) if platform == "slack" else discord_echo(sandbox)
        async with bot:
            yield sandbox
