"""Keeps the gateway connection alive: bounded back-off, RESUME where possible, and never a wasted IDENTIFY.

Instead of `discord.Client.connect()`, which dies when the first connection fails (Rapptz/discord.py#10520), waits up to
17 minutes after a long outage, loops without pause on a gateway that closes at once, and does not look at the daily
budget of session starts, whose end costs the bot its token (platforms.md findings 9 and 10).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.discord.starts import BudgetSpent, Starts
from chat.errors import DeliveryError, PlatformSetup, Revoked

log = logging.getLogger(__name__)

RESUME_TRIES = 5
"""Failures in a row after which a session is given up: perhaps the address to resume at is what is broken."""

SETUP_CODES = {
    4010: "the shard number is wrong",
    4011: "the bot is in too many guilds for one connection and must be sharded",
    4012: "this version of Discord's gateway is gone: update discord.py",
    4013: "an intent is invalid: update discord.py",
    4014: "an intent is not allowed: steppingstone needs none that is privileged, so this is a bug",
}


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait, in seconds."""

    first: float = 1.0
    most: float = 60.0
    between_starts: float = 5.0  # Discord allows one IDENTIFY per five seconds
    steady: float = 30.0  # a connection that lived this long is no part of a series of failures


QUICK = Pauses(first=0.05, most=0.5, between_starts=0.0, steady=0.2)
"""For a sandbox."""


class Supervisor:
    """One gateway connection after another until `stop`. `ready` is set at the first READY, or when `failure` is."""

    def __init__(self, client: discord.Client, gateway: str | None, pauses: Pauses, random: Random) -> None:
        self._client, self._pauses, self._random = client, pauses, random
        self._sockets: list[DiscordWebSocket] = []
        self._socket_class = _socket_class(gateway, self._sockets.append)
        self._resume: _Session | None = None
        self._starts = Starts(client.http, pauses.between_starts)
        self._up_since: float | None = None
        self._was_up = False
        self._task: asyncio.Task[None] | None = None
        self.ready = asyncio.Event()
        self.failure: PlatformSetup | Revoked | None = None

    @property
    def connected(self) -> bool:
        """True from READY or RESUMED until the connection is lost."""
        return self._up_since is not None

    def start(self) -> None:
        """Begins connecting in a task of its own."""
        self._task = asyncio.create_task(self._run(), name="discord gateway")

    def up(self) -> None:
        """Tell it that READY or RESUMED arrived."""
        self._up_since, self._was_up = time.monotonic(), True

    async def stop(self) -> None:
        """Ends the session and waits until the connection is closed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        failures = 0
        while self.failure is None:
            try:
                if self._resume is None:
                    await self._starts.take()
                await self._connection()
            except BudgetSpent as error:
                if not self._was_up:
                    self._give_up(error)
                    break
                log.error("%s", error)
                await asyncio.sleep(min(error.seconds, 600))
            except (PlatformSetup, Revoked) as error:
                self._give_up(error)
                break
            except (DeliveryError, discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("the gateway connection failed", extra={"reason": type(error).__name__})
            except Exception:
                # discord.py parses events inside its receiving loop: one it cannot read must not make us deaf.
                log.exception("an event of the gateway could not be read; connecting again")
            failures = 0 if self._was_steady() else failures + 1
            self._up_since = None
            if failures >= RESUME_TRIES:
                self._resume = None
            await asyncio.sleep(self._pause(failures))

    async def _connection(self) -> None:
        """One connection from opening to loss. Returns when it should be replaced; raises what forbids another."""
        resume, resumable = self._resume, True
        try:
            opening = self._socket_class.from_client(
                self._client,
                initial=True,  # pacing is ours, see starts.py
                gateway=resume.gateway if resume else None,
                session=resume.id if resume else None,
                sequence=resume.sequence if resume else None,
                resume=resume is not None,
            )
            self._client.ws = socket = await asyncio.wait_for(opening, timeout=30)
            while True:
                await socket.poll_event()
        except ReconnectWebSocket as again:
            resumable = again.resume
        except discord.ConnectionClosed as closed:
            # The library gives up at the codes that forbid a reconnection; all others it reports as the above.
            raise _refusal(closed.code) or closed from None
        finally:
            await self._close(resumable=resumable)

    async def _close(self, *, resumable: bool) -> None:
        """Remembers the session and closes the socket, also one whose opening was cancelled: it has a thread."""
        if not resumable:
            self._resume = None
        while self._sockets:
            socket = self._sockets.pop()
            if resumable and socket.session_id is not None and socket.sequence is not None:
                self._resume = _Session(socket.session_id, socket.sequence, socket.gateway)
            try:
                async with asyncio.timeout(3):
                    await socket.close(code=1000 if self._stopping() else 4000)
            except TimeoutError:
                log.info("the gateway did not answer our goodbye")

    def _was_steady(self) -> bool:
        return self._up_since is not None and time.monotonic() - self._up_since >= self._pauses.steady

    def _pause(self, failures: int) -> float:
        most = min(self._pauses.most, self._pauses.first * 2 ** min(failures, 10)) if failures else 0.0
        return most * self._random.uniform(0.5, 1.0)

    def _stopping(self) -> bool:
        return self._task is not None and self._task.cancelling() > 0

    def _give_up(self, error: PlatformSetup | Revoked) -> None:
        log.error("Discord refuses this bot for good: %s", error)
        self.failure, self._up_since = error, None
        self.ready.set()


@dataclass(frozen=True, slots=True)
class _Session:
    id: str
    sequence: int
    gateway: yarl.URL


def _refusal(code: int) -> PlatformSetup | Revoked | None:
    if code == 4004:
        return Revoked("4004")
    if code in SETUP_CODES:
        return PlatformSetup(f"Discord closed the gateway with {code}: {SETUP_CODES[code]}")
    return None


def _socket_class(gateway: str | None, opened: Callable[[DiscordWebSocket], object]) -> type[DiscordWebSocket]:
    """The library's socket class with an address of its own: other bots in this process keep theirs."""

    class Socket(DiscordWebSocket):
        DEFAULT_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY if gateway is None else yarl.URL(gateway)

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            opened(self)

    return Socket
