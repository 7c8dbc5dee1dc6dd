"""Socket Mode from the server's side: up to ten connections, each envelope to any one of them, acks by envelope id."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import WSMsgType, web

MOST = 10


class Sockets:
    """The open connections of one app."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self._turn = itertools.count()

    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    def new_ticket(self) -> str:
        """A ticket opens one connection, once."""
        ticket = secrets.token_urlsafe(12)
        self._tickets.add(ticket)
        return ticket

    def drop_all(self) -> None:
        """Cuts every connection without a goodbye."""
        for socket in self._open:
            if socket._req is not None and socket._req.transport is not None:  # no public way to cut  # pyright: ignore[reportPrivateUsage]
                socket._req.transport.abort()  # pyright: ignore[reportPrivateUsage]
        self._open.clear()

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to come anew, as Slack does every few hours."""
        for socket in tuple(self._open):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection's life."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or len(self._open) >= MOST:
            raise web.HTTPForbidden(text="bad ticket or too many websockets")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        info = {"app_id": "A0SANDBOX"}
        hello = {"type": "hello", "num_connections": len(self._open) + 1, "connection_info": info}
        await socket.send_json(hello | {"debug_info": {"host": "sandbox", "approximate_connection_time": 18060}})
        self._open.append(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acked(json.loads(message.data))
        finally:
            if socket in self._open:
                self._open.remove(socket)
        return socket

    def _acked(self, ack: Mapping[str, Any]) -> None:
        waiting = self._waiting.pop(str(ack.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(ack)

    async def deliver(self, kind: str, payload: Mapping[str, Any], window: float) -> Mapping[str, Any] | None:
        """Sends one envelope to one connection; the ack's payload, or None when nobody acknowledged in time."""
        if not self._open:
            return None
        socket = self._open[next(self._turn) % len(self._open)]
        envelope = secrets.token_hex(12)
        waiting: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = waiting
        accepts = kind in {"slash_commands", "interactive"}
        try:
            await socket.send_json(
                {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": accepts}
                | ({"retry_attempt": 0, "retry_reason": ""} if kind == "events_api" else {})
            )
            ack = await asyncio.wait_for(waiting, window)
        except (TimeoutError, ConnectionError):
            return None
        finally:
            self._waiting.pop(envelope, None)
        return ack.get("payload") or {}
