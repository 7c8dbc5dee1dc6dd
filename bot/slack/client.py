"""Slack's Web API, each call tried exactly once: retries belong to the courier, which knows what may be repeated."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import groups, inbound
from bot.slack.errors import delivery_error
from bot.slack.files import Files
from bot.slack.pictures import Pictures
from bot.slack.render import Block, fallback, home
from bot.slack.tokens import Tokens
from chat.errors import DeliveryError, Rejected, Revoked, Unavailable, Uncertain, Unreachable
from chat.message import Message
from chat.people import Person, Profile, Sent, Space
from chat.platform import Found

log = logging.getLogger(__name__)

MARGIN = timedelta(minutes=5)  # clocks of ours and Slack's may differ that much
KEPT = 50_000  # direct conversations remembered in memory
_TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError)
_NAMESPACE = uuid.UUID("6f1d1a58-3c52-4b0e-9f5c-0d6f6a3b9d11")
QUIET = {"unfurl_links": False, "unfurl_media": False, "link_names": False}


class WebApi:
    """One HTTP session for all workspaces."""

    def __init__(self, tokens: Tokens, base_url: str, session: aiohttp.ClientSession, *, pace: float = 1.0) -> None:
        self._tokens, self._session = tokens, session
        self.pictures, self._files = Pictures(self, pace=pace), Files(self, pace=pace)
        # slack_sdk posts twice after a lost connection unless its own retries are taken out.
        self.client = AsyncWebClient(base_url=base_url, retry_handlers=[], session=session, timeout=15)
        self._conversations: dict[Person, str] = {}

    async def call(self, space: Space, method: str, **arguments: Any) -> Any:
        """One method in a workspace's name. Raises a DeliveryError."""
        return await self._call(space, method, json=arguments)

    async def form(self, space: Space, method: str, **arguments: str) -> Any:
        """The same for a method that reads its arguments from a form only."""
        return await self._call(space, method, params=arguments)

    async def put(self, url: str, data: bytes) -> None:
        """The bytes of a file to the address Slack gave for it. Raises a DeliveryError."""
        try:
            async with self._session.post(url, data=data) as answer:
                if answer.status != 200:
                    raise Rejected(f"upload_{answer.status}")
        except _TROUBLE as error:
            raise delivery_error(error) from error

    async def _call(self, space: Space, method: str, **how: Any) -> Any:
        token = await self._tokens.of(space)
        if token is None:
            raise Revoked("not_installed")
        try:
            response = await self.client.api_call(method, headers={"Authorization": f"Bearer {token}"}, **how)
        except _TROUBLE as error:
            raise delivery_error(error) from error
        return response.data

    async def send(self, to: Person, message: Message, key: str, place: str | None = None) -> Sent:
        """A message under a key; `place` is our conversation where it is known from before, or a group's. Its files
        follow in its thread. Raises a DeliveryError, Unreachable only for the person."""
        channel = place or await self._conversation(to)
        files = await self._files.uploaded(to.space, message)
        metadata = {"event_type": "steppingstone_delivery", "event_payload": {"key": key}}
        about = {"client_msg_id": str(uuid.uuid5(_NAMESPACE, key)), "metadata": metadata} | QUIET

        async def post(made: list[Block]) -> Any:
            return await self.call(
                to.space, "chat.postMessage", channel=channel, text=fallback(message), blocks=made, **about
            )

        with groups.of_the_place(place):
            posted = await self.pictures.posted(to.space, message, post)
        sent = Sent(str(posted["channel"]), str(posted["ts"]))
        await self._files.share_below(to.space, files, sent, posted.get("message") or {})
        return sent

    async def _conversation(self, to: Person) -> str:
        if (known := self._conversations.get(to)) is not None:
            return known
        try:
            opened = await self.call(to.space, "conversations.open", users=to.id)
        except Uncertain as error:
            raise Unavailable(error.reason) from error  # nothing was sent yet, and opening twice is as once
        if len(self._conversations) >= KEPT:
            self._conversations.clear()
        channel = self._conversations[to] = str(opened["channel"]["id"])
        return channel

    async def gather(self, people: Sequence[Person]) -> str:
        """See `groups.gather`."""
        return await groups.gather(self, people)

    async def give(self, to: Person, message: Message) -> None:
        """The message's files into our direct conversation: an answer holds none. Its words are said already, so what
        goes wrong is only logged."""
        if not (files := await self._files.uploaded(to.space, message)):
            return
        try:
            conversation = await self._conversation(to)
        except DeliveryError as error:
            log.warning("a file could not be given", extra={"space": to.space.key, "reason": error.reason})
            return
        await self._files.give(to.space, files, conversation)

    async def publish(self, person: Person, page: Message, on_top: Message | None = None) -> None:
        """The person's App Home, `on_top` above a line. Raises a DeliveryError."""

        async def below(above: list[Block]) -> None:
            async def post(made: list[Block]) -> None:
                view = home([*above, *made])
                await self.call(person.space, "views.publish", user_id=person.id, view=view)

            await self.pictures.posted(person.space, page, post)

        if on_top is None:
            await below([])
        else:
            await self.pictures.posted(person.space, on_top, lambda made: below([*made, {"type": "divider"}]))

    async def find(self, to: Person, key: str, *, place: str | None, since: datetime) -> Found:
        """By the metadata of our own messages, where the owner granted im:history (for groups mpim:history); "unknown"
        without it."""
        channel = place or self._conversations.get(to)
        if channel is None:
            return "unknown"
        oldest = f"{(since - MARGIN).timestamp():.6f}"
        arguments = {"channel": channel, "oldest": oldest, "limit": 100, "include_all_metadata": True}
        try:
            answer = await self.call(to.space, "conversations.history", **arguments)
        except (Revoked, Rejected):  # missing_scope: what the least scopes do not allow
            return "unknown"
        for message in answer["messages"]:
            if (message.get("metadata") or {}).get("event_payload", {}).get("key") == key:
                return Sent(channel, str(message["ts"]))
        return "unknown" if answer.get("has_more") else "absent"

    async def is_here(self, person: Person) -> bool | None:
        """By users.info."""
        try:
            answer = await self.form(person.space, "users.info", user=person.id)
        except Unreachable as error:
            return None if error.reason == "user_not_visible" else False
        return not answer["user"].get("deleted")

    async def profile(self, person: Person) -> Profile:
        """Locale and zone from users.info."""
        answer = await self.form(person.space, "users.info", user=person.id, include_locale="true")
        user: Any = answer["user"]
        return inbound.profile(user, person.space)
