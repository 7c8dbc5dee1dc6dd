"""Cases 17 to 19: Slack's sockets are refused, fall silent, and are replaced thousands of times."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from faults._tools import within
from sandbox.world import Fault
from tests.kit.wires import ADA, Slack, slack_bot

FATAL = ("missing_scope", "invalid_auth", "token_revoked", "account_inactive", "link_disabled")


async def refused_tickets() -> dict[str, Any]:
    """17: dead tickets, an outage of apps.connections.open, a wish to wait, refusals for good; at the real pace."""
    figures: dict[str, Any] = {}
    async with slack_bot(pace=1.0) as bot:
        sockets, faults = bot.slack.sockets, bot.slack.faults()
        sockets.dead_tickets = 3
        figures["dead tickets, s"] = await _back(bot, "drop")
        faults.add(Fault("apps.connections.open", "status", times=10_000, status=500))
        await bot.slack.trouble("drop")
        await asyncio.sleep(60)
        faults.clear()
        figures["after a minute of 500s, s"] = await within(bot.socket.connected, 60)
        faults.add(Fault("apps.connections.open", "rate_limit", seconds=20))
        figures["ratelimited for 20 s, s"] = await _back(bot, "drop")
        assert figures["ratelimited for 20 s, s"] >= 20
    for code in FATAL:
        async with slack_bot(pace=0.01) as bot:
            bot.slack.sockets.refusal = "" if code == "link_disabled" else code
            await bot.slack.trouble("link_disabled" if code == "link_disabled" else "drop")
            await asyncio.wait_for(bot.socket.ended.wait(), 10)
            asked = len(bot.tickets())
            await asyncio.sleep(2)  # two hundred of its pauses
            assert len(bot.tickets()) == asked <= 2, code
            assert bot.socket.failure is not None, code
    return figures | {"refusals for good that ended it": len(FATAL)}


async def half_open() -> dict[str, Any]:
    """18: the other side falls silent without a word; at the real pace."""
    async with slack_bot(pace=1.0) as bot:
        began = time.monotonic()
        await bot.slack.trouble("half_open")
        await bot.slack.change_member(ADA, zone="Europe/Berlin")
        detected = await within(lambda: bot.socket.health().reason == "silent", 45)
        await within(bot.socket.connected, 60)
        recovered = time.monotonic() - began
        bot.slack.clock.advance(timedelta(minutes=10))
        await within(lambda: bot.events == 1, 60)
        assert recovered < 60
        return {"detected, s": detected, "recovered, s": round(recovered, 1), "events lost": 0}


async def refreshes(times: int = 5_000, apps: int = 4) -> dict[str, Any]:
    """19: connections that live a moment, are warned and refreshed, thousands of times, while members use the bot. The
    other side's schedule is strict: where this machine was too slow for it, there was no connection to send on."""
    async with asyncio.TaskGroup() as group:
        each = [group.create_task(_refreshed(times // apps)) for _ in range(apps)]
    counts = Counter[str]()
    for task in each:
        counts += task.result()[0]
    most = max(task.result()[1] for task in each)
    assert most <= 2, most
    assert counts["http_timeout"] == 0, counts
    return {
        "refreshes": counts["refreshes"],
        "sockets at once": most,
        "commands": counts["commands"],
        "not acknowledged in 3 s": counts["http_timeout"],
        "no connection at that moment": counts["connection_failed"],
    }


async def _refreshed(times: int) -> tuple[Counter[str], int]:
    async with slack_bot(started=False) as bot:
        sockets, counts = bot.slack.sockets, Counter[str]()
        sockets.life, sockets.warning = 0.4, 0.18
        await bot.socket.start()
        while counts["refreshes"] < times:
            before = sockets.opened
            await bot.say_go()
            counts["commands"] += 1
            counts[str(bot.slack.deliveries(1)[-1]["error"])] += 1
            await asyncio.sleep(0.02)
            counts["refreshes"] += sockets.opened - before
        return counts, sockets.most_live


async def _back(bot: Slack, trouble: Any) -> float:
    await bot.slack.trouble(trouble)
    await within(lambda: not bot.socket.connected(), 10)
    return await within(bot.socket.connected, 60)


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {17: refused_tickets, 18: half_open, 19: refreshes}
