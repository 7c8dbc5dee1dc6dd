"""The gateway from the server's side: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, zlib-stream."""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)
REPLAY = 1000  # events a session keeps for RESUME


@dataclass
class Session:
    """One logical connection; it outlives its sockets."""

    id: str
    shard: tuple[int, int]
    seq: int = 0
    events: deque[tuple[int, dict[str, Any]]] = field(default_factory=lambda: deque(maxlen=REPLAY))
    wire: Wire | None = None


class Wire:
    """One socket; with zlib-stream, ONE deflate context for its whole life."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self._deflate = zlib.compressobj() if compressed else None

    async def send(self, payload: dict[str, Any]) -> None:
        """One gateway payload. A socket that is gone loses nothing: its session replays."""
        text = json.dumps(payload, separators=(",", ":"))
        if self.socket.closed:
            return
        try:
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                await self.socket.send_bytes(
                    self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                )
        except ConnectionError:
            await self.socket.close()

    def cut(self) -> None:
        """Ends the TCP connection without a goodbye."""
        request = self.socket._req  # no public way to cut  # pyright: ignore[reportPrivateUsage]
        if request is not None and request.transport is not None:
            request.transport.abort()


class Gateway:
    """All sessions of the one bot."""

    def __init__(self, world: DiscordWorld, heartbeat_ms: int = 41_250) -> None:
        self._world, self._heartbeat = world, heartbeat_ms
        self.sessions: dict[str, Session] = {}
        self.identifies = 0

    def count(self) -> int:
        """Live sockets."""
        return sum(1 for session in self.sessions.values() if session.wire and not session.wire.socket.closed)

    def drop_all(self) -> None:
        """Cuts every socket; sessions stay resumable."""
        for session in self.sessions.values():
            if session.wire is not None:
                session.wire.cut()

    def forget_sessions(self) -> None:
        """The next RESUME meets an invalid session."""
        self.sessions.clear()

    async def ask_reconnect(self) -> None:
        """Op 7 to everyone."""
        for session in self.sessions.values():
            if session.wire is not None:
                await session.wire.send({"op": 7, "d": None})

    async def emit(self, event: str, data: dict[str, Any], guild: str = "") -> None:
        """Dispatches an event to the shard of a guild (DMs: shard 0)."""
        for session in tuple(self.sessions.values()):
            shard, of = session.shard
            if ((int(guild) >> 22) % of if guild else 0) == shard:
                session.seq += 1
                payload = {"op": 0, "t": event, "s": session.seq, "d": data}
                session.events.append((session.seq, payload))
                if session.wire is not None:
                    await session.wire.send(payload)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One socket's life."""
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        wire = Wire(socket, compressed=request.query.get("compress") == "zlib-stream")
        await wire.send({"op": 10, "d": {"heartbeat_interval": self._heartbeat}})
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    session = await self._received(json.loads(message.data), wire, session)
        finally:
            if session is not None and session.wire is wire:
                session.wire = None
        return socket

    async def _received(self, payload: dict[str, Any], wire: Wire, session: Session | None) -> Session | None:
        match payload.get("op"):
            case 1:
                await wire.send({"op": 11})
            case 2:
                return await self._identify(payload["d"], wire)
            case 6:
                return await self._resume(payload["d"], wire)
            case 3 | 4 | 8:
                pass
            case _:
                await wire.socket.close(code=4001)
        return session

    async def _identify(self, data: dict[str, Any], wire: Wire) -> Session | None:
        world = self._world
        self.identifies += 1
        if data.get("token") != world.bot_token:
            await wire.socket.close(code=4004, message=b"Authentication failed.")
            return None
        if int(data.get("intents", 0)) & PRIVILEGED:
            await wire.socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        shard = data.get("shard") or [0, 1]
        session = Session(secrets.token_hex(16), (int(shard[0]), int(shard[1])))
        session.wire = wire
        self.sessions = {k: s for k, s in self.sessions.items() if s.shard != session.shard} | {session.id: session}
        mine = [g for g in world.guilds.values() if (int(g.id) >> 22) % session.shard[1] == session.shard[0]]
        await self._to(session, "READY", {
            "v": 10, "user": world.bot.native(), "guilds": [{"id": g.id, "unavailable": True} for g in mine],
            "session_id": session.id, "resume_gateway_url": world.gateway_url(), "shard": list(session.shard),
            "application": {"id": world.bot.id, "flags": 0}, "private_channels": [], "relationships": [],
        })  # fmt: skip
        for guild in mine:
            await self._to(session, "GUILD_CREATE", world.guild_payload(guild))
        world.changed()
        return session

    async def _resume(self, data: dict[str, Any], wire: Wire) -> Session | None:
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or data.get("token") != self._world.bot_token:
            await wire.send({"op": 9, "d": False})
            return None
        session.wire = wire
        for seq, payload in tuple(session.events):
            if seq > int(data.get("seq") or 0):
                await wire.send(payload)
        await self._to(session, "RESUMED", {})
        return session

    async def _to(self, session: Session, event: str, data: dict[str, Any]) -> None:
        session.seq += 1
        payload = {"op": 0, "t": event, "s": session.seq, "d": data}
        session.events.append((session.seq, payload))
        if session.wire is not None:
            await session.wire.send(payload)
        await asyncio.sleep(0)
