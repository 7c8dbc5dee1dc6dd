"""Every request to Discord's HTTP side: tried once, bounded in time, at the address we were given.

discord.py repeats a request up to five times after a 500, 502, 504 or 524 (platforms.md finding 2), and Discord drops
repeated messages only for a few minutes. Our courier owns retries, so the library must not have any. It has no switch
for them; but a trace hook of aiohttp runs between the answer and the library's loop, and what it raises ends the loop.
The same hook knows whether the request had begun to leave us, which tells Unavailable from Uncertain.
"""

from __future__ import annotations

import json
import types
from typing import Any

import aiohttp
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.discord.errors import from_answer, from_failure
from chat.errors import DeliveryError
from chat.waiting import told_to_wait

TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=5)


def one_try() -> aiohttp.TraceConfig:
    """Makes a session raise a DeliveryError for 429, 5xx and broken connections at once. 4xx stay the library's."""
    config = aiohttp.TraceConfig()
    config.on_request_headers_sent.append(_written)
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_failed)
    return config


class Callbacks(AsyncWebhookAdapter):
    """discord.py's own calls for answering interactions, towards `api` (None: the real Discord).

    Not through `HTTPClient`: it would keep a rate-limit bucket per interaction, and interactions have no limit.
    """

    def __init__(self, api: str | None) -> None:
        super().__init__()
        self._api = api

    async def request(self, route: Route, session: aiohttp.ClientSession, **given: Any) -> Any:
        """As the library's, at our address."""
        return await super().request(_at(route, self._api), session, **given)


def redirect(http: HTTPClient, api: str | None) -> None:
    """Bounds each request of this one client in time and sends it to `api`; other clients keep their own."""
    original = http.request

    async def request(route: Route, **given: Any) -> Any:
        given.setdefault("timeout", TIMEOUT)
        return await original(_at(route, api), **given)

    http.request = request


def _at(route: Route, api: str | None) -> Route:
    if api is not None:
        route.url = api.rstrip("/") + route.url.removeprefix(Route.BASE)
    return route


async def _written(
    _session: aiohttp.ClientSession, context: types.SimpleNamespace, _params: aiohttp.TraceRequestHeadersSentParams
) -> None:
    context.written = True


async def _answered(
    _session: aiohttp.ClientSession, _context: types.SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    answer = params.response
    if answer.status == 429 or answer.status >= 500:
        body = await answer.read()  # to its end, so that the connection goes back to the pool
        code, wait = read_refusal(body, answer.headers.get("Retry-After"))
        banned = not answer.headers.get("Via")  # Cloudflare itself, not Discord behind it
        raise from_answer(answer.status, code, wait, everywhere=banned or "X-RateLimit-Global" in answer.headers)


async def _failed(
    _session: aiohttp.ClientSession, context: types.SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
) -> None:
    error = params.exception
    if isinstance(error, DeliveryError) or not isinstance(error, (aiohttp.ClientError, TimeoutError, OSError)):
        return  # ours already, or somebody cancelled us
    raise from_failure(error, written=getattr(context, "written", False)) from error


def read_refusal(body: bytes, header: str | None) -> tuple[int, float | None]:
    """Discord's JSON code and the seconds to wait. A proxy in between answers whatever it likes."""
    try:
        answer: object = json.loads(body)
    except ValueError:
        answer = None
    told: dict[str, object] = answer if isinstance(answer, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    code, wait = told.get("code"), told_to_wait(told.get("retry_after"))
    return code if isinstance(code, int) else 0, told_to_wait(header) if wait is None else wait
