"""Direct messages: the conversation is opened once per person, the message is tried exactly once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

import discord
from discord.http import HTTPClient, handle_message_parameters
from discord.utils import MISSING

from bot.discord import render
from bot.discord.errors import translated
from chat.errors import Rejected, Throttled, Unavailable, Uncertain, Unreachable
from chat.message import Message
from chat.people import Person, Sent
from chat.platform import Found

if TYPE_CHECKING:
    from discord.types.channel import DMChannel

CONVERSATIONS_KEPT = 10_000
OPENING, BUSY = 2, 1.0  # conversations being opened at once; seconds until somebody else may try
NONCE = 25
NOT_THERE = frozenset({"10007", "10013"})  # unknown member, unknown user
MARGIN = timedelta(minutes=5)  # clocks of ours and Discord's may differ that much


class DirectMessages:
    """Sends through discord.py's HTTP client, which minds the rate limits; see `rest` for what it may not do."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._conversations: OrderedDict[str, str] = OrderedDict()  # user id -> channel id, the same in every guild
        self._opening = 0

    async def send(self, to: Person, message: Message, key: str, place: str | None = None) -> Sent:
        """The same `key` within Discord's window of a few minutes gives the same message. `place` is our conversation
        where it is known from before. Raises a DeliveryError; LimitError for a message that Discord cannot hold."""
        if not 1 <= len(key) <= NONCE:
            raise Rejected(f"a key has 1 to {NONCE} characters")
        view = render.view(message, space=to.space.id)
        channel = place or await self._conversation(to)
        params = handle_message_parameters(
            view=view,
            files=render.files(message) or MISSING,
            nonce=key,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        try:
            with translated():
                stored = await self._http.send_message(channel, params=params)
        except Unreachable:
            self._conversations.pop(to.id, None)
            raise
        return Sent(place=str(stored["channel_id"]), message=str(stored["id"]))

    async def find(self, to: Person, key: str, *, place: str | None, since: datetime) -> Found:
        """Our message in this conversation that carries `key` in its controls, among the newest hundred. Raises a
        DeliveryError."""
        if place is None and to.id not in self._conversations:
            return "unknown"  # opening a conversation only to look into it would be a message's worth of trouble
        channel = place or await self._conversation(to)
        after = discord.utils.time_snowflake(since - MARGIN)
        with translated():
            found = await self._http.logs_from(channel, limit=100, after=after)
        for stored in found:
            if any(key in custom_id for custom_id in _custom_ids(stored.get("components", []))):
                return Sent(place=str(stored["channel_id"]), message=str(stored["id"]))
        return "absent" if len(found) < 100 else "unknown"

    async def is_here(self, person: Person) -> bool | None:
        """Whether the guild has this member; None where we may not ask, as in a guild that removed us."""
        try:
            with translated():
                await self._http.get_member(person.space.id, person.id)
        except (Rejected, Unreachable) as error:
            return False if error.reason in NOT_THERE else None
        return True

    async def _conversation(self, to: Person) -> str:
        known = self._conversations.get(to.id)
        if known is not None:
            self._conversations.move_to_end(to.id)
            return known
        channel = await self._open(to)
        self._conversations[to.id] = str(channel["id"])
        while len(self._conversations) > CONVERSATIONS_KEPT:
            self._conversations.popitem(last=False)
        return str(channel["id"])

    async def _open(self, to: Person) -> DMChannel:
        """discord.py waits inside the call until Discord's window for openings is fresh; so few may be there at once,
        or messages into conversations that exist would wait behind them."""
        if self._opening >= OPENING:
            raise Throttled("openings_busy", BUSY, "openings")
        self._opening += 1
        try:
            with translated():
                return await self._http.start_private_message(to.id)
        except Uncertain as error:
            raise Unavailable(error.reason) from error  # nothing was sent yet, and opening twice is the same as once
        except Throttled as error:
            if error.scope != "message":
                raise
            raise Throttled(error.reason, error.retry_after, "openings") from error  # one limit for whomever it is
        finally:
            self._opening -= 1


def _custom_ids(components: object) -> Iterator[str]:
    """Every custom_id of a tree of components."""
    if isinstance(components, list):
        for item in cast("list[object]", components):
            yield from _custom_ids(item)
    elif isinstance(components, dict):
        for name, value in cast("dict[str, object]", components).items():
            if name == "custom_id":
                yield str(value)
            else:
                yield from _custom_ids(value)
