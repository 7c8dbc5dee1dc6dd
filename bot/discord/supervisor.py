"""Keeps the gateway connection alive: bounded back-off, RESUME where possible, and never a wasted IDENTIFY.

Instead of `discord.Client.connect()`, which dies when the first connection fails (Rapptz/discord.py#10520), waits up to
17 minutes after a long outage, loops without pause on a gateway that closes at once, and does not look at the daily
budget of session starts, whose end costs the bot its token (platforms.md findings 9 and 10).
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from random import Random

import aiohttp
import discord
from discord.gateway import ReconnectWebSocket

from bot.discord.gateway import OVER_CODES, Session, Socket, refusal, socket_class
from bot.discord.starts import BudgetSpent, Starts
from chat.errors import DeliveryError, PlatformSetup, Revoked
from chat.health import Health

log = logging.getLogger(__name__)

RESUME_TRIES = 5
"""Failures in a row after which the session's own address is no longer used; after twice as many it is given up."""

OPENING = 20.0  # seconds from the first byte to IDENTIFY or RESUME, Discord's hello between them
TURN = 30.0  # seconds after which our turn is looked up again


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait, in seconds. With one try's 20 beside them, a returned Discord is used within 60."""

    first: float = 1.0
    most: float = 30.0
    between_starts: float = 5.0  # Discord allows one IDENTIFY per five seconds
    invalid: float = 5.0  # at most, after an invalid session; Discord asks for one to five
    steady: float = 30.0  # a connection that lived this long is no part of a series of failures
    patient: bool = True  # whether restarts wait for their turn, see starts.py


QUICK = Pauses(first=0.05, most=0.5, between_starts=0.0, invalid=0.0, steady=0.2, patient=False)
"""For a sandbox."""


