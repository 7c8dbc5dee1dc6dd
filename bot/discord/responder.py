"""Answers one interaction: within 3 seconds directly, within 15 minutes after a deferral.

What `defer` shows: a command, and a form that a command opened, show "thinking"; its privacy is fixed there and then.
A control, and a form that a control opened, show nothing new (a deferred update): only so can a later `edit` still
change that message, while a later `show` becomes a follow-up with a privacy of its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, Protocol

import aiohttp
import discord
from discord.http import MultipartParameters, handle_message_parameters
from discord.utils import MISSING
from discord.webhook.async_ import interaction_message_response_params, interaction_response_params

from bot.discord import markdown, render
from bot.discord.errors import translated
from bot.discord.inbound import Ticket
from bot.discord.rest import Callbacks
from chat.errors import Rejected, Unavailable, Uncertain
from chat.form import Answers, Form
from chat.message import Message

MESSAGE, THINKING, UPDATE_LATER, UPDATE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9
ANSWERED_ALREADY = "40060"

Deferred = Literal["not", "update", "private", "public"]


class Corrections(Protocol):
    """Turns a form that came back with mistakes into a message from which it can be opened again."""

    async def message(self, again: Form, mistakes: Mapping[str, str], answers: Answers) -> Message: ...


class DiscordResponder:
    """One interaction's answer; see `chat.platform.Responder`. Raises DeliveryError when Discord refuses."""

    def __init__(
        self, ticket: Ticket, calls: Callbacks, session: aiohttp.ClientSession, corrections: Corrections | None
    ) -> None:
        self._ticket, self._calls, self._session, self._corrections = ticket, calls, session, corrections
        self._deferred: Deferred = "not"
        self.corrected = False

    async def defer(self, *, private: bool) -> None:
        """See the module's docstring."""
        if self._ticket.on_message:
            await self._say({"type": UPDATE_LATER})
            self._deferred = "update"
        else:
            flags = discord.MessageFlags(ephemeral=private).value
            await self._say({"type": THINKING, "data": {"flags": flags}})
            self._deferred = "private" if private else "public"

    async def show(self, message: Message, *, private: bool) -> None:
        """A new message. After a private deferral it stays private, whatever is asked."""
        if self._deferred == "not":
            await self._callback(lambda: self._new(message, private=private))
        elif self._deferred == "update":
            await self._follow_up(message, private=private)
        elif self._deferred == "public" and private:
            # The first follow-up would take the thinking message's place and be read by everybody.
            await self._delete_original()
            await self._follow_up(message, private=True)
        else:
            await self._edit_original(message)

    async def edit(self, message: Message) -> None:
        """Replaces the message the control stood in; where there is none, a new private one."""
        if not self._ticket.on_message:
            await self.show(message, private=True)
        elif self._deferred == "not":
            await self._callback(lambda: self._update(message))
        else:
            await self._edit_original(message)

    async def open(self, form: Form) -> None:
        """Opens a modal; Rejected after a deferral, which Discord does not allow."""
        if self._deferred != "not":
            raise Rejected("a form cannot follow a deferral")
        modal = render.modal(form, space=self._ticket.space)
        await self._callback(lambda: interaction_response_params(MODAL, modal.to_dict()))

    async def onward(self, form: Form, message: Message) -> None:
        """Discord opens no modal after a modal: the message has a button for it."""
        await self.edit(message)

    async def correct(self, form_again: Form, mistakes: Mapping[str, str], answers: Answers) -> None:
        """The mistakes as a private message with a button that opens the form again."""
        if self._corrections is None:
            raise Rejected("nobody to correct")
        self.corrected = True
        await self.show(await self._corrections.message(form_again, mistakes, answers), private=True)

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Values and labels of at most 100 characters."""
        lines = [{"name": markdown.label(label)[:100], "value": value[:100]} for value, label in choices[:25]]
        await self._say({"type": SUGGESTIONS, "data": {"choices": lines}})

    async def nothing(self) -> None:
        """No trace remains; Discord has no such answer for a command, so a private one is shown and taken away."""
        if self._ticket.kind == "completion":
            await self.suggest(())
        elif self._ticket.on_message:
            if self._deferred == "not":
                await self._say({"type": UPDATE_LATER})
        else:
            if self._deferred == "not":
                await self.defer(private=True)
            await self._delete_original()

    def _view(self, message: Message) -> discord.ui.LayoutView:
        return render.view(message, space=self._ticket.space)

    def _new(self, message: Message, *, private: bool) -> MultipartParameters:
        flags = discord.MessageFlags(ephemeral=private)
        view, files = self._view(message), render.files(message) or MISSING
        return interaction_message_response_params(
            type=MESSAGE, view=view, files=files, flags=flags, allowed_mentions=render.mentions(message)
        )

    def _update(self, message: Message) -> MultipartParameters:
        # Files are always named in an edit, none as well: what the old words showed does not stay behind.
        view, files = self._view(message), render.files(message)
        told = render.mentions(message)
        return interaction_message_response_params(type=UPDATE, view=view, files=files, allowed_mentions=told)

    async def _say(self, body: dict[str, object]) -> None:
        await self._callback(lambda: MultipartParameters(payload=body, multipart=None, files=None))

    async def _callback(self, make: Callable[[], MultipartParameters]) -> None:
        """Tried twice: Discord takes one callback per interaction, so a second one can never be a second message."""
        try:
            await self._callback_once(make())
        except (Unavailable, Uncertain):
            try:
                await self._callback_once(make())
            except Rejected as error:
                if error.reason != ANSWERED_ALREADY:
                    raise

    async def _callback_once(self, params: MultipartParameters) -> None:
        call = self._calls.create_interaction_response
        await _checked(call(self._ticket.id, self._ticket.token, session=self._session, params=params))

    async def _follow_up(self, message: Message, *, private: bool) -> None:
        flags = discord.MessageFlags(ephemeral=private)
        view, files = self._view(message), render.files(message) or MISSING
        told = render.mentions(message)
        params = handle_message_parameters(view=view, files=files, flags=flags, allowed_mentions=told)
        call, (app, token) = self._calls.execute_webhook, self._webhook
        sent = call(
            app, token, session=self._session, payload=params.payload, multipart=params.multipart, files=params.files,
            wait=True,
        )  # fmt: skip
        await _checked(sent)

    async def _edit_original(self, message: Message) -> None:
        view, files = self._view(message), render.files(message)
        params = handle_message_parameters(view=view, files=files, allowed_mentions=render.mentions(message))
        call, (app, token) = self._calls.edit_original_interaction_response, self._webhook
        sent = call(
            app, token, session=self._session, payload=params.payload, multipart=params.multipart, files=params.files
        )
        await _checked(sent)

    async def _delete_original(self) -> None:
        app, token = self._webhook
        await _checked(self._calls.delete_original_interaction_response(app, token, session=self._session))

    @property
    def _webhook(self) -> tuple[int, str]:
        return self._ticket.application, self._ticket.token


async def _checked(call: Awaitable[object]) -> None:
    with translated():
        await call
