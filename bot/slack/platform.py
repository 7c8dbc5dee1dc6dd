"""Slack as a Platform: one app in any number of workspaces, over Socket Mode; the AsyncApp stands apart from it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import inbound
from bot.slack.client import WebApi
from bot.slack.errors import code_of
from bot.slack.responder import Ack, SlackResponder
from bot.slack.socket import Socket
from bot.slack.tokens import Tokens
from chat.errors import DeliveryError, PlatformSetup
from chat.event import MemberEvent, SpaceJoined, SpaceLeft
from chat.message import Message
from chat.nobody import Nobody
from chat.people import NOTHING_SAID, Person, Profile, Sent, Space, SpaceInfo
from chat.platform import Handle
from store import Store

log = logging.getLogger(__name__)

PROFILE_LIFE, PROFILES = timedelta(minutes=10), 10_000
HANDLERS_PATIENCE = 10.0
ANYTHING = re.compile(".*")


class SlackPlatform:
    """Implements `chat.platform.Platform` and `KnowsProfile`. `base_url` points it at a sandbox."""

    def __init__(
        self,
        *,
        app_token: str,
        bot_tokens: Sequence[str],
        store: Store,
        clock: Callable[[], datetime],
        base_url: str = "https://slack.com/api/",
        pace: float = 1.0,
    ) -> None:
        self._app_token, self._bot_tokens = app_token, tuple(bot_tokens)
        self._clock, self._base_url, self._pace = clock, base_url, pace
        self._tokens = Tokens(store)
        self._profiles: OrderedDict[Person, tuple[datetime, Profile]] = OrderedDict()
        self._session: aiohttp.ClientSession | None = None
        self._api: WebApi | None = None
        self._socket: Socket | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.app: AsyncApp | None = None

    @property
    def name(self) -> str:
        """ "slack" """
        return inbound.PLATFORM

    async def start(self, handle: Handle) -> None:
        """Checks every token, then connects. A wrong bot token leaves the other workspaces up."""
        for name in ("slack_sdk", "slack_bolt"):  # at DEBUG they log raw payloads
            logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger(name).level))
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15))
        self._api = WebApi(self._tokens, self._base_url, self._session)
        try:
            joined = [await self._install(token, handle) for token in self._bot_tokens]
            if self._bot_tokens and not any(joined):
                raise PlatformSetup(
                    "Slack refused every SLACK_BOT_TOKEN: copy the bot token (xoxb-…) of each workspace"
                )
            self.app = build_app(self._tokens, self._api.client, self._listeners(handle))
            self._socket = Socket(self.app, self._app_token, self._api.client, pace=self._pace)
            await self._socket.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Closes the socket, waits for handlers under way, closes the HTTP session."""
        if self._socket is not None:
            await self._socket.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=HANDLERS_PATIENCE)
        if self._session is not None:
            await self._session.close()

    async def send(self, to: Person, message: Message, *, key: str) -> Sent:
        """One direct message, one try."""
        return await self._web().send(to, message, key)

    async def profile_of(self, person: Person) -> Profile:
        """users.info, remembered for ten minutes; nothing when Slack does not answer."""
        known = self._profiles.get(person)
        if known is not None and self._clock() - known[0] < PROFILE_LIFE:
            return known[1]
        try:
            profile = await self._web().profile(person)
        except DeliveryError as error:
            log.warning("a profile could not be read", extra={"space": person.space.key, "reason": error.reason})
            return NOTHING_SAID
        self._profiles[person] = (self._clock(), profile)
        if len(self._profiles) > PROFILES:
            self._profiles.popitem(last=False)
        return profile

    def healthy(self) -> bool:
        """True while the socket is open."""
        return self._socket is not None and self._socket.connected()

    def _web(self) -> WebApi:
        if self._api is None:
            raise PlatformSetup("Slack was not started")
        return self._api

    async def _install(self, token: str, handle: Handle) -> bool:
        """Learns which workspace a token belongs to, and keeps it there, encrypted."""
        client = AsyncWebClient(token=token, base_url=self._base_url, retry_handlers=[], session=self._session)
        try:
            about: Any = (await client.auth_test()).data
        except SlackApiError as error:
            log.error("Slack refused a SLACK_BOT_TOKEN: %s", code_of(error))
            return False
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise PlatformSetup("Slack could not be reached: check the network, then try again") from error
        space = Space(self.name, str(about["team_id"]))
        info = SpaceInfo(space, str(about["team"]), self._clock())
        await handle(SpaceJoined(info), Nobody())
        await self._tokens.keep(space, token, str(about["user_id"]))
        return True

    def _listeners(self, handle: Handle) -> Listeners:
        api, session = self._web(), self._session
        if session is None:
            raise PlatformSetup("Slack was not started")

        async def command(ack: Ack, body: Mapping[str, Any]) -> None:
            event = inbound.command(body)
            url, trigger = str(body.get("response_url", "")), str(body.get("trigger_id", ""))
            await self._run(
                handle, event, SlackResponder(api, session, event, ack, response_url=url, trigger=trigger, command=True)
            )

        async def action(ack: Ack, body: Mapping[str, Any]) -> None:
            event = inbound.action(body)
            if event is None:
                await ack()
                return
            url, trigger = str(body.get("response_url", "")), str(body.get("trigger_id", ""))
            await self._run(
                handle,
                event,
                SlackResponder(api, session, event, ack, response_url=url, trigger=trigger, edits=event.on is not None),
            )

        async def form(ack: Ack, body: Mapping[str, Any]) -> None:
            event, origin = inbound.form(body)
            await self._run(
                handle,
                event,
                SlackResponder(api, session, event, ack, response_url=origin.response_url, edits=bool(origin.message)),
            )

        async def left(body: Mapping[str, Any]) -> None:
            space = inbound.space_of(body)
            await self._tokens.forget(space)
            await handle(SpaceLeft(space), Nobody())

        async def changed(body: Mapping[str, Any]) -> None:
            self._profiles.pop(inbound.changed(body), None)  # asked again when they next come

        return Listeners(command, action, form, left, changed)

    async def _run(self, handle: Handle, event: MemberEvent, responder: SlackResponder) -> None:
        """Bolt waits for the acknowledgement, not for us; keeps a strong reference until the handler ends."""
        task = asyncio.ensure_future(_as_coroutine(handle(event, responder)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.shield(task)


async def _as_coroutine(work: Awaitable[None]) -> None:
    await work


class Listeners:
    """What an AsyncApp calls, however the payloads reach it."""

    def __init__(
        self,
        command: Callable[[Ack, Mapping[str, Any]], Awaitable[None]],
        action: Callable[[Ack, Mapping[str, Any]], Awaitable[None]],
        form: Callable[[Ack, Mapping[str, Any]], Awaitable[None]],
        left: Callable[[Mapping[str, Any]], Awaitable[None]],
        changed: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        self.command, self.action, self.form, self.left, self.changed = command, action, form, left, changed


def build_app(tokens: Tokens, client: AsyncWebClient, on: Listeners) -> AsyncApp:
    """The AsyncApp with every listener; Socket Mode and the HTTP receiver feed the same one."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return await tokens.authorize(enterprise_id, team_id)  # Bolt would ask a bound method for `self`

    app = AsyncApp(
        client=client,
        authorize=authorize,  # pyright: ignore[reportArgumentType]  # None is how Bolt is told "not installed"
        ssl_check_enabled=False,
        request_verification_enabled=False,  # Socket Mode is authenticated by its ticket; HTTP verifies before this
        ignoring_self_events_enabled=True,
        logger=logging.getLogger("slack_bolt"),
    )

    async def handle_command(ack: Ack, body: Mapping[str, Any]) -> None:
        await on.command(ack, body)

    async def handle_action(ack: Ack, body: Mapping[str, Any]) -> None:
        await on.action(ack, body)

    async def handle_form(ack: Ack, body: Mapping[str, Any]) -> None:
        await on.form(ack, body)

    async def handle_left(body: Mapping[str, Any]) -> None:
        await on.left(body)

    async def handle_changed(body: Mapping[str, Any]) -> None:
        await on.changed(body)

    async def ignore() -> None:
        """Acknowledged and of no interest."""

    app.command(ANYTHING)(handle_command)
    app.action({"type": "block_actions", "action_id": ANYTHING})(handle_action)
    app.view("form")(handle_form)
    app.event("app_uninstalled")(handle_left)
    app.event("tokens_revoked")(handle_left)
    app.event("user_change")(handle_changed)
    app.event(ANYTHING)(ignore)
    return app
