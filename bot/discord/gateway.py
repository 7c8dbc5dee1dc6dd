"""One gateway connection as the library makes it, with three things it lacks: an address of its own, a note in the
store before each IDENTIFY, and an eye for a heartbeat that nobody acknowledges."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import yarl
from discord.gateway import DiscordWebSocket

from chat.errors import PlatformSetup, Revoked

log = logging.getLogger(__name__)

ACK_PATIENCE = 10.0  # seconds an acknowledgement may take beyond the beat's interval
LOOK = 1.0  # seconds between two looks at the heartbeat

SETUP_CODES = {
    4010: "the shard number is wrong",
    4011: "the bot is in too many guilds for one connection and must be sharded",
    4012: "this version of Discord's gateway is gone: update discord.py",
    4013: "an intent is invalid: update discord.py",
    4014: "an intent is not allowed: steppingstone needs none that is privileged, so this is a bug",
}
OVER_CODES = frozenset({4003, 4007, 4009})
"""The session is over, Discord says; the library would try to RESUME it."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a RESUME needs."""

    id: str
    sequence: int
    gateway: yarl.URL


class Socket(DiscordWebSocket):
    """`socket_class` makes the ones to use: other bots in this process keep their addresses."""

    noted: Callable[[], Awaitable[None]]
    deserted = False  # we left it because nobody acknowledged our heartbeats

    async def identify(self) -> None:
        """Only after it was noted; what cannot be noted is not sent."""
        await self.noted()
        await super().identify()

    def session(self) -> Session | None:
        """What there is to resume."""
        if self.session_id is None or self.sequence is None:
            return None
        return Session(self.session_id, self.sequence, self.gateway)

    def close_code(self) -> int:
        """Why Discord closed it; 0 when it did not."""
        return self.socket.close_code or 0

    async def unanswered(self) -> None:
        """Returns when a heartbeat stayed unanswered. Looks twice: after this process stood still, the answer is there
        but not yet read."""
        seen = 0
        while seen < 2:
            await asyncio.sleep(LOOK)
            seen = seen + 1 if self._late() else 0

    def _late(self) -> bool:
        beat: Any = self._keep_alive  # its fields are private, but nothing else tells
        if beat is None or beat.interval is None:
            return False
        return time.perf_counter() - float(beat._last_ack) > float(beat.interval) + ACK_PATIENCE


def socket_class(
    gateway: str | None, opened: Callable[[Socket], object], note: Callable[[], Awaitable[None]]
) -> type[Socket]:
    """Sockets that go to `gateway` (None: the real Discord), tell `opened` as soon as there is something to close, and
    wait for `note` before they IDENTIFY."""

    class Ours(Socket):
        DEFAULT_GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY if gateway is None else yarl.URL(gateway)
        noted = staticmethod(note)

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            opened(self)

    return Ours


def refusal(code: int) -> PlatformSetup | Revoked | None:
    """What a close code forbids for good; None when one may come again.

    >>> refusal(4004), refusal(4000)
    (Revoked('4004'), None)
    """
    if code == 4004:
        return Revoked("4004")
    if code in SETUP_CODES:
        return PlatformSetup(f"Discord closed the gateway with {code}: {SETUP_CODES[code]}")
    return None
