"""A Discord of a hundred lines: writes down every request, answers by script, and pushes what a test wants to arrive.

The sandbox plays the whole of Discord; this one shows the bytes, and breaks the connection at a chosen moment.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "good-token-for-tests"
API = "/api/v10"
BOT = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "7", "name": "bot", "description": "", "icon": None, "bot_public": True, "bot_require_code_grant": False,
    "verify_key": "", "owner": BOT, "team": None, "flags": 0, "summary": "",
}  # fmt: skip
LISTS = (
    "members channels roles emojis stickers threads stage_instances guild_scheduled_events soundboard_sounds "
    "voice_states presences features"
)


@dataclass(frozen=True)
class Asked:
    """One request of the bot."""

    method: str
    path: str
    body: Any
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass
class Answer:
    """A scripted answer; `drop` cuts the connection after reading the request instead."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict[str, Any])
    headers: dict[str, str] = field(default_factory=dict[str, str])
    drop: bool = False
    stall: float = 0.0


class Wire:
    """`asked` is the ledger; `script[method, path]` holds answers used up one by one; the rest is answered kindly."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: defaultdict[tuple[str, str], list[Answer]] = defaultdict(list)
        self.guilds = {"100": "The Shire", "200": "Rohan"}
        self.unavailable: set[str] = set()
        self.starts_left, self.identifies, self.resumes = 1_000, 0, 0
        self.refuse_sockets = 0
        self.close_on_identify = 0
        self._sockets: dict[web.WebSocketResponse, Any] = {}
        self._ids, self._sequence = 1_000, 0
        self.api = self.gateway = ""
        self.stop: Callable[[], Awaitable[None]]  # nobody listens any more

    def to(self, method: str, ending: str) -> list[Any]:
        """The bodies of the requests whose path ends so."""
        return [asked.body for asked in self.asked if asked.method == method and asked.path.endswith(ending)]

    def connected(self) -> int:
        """Open gateway connections."""
        return len(self._sockets)

    async def push(self, event: str, data: dict[str, Any]) -> None:
        """An event to every connection."""
        for socket in list(self._sockets):
            await self._event(socket, event, data)

    async def op(self, code: int, data: object) -> None:
        """A bare gateway operation, such as 7 or 9."""
        for socket in list(self._sockets):
            await self._send(socket, {"op": code, "d": data, "s": None, "t": None})

    def next_callback(self) -> tuple[str, str]:
        """Where the next interaction will be answered, for the script."""
        return "POST", f"/interactions/{self._ids + 1}/token-{self._ids + 1}/callback"

    async def interact(self, kind: int, data: dict[str, Any], *, user: str = "9", dm: bool = False, **more: Any) -> str:
        """A member does something; gives back the interaction's id."""
        self._ids += 1
        who = {"id": user, "username": "sam", "discriminator": "0", "avatar": None}
        where = {"user": who, "context": 1} if dm else {"member": {"user": who}, "guild_id": "100", "context": 0}
        payload = {
            "id": str(self._ids), "token": f"token-{self._ids}", "application_id": "7", "version": 1, "type": kind,
            "data": data, "channel_id": "300", "locale": "en-US", **where, **more,
        }  # fmt: skip
        await self.push("INTERACTION_CREATE", payload)
        return str(self._ids)

    async def hang_up(self, code: int = 4000) -> None:
        """Closes every gateway connection."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    async def rest(self, request: web.Request) -> web.StreamResponse:
        """Any HTTP request."""
        path = request.path.removeprefix(API)
        body, files = await _read(request)
        self.asked.append(Asked(request.method, path, body, files))
        if scripted := self.script[request.method, path]:
            answer = scripted.pop(0)
            await asyncio.sleep(answer.stall)
            if answer.drop and request.transport is not None:
                request.transport.abort()
            return _json(answer.body, answer.status, answer.headers)
        if request.headers.get("Authorization", f"Bot {TOKEN}") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        return _json(self._kindly(path, body))

    def _kindly(self, path: str, body: Any) -> Any:
        limit = {"total": 1_000, "remaining": self.starts_left, "reset_after": 3_600_000, "max_concurrency": 1}
        known: dict[str, Callable[[], Any]] = {
            "/users/@me": lambda: BOT,
            "/oauth2/applications/@me": lambda: APPLICATION,
            "/gateway/bot": lambda: {"url": "", "shards": 1, "session_start_limit": limit},
            "/users/@me/channels": lambda: {"id": f"55{body['recipient_id']}", "type": 1, "recipients": []},
        }
        if path in known:
            return known[path]()
        self._ids += 1
        place = path.split("/")[2] if path.startswith("/channels/") else "300"
        return [] if path.endswith("/commands") else {"id": str(self._ids), "channel_id": place}

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """The gateway."""
        if self.refuse_sockets:
            self.refuse_sockets -= 1
            return web.Response(status=502)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets[socket] = zlib.compressobj()  # one context per connection, as Discord
        await self._send(socket, {"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for message in socket:
            match json.loads(message.data):
                case {"op": 1}:
                    await self._send(socket, {"op": 11, "d": None, "s": None, "t": None})
                case {"op": 2, "d": identify}:
                    self.identifies += 1
                    self.intents = identify["intents"]
                    await self._welcome(socket)
                case {"op": 6}:
                    self.resumes += 1
                    await self._event(socket, "RESUMED", {})
                case _:
                    pass
        del self._sockets[socket]
        return socket

    async def _welcome(self, socket: web.WebSocketResponse) -> None:
        if self.close_on_identify:
            await socket.close(code=self.close_on_identify)
            return
        listed = [{"id": id_, "unavailable": True} for id_ in self.guilds]
        ready = {"v": 10, "user": BOT, "guilds": listed, "session_id": "s", "application": {"id": "7", "flags": 0}}
        await self._event(socket, "READY", ready | {"resume_gateway_url": self.gateway})
        for id_, name in self.guilds.items():
            if id_ not in self.unavailable:
                await self._event(socket, "GUILD_CREATE", guild(id_, name) | {"unavailable": False})

    async def _event(self, socket: web.WebSocketResponse, name: str, data: dict[str, Any]) -> None:
        self._sequence += 1
        await self._send(socket, {"op": 0, "t": name, "s": self._sequence, "d": data})

    async def _send(self, socket: web.WebSocketResponse, payload: dict[str, Any]) -> None:
        deflate = self._sockets[socket]
        await socket.send_bytes(deflate.compress(json.dumps(payload).encode()) + deflate.flush(zlib.Z_SYNC_FLUSH))


async def _read(request: web.Request) -> tuple[Any, dict[str, bytes]]:
    """JSON, with the files that came along by their names."""
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return json.loads(raw) if raw else None, {}
    form = await request.post()
    files = {part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)}
    return json.loads(str(form["payload_json"])), files


def guild(id_: str, name: str) -> dict[str, Any]:
    """What GUILD_CREATE carries, as far as discord.py reads it."""
    empty: dict[str, Any] = {name: [] for name in LISTS.split()}
    return {"id": id_, "name": name, "owner_id": "2", "member_count": 3, "preferred_locale": "en-US", **empty}


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    exact = {"Content-Type": "application/json", "Via": "1.1 wire"} | (headers or {})
    return web.Response(body=json.dumps(body).encode(), status=status, headers=exact)


@asynccontextmanager
async def wire() -> AsyncGenerator[Wire]:
    """A Wire listening on a free port of the loopback."""
    made, app = Wire(), web.Application()
    app.router.add_get("/gateway", made.socket)
    app.router.add_route("*", "/{path:.*}", made.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    made.api, made.gateway = f"http://127.0.0.1:{port}{API}", f"ws://127.0.0.1:{port}/gateway"
    made.stop = runner.cleanup
    try:
        yield made
    finally:
        await runner.cleanup()


async def until(true: Callable[[], object], *, seconds: float = 5.0) -> None:
    """Waits for a condition, never for luck."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  # what is waited for happens on the other side of a socket
            await asyncio.sleep(0.01)
