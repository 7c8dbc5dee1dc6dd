"""From one interaction to the house and back: whose it is, where it happened, and who answers it."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import aiohttp

from bot.discord import inbound
from bot.discord.again import FormAgain, KeptForms, correction
from bot.discord.inbox import LateResponder, dump, key_of, load
from bot.discord.responder import DiscordResponder
from bot.discord.rest import Callbacks
from bot.discord.spaces import Spaces
from bot.inbox import PATIENCE, Inbox, NotKept
from chat.action import read_action
from chat.errors import DeliveryError, UnknownAction
from chat.event import ActionTaken, Completing, FormSent, MemberEvent
from chat.form import Answers, Form
from chat.message import Message, short
from chat.people import Person, Profile
from chat.platform import Handle
from content.say import Say, pick_language
from content.say import speaker as in_language
from store import Store

log = logging.getLogger(__name__)

R = TypeVar("R", bound=DiscordResponder)


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers interactions while the platform runs."""

    store: Store
    spaces: Spaces
    forms: KeptForms
    calls: Callbacks
    session: aiohttp.ClientSession
    handle: Handle
    inbox: Inbox

    async def __call__(self, payload: Mapping[str, object]) -> None:
        """Handles one interaction to its end. Raises DeliveryError when Discord refuses an answer of ours."""
        read, begun = inbound.read(payload), time.monotonic()
        if read is None:
            return
        event = read.event
        responder = self._responder(DiscordResponder, read)
        if event is None or not await self._belongs(event, claimed=read.claimed):
            await _turn_away(responder, read.ticket, event)
        elif isinstance(event, Completing):  # no effect: nothing to keep
            await self.handle(event, responder)
        else:
            key = key_of(read.ticket)
            try:
                within = max(0.0, PATIENCE - (time.monotonic() - begun))
                if not await self.inbox.keep(key, dump(payload), within=within):
                    return
            except NotKept:
                log.warning("an interaction could not be kept in time; the member sees that it failed")
                return
            await self._handled(key, event, responder)

    async def again(self, key: str, body: str) -> None:
        """Handles a kept interaction to its end once more."""
        read = inbound.read(load(body))
        event = read.event if read else None
        if read is None or event is None or not await self._belongs(event, claimed=read.claimed):
            self.inbox.drop(key)
            return
        await self._handled(key, event, self._responder(LateResponder, read).resume())

    def _responder(self, kind: type[R], read: inbound.Inbound) -> R:
        corrections = _Corrections(self, read.event) if read.event else None
        return kind(read.ticket, self.calls, self.session, corrections)

    async def _handled(self, key: str, event: MemberEvent, responder: DiscordResponder) -> None:
        async with self.inbox.handling(key):
            try:
                await self._answer(event, responder)
            except DeliveryError as error:
                log.warning("Discord refused an answer", extra={"key": key, "reason": error.reason})

    async def _answer(self, event: MemberEvent, responder: DiscordResponder) -> None:
        if (pressed := _form_again(event)) is not None:
            await self._open_again(event, pressed, responder)
        else:
            await self.handle(event, responder)
            if isinstance(event, FormSent) and not responder.corrected:
                await self.forms.accepted(event)

    async def _belongs(self, event: MemberEvent, *, claimed: bool) -> bool:
        """In a guild Discord vouches for the person. In a direct message only the control names the guild, and without
        privileged intents all we can ask is whether we have met this person there."""
        if not claimed:
            await self.spaces.present(event.person.space.id)
            return True
        async with self.store.begin() as tx:
            return await tx.members.get(event.person) is not None

    async def _open_again(self, event: MemberEvent, pressed: FormAgain, responder: DiscordResponder) -> None:
        form = self.forms.find(event.person, pressed)
        if form is not None:
            await responder.open(form)
            return
        say = await self.speak(event.person, event.profile)
        lost = say("I no longer have this form open, but your words are safe. Please run the command once more.")
        await responder.show(short(lost), private=True)

    async def speak(self, person: Person, profile: Profile) -> Say:
        """The member's language."""
        async with self.store.begin() as tx:
            member = await tx.members.get(person)
        return in_language(pick_language(member.language if member else "auto", profile.locale))


@dataclass(frozen=True, slots=True)
class _Corrections:
    desk: Desk
    event: MemberEvent

    async def message(self, again: Form, mistakes: Mapping[str, str], answers: Answers) -> Message:
        person = self.event.person
        button = await self.desk.forms.keep(person, again, answers)
        return correction(await self.desk.speak(person, self.event.profile), again, mistakes, button)


async def _turn_away(responder: DiscordResponder, ticket: inbound.Ticket, event: MemberEvent | None) -> None:
    if ticket.kind == "completion":
        await responder.suggest(())
        return
    say = in_language(pick_language("auto", event.profile.locale if event else None))
    sentence = say("I cannot tell which community this belongs to. Please use my commands in your server.")
    await responder.show(short(sentence), private=True)


def _form_again(event: MemberEvent) -> FormAgain | None:
    if not isinstance(event, ActionTaken) or not event.wire.startswith(FormAgain.wire_name + "|"):
        return None
    try:
        action = read_action(event.wire)
    except UnknownAction:
        return None  # the dispatcher has the words for it
    return action if isinstance(action, FormAgain) else None
