"""Between Slack and Bolt's listeners: keeps each event before it is acknowledged, and begins again what was left."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeVar

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.inbox import PATIENCE, Inbox, NotKept
from bot.slack.inbound import Payload, space_of
from bot.slack.receipt import MALFORMED, receipt
from bot.slack.responder import Ack
from bot.slack.tokens import Tokens
from chat.people import Space

log = logging.getLogger(__name__)

KEY = "inbox_key"  # in Bolt's context
Listener = Callable[[Ack, Payload], Coroutine[Any, Any, None]]
T = TypeVar("T")


class Door(AsyncApp):
    """An app that lets nothing in before it is kept. Bolt's own middleware would be too late: what is not in Slack's
    shape breaks Bolt before it, and for an unknown workspace Bolt posts to whatever response_url was given."""

    def __init__(self, gate: Gate, **options: Any) -> None:
        super().__init__(**options)
        self._gate = gate

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Bolt's answer, or ours."""
        answer = await self._gate.admit(req.body, req.context)
        return await super().async_dispatch(req) if answer is None else answer


class Gate:
    """What `Door` asks, and what `build_app` puts around every listener."""

    def __init__(self, inbox: Inbox, tokens: Tokens) -> None:
        self._inbox, self._tokens = inbox, tokens
        self._tasks: set[asyncio.Task[None]] = set()

    async def admit(self, payload: Payload, context: dict[str, Any]) -> BoltResponse | None:
        """None: go on. Status 200: acknowledged, and nothing more happens. Status 500: not kept, so Slack is to send it
        again, or to tell the member."""
        if KEY in context or payload.get("type") == "url_verification":  # begun again from the inbox; no event at all
            return None
        try:
            kept = receipt(payload)
            if kept is None or not await self._ours(space_of(payload), context):
                log.info("something of Slack was ignored", extra={"type": str(payload.get("type"))[:40]})
                return BoltResponse(status=200)
            if not await self._inbox.keep(kept.key, kept.body):
                return BoltResponse(status=200)
        except (NotKept, TimeoutError):
            log.warning("an event could not be kept in time; Slack is not told that we have it")
            return BoltResponse(status=500)
        context[KEY] = kept.key
        return None

    async def _ours(self, space: Space, context: dict[str, Any]) -> bool:
        """Installed there, and Bolt reads the same workspace from the payload: else it would refuse what we keep."""
        return context.get("team_id") == space.id and await within_patience(self._tokens.of(space)) is not None

    def once(self, listener: Listener) -> Callable[..., Awaitable[None]]:
        """The listener, its event marked as handled when it ends well. Every listener of the app goes through here."""

        async def run(ack: Ack, body: Payload, context: dict[str, Any]) -> None:
            # Bolt keeps no reference to what it started, and goes on without it when it was waited for too long.
            task = asyncio.create_task(self._handled(str(context[KEY]), listener(ack, body)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            await asyncio.shield(task)

        return run

    async def _handled(self, key: str, work: Coroutine[Any, Any, None]) -> None:
        async with self._inbox.handling(key):
            await work

    async def again(self, app: AsyncApp, session: aiohttp.ClientSession, key: str, body: str) -> None:
        """Handles a kept event as if it had just come. What would have travelled in the acknowledgement goes to its
        response_url, which lives for thirty minutes."""
        payload: dict[str, Any] = json.loads(body)
        request = read_request(payload, {KEY: key})
        ours = _last_words(payload) or await self._tokens.of(space_of(payload)) is not None
        if request is None or not ours:
            self._inbox.drop(key)
            return
        response = await app.async_dispatch(request)
        try:
            answer = json.loads(response.body or "{}")
        except ValueError:
            return  # words of Bolt's own
        url = payload.get("response_url")
        if not answer or not url or "response_action" in answer:
            return
        try:
            async with session.post(str(url), json=answer, allow_redirects=False) as posted:
                if posted.status >= 400:
                    log.warning("a late answer was refused", extra={"key": key, "status": posted.status})
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            log.warning("a late answer could not be shown", extra={"key": key})


def read_request(
    payload: object, context: dict[str, Any] | None = None, headers: Mapping[str, Any] | None = None
) -> AsyncBoltRequest | None:
    """A payload as Bolt wants it; None for one not in Slack's shape, on which Bolt stumbles: acknowledge, ignore."""
    if not isinstance(payload, dict):
        return None
    try:
        return AsyncBoltRequest(mode="socket_mode", body=payload, headers=dict(headers or {}), context=context)
    except MALFORMED:
        return None


def _last_words(payload: Payload) -> bool:
    """The token may be forgotten already, the rest not yet done; Bolt asks for none here."""
    return (payload.get("event") or {}).get("type") in {"app_uninstalled", "tokens_revoked"}


async def within_patience(work: Coroutine[Any, Any, T]) -> T:
    """Waits no longer than an acknowledgement can; the work itself is not cut off in the middle of a transaction.
    Raises TimeoutError."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done:
        task.add_done_callback(_looked_at)
        raise TimeoutError
    return task.result()


def _looked_at(task: asyncio.Future[Any]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.warning("the store answered too late, and with an error")
