"""Cases 8 (IDENTIFY), 20 and 21: every way in which Discord ends a session, and a day of crashes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import bot.discord.platform
from bot.discord import supervisor
from chat.errors import PlatformSetup
from faults._tools import a_store, ignore, platform_on, within
from sandbox.demo import populate
from sandbox.server import Sandbox
from tests.kit.wires import START, discord_bot


async def identify_pace() -> dict[str, Any]:
    """8: sessions become invalid again and again, at the real pace; Discord allows one IDENTIFY in five seconds."""
    async with a_store() as store, discord_bot(store, ignore, fast=False) as (made, world):
        for _ in range(5):
            before = world.taken
            await world.invalidate()
            await within(lambda before=before: world.taken > before and made.healthy(), 60)
        assert world.invalid == 0
        return {"IDENTIFYs": world.taken, "refused for coming too fast": world.invalid}


async def gateway_trouble() -> dict[str, Any]:
    """20: every way in which Discord ends a session, and 8: never two IDENTIFYs within five seconds."""
    figures: dict[str, Any] = {}
    async with a_store() as store, discord_bot(store, ignore, started=False) as (made, world):
        world.heartbeat_ms = 5_000
        await made.start(ignore)

        async def after(trouble: Awaitable[Any], seconds: float = 10) -> tuple[int, float]:
            before, reason = world.taken, made.health().seconds
            await trouble
            await within(lambda: not made.healthy() or made.health().seconds < reason, seconds)
            took = await within(made.healthy, seconds)
            return world.taken - before, took

        for name, trouble, starts in (
            ("op 7", world.ask_reconnect, 0),
            ("op 9 true", lambda: world.invalidate(resumable=True), 0),
            ("op 9 false", world.invalidate, 1),
            *((f"close {code}", _closing(world, code), 0) for code in (4000, 4001, 4002, 4005, 4008)),
            *((f"close {code}", _closing(world, code), 1) for code in (4003, 4007, 4009)),
        ):
            spent, _took = await after(trouble())
            assert spent == starts, f"{name} cost {spent} IDENTIFYs"
        world.acks_heartbeats = False
        spent, figures["zombie with a heartbeat of 5 s, left after s"] = (
            0,
            await within(lambda: made.health().reason == "heartbeat", 30),
        )
        world.acks_heartbeats = True
        await within(made.healthy, 30)
        world.hello_delay = 8.0
        spent, figures["hello 8 s late, s"] = await after(world.invalidate(), 40)
        assert spent == 1
        world.hello_delay = 0.0
    for code in (4004, 4010, 4011, 4012, 4013, 4014):
        async with a_store() as store, discord_bot(store, ignore) as (made, world):
            await world.close_all(code, "for good")
            await asyncio.wait_for(made.ended(), 10)
            assert made.failure is not None
            assert world.taken == 1
    return figures | {"fatal codes that ended it": 6}


def _closing(world: Any, code: int) -> Callable[[], Awaitable[Any]]:
    return lambda: world.close_all(code, "trouble")


async def crash_loop(starts: int = 1_000) -> dict[str, Any]:
    """21: a process that dies and is started again, a thousand times in a day, and one whose budget is nearly spent."""
    async with a_store() as store, Sandbox(START, frozen=True) as sandbox:
        populate(sandbox)
        world, clock = sandbox.discord, sandbox.clock
        waited = 0
        with patch.object(bot.discord.platform, "QUICK", replace(supervisor.QUICK, patient=True)):
            for _ in range(starts):
                made = platform_on(sandbox, store, clock.now)
                await made.start(ignore)
                waited += not made.healthy()
                await made.stop()
                clock.advance(timedelta(seconds=86_400 / starts))
        spent = sandbox.discord.gateway.taken
        assert spent <= 50, spent
        while world.gateway.identifies.left(clock.age()) > 99:
            world.gateway.identifies.take(clock.age())
        try:
            await platform_on(sandbox, store, clock.now).start(ignore)
        except PlatformSetup as refusal:
            assert "99 more session starts" in str(refusal)  # noqa: PT017
        else:
            raise AssertionError("it used one of the last hundred")
        return {"starts": starts, "IDENTIFYs": spent, "starts that waited instead": waited}


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {8: identify_pace, 20: gateway_trouble, 21: crash_loop}
