"""One Socket Mode connection, from its ticket to its end; nothing is tried twice here.

slack_sdk's own client judges by the wall clock whether a connection lives, tries a dead ticket for ever, and closes the
old connection before there is a new one (platforms.md findings 5, 6 and 8). This is the thinnest thing in its place:
one fresh HTTP session, one ticket, one socket, and Bolt behind it.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.inbox import read_request

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds an opening may take, ticket and hello included
BEATS = 3  # pings in the time after which silence is death
GOODBYE = 2.0  # seconds the other side has for its part of a polite end
WINDOW = 3.0  # seconds Slack waits for an acknowledgement
_ENDS = frozenset({aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED,
                   aiohttp.WSMsgType.ERROR})  # fmt: skip


class TurnedAway(ConnectionError):
    """Slack answered a good ticket with something else than hello; `reason` is its word, such as link_disabled."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Link:
    """An open connection. `reason` is empty until Slack asks us to leave it (`asked`: "warning", "refresh_requested",
    "link_disabled") or it is over ("closed", "silent" after `silence` seconds without a word, "lost")."""

    def __init__(
        self, app: AsyncApp, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse, silence: float
    ) -> None:
        self._app, self._session, self._socket, self._silence = app, session, socket, silence
        self._at_work: set[asyncio.Task[None]] = set()
        self.reason, self.asked, self.over = "", False, False
        self.news = asyncio.Event()  # set whenever one of these changed; whoever acts on it clears it
        self.opened_at = self.ended_at = asyncio.get_running_loop().time()
        self._life = asyncio.create_task(self._live(), name="slack-link")

    @classmethod
    async def open(cls, app: AsyncApp, app_token: str, web: AsyncWebClient, silence: float) -> Link:
        """Asks for a ticket, connects, waits for hello: each time with a client of its own, so that nothing a dead one
        kept can spoil the next. Raises SlackApiError, TurnedAway, aiohttp.ClientError, OSError, TimeoutError."""
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        try:
            async with asyncio.timeout(PATIENCE):
                client = AsyncWebClient(
                    base_url=web.base_url, proxy=web.proxy, ssl=web.ssl, session=session, retry_handlers=[]
                )
                ticket = str((await client.apps_connections_open(app_token=app_token))["url"])
                socket = await session.ws_connect(
                    ticket,
                    autoping=False,
                    autoclose=False,  # what is being handled may still be acknowledged
                    proxy=web.proxy,
                    ssl=web.ssl if web.ssl is not None else True,
                )
                await _hello(socket)
        except BaseException:
            await session.close()
            raise
        return cls(app, session, socket, silence)

    async def close(self) -> None:
        """Lets what is being handled be acknowledged, then ends the connection. Twice does no harm."""
        if self._at_work and not self.over:
            await asyncio.wait(self._at_work, timeout=WINDOW)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await self._socket.close()
                await asyncio.shield(self._life)
        left = (self._life, *self._at_work)  # nothing more can be acknowledged; handlers under way are tasks of Bolt
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._session.close()

    async def _live(self) -> None:
        """Reads until the end. Any frame is a sign of life, the answers to our pings among them."""
        beat = asyncio.create_task(self._beat(), name="slack-beat")
        ending = "closed"
        try:
            while (message := await self._socket.receive(timeout=self._silence)).type not in _ENDS:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._hear(message.data)
                elif message.type is aiohttp.WSMsgType.PING:
                    await self._socket.pong(message.data)
        except TimeoutError:
            ending = "silent"
        except (aiohttp.ClientError, ConnectionError):
            ending = "lost"
        finally:
            beat.cancel()
            self.over, self.ended_at = True, asyncio.get_running_loop().time()
            self._tell(self.reason or ending)

    async def _beat(self) -> None:
        with contextlib.suppress(aiohttp.ClientError, ConnectionError):  # the reader learns of it too
            while True:
                await asyncio.sleep(self._silence / BEATS)
                await self._socket.ping()

    def _tell(self, reason: str) -> None:
        self.reason = reason
        self.news.set()

    def _hear(self, text: str) -> None:
        said = _read(text)
        if said.get("type") == "disconnect":
            self.asked = True
            self._tell(str(said.get("reason") or "disconnect"))
        elif (request := SocketModeRequest.from_dict(said)) is not None:
            task = asyncio.create_task(self._serve(request), name="slack-envelope")
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    async def _serve(self, request: SocketModeRequest) -> None:
        try:
            response = await self._answer(request)
            if response.status == 200:
                await self._socket.send_str(json.dumps(_acknowledgement(request.envelope_id, response)))
            else:
                log.warning("an envelope of Slack is left unacknowledged", extra={"status": response.status})
        except (aiohttp.ClientError, ConnectionError):
            log.warning("a Slack connection ended before an acknowledgement")
        except Exception:
            log.exception("an envelope of Slack was not handled")

    async def _answer(self, request: SocketModeRequest) -> BoltResponse:
        """Bolt's answer. It waits for ack() by the wall clock, and a jump makes it say 404; so we look again."""
        asked = read_request(request.payload, headers=build_headers(request))
        if asked is None:
            return BoltResponse(status=200)
        loop = asyncio.get_running_loop()
        until = loop.time() + WINDOW
        try:
            async with asyncio.timeout(2 * WINDOW):
                response = await self._app.async_dispatch(asked)
        except TimeoutError:
            response = BoltResponse(status=404)
        while response.status == 404 and asked.context.ack.response is None and loop.time() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # as Bolt does: its ack() tells nobody
        return asked.context.ack.response or response if response.status == 404 else response


async def _hello(socket: aiohttp.ClientWebSocketResponse) -> None:
    while True:
        message = await socket.receive()
        if message.type in _ENDS:
            raise TurnedAway("closed")
        said = _read(message.data) if message.type is aiohttp.WSMsgType.TEXT else {}
        match said.get("type"):
            case "hello":
                return
            case "disconnect":
                raise TurnedAway(str(said.get("reason")))
            case _:
                continue


def _read(text: str) -> dict[str, Any]:
    """One frame; nothing when it is no JSON object, which Slack sends now and then."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _acknowledgement(envelope: str, response: BoltResponse) -> dict[str, Any]:
    """What goes back: the envelope's id, and what the handler wants shown at once."""
    if not response.body:
        return {"envelope_id": envelope}
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        return {"envelope_id": envelope, "payload": json.loads(response.body)}
    return {"envelope_id": envelope, "payload": {"text": response.body}}
