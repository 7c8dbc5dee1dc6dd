"""Slack's Web API, each call tried exactly once: retries belong to the courier, which knows what may be repeated."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import uuid
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import inbound
from bot.slack.errors import delivery_error
from bot.slack.render import blocks, fallback
from bot.slack.tokens import Tokens
from chat.errors import Revoked
from chat.message import Message
from chat.people import Person, Profile, Sent, Space

KEPT = 50_000  # direct conversations remembered in memory
_TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError)
_NAMESPACE = uuid.UUID("6f1d1a58-3c52-4b0e-9f5c-0d6f6a3b9d11")
QUIET = {"unfurl_links": False, "unfurl_media": False, "link_names": False}


class WebApi:
    """One HTTP session for all workspaces."""

    def __init__(self, tokens: Tokens, base_url: str, session: aiohttp.ClientSession) -> None:
        self._tokens = tokens
        # slack_sdk posts twice after a lost connection unless its own retries are taken out.
        self.client = AsyncWebClient(base_url=base_url, retry_handlers=[], session=session, timeout=15)
        self._conversations: dict[Person, str] = {}

    async def call(self, space: Space, method: str, **arguments: Any) -> Any:
        """One method in a workspace's name. Raises a DeliveryError."""
        token = await self._tokens.of(space)
        if token is None:
            raise Revoked("not_installed")
        try:
            response = await self.client.api_call(method, json=arguments, headers={"Authorization": f"Bearer {token}"})
        except _TROUBLE as error:
            raise delivery_error(error) from error
        return response.data

    async def send(self, to: Person, message: Message, key: str) -> Sent:
        """A direct message under a key."""
        channel = self._conversations.get(to)
        if channel is None:
            opened = await self.call(to.space, "conversations.open", users=to.id)
            if len(self._conversations) >= KEPT:
                self._conversations.clear()
            channel = self._conversations[to] = str(opened["channel"]["id"])
        metadata = {"event_type": "steppingstone_delivery", "event_payload": {"key": key}}
        posted = await self.call(
            to.space, "chat.postMessage", channel=channel, text=fallback(message), blocks=blocks(message),
            client_msg_id=str(uuid.uuid5(_NAMESPACE, key)), metadata=metadata, **QUIET,
        )  # fmt: skip
        return Sent(str(posted["channel"]), str(posted["ts"]))

    async def profile(self, person: Person) -> Profile:
        """Locale and zone from users.info, which reads its arguments from a form only."""
        token = await self._tokens.of(person.space)
        if token is None:
            raise Revoked("not_installed")
        try:
            response = await self.client.api_call(
                "users.info",
                params={"user": person.id, "include_locale": "true"},
                headers={"Authorization": f"Bearer {token}"},
            )
        except _TROUBLE as error:
            raise delivery_error(error) from error
        user: Any = response["user"]
        return inbound.profile(user, person.space)
