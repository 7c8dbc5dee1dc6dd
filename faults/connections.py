"""Cases 22 to 24: both platforms are away, the loop is blocked, clocks are wrong, the process stands still."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from faults._tools import a_store, ignore, platform_on, within
from faults._virtual import VirtualLoop
from faults._wires import BLOCK, JUMPS
from sandbox.demo import populate
from sandbox.server import Sandbox
from sandbox.world import Fault
from tests.kit.wires import ADA, MANIFEST, PLACE, START, Slack

STANDSTILL = 45.0  # seconds


async def outage(seconds: float = 6 * 3600.0) -> dict[str, Any]:
    """22: both platforms are away for hours, on a loop whose waiting costs nothing, and come back."""

    def alone() -> dict[str, Any]:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(_outage(seconds))

    return await asyncio.to_thread(alone)


async def _outage(seconds: float) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    async with a_store() as store, Sandbox(START, frozen=True) as sandbox:
        populate(sandbox)
        sandbox.slack.register_manifest(MANIFEST)
        slack = Slack(sandbox, pace=1.0, silence=30.0)
        discord = platform_on(sandbox, store, lambda: datetime.now(UTC), fast=False)
        await slack.socket.start()
        await discord.start(ignore)
        for world in (sandbox.slack, sandbox.discord):
            world.faults().add(Fault("", "status", times=1_000_000, status=503))
        sandbox.discord.gateway.away = True
        await sandbox.slack.trouble("drop")
        await sandbox.discord.trouble("drop")
        began = loop.time()
        loop.skipping = True
        await asyncio.sleep(seconds)
        assert not slack.socket.connected()
        assert not discord.healthy()
        sandbox.slack.faults().clear()
        sandbox.discord.faults().clear()
        sandbox.discord.gateway.away = False
        back = loop.time()
        took: dict[str, Any] = {"outage, s": round(back - began)}
        for name, up in (("slack", slack.socket.connected), ("discord", discord.healthy)):
            while not up() and loop.time() < back + 120:  # noqa: ASYNC110
                await asyncio.sleep(0.25)
            took[f"{name} back after, s"] = round(loop.time() - back, 1)
            assert loop.time() - back < 60, took
        loop.skipping = False
        took["IDENTIFYs"] = sandbox.discord.gateway.taken
        await slack.socket.stop()
        await discord.stop()
        assert took["IDENTIFYs"] <= 2
        return took


async def blocked() -> dict[str, Any]:
    """23: the loop is blocked for twelve seconds by something that calculates."""
    async with _apart() as (child, told, post):
        await _until_up(told)
        child.send_signal(signal.SIGUSR1)
        began = time.monotonic()
        await within(lambda: told[-1]["stalls"] == 1, BLOCK + 20)
        await _until_up(told)
        back = time.monotonic() - began - BLOCK
        assert told[-1]["lag"] >= BLOCK - 1
        answered = await _go(post)
        assert answered
        return {"alarms": told[-1]["stalls"], "both up after, s": round(max(0.0, back), 1)}


async def wrong_clocks() -> dict[str, Any]:
    """24, the wires' part: the wall clock jumps while members use the bot, and the process stands still."""
    async with _apart() as (child, told, post):
        await _until_up(told)
        unanswered = 0
        for number, _jump in enumerate(JUMPS, 1):
            child.send_signal(signal.SIGUSR2)
            for _ in range(3):
                unanswered += not await _go(post)
            await within(lambda number=number: told[-1]["jumps"] >= number, 30)
            assert told[-1]["slack"]
            assert told[-1]["discord"]
        assert unanswered == 0
        child.send_signal(signal.SIGSTOP)
        await asyncio.sleep(STANDSTILL)
        lines = len(told)
        child.send_signal(signal.SIGCONT)
        began = time.monotonic()
        await within(lambda: len(told) > lines + 10, 30)  # long enough to find what broke meanwhile
        await _until_up(told)
        back = time.monotonic() - began
        assert await _go(post)
        assert back < 60
        return {"jumps": told[-1]["jumps"], "unanswered": unanswered, "up after standing still, s": round(back, 1)}


@asynccontextmanager
async def _apart() -> AsyncGenerator[tuple[asyncio.subprocess.Process, list[dict[str, Any]], aiohttp.ClientSession]]:
    """The sandbox and our connections in processes of their own, so that only one of them is disturbed."""
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        manifest = Path(folder) / "app.json"
        manifest.write_text(json.dumps(MANIFEST))
        pipe = asyncio.subprocess.PIPE
        python = (sys.executable, "-m")
        sandbox = await asyncio.create_subprocess_exec(
            *python, "sandbox", "--port", "0", "--json", "--manifest", str(manifest), stdout=pipe
        )
        assert sandbox.stdout is not None
        addresses = await asyncio.wait_for(sandbox.stdout.readline(), 30)
        child = await asyncio.create_subprocess_exec(*python, "faults._wires", addresses.decode(), stdout=pipe)
        told: list[dict[str, Any]] = [{"slack": False, "discord": False, "stalls": 0, "jumps": 0, "lag": 0.0}]
        reading = asyncio.create_task(_read(child, told))
        page = str(json.loads(addresses)["page"])
        try:
            async with aiohttp.ClientSession(base_url=page) as session:
                yield child, told, session
        finally:
            for process in (child, sandbox):
                process.kill()
                await process.wait()
            await asyncio.gather(reading, return_exceptions=True)


async def _read(child: asyncio.subprocess.Process, told: list[dict[str, Any]]) -> None:
    assert child.stdout is not None
    while line := await child.stdout.readline():
        told.append(json.loads(line))


async def _until_up(told: list[dict[str, Any]]) -> None:
    await within(lambda: told[-1]["slack"] and told[-1]["discord"], 60)


async def _go(session: aiohttp.ClientSession) -> bool:
    """A member uses the command; whether it was acknowledged in time."""
    said = {"platform": "slack", "member": ADA, "place": PLACE, "text": "/go"}
    async with session.post("/sandbox/say", json=said) as answer:
        answer.raise_for_status()
    async with session.get("/sandbox/deliveries", params={"platform": "slack"}) as answer:
        return bool((await answer.json())[-1]["ok"])


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {22: outage, 23: blocked, 24: wrong_clocks}
