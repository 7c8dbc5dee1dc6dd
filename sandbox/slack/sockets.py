"""Socket Mode from Slack's side: connections by a ticket, envelopes to any one of them, acks by envelope id."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import Mapping
from typing import Any, cast

from aiohttp import WSMsgType, web

from sandbox.parsing import Unreadable, parse
from sandbox.transport import cut_socket

MOST = 10
PING_PACE, WARNING = 10.0, 10.0  # seconds between pings; from the warning to the end
LIFE = 18_060.0  # seconds a connection lives, real ones
LAST_ACKS = 1.0  # seconds a connection that is asked to go may still acknowledge what it was given


class Sockets:
    """The open connections of one app."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._deaf: set[web.WebSocketResponse] = set()
        self._tickets: dict[str, None] = {}
        self._waiting: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self._given: dict[str, web.WebSocketResponse] = {}
        self._live = 0
        self._turn = itertools.count()
        self._disabled = False
        self.life, self.warning = LIFE, WARNING
        self.short_life = 360.0  # seconds, of a connection opened with debug_reconnects=true
        self.opened = 0  # connections since the start
        self.most_live = 0  # the most connections there ever were at once, those on their way out included
        self.dead_tickets = 0  # how many of the next tickets open nothing
        self.refusal = ""  # what apps.connections.open answers instead of a ticket, such as missing_scope

    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    def new_ticket(self) -> str:
        """A ticket opens one connection, once."""
        ticket = secrets.token_urlsafe(12)
        if self.dead_tickets:
            self.dead_tickets -= 1
            return ticket
        self._tickets[ticket] = None
        while len(self._tickets) > 100:
            del self._tickets[next(iter(self._tickets))]
        return ticket

    def drop_all(self) -> None:
        """Cuts every connection without a goodbye."""
        for socket in tuple(self._open):
            cut_socket(socket)
        self._open.clear()

    def half_open(self) -> None:
        """The connections there are stay open and fall silent, pongs too, as when a network dies without a word."""
        self._deaf.update(self._open)

    def set_disabled(self, disabled: bool) -> None:
        """Socket Mode switched off in the app's settings: no connection comes up."""
        self._disabled = disabled

    async def disconnect(self, reason: str) -> None:
        """Sends `disconnect`: "warning" only announces; "refresh_requested" and "link_disabled" end the connection."""
        for socket in tuple(self._open):
            await self._disconnect(socket, reason)

    async def _disconnect(self, socket: web.WebSocketResponse, reason: str) -> None:
        if reason != "warning" and socket in self._open:
            self._open.remove(socket)
        try:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        except ConnectionError:
            return  # it went by itself in the meantime
        if reason != "warning":
            if under_way := [self._waiting[e] for e, to in self._given.items() if to is socket and e in self._waiting]:
                await asyncio.wait(under_way, timeout=LAST_ACKS)
            await socket.close()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection's life."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self._disabled:
            raise web.HTTPForbidden(text="a ticket opens one connection, once")
        del self._tickets[ticket]
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self._live += 1
        self.opened += 1
        self.most_live = max(self.most_live, self._live)
        try:
            return await self._life(socket, request)
        finally:
            self._live -= 1

    async def _life(self, socket: web.WebSocketResponse, request: web.Request) -> web.WebSocketResponse:
        if len(self._open) >= MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        info = {"app_id": "A0SANDBOX"}
        life = self.short_life if request.query.get("debug_reconnects") == "true" else self.life
        hello = {"type": "hello", "num_connections": len(self._open) + 1, "connection_info": info}
        await socket.send_json(hello | {"debug_info": {"host": "sandbox", "approximate_connection_time": life}})
        self._open.append(socket)
        pings = asyncio.create_task(self._ping(socket, life))
        try:
            async for message in socket:
                if message.type is WSMsgType.PING and socket not in self._deaf:
                    await socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    self._acked(message.data)
        finally:
            pings.cancel()
            self._deaf.discard(socket)
            if socket in self._open:
                self._open.remove(socket)
        return socket

    async def _ping(self, socket: web.WebSocketResponse, life: float) -> None:
        """Slack pings too; official clients take its silence for a dead connection. At the end of its life a connection
        is warned and then asked to come anew."""
        ends = time.monotonic() + life
        warned = ends - self.warning
        while not socket.closed and time.monotonic() < warned:
            await asyncio.sleep(min(PING_PACE, max(0.0, warned - time.monotonic())))
            if socket not in self._deaf and not socket.closed:
                await socket.ping(b"Ping from sandbox")
        await self._disconnect(socket, "warning")
        await asyncio.sleep(max(0.0, ends - time.monotonic()))
        await self._disconnect(socket, "refresh_requested")

    def _acked(self, raw: str) -> None:
        """What is no acknowledgement is ignored, as Slack does."""
        try:
            ack = parse(raw)
        except Unreadable:
            return
        if not isinstance(ack, dict):
            return
        said = cast("dict[str, Any]", ack)
        waiting = self._waiting.pop(str(said.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(said)

    async def deliver(
        self, kind: str, payload: Mapping[str, Any], window: float, attempt: int = 0, reason: str = ""
    ) -> Mapping[str, Any] | None:
        """Sends one envelope to one connection; the ack's payload, or None when nobody acknowledged in time."""
        if not self._open:
            return None
        socket = self._open[next(self._turn) % len(self._open)]
        envelope = secrets.token_hex(12)
        waiting: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope], self._given[envelope] = waiting, socket
        accepts = kind in {"slash_commands", "interactive"}
        try:
            if socket not in self._deaf:
                await socket.send_json(
                    {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": accepts}
                    | ({"retry_attempt": attempt, "retry_reason": reason} if kind == "events_api" else {})
                )
            ack = await asyncio.wait_for(waiting, window)
        except (TimeoutError, ConnectionError):
            return None
        finally:
            self._waiting.pop(envelope, None)
            self._given.pop(envelope, None)
        said = ack.get("payload")
        return cast("Mapping[str, Any]", said) if isinstance(said, dict) else {}
