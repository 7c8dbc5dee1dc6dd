"""Direct messages: the conversation is opened once per person, the message is tried exactly once."""

from __future__ import annotations

from collections import OrderedDict

import discord
from discord.http import HTTPClient, handle_message_parameters

from bot.discord import render
from bot.discord.errors import translated
from chat.errors import Rejected, Unavailable, Uncertain, Unreachable
from chat.message import Message
from chat.people import Person, Sent

CONVERSATIONS_KEPT = 10_000
NONCE = 25


class DirectMessages:
    """Sends through discord.py's HTTP client, which minds the rate limits; see `rest` for what it may not do."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._conversations: OrderedDict[str, str] = OrderedDict()  # user id -> channel id, the same in every guild

    async def send(self, to: Person, message: Message, key: str) -> Sent:
        """The same `key` within Discord's window of a few minutes gives the same message. Raises a DeliveryError;
        LimitError for a message that Discord cannot hold."""
        if not 1 <= len(key) <= NONCE:
            raise Rejected(f"a key has 1 to {NONCE} characters")
        view = render.view(message, space=to.space.id)
        channel = await self._conversation(to)
        params = handle_message_parameters(view=view, nonce=key, allowed_mentions=discord.AllowedMentions.none())
        try:
            with translated():
                stored = await self._http.send_message(channel, params=params)
        except Unreachable:
            self._conversations.pop(to.id, None)
            raise
        return Sent(place=str(stored["channel_id"]), message=str(stored["id"]))

    async def _conversation(self, to: Person) -> str:
        known = self._conversations.get(to.id)
        if known is not None:
            self._conversations.move_to_end(to.id)
            return known
        try:
            with translated():
                channel = await self._http.start_private_message(to.id)
        except Uncertain as error:
            raise Unavailable(error.reason) from error  # nothing was sent yet, and opening twice is the same as once
        self._conversations[to.id] = str(channel["id"])
        while len(self._conversations) > CONVERSATIONS_KEPT:
            self._conversations.popitem(last=False)
        return str(channel["id"])
