"""The gateway from the server's side: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, shards, zlib-stream."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file carries JSON of any shape: that is its purpose)

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from sandbox.discord.wire import Session, Wire, decoded, dumps, shard_of
from sandbox.rates import Limits, Window

if TYPE_CHECKING:
    from sandbox.discord.state import DiscordState

PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)
INTENTS = {"GUILD": 1 << 0, "GUILD_MEMBER": 1 << 1, "MESSAGE": 1 << 9, "DM_MESSAGE": 1 << 12, "CONTENT": 1 << 15}
DEAD = 20  # sessions kept for RESUME after their sockets went
ALL_INTENTS = (1 << 26) - 1
LARGEST = 4096  # bytes of a payload
BUDGET, IDENTIFY_PACE = 1000, 5.0  # IDENTIFYs a day; seconds between two of one concurrency key


class Gateway:
    """All sessions of the one bot."""

    def __init__(self, world: DiscordState, heartbeat_ms: int = 41_250) -> None:
        self._world, self.heartbeat_ms = world, heartbeat_ms
        self.sessions: dict[str, Session] = {}
        self.identifies = Window(BUDGET, 86_400.0)
        self.allow_privileged = False  # switched on in the application's settings
        self.recommended, self.concurrency = 1, 1
        self._paces: Limits[Window] = Limits()
        self.away = False  # connections are refused with a 503
        self.hello_delay = 0.0  # seconds before a new connection hears anything
        self.acks_heartbeats = True  # off: connections are zombies
        self.taken = 0  # IDENTIFYs since the start
        self.invalid = 0  # IDENTIFYs answered with an invalid session because they came too fast

    def count(self) -> int:
        """Live sockets."""
        return sum(1 for session in self.sessions.values() if session.wire and not session.wire.socket.closed)

    def _wires(self) -> list[Wire]:
        return [session.wire for session in self.sessions.values() if session.wire is not None]

    def drop_all(self) -> None:
        """Cuts every socket; sessions stay resumable."""
        for wire in self._wires():
            wire.cut()

    def wants(self, intent: int) -> bool:
        """Whether any session asked for events of an intent."""
        return any(session.intents & intent for session in self.sessions.values())

    async def close_all(self, code: int, reason: str) -> None:
        """Closes every socket with a code."""
        for wire in self._wires():
            await wire.socket.close(code=code, message=reason.encode())

    def half_open(self) -> None:
        """Sockets stay open and fall silent, heartbeat acks too."""
        for wire in self._wires():
            wire.deaf = True

    def forget_sessions(self) -> None:
        """The next RESUME meets an invalid session."""
        self.sessions.clear()

    async def ask_reconnect(self) -> None:
        """Op 7 to everyone."""
        for wire in self._wires():
            await wire.say(7)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9: every session is over, or may be resumed."""
        wires = self._wires()
        if not resumable:
            self.forget_sessions()
        for wire in wires:
            await wire.say(9, data=resumable)

    async def emit(
        self, event: str, data: dict[str, Any], guild: str = "", intent: int = 0, without: dict[str, Any] | None = None
    ) -> None:
        """Dispatches an event to the shard of a guild (DMs: shard 0), where the intents ask for it; `without` goes to
        sessions that lack the content intent."""
        for session in tuple(self.sessions.values()):
            shard, of = session.shard
            mine = (((int(guild) >> 22) % of) if guild else 0) == shard
            if mine and (not intent or session.intents & intent):
                lacks = without is not None and not session.intents & INTENTS["CONTENT"]
                await self._to(session, event, without if lacks and without is not None else data)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One socket's life."""
        if self.away:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        wire = Wire(socket, compressed=request.query.get("compress") == "zlib-stream")
        if request.query.get("v", "10") not in {"9", "10"}:
            await socket.close(code=4012, message=b"Invalid API version.")
            return socket
        await asyncio.sleep(self.hello_delay)
        await wire.say(10, {"heartbeat_interval": self.heartbeat_ms})
        session: Session | None = None
        silence, goodbye = self.heartbeat_ms / 1000 * 1.5 + 5, 0
        try:
            while not socket.closed:
                message = await asyncio.wait_for(socket.receive(), silence)
                if message.type in {WSMsgType.TEXT, WSMsgType.BINARY}:
                    session = await self._received(message.data, wire, session)
                elif message.type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}:
                    goodbye = message.data if message.type is WSMsgType.CLOSE else 0
                    break
        except TimeoutError:
            await socket.close(code=4009, message=b"Session timed out.")  # no heartbeat for too long
        finally:
            self._ended(session, wire, goodbye)
        return socket

    def _ended(self, session: Session | None, wire: Wire, goodbye: int) -> None:
        if session is None or session.wire is not wire:
            return
        session.wire = None
        if goodbye in {1000, 1001}:  # the bot closed it cleanly: that ends the session
            self.sessions.pop(session.id, None)
        self._world.changed()

    async def _received(self, raw: str | bytes, wire: Wire, session: Session | None) -> Session | None:
        if len(raw) > LARGEST:
            await wire.socket.close(code=4002, message=b"Payload too large.")
            return session
        if session is not None and session.id not in self.sessions:
            session = None  # invalidated: the same socket may identify again
        op, data = decoded(raw)
        if op is None:
            await wire.socket.close(code=4002, message=b"Error while decoding payload.")
            return session
        if self._world.enforce_limits and wire.heard.take(time.monotonic()).wait:
            await wire.socket.close(code=4008, message=b"You are being rate limited.")
            return session
        match op:
            case 1 if self.acks_heartbeats:
                await wire.say(11)
            case 2 if session is not None:
                await wire.socket.close(code=4005, message=b"Already authenticated.")
            case 2:
                return await self._identify(data, wire)
            case 6:
                return await self._resume(data, wire)
            case 3 | 4 | 8 if session is None:
                await wire.socket.close(code=4003, message=b"Not authenticated.")
            case 8 if session is not None:
                await self._members(session, data)
            case 1 | 3 | 4:
                pass
            case _:
                await wire.socket.close(code=4001, message=b"Unknown opcode.")
        return session

    async def _identify(self, data: dict[str, Any], wire: Wire) -> Session | None:
        world, intents = self._world, data.get("intents")
        shard, of = shard_of(data.get("shard"))
        key, now = shard % self.concurrency, world.clock.age()
        self.taken += 1
        if world.enforce_limits and self.identifies.take(now).wait:
            await wire.socket.close(code=4004, message=b"Authentication failed.")  # the day's budget: token reset
            world.revoked = True
            return None
        if data.get("token") != world.bot_token or world.revoked:
            await wire.socket.close(code=4004, message=b"Authentication failed.")
        elif not isinstance(intents, int) or not 0 <= intents <= ALL_INTENTS:
            await wire.socket.close(code=4013, message=b"Invalid intent(s).")
        elif intents & PRIVILEGED and not self.allow_privileged:
            await wire.socket.close(code=4014, message=b"Disallowed intent(s).")
        elif not 0 <= shard < of:
            await wire.socket.close(code=4010, message=b"Invalid shard.")
        elif len(world.guilds) > 2500 * of:
            await wire.socket.close(code=4011, message=b"Sharding required.")
        elif world.enforce_pace and self._paces.take(key, now, lambda: Window(1, IDENTIFY_PACE)).wait:
            self.invalid += 1
            await wire.say(9, data=False)  # more than max_concurrency within five seconds
        else:
            return await self._ready(Session(secrets.token_hex(16), (shard, of), intents), wire)
        return None

    async def _ready(self, session: Session, wire: Wire) -> Session:
        world = self._world
        session.wire = wire
        self.sessions[session.id] = session  # beside others of the same shard, as Discord has it
        dead = [known.id for known in self.sessions.values() if known.wire is None]
        for id_ in dead[: max(0, len(dead) - DEAD)]:
            del self.sessions[id_]
        shard, of = session.shard
        mine = [g for g in world.guilds.values() if g.has_bot and (int(g.id) >> 22) % of == shard]
        await self._to(session, "READY", {
            "v": 10, "user": world.bot.native() | {"mfa_enabled": False, "verified": True, "email": None},
            "guilds": [{"id": g.id, "unavailable": True} for g in mine], "session_id": session.id,
            "resume_gateway_url": world.gateway_url(), "shard": list(session.shard),
            "application": {"id": world.bot.id, "flags": 0, "flags_new": "0"},
        })  # fmt: skip
        for guild in mine if session.intents & INTENTS["GUILD"] else ():
            await self._to(session, "GUILD_CREATE", world.guild_payload(guild))
        world.changed()
        return session

    async def _resume(self, data: dict[str, Any], wire: Wire) -> Session | None:
        session, after = self.sessions.get(str(data.get("session_id"))), data.get("seq") or 0
        if not isinstance(after, int):
            await wire.socket.close(code=4007, message=b"Invalid seq.")
            return None
        if data.get("token") != self._world.bot_token or self._world.revoked:
            await wire.socket.close(code=4004, message=b"Authentication failed.")
            return None
        if session is not None and after > session.seq:
            await wire.socket.close(code=4007, message=b"Invalid seq.")
            return None
        if session is None or (session.events and session.events[0][0] > after + 1):
            await wire.say(9, data=False)
            return None
        while missed := [(seq, text) for seq, text in session.events if seq > after]:
            for seq, text in missed:
                await wire.send(text)
                after = seq
        session.wire = wire  # only now: what happens during the replay must not overtake it
        await self._to(session, "RESUMED", {})
        self._world.changed()
        return session

    async def _members(self, session: Session, data: dict[str, Any]) -> None:
        """Op 8: everybody by id, or by name with the members intent."""
        world, guild = self._world, self._world.guilds.get(str(data.get("guild_id")))
        if guild is None:
            return
        named = data.get("user_ids") or []
        asked = [str(item) for item in (named if isinstance(named, list) else [named])]
        known = guild.members if not asked and session.intents & (1 << 1) else [u for u in asked if u in guild.members]
        query = str(data.get("query") or "").lower()
        people = [world.users[u] for u in known if world.users[u].name.lower().startswith(query)]
        await self._to(session, "GUILD_MEMBERS_CHUNK", {
            "guild_id": guild.id, "members": [world.member_payload(guild.id, person) for person in people],
            "chunk_index": 0, "chunk_count": 1, "not_found": [u for u in asked if u not in guild.members],
            "nonce": data.get("nonce"),
        })  # fmt: skip

    async def _to(self, session: Session, event: str, data: dict[str, Any]) -> None:
        session.seq += 1
        text = dumps({"op": 0, "t": event, "s": session.seq, "d": data})
        session.events.append((session.seq, text))
        if session.wire is not None:
            await session.wire.send(text)
