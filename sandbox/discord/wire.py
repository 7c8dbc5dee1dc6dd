"""One gateway socket and the logical session it serves; payloads read and written."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file carries JSON of any shape: that is its purpose)

from __future__ import annotations

import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.parsing import Unreadable, parse
from sandbox.rates import Window
from sandbox.transport import cut_socket

REPLAY = 1000  # events a session keeps for RESUME
OUTBOUND = (120, 60.0)  # payloads a minute and connection
dumps = json.JSONEncoder(separators=(",", ":")).encode


@dataclass
class Session:
    """One logical connection; it outlives its sockets."""

    id: str
    shard: tuple[int, int]
    intents: int
    seq: int = 0
    events: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAY))
    wire: Wire | None = None


class Wire:
    """One socket; with zlib-stream, ONE deflate context for its whole life."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket, self.deaf = socket, False
        self.heard = Window(*OUTBOUND)
        self._deflate = zlib.compressobj() if compressed else None

    async def send(self, text: str) -> None:
        """One gateway payload. A socket that is gone loses nothing: its session replays."""
        if self.socket.closed or self.deaf:
            return
        try:
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)
        except ConnectionError:
            await self.socket.close()

    async def say(self, op: int, data: Any = None) -> None:
        """An operation that is not an event."""
        await self.send(dumps({"op": op, "d": data, "s": None, "t": None}))

    def cut(self) -> None:
        """Ends the TCP connection without a goodbye."""
        cut_socket(self.socket)


def decoded(raw: str | bytes) -> tuple[int | None, Any]:
    """(op, d); no op when the payload cannot be read, or IDENTIFY, RESUME or a member request carries no object."""
    try:
        payload = parse(raw)
    except Unreadable:
        return None, None
    if not isinstance(payload, dict) or not isinstance(payload.get("op"), int):
        return None, None
    wrong = payload["op"] in {2, 6, 8} and not isinstance(payload.get("d"), dict)
    return (None if wrong else payload["op"]), payload.get("d")


def shard_of(given: Any) -> tuple[int, int]:
    """(shard, of), (0, 1) when it was left out; what cannot be is an invalid shard."""
    if given is None:
        return 0, 1
    right = isinstance(given, list) and len(given) == 2 and all(type(part) is int for part in given)
    return (given[0], given[1]) if right else (0, 0)
