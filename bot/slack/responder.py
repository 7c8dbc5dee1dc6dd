"""Answers one inbound Slack payload: by its acknowledgement while that is open, afterwards by response_url."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

import aiohttp

from bot.slack.client import WebApi
from bot.slack.errors import delivery_error
from bot.slack.inbound import Origin
from bot.slack.pictures import NOT_READY
from bot.slack.render import Block, blocks, fallback, marked, view
from chat.errors import DeliveryError, Rejected
from chat.event import FormSent, MemberEvent
from chat.form import Answers, Form
from chat.message import Message

TURNS = 4
"""Of the five uses of one response_url, those for messages behind a window that turned."""
BEHIND = 0.7
"""Seconds a window waits at most for the message behind it: with the dispatcher's patience well below Slack's three."""

Ack = Callable[..., Awaitable[Any]]


class SlackResponder:
    """Implements `chat.platform.Responder`. `edits`: the control stood in a message that can be replaced. `mark`: of
    the view that was sent, see `render.view`. `turned`: how often its window has turned to another form."""

    def __init__(
        self,
        api: WebApi,
        session: aiohttp.ClientSession,
        event: MemberEvent,
        ack: Ack,
        *,
        response_url: str = "",
        trigger: str = "",
        command: bool = False,
        edits: bool = False,
        mark: str = "",
        turned: int = 0,
    ) -> None:
        self._api, self._session, self._event, self._ack = api, session, event, ack
        self._response_url, self._trigger, self._command, self._edits = response_url, trigger, command, edits
        self._acked, self._mark, self._turned = False, mark, turned

    async def defer(self, *, private: bool) -> None:
        """Slack shows nothing while it waits; the acknowledgement buys thirty minutes."""
        await self._acknowledge()

    async def show(self, message: Message, *, private: bool) -> None:
        """A command's first answer travels in its acknowledgement, everything else by response_url."""
        how: dict[str, Any] = {"response_type": "ephemeral" if private else "in_channel"}
        if self._command and not self._acked and not message.pictures():
            await self._acknowledge(text=fallback(message), blocks=blocks(message), **how)
            await self._give(message)
            return
        await self._acknowledge()  # a picture takes longer, and Slack tells nobody what was wrong with this answer
        await self._respond(message, how | {"replace_original": False})

    async def edit(self, message: Message) -> None:
        """Replaces the whole message the control stood in."""
        await self._acknowledge()
        await self._respond(message, {"replace_original": self._edits, "response_type": "ephemeral"})

    async def open(self, form: Form) -> None:
        """Opens a modal while the trigger lives. It remembers where to answer."""
        shown = view(form, self._origin(form).dump())
        await self._api.call(self._event.person.space, "views.open", trigger_id=self._trigger, view=shown)
        await self._acknowledge()

    async def onward(self, form: Form, message: Message) -> None:
        """The open window turns to the next form: none is stacked upon it. The message behind it is replaced as well,
        for who closes the window; only so often that an answer by response_url is left for the end, and before the
        window turns, so that the answer to its next form comes later, unless Slack takes its time."""
        if self._acked or not isinstance(self._event, FormSent):
            await self.edit(message)
            return
        mark = f"{crc32(form.then.wire().encode()):08x}"
        origin = replace(self._origin(form), mark=mark, turned=self._turned + 1)
        turned = {"response_action": "update", "view": view(form, origin.dump(), origin.mark)}
        if not self._edits or self._turned >= TURNS:
            await self._acknowledge(**turned)
            return
        behind = asyncio.create_task(self._respond(message, {"replace_original": True}, anew=False))
        await asyncio.wait({behind}, timeout=BEHIND)
        await self._acknowledge(**turned)
        await behind

    def _origin(self, form: Form) -> Origin:
        return Origin(form.then.wire(), self._event.place.id, self._response_url, "1" if self._edits else "")

    async def correct(self, form_again: Form, mistakes: Mapping[str, str], answers: Answers) -> None:
        """The sentences appear at their fields; what was typed stays in the open modal."""
        errors = {marked(key, self._mark): sentence for key, sentence in mistakes.items()}
        await self._acknowledge(response_action="errors", errors=errors)

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Slack completes no options."""
        await self._acknowledge()

    async def nothing(self) -> None:
        """Only the acknowledgement."""
        await self._acknowledge()

    async def _acknowledge(self, **body: Any) -> None:
        if not self._acked:
            self._acked = True
            await self._ack(**body)

    async def _give(self, message: Message) -> None:
        """What an answer cannot hold goes to the person's direct conversation, wherever they asked."""
        if message.files():
            await self._api.give(self._event.person, message)

    async def _respond(self, message: Message, how: Mapping[str, Any], *, anew: bool = True) -> None:
        """By response_url (five uses in thirty minutes); without one, as an ephemeral message in the place, if it may
        be said `anew`."""

        async def post(made: list[Block]) -> None:
            await self._respond_once({"text": fallback(message), "blocks": made, **how}, anew=anew)

        await self._api.pictures.posted(self._event.person.space, message, post)
        await self._give(message)

    async def _respond_once(self, body: Mapping[str, Any], *, anew: bool) -> None:
        if not self._response_url:
            if anew:
                await self._ephemeral(body)
            return
        try:
            async with self._session.post(self._response_url, json=body, allow_redirects=False) as response:
                if response.status >= 400 and "invalid_blocks" in await response.text():  # with any status
                    raise Rejected("invalid_blocks")
                if response.status == 404:  # used up or older than thirty minutes: a long-open modal, for one
                    if anew:
                        await self._ephemeral(body)
                elif response.status >= 400:
                    raise Rejected(f"response_url_{response.status}")
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise delivery_error(error) from error

    async def _ephemeral(self, body: Mapping[str, Any]) -> None:
        person, content = self._event.person, {"text": body["text"], "blocks": body["blocks"]}
        try:
            await self._api.call(
                person.space, "chat.postEphemeral", channel=self._event.place.id, user=person.id, **content
            )
        except DeliveryError as error:
            if error.reason in NOT_READY:
                raise
            # a channel we are not in: the direct conversation is left
            opened = await self._api.call(person.space, "conversations.open", users=person.id)
            await self._api.call(person.space, "chat.postMessage", channel=opened["channel"]["id"], **content)
