"""A sender that can be killed: store, planner, dispatcher and courier as in the bot, platforms without sockets.

`python -m faults._sender` is a fork server: it has imported everything, forks for each line on stdin, kills the child
when the line says so, and answers with how it ended.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import logging
import os
import secrets
import select
import signal
import sys
import time
import traceback
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from subprocess import PIPE, Popen
from typing import Any

import aiohttp

from bot.discord.direct import DirectMessages
from bot.discord.login import close, log_in
from bot.discord.platform import DiscordPlatform
from bot.slack.client import WebApi
from bot.slack.platform import SlackPlatform
from bot.slack.tokens import Tokens
from chat.message import Message
from chat.people import Person, Sent
from chat.platform import Found, Handle
from commands._registry import load as load_commands
from content.shelf import Shelf
from scheduler import failpoints
from scheduler._rooms import Rooms
from scheduler.clock import SystemClock
from scheduler.courier import Courier
from scheduler.jobs import plan_prompts, stay_alive
from scheduler.pacer import Pacer
from store import Keyring, Store, open_store

DIED = 137  # at a failpoint
OPEN = ("planned", "claimed", "retry")
PATIENCE = 60.0  # seconds a sender goes on while rows are open
LAZY = (
    "sqlalchemy.dialects.postgresql.asyncpg", "pgqueuer.adapters.drivers.asyncpg", "pgqueuer.core.qm", "alembic.command"
)  # fmt: skip
"""What a sender imports only where it needs it: the fork server has it before any child is born."""


@dataclass(frozen=True, slots=True)
class Job:
    """One child. `point` and `hit`: where it dies by itself; `kill_ms`: when it is killed, counted from the moment it
    is about to send (`early`: from its birth); `settle`: it works until nothing is open."""

    database: str
    keys: str
    platform: str
    told: dict[str, str]
    remembers: bool = False
    point: str = ""
    hit: int = 1
    kill_ms: float | None = None
    early: bool = False


class Slack(SlackPlatform):
    """Its Web API alone; tokens come from the store."""

    def __init__(self, store: Store, job: Job) -> None:
        super().__init__(
            app_token="", bot_tokens=[], store=store, clock=SystemClock().now, base_url=job.told["slack_api"],
            remembers_keys=job.remembers,
        )  # fmt: skip

    async def start(self, handle: Handle | None = None) -> None:
        """A session."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        self._api = WebApi(self._tokens, self._base_url, self._session)

    async def stop(self) -> None:
        """Closes it."""
        if self._session is not None:
            await self._session.close()


class Discord(DiscordPlatform):
    """Its HTTP side alone: a sender that dies two thousand times would use up two days of IDENTIFYs."""

    def __init__(self, store: Store, job: Job) -> None:
        super().__init__(
            token=job.told["discord_token"], registry=load_commands(), store=store, clock=SystemClock().now,
            api=job.told["discord_api"], fast_start=True,
        )  # fmt: skip

    async def start(self, handle: Handle | None = None) -> None:
        """Logs in."""
        self._client = await log_in(self, self._token, api=self._api, quick=True)
        self._direct = DirectMessages(self._client.http)

    async def send(self, to: Person, message: Message, *, key: str, place: str | None = None) -> Sent:
        """As the platform does."""
        return await self._direct.send(to, message, key, place)

    async def find(self, to: Person, key: str, *, place: str | None, since: datetime) -> Found:
        """As the platform does."""
        return await self._direct.find(to, key, place=place, since=since)

    async def stop(self) -> None:
        """Closes the client."""
        await close(self._client)


def mortal(job: Job) -> None:
    """From now on this process dies at the job's point."""
    hits = 0

    def reached(name: str) -> None:
        nonlocal hits
        hits += name == job.point
        if hits == job.hit and name == job.point:
            os._exit(DIED)

    failpoints.listen(reached if job.point else None)


async def work(job: Job, shelf: Shelf, begun: Callable[[], object]) -> None:
    """Plans what is due and sends until nothing is open; raises TimeoutError after a minute."""
    store = await open_store(job.database, keyring=Keyring.parse(job.keys))
    platform = (Slack if job.platform == "slack" else Discord)(store, job)
    await platform.start()
    mortal(job)
    platforms = {job.platform: platform}
    rooms = Rooms(
        store, shelf, SystemClock(), platforms, Pacer(platforms, enabled=False), f"f/{secrets.token_hex(6)}", 0.05
    )
    courier = Courier(rooms)
    await stay_alive.run(rooms)
    begun()
    await rooms.dispatcher.start(courier)
    await plan_prompts.run(rooms)
    async with asyncio.timeout(PATIENCE):
        while True:
            await asyncio.sleep(0.1)
            async with store.begin() as tx:
                counts = await tx.deliveries.counts_by_state()
            if not any(counts.get(state) for state in OPEN):
                break
            rooms.dispatcher.wake()
    await rooms.dispatcher.stop()
    await platform.stop()
    async with store.begin() as tx:
        await tx.house.gone(rooms.worker)
    await store.close()


def fork(job: Job, shelf: Shelf) -> dict[str, Any]:
    """One child's life. `code`: 0, 137 at a failpoint, -9 when it was killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            asyncio.run(work(job, shelf, lambda: os.write(writer, b".")))
        except BaseException:  # noqa: BLE001  # a child must not live on as a second fork server
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writer)
    if job.kill_ms is not None:
        if not job.early:
            select.select([reader], [], [], PATIENCE)
        time.sleep(job.kill_ms / 1000)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(reader)
    return {"code": os.waitstatus_to_exitcode(status)}


class Forks:
    """The fork server's other side; it may outlive an event loop."""

    def __init__(self) -> None:
        self._process = Popen([sys.executable, "-m", "faults._sender"], stdin=PIPE, stdout=PIPE, text=True)

    async def run(self, job: Job) -> int:
        """A child's exit code, see `fork`."""
        return await asyncio.to_thread(self._told, json.dumps(asdict(job)))

    def _told(self, line: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(line, file=self._process.stdin, flush=True)
        return int(json.loads(self._process.stdout.readline())["code"])

    def stop(self) -> None:
        """Waits for its end."""
        self._process.communicate()


@asynccontextmanager
async def forks() -> AsyncGenerator[Forks]:
    """Starts and ends a fork server."""
    running = Forks()
    try:
        yield running
    finally:
        await asyncio.to_thread(running.stop)


async def hand_out(store: Store, tokens: dict[str, str]) -> None:
    """Slack's tokens, by workspace key, into the store."""
    keeper = Tokens(store)
    async with store.begin() as tx:
        spaces = await tx.spaces.all_present("slack")
    for row in spaces:
        await keeper.keep(row.space, tokens[row.space.key], "UBOT")


def main() -> None:
    """Serves until stdin ends."""
    logging.disable(logging.WARNING)
    shelf, _ = Shelf(), load_commands()
    for module in LAZY:
        importlib.import_module(module)
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(fork(Job(**json.loads(line)), shelf)), flush=True)


if __name__ == "__main__":
    main()
