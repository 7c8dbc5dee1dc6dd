"""Slack as a Platform: one app in any number of workspaces, over Socket Mode; the AsyncApp stands apart from it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.inbox import Inbox
from bot.slack import groups, inbound
from bot.slack.client import WebApi
from bot.slack.errors import code_of
from bot.slack.home import HomeAction, HomeResponder, act_at_home
from bot.slack.inbox import Gate
from bot.slack.listeners import Listeners, build_app
from bot.slack.responder import Ack, SlackResponder
from bot.slack.socket import Socket
from bot.slack.tokens import Tokens
from chat.errors import DeliveryError, PlatformAway, PlatformSetup, Unavailable
from chat.event import SpaceJoined, SpaceLeft
from chat.health import Health
from chat.message import Message
from chat.nobody import Nobody
from chat.people import NOTHING_SAID, Person, Profile, Sent, Space, SpaceInfo
from chat.platform import Found, Handle, Pace
from store import Store

log = logging.getLogger(__name__)

PROFILE_LIFE, PROFILES = timedelta(minutes=10), 10_000
HANDLERS_PATIENCE, KEY_WINDOW = 10.0, timedelta(seconds=120)
PACE = Pace(per_second=292 / 60, burst=3)  # of about 300 a minute and workspace
CONVERSATION = Pace(per_second=1.0, burst=3)


class SlackPlatform:
    """Implements `chat.platform.Platform`, `KnowsProfile`, `ShowsHome` and `OpensGroupChat`. `base_url` points it at a
    sandbox."""

    def __init__(
        self,
        *,
        app_token: str,
        bot_tokens: Sequence[str],
        store: Store,
        clock: Callable[[], datetime],
        base_url: str = "https://slack.com/api/",
        pace: float = 1.0,
        remembers_keys: bool = False,
        escaping: Collection[str] = (),
    ) -> None:
        self._remembers_keys, self._escaping = remembers_keys, escaping
        self._app_token, self._bot_tokens = app_token, tuple(bot_tokens)
        self._clock, self._base_url, self._pace = clock, base_url, pace
        self._tokens, self.inbox = Tokens(store), Inbox(store, self.name, clock)
        self._profiles: OrderedDict[Person, tuple[datetime, Profile]] = OrderedDict()
        self._session: aiohttp.ClientSession | None = None
        self._api: WebApi | None = None
        self._socket: Socket | None = None
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
        self._api = WebApi(self._tokens, self._base_url, self._session, pace=self._pace)
        try:
            joined = [await self._install(token, handle) for token in self._bot_tokens]
            if self._bot_tokens and not any(joined):
                raise PlatformSetup(
                    "Slack refused every SLACK_BOT_TOKEN: copy the bot token (xoxb-…) of each workspace"
                )
            gate = Gate(self.inbox, self._tokens)
            app = self.app = build_app(self._tokens, self._api.client, self._listeners(handle), gate)
            self._socket = Socket(self.app, self._app_token, self._api.client, pace=self._pace)
            await self._socket.start()
            self.inbox.start(partial(gate.again, app, self._session), pace=self._pace)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Closes the socket, waits for handlers under way, closes the HTTP session."""
        if self._socket is not None:
            await self._socket.stop()
        await self.inbox.stop(HANDLERS_PATIENCE)
        if self._session is not None:
            await self._session.close()

    @property
    def key_window(self) -> timedelta:
        """Slack promises nothing for a repeated client_msg_id; an operator whose workspace is seen to drop repeats may
        say so (SLACK_REMEMBERS_KEYS)."""
        return KEY_WINDOW if self._remembers_keys else timedelta(0)

    @property
    def at_once(self) -> int:
        """Few, so that a dead token is asked at most three times; at Slack's pace more is never needed."""
        return 3

    def paces(self, to: Person) -> tuple[tuple[str, Pace], ...]:
        """About three hundred messages a minute a workspace, one a second a conversation."""
        return ((to.space.key, PACE), (f"{to.space.key}/{to.id}", CONVERSATION))

    async def send(self, to: Person, message: Message, *, key: str, place: str | None = None) -> Sent:
        """One message, one try."""
        return await self._web().send(to, message, key, place)

    async def find(self, to: Person, key: str, *, place: str | None, since: datetime) -> Found:
        """Where the right to look was granted; see `WebApi.find`."""
        return await self._web().find(to, key, place=place, since=since)

    async def gather(self, people: Sequence[Person], *, title: str, key: str, home: str | None) -> str:
        """A group message of two to eight people and us, the same for the same people; see `groups.gather`."""
        return await self._web().gather(people)

    def gathering_paces(self, space: Space) -> tuple[tuple[str, Pace], ...]:
        """See `groups.paces`."""
        return groups.paces(space)

    async def leave(self, place: str, person: Person) -> bool:
        """Never: nobody gets out of a group message of Slack."""
        return False

    async def show_home(self, person: Person, message: Message) -> None:
        """Their App Home, from now on."""
        await self._web().publish(person, message)

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

    async def is_here(self, person: Person) -> bool | None:
        """A deactivated account is not here any more."""
        return await self._web().is_here(person)

    def healthy(self) -> bool:
        """True while the socket is open."""
        return self._socket is not None and self._socket.connected()

    def health(self) -> Health:
        """Since when, and why not."""
        return self._socket.health() if self._socket is not None else Health(False, 0.0, "not started")

    @property
    def failure(self) -> PlatformSetup | None:
        """Why nothing is tried any more; a person has to change something."""
        return self._socket.failure if self._socket is not None else None

    async def ended(self) -> None:
        """Waits until there is a `failure`; only after `start`."""
        if self._socket is not None:
            await self._socket.ended.wait()

    def _web(self) -> WebApi:
        if self._api is None:
            raise Unavailable("not started")
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
            raise PlatformAway("Slack could not be reached: check the network, then try again") from error
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
            event = inbound.command(body, self._escaping)
            url, trigger = str(body.get("response_url", "")), str(body.get("trigger_id", ""))
            responder = SlackResponder(api, session, event, ack, response_url=url, trigger=trigger, command=True)
            await handle(event, responder)

        async def action(ack: Ack, body: Mapping[str, Any]) -> None:
            event = inbound.action(body)
            if event is None:
                await ack()
                return
            url, trigger = str(body.get("response_url", "")), str(body.get("trigger_id", ""))
            if inbound.at_home(body):
                pressed = HomeAction(api, session, event, ack, trigger=trigger)
                await act_at_home(handle, api, event, pressed)
                return
            responder = SlackResponder(
                api, session, event, ack, response_url=url, trigger=trigger, edits=event.on is not None
            )
            await handle(event, responder)

        async def form(ack: Ack, body: Mapping[str, Any]) -> None:
            event, origin = inbound.form(body)
            if origin.home:
                await act_at_home(handle, api, event, HomeAction(api, session, event, ack, mark=origin.mark))
                return
            url, edits = origin.response_url, bool(origin.message)
            responder = SlackResponder(
                api, session, event, ack, response_url=url, edits=edits, mark=origin.mark, turned=origin.turned
            )
            await handle(event, responder)

        async def home(_ack: Ack, body: Mapping[str, Any]) -> None:
            event = inbound.home(body)
            if event is not None:
                await handle(event, HomeResponder(api, event.person))

        async def left(_ack: Ack, body: Mapping[str, Any]) -> None:
            space = inbound.space_of(body)
            await self._tokens.forget(space)
            await handle(SpaceLeft(space), Nobody())

        async def changed(_ack: Ack, body: Mapping[str, Any]) -> None:
            event = inbound.changed(body)
            self._profiles.pop(event.person, None)  # asked again when they next come
            await handle(event, Nobody())

        return Listeners(command, action, form, home, left, changed)
