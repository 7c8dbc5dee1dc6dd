"""Socket Mode with a supervisor of our own: slack_sdk's loop retries one dead ticket for ever, ours asks anew.

aiohttp pings every ten seconds and closes a socket that does not answer (monotonic time, so jumps of the wall clock
do no harm); the supervisor sees a closed socket within five seconds and builds a fresh client for it.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import contextlib
import logging

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import code_of
from chat.errors import PlatformSetup

log = logging.getLogger(__name__)

PROBE, LONGEST_PAUSE, PATIENCE = 5.0, 60.0, 20.0  # seconds
_TROUBLE = (aiohttp.ClientError, TimeoutError, ConnectionError, SlackApiError)


class Socket:
    """Keeps one Socket Mode connection alive for an AsyncApp. `pace` below 1 shortens the pauses, for tests."""

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient, *, pace: float = 1.0) -> None:
        self._app, self._app_token, self._web, self._pace = app, app_token, web, pace
        self._handler: AsyncSocketModeHandler | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Connects, or raises PlatformSetup naming the setting."""
        try:
            await self._connect()
        except SlackApiError as error:
            code = code_of(error)
            advice = "it is an app-level token (xapp-…) with the scope connections:write"
            raise PlatformSetup(f"Slack refused SLACK_APP_TOKEN ({code}): {advice}") from error
        except _TROUBLE as error:
            raise PlatformSetup(
                "Slack could not be reached for Socket Mode: check the network, then try again"
            ) from error
        self._watch = asyncio.create_task(self._keep(), name="slack-socket")

    async def stop(self) -> None:
        """Ends the supervisor, then the connection."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        await self._close()

    def connected(self) -> bool:
        """Whether the socket is open."""
        session = self._handler.client.current_session if self._handler else None
        return session is not None and not session.closed

    async def _connect(self) -> None:
        # A refused ticket is told apart here; inside the client it would only be logged and retried.
        await self._web.apps_connections_open(app_token=self._app_token)
        handler = AsyncSocketModeHandler(self._app, self._app_token, web_client=self._web)
        handler.client.default_auto_reconnect_enabled = False
        self._handler = handler
        try:
            await asyncio.wait_for(handler.client.connect(), PATIENCE)
        except BaseException:
            await self._close()
            raise

    async def _close(self) -> None:
        handler, self._handler = self._handler, None
        if handler is None:
            return
        client = handler.client
        running = [client.message_processor, client.current_session_monitor, client.message_receiver]
        try:
            await asyncio.wait_for(client.close(), 5)
        except _TROUBLE:
            log.info("a dead Slack socket did not close politely")
        for task in running:
            if isinstance(task, asyncio.Task):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _keep(self) -> None:
        """Looks every few seconds; a closed socket is replaced, with growing pauses between failures."""
        failures = 0
        while True:
            await asyncio.sleep(min(LONGEST_PAUSE, PROBE * 2**failures) * self._pace)
            if self.connected():
                failures = 0
                continue
            log.warning("the Slack socket is gone, connecting anew", extra={"failures": failures})
            await self._close()
            try:
                await self._connect()
                failures = 0
            except _TROUBLE as error:
                failures = min(failures + 1, 6)
                code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
                log.warning("Slack gave no socket: %s", code)
