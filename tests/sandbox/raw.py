"""Raw protocol clients, without any library: they say exactly what a test wants said, right or wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox.demo import SLACK_TOKENS
from sandbox.server import Sandbox
from tests.kit.waiting import until

Json = dict[str, Any]
OPEN_DOOR = Callable[[Json], Json | None]


class Web:
    """HTTP to both platforms with the bot's tokens."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session
        self.headers: Any = {}  # of the last answer
        self.status = 0

    async def slack(self, method: str, token: str = SLACK_TOKENS[0], **args: Any) -> Json:
        """One Web API method with JSON arguments."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.session.post(self.sandbox.slack_api + method, json=args, headers=headers) as answer:
            self.headers, self.status = answer.headers, answer.status
            return await answer.json()

    async def discord(self, method: str, path: str, body: Any = None, token: str = "", **more: Any) -> Any:
        """One REST request; its JSON, or None for 204. `self.status` and `self.headers` tell the rest."""
        headers = {"Authorization": f"Bot {token or self.sandbox.discord.bot_token}"}
        url = self.sandbox.discord_api + path
        async with self.session.request(method, url, json=body, headers=headers, **more) as answer:
            self.headers, self.status = answer.headers, answer.status
            return await answer.json() if answer.status != 204 else None

    async def post(self, url: str, body: Any) -> tuple[int, str]:
        """Any address."""
        async with self.session.post(url, json=body) as answer:
            return answer.status, await answer.text()


class Socket:
    """One Socket Mode connection that acknowledges everything with what `answer(payload)` says, unless `silent`."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws, self.silent = ws, False
        self.envelopes: list[Json] = []
        self.answer: OPEN_DOOR = lambda _payload: None
        self.hello: Json = {}

    @property
    def payloads(self) -> list[Json]:
        """What came, without envelopes."""
        return [envelope["payload"] for envelope in self.envelopes if "payload" in envelope]

    async def listen(self) -> None:
        """Until the connection ends."""
        async for message in self.ws:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            envelope = json.loads(message.data)
            if envelope["type"] == "hello":
                self.hello = envelope
                continue
            self.envelopes.append(envelope)
            if "envelope_id" in envelope and not self.silent:
                payload = self.answer(envelope["payload"])
                more = {"payload": payload} if payload is not None else {}
                await self.ws.send_json({"envelope_id": envelope["envelope_id"]} | more)


@asynccontextmanager
async def socket_mode(web: Web) -> AsyncGenerator[Socket]:
    """A fresh connection by a fresh ticket."""
    opened = await web.slack("apps.connections.open", web.sandbox.slack.app_token)
    async with web.session.ws_connect(opened["url"]) as ws:
        socket = Socket(ws)
        task = asyncio.create_task(socket.listen())
        await until(lambda: socket.hello, "hello")
        try:
            yield socket
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


class Gate:
    """One gateway connection; `events` by name, `closed` the code it was closed with."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws
        self.payloads: list[Json] = []
        self.answer: Callable[[Json], Any] | None = None  # a coroutine function for INTERACTION_CREATE
        self._tasks: set[asyncio.Task[Any]] = set()

    def events(self, name: str) -> list[Json]:
        """The data of every dispatch of a name."""
        return [payload["d"] for payload in self.payloads if payload.get("t") == name]

    def ops(self) -> list[int]:
        """Operations received, without dispatches."""
        return [payload["op"] for payload in self.payloads if payload["op"]]

    async def send(self, op: int, data: Any) -> None:
        """One payload."""
        await self.ws.send_json({"op": op, "d": data})

    async def listen(self) -> None:
        """Until the connection ends."""
        async for message in self.ws:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            payload = json.loads(message.data)
            self.payloads.append(payload)
            if payload.get("t") == "INTERACTION_CREATE" and self.answer is not None:
                task = asyncio.create_task(self.answer(payload["d"]))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)


@asynccontextmanager
async def gateway(
    web: Web, identify: Json | None = None, *, query: str = "?v=10&encoding=json"
) -> AsyncGenerator[Gate]:
    """A connection that has identified itself (unless `identify` is {})."""
    async with web.session.ws_connect(web.sandbox.discord_gateway + query) as ws:
        gate = Gate(ws)
        task = asyncio.create_task(gate.listen())
        if identify != {}:
            properties = {"os": "linux", "browser": "raw", "device": "raw"}
            data = {"token": web.sandbox.discord.bot_token, "intents": 1, "properties": properties} | (identify or {})
            await gate.send(2, data)
            await until(lambda: gate.events("READY") or 9 in gate.ops() or ws.closed, "READY")
        try:
            yield gate
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def callback(web: Web, interaction: Json, kind: int, data: Json | None = None, query: str = "") -> Any:
    """Answers an interaction."""
    path = f"/interactions/{interaction['id']}/{interaction['token']}/callback{query}"
    return await web.discord("POST", path, {"type": kind} | ({"data": data} if data is not None else {}))
