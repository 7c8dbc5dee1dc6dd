"""Messages to one person, or into a conversation we share with some: tried exactly once, the key as their nonce."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

import discord
from discord.http import HTTPClient, handle_message_parameters
from discord.utils import MISSING

from bot.discord import render
from bot.discord.errors import translated
from chat.errors import DeliveryError, Rejected, Throttled, Unavailable, Uncertain, Unreachable
from chat.message import Message
from chat.people import Person, Sent
from chat.platform import Found

if TYPE_CHECKING:
    from discord.types.channel import DMChannel

log = logging.getLogger(__name__)

CONVERSATIONS_KEPT = 10_000
OPENING, BUSY = 2, 1.0  # conversations being opened at once; seconds until somebody else may try
NONCE = 25
NOT_THERE = frozenset({"10007", "10013"})  # unknown member, unknown user
MARGIN = timedelta(minutes=5)  # clocks of ours and Discord's may differ that much
NO_FILES = frozenset({"50013", "40005"})  # no permission, perhaps only to attach; too large
NO_PLACE = frozenset({"10003", "50001"})  # the conversation is gone or closed to us: whose it is, Discord does not say


class DirectMessages:
    """Sends through discord.py's HTTP client, which minds the rate limits; see `rest` for what it may not do."""

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._conversations: OrderedDict[str, str] = OrderedDict()  # user id -> channel id, the same in every guild
        self._opening = 0

    async def send(self, to: Person, message: Message, key: str, place: str | None = None) -> Sent:
        """The same `key` within Discord's window of a few minutes gives the same message. `place` is our conversation
        where it is known from before, or a thread. Pictures and files that may not go there are said in their words.
        Raises a DeliveryError, Unreachable only for the person; LimitError for a message that Discord cannot hold."""
        if not 1 <= len(key) <= NONCE:
            raise Rejected(f"a key has 1 to {NONCE} characters")
        view, files = render.view(message, space=to.space.id), render.files(message)
        channel = place or await self._conversation(to)
        try:
            try:
                return await self._post(channel, view, files, message, key)
            except Rejected as error:
                if error.reason not in NO_FILES or not files:
                    raise
                log.warning("a file cannot go, its words do", extra={"place": channel, "reason": error.reason})
            words = render.view(message, space=to.space.id, attached=False)
            return await self._post(channel, words, [], message, key)
        except Unreachable as error:
            if place is not None and error.reason in NO_PLACE and not await self._is_direct(to, place):
                raise Rejected(error.reason) from error
            self._conversations.pop(to.id, None)
            raise

    async def _post(
        self, channel: str, view: discord.ui.LayoutView, files: list[discord.File], message: Message, key: str
    ) -> Sent:
        params = handle_message_parameters(
            view=view, files=files or MISSING, nonce=key, allowed_mentions=render.mentions(message)
        )
        with translated():
            stored = await self._http.send_message(channel, params=params)
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
        if len(found) >= 100:
            return "unknown"
        return "absent" if found or await self._may_look(to, channel) else "unknown"

    async def _may_look(self, to: Person, channel: str) -> bool:
        """Without the permission to read history, a thread is shown to us as an empty one."""
        with translated():
            before = await self._http.logs_from(channel, limit=1)
        return bool(before) or await self._is_direct(to, channel)

    async def _is_direct(self, to: Person, place: str) -> bool:
        """Whether it is our direct conversation with this person, which is always the same one. True when Discord does
        not tell now."""
        try:
            return await self._conversation(to) == place
        except DeliveryError:
            return True

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