class Supervisor:
    """One gateway connection after another until `stop`. `ready` is set at the first READY, or when `failure` is;
    `settled` then too, or as soon as our own record of starts makes us wait; `ended` when nothing is tried any more."""

    def __init__(
        self, client: discord.Client, gateway: str | None, pauses: Pauses, random: Random, starts: Starts
    ) -> None:
        self._client, self._pauses, self._random, self._starts = client, pauses, random, starts
        self._sockets: list[Socket] = []
        self._socket_class = socket_class(gateway, self._sockets.append, starts.note)
        self._resume: Session | None = None
        self._failures, self._was_up = 0, False
        self._up_since: float | None = None
        self._since, self._reason = _now(), ""
        self._task: asyncio.Task[None] | None = None
        self.ready, self.settled, self.ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.failure: PlatformSetup | Revoked | None = None

    @property
    def connected(self) -> bool:
        """True from READY or RESUMED until the connection is lost."""
        return self._up_since is not None

    def health(self) -> Health:
        """See `bot.health`."""
        return Health(self.connected, _now() - self._since, self._reason, str(self.failure or ""))

    def start(self) -> None:
        """Begins connecting in a task of its own."""
        self._task = asyncio.create_task(self._run(), name="discord gateway")

    def up(self) -> None:
        """Tell it that READY or RESUMED arrived."""
        self._up_since = self._since = _now()
        self._was_up = True

    async def stop(self) -> None:
        """Ends the session and waits until the connection is closed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        # The library's wait for guilds would outlive us, and nothing public ends it.
        waiting: asyncio.Task[None] | None = getattr(self._client, "_connection")._ready_task  # noqa: B009
        if waiting is not None:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)

    async def _run(self) -> None:
        while self.failure is None:
            rest = 0.0
            try:
                if self._resume is None:
                    await self._turn()
                    await self._starts.allowed()
                if not await self._connection():
                    rest = self._random.uniform(0.2, 1.0) * self._pauses.invalid
            except BudgetSpent as error:
                if not self._was_up:
                    self._give_up(error)
                    break
                self._lost("budget")
                log.error("%s", error)
                rest = min(error.seconds, 600)
            except (PlatformSetup, Revoked) as error:
                self._give_up(error)
                break
            except (DeliveryError, discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
                self._lost(error.reason if isinstance(error, DeliveryError) else type(error).__name__)
            except Exception:
                # discord.py parses events inside its receiving loop: one it cannot read must not make us deaf.
                self._lost("unreadable")
                log.exception("an event of the gateway could not be read; connecting again")
            if self._failures >= 2 * RESUME_TRIES:
                self._resume = None
            await asyncio.sleep(max(rest, self._pause()))

    async def _turn(self) -> None:
        """Waits as long as our own record says; a start does not wait for that."""
        while left := (await self._starts.wait()).total_seconds():
            self._reason = f"waits {left:.0f} s before one more session start: there were too many lately"
            log.warning("%s", self._reason)
            self.settled.set()
            await asyncio.sleep(min(left, TURN))

    async def _connection(self) -> bool:
        """One connection from opening to loss. True: another may follow at once. Raises what forbids one."""
        resume, resumable = self._resume, True
        own = resume is not None and self._failures < RESUME_TRIES
        try:
            opening = self._socket_class.from_client(
                self._client,
                initial=True,  # pacing is ours, see starts.py
                gateway=resume.gateway if resume and own else None,
                session=resume.id if resume else None,
                sequence=resume.sequence if resume else None,
                resume=resume is not None,
            )
            self._client.ws = socket = await asyncio.wait_for(opening, timeout=OPENING)
            await _listen(socket)
        except ReconnectWebSocket as again:
            code = self._sockets[-1].close_code() if self._sockets else 0
            resumable = again.resume and code not in OVER_CODES
            left = bool(self._sockets) and self._sockets[-1].deserted
            self._lost(
                "heartbeat" if left else f"closed_{code}" if code else "reconnect" if resumable else "invalid_session"
            )
        except discord.ConnectionClosed as closed:
            # The library gives up at the codes that forbid a reconnection; all others it reports as the above.
            raise refusal(closed.code) or closed from None
        finally:
            await self._close(resumable=resumable)
        return resumable

    async def _close(self, *, resumable: bool) -> None:
        """Remembers the session and closes the socket, also one whose opening was cancelled: it has a thread."""
        if not resumable:
            self._resume = None
        while self._sockets:
            socket = self._sockets.pop()
            if resumable:
                self._resume = socket.session() or self._resume
            try:
                async with asyncio.timeout(3):
                    await socket.close(code=1000 if self._stopping() else 4000)
            except TimeoutError:
                log.info("the gateway did not answer our goodbye")

    def _lost(self, reason: str) -> None:
        """Counts a failure, unless the connection had lived long enough to be none."""
        steady = self._up_since is not None and _now() - self._up_since >= self._pauses.steady
        self._failures = 0 if steady else self._failures + 1
        if self._up_since is not None:
            self._since = _now()
        self._up_since, self._reason = None, reason
        log.warning("the gateway connection is gone", extra={"reason": reason, "failures": self._failures})

    def _pause(self) -> float:
        if not self._failures:
            return 0.0
        most = min(self._pauses.most, self._pauses.first * 2 ** min(self._failures, 10))
        return most * self._random.uniform(0.5, 1.0)

    def _stopping(self) -> bool:
        return self._task is not None and self._task.cancelling() > 0

    def _give_up(self, error: PlatformSetup | Revoked) -> None:
        log.error("Discord refuses this bot for good: %s", error)
        self.failure, self._up_since, self._since = error, None, _now()
        for event in (self.ready, self.settled, self.ended):
            event.set()


async def _listen(socket: Socket) -> None:
    """Until the connection ends, by itself or because its heartbeats are not acknowledged."""

    async def leave_when_deserted() -> None:
        await socket.unanswered()
        socket.deserted = True
        await socket.close(code=4000)

    watch = asyncio.create_task(leave_when_deserted(), name="discord heartbeat watch")
    try:
        while True:
            await socket.poll_event()
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)


def _now() -> float:
    return asyncio.get_running_loop().time()
