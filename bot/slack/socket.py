"""Keeps Socket Mode up: a new connection before the old one goes, a new ticket each time, an end if Slack says so."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import contextlib
import logging

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import code_of, delivery_error
from bot.slack.link import Link, TurnedAway
from chat.errors import PlatformAway, PlatformSetup, Throttled
from chat.health import Health

log = logging.getLogger(__name__)

SILENCE = 30.0  # seconds without a frame, after which a connection is dead
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds; with one try's patience of 20 a returned network is used within 60
STEADY = 30.0  # seconds: a connection that lived this long is no part of a series of failures
LINGER = (
    30.0  # seconds a replaced connection may stay: Slack ends it about ten after its warning, we only if it forgets
)
_TROUBLE = (aiohttp.ClientError, TimeoutError, OSError, SlackApiError)

_APP_LEVEL = (
    "SLACK_APP_TOKEN is to be an app-level token (xapp-…) with the scope connections:write, of an app that still exists"
)
FATAL = {
    "link_disabled": "switch Socket Mode on in the app's settings",
    "missing_scope": _APP_LEVEL,
    "no_permission": _APP_LEVEL,
    "not_allowed_token_type": _APP_LEVEL,
    "invalid_auth": _APP_LEVEL,
    "not_authed": _APP_LEVEL,
    "token_revoked": _APP_LEVEL,
    "token_expired": _APP_LEVEL,
    "account_inactive": _APP_LEVEL,
    "access_denied": _APP_LEVEL,
    "org_login_required": "the organization is being moved: ask its administrators when it is over",
    "team_access_not_granted": "ask the organization's administrators to approve the app",
    "ekm_access_denied": "ask the organization's administrators: they suspended access by their keys",
    "unknown_method": "update steppingstone: Slack no longer offers apps.connections.open",
    "method_deprecated": "update steppingstone: Slack no longer offers apps.connections.open",
}  # fmt: skip
"""What no further try can change, and what a person can do about it."""


class Socket:
    """At most two connections at any time: the one in use, and one that is being replaced. `pace` below 1 shortens the
    pauses, for tests. After `failure` is set nothing is tried any more; `ended` is set then."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        web: AsyncWebClient,
        *,
        pace: float = 1.0,
        silence: float = SILENCE,
        linger: float = LINGER,
    ) -> None:
        self._app, self._app_token, self._web = app, app_token, web
        self._pace, self._silence, self._linger = pace, silence, linger
        self._link: Link | None = None
        self._retiring: tuple[Link, asyncio.Task[None]] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._reason, self._made_at = "", _now()
        self.failure: PlatformSetup | None = None
        self.ended = asyncio.Event()

    async def start(self) -> None:
        """Connects, or raises PlatformSetup with advice."""
        try:
            self._use(await self._open())
        except _TROUBLE as error:
            if (refused := fatal(_code(error))) is not None:
                raise refused from error
            raise PlatformAway(
                f"Slack could not be reached for Socket Mode ({_code(error)}): check the network, then try again"
            ) from error
        self._watch = asyncio.create_task(self._keep(), name="slack-socket")

    async def stop(self) -> None:
        """Ends the supervisor, then the connections. Twice does no harm."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
            self._watch = None
        await self._let_go()
        link, self._link = self._link, None
        if link is not None:
            await link.close()

    def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return self._link is not None and not self._link.over

    def health(self) -> Health:
        """See `bot.health`."""
        link = self._link
        since = self._made_at if link is None else link.ended_at if link.over else link.opened_at
        return Health(self.connected(), _now() - since, self._reason, str(self.failure or ""))

    async def _keep(self) -> None:
        """Replaces the connection whenever it ends or is asked to go, until Slack refuses for good."""
        failures = 0
        while self.failure is None and (link := self._link) is not None:
            await link.news.wait()
            link.news.clear()
            lived = _now() - link.opened_at
            enough = FIRST_PAUSE if link.asked else STEADY  # Slack's own wish is no failure, unless it never stops
            failures = 0 if lived >= enough * self._pace else failures + 1
            self._note(link.reason)
            while self._link is link and self.failure is None:
                await asyncio.sleep(self._pause(failures))
                failures = 0 if await self._replaced() else failures + 1

    async def _replaced(self) -> bool:
        """One try to have a new connection in use; sets `failure` when no other may follow."""
        try:
            if self._reason not in FATAL:
                self._use(await self._open())
                return True
        except _TROUBLE as error:
            self._note(_code(error))
            if isinstance(error, SlackApiError) and isinstance(wish := delivery_error(error), Throttled):
                await asyncio.sleep(wish.retry_after)
        if (refused := fatal(self._reason)) is not None:
            self.failure = refused
            self.ended.set()
            log.error("Slack refuses this app for good: %s", refused)
            await self._let_go()
            if self._link is not None:
                await self._link.close()
        return False

    async def _open(self) -> Link:
        await self._let_go()  # never a third one
        return await Link.open(self._app, self._app_token, self._web, self._silence)

    def _use(self, link: Link) -> None:
        previous, self._link = self._link, link
        if previous is not None:
            log.info("a new Slack connection is in use", extra={"reason": previous.reason})
            self._retiring = previous, asyncio.create_task(self._retire(previous), name="slack-retiring")

    async def _retire(self, link: Link) -> None:
        """A connection that was only warned stays until Slack ends it: what Slack still sends there is answered."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._linger):
                while link.reason == "warning" and not link.over:
                    await link.news.wait()
                    link.news.clear()
        await link.close()

    async def _let_go(self) -> None:
        """Ends the replaced connection now."""
        if self._retiring is not None:
            (link, task), self._retiring = self._retiring, None
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await link.close()

    def _pause(self, failures: int) -> float:
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)) * self._pace if failures else 0.0

    def _note(self, reason: str) -> None:
        self._reason = reason
        wish = reason in {"warning", "refresh_requested"}
        log.log(logging.INFO if wish else logging.WARNING, "Slack's connection: %s", reason)


def fatal(reason: str) -> PlatformSetup | None:
    """What to do about a reason that no further try can change; None for all others.

    >>> str(fatal("link_disabled"))
    "Slack ended Socket Mode (link_disabled): switch Socket Mode on in the app's settings"
    """
    advice = FATAL.get(reason)
    return PlatformSetup(f"Slack ended Socket Mode ({reason}): {advice}") if advice is not None else None


def _code(error: Exception) -> str:
    match error:
        case SlackApiError():
            return code_of(error)
        case TurnedAway():
            return error.reason
        case aiohttp.WSServerHandshakeError():
            return f"http_{error.status}"
        case _:
            return type(error).__name__


def _now() -> float:
    return asyncio.get_running_loop().time()
