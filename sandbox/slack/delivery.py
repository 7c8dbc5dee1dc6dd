"""How Slack tells the bot something: over a socket or as a signed request; events again until they are acknowledged."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file carries JSON of any shape: that is its purpose)

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from sandbox.parsing import Unreadable, parse
from sandbox.world import Refused

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

WINDOW = 3.0  # seconds the bot has to acknowledge
MOST_REDIRECTS = 3  # the third is one too many
AGAIN = (timedelta(seconds=0), timedelta(minutes=1), timedelta(minutes=5))  # before the first, second, third retry
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Acked:
    """The outcome of one try: the acknowledgement's payload, or the reason why there is none, in Slack's words."""

    payload: Answer | None
    reason: str = ""
    final: bool = False  # the bot forbade retries


class Delivery:
    """One app's way out. `use_http` changes from Socket Mode to request URLs."""

    def __init__(self, world: SlackState) -> None:
        self._world = world
        self._url, self._secret = "", ""
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def over_http(self) -> bool:
        """Whether request URLs are used instead of sockets."""
        return bool(self._url)

    async def use_http(self, url: str, signing_secret: str) -> None:
        """Sends everything to one request URL, after the challenge Slack makes when it is saved. Raises Refused."""
        self._url, self._secret = url, signing_secret
        challenge = f"challenge-{time.monotonic_ns()}"
        body = {"token": "sandbox", "type": "url_verification", "challenge": challenge}
        acked = await self._post("application/json", json.dumps(body), {})
        answer = dict(acked.payload or {})
        if challenge not in {str(answer.get("challenge")), str(answer.get("text"))}:
            self._url = ""
            raise Refused(f"Your URL didn't respond with the value of the challenge parameter ({acked.reason}).")

    async def close(self) -> None:
        """Ends what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def ask(self, kind: str, payload: dict[str, Any], member: str, what: str) -> Answer | None:
        """A command or an interaction: one try. The ack's payload, or None when nobody acknowledged in time."""
        started = time.monotonic()
        acked = await self._try(kind, payload, 0, "")
        self._note(what, acked, member, 0, started)
        return acked.payload

    def event(self, space: str, event: dict[str, Any], member: str = "") -> None:
        """An Events API event, in the background, tried up to four times."""
        last_words = event["type"] in {"app_uninstalled", "tokens_revoked"}
        if not self._world.subscribed(event) or not (self._world.spaces[space].installed or last_words):
            return
        world = self._world
        envelope = {
            "token": "sandbox", "team_id": space, "api_app_id": "A0SANDBOX", "event": event, "type": "event_callback",
            "event_id": world.next_id("Ev"), "event_time": int(world.clock.now().timestamp()),
            "authorizations": [{"enterprise_id": None, "team_id": space, "user_id": world.spaces[space].bot_user,
                                "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False, "event_context": "4-sandbox",
        }  # fmt: skip
        self._start(envelope, member, 0, "")

    def _start(self, envelope: dict[str, Any], member: str, attempt: int, reason: str) -> None:
        task = asyncio.get_running_loop().create_task(self._event(envelope, member, attempt, reason))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _event(self, envelope: dict[str, Any], member: str, attempt: int, reason: str) -> None:
        started = time.monotonic()
        acked = await self._try("events_api", envelope, attempt, reason)
        self._note(f"event {envelope['event']['type']}", acked, member, attempt, started)
        if acked.payload is None and attempt < len(AGAIN) and not acked.final:
            due = self._world.clock.now() + AGAIN[attempt]
            self._world.clock.call_at(due, lambda: self._start(envelope, member, attempt + 1, acked.reason))

    def _note(self, what: str, acked: Acked, member: str, attempt: int, started: float) -> None:
        took = round((time.monotonic() - started) * 1000, 1)
        ok = acked.payload is not None
        self._world.told.note(what, ok=ok, error=acked.reason, member=member, attempt=attempt, ms=took)
        self._world.changed()

    async def _try(self, kind: str, payload: dict[str, Any], attempt: int, reason: str) -> Acked:
        if not self._url:
            answer = await self._world.sockets.deliver(kind, payload, WINDOW, attempt, reason)
            missed = "http_timeout" if self._world.sockets.count() else "connection_failed"
            return Acked(answer, "" if answer is not None else missed)
        retry = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        match kind:
            case "events_api":
                return await self._post("application/json", json.dumps(payload), retry)
            case "slash_commands":
                return await self._post("application/x-www-form-urlencoded", urlencode(payload), retry)
            case _:
                form = urlencode({"payload": json.dumps(payload)})
                return await self._post("application/x-www-form-urlencoded", form, retry)

    async def _post(self, content_type: str, body: str, more: Mapping[str, str]) -> Acked:
        """One signed request; a text answer counts as {"text": …}."""
        self._session = self._session or aiohttp.ClientSession()
        stamp = str(int(time.time()))
        headers = {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp,
                   "X-Slack-Signature": signature(self._secret, stamp, body.encode())} | dict(more)  # fmt: skip
        timeout = aiohttp.ClientTimeout(total=WINDOW)
        try:
            async with self._session.post(
                self._url, data=body.encode(), headers=headers, timeout=timeout, max_redirects=MOST_REDIRECTS
            ) as answer:
                raw, final = await answer.read(), answer.headers.get("X-Slack-No-Retry") == "1"
                if answer.status // 100 != 2:
                    return Acked(None, "http_error", final)
                return Acked(_said(raw, "json" in answer.content_type))
        except TimeoutError:
            return Acked(None, "http_timeout")
        except aiohttp.TooManyRedirects:
            return Acked(None, "too_many_redirects")
        except aiohttp.ClientSSLError:
            return Acked(None, "ssl_error")
        except (aiohttp.ClientError, ConnectionError):
            return Acked(None, "connection_failed")


def _said(raw: bytes, is_json: bool) -> Answer:
    """What an acknowledgement carries; one that cannot be read is one all the same."""
    text = raw.decode(errors="replace")
    if not is_json:
        return {"text": text} if text.strip() else {}
    try:
        parsed = parse(text)
    except Unreadable:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Slack's v0 signature over the raw body.

    >>> signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", b"token=x")[:11]
    'v0=9e9f7d7c'
    """
    made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return f"v0={made.hexdigest()}"
