"""From an event to its one answer: finds the handler, minds the platforms' three seconds, and is the only catch-all."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from chat.action import Action, read_action
from chat.errors import DeliveryError, LimitError, Mistakes, Tellable, UnknownAction
from chat.event import (
    EVENT,
    ActionTaken,
    CommandUsed,
    Completing,
    Event,
    FormSent,
    HomeOpened,
    MemberEvent,
    MemberLeft,
    ProfileChanged,
    SpaceJoined,
    SpaceLeft,
)
from chat.form import Answers
from chat.message import Message, short
from chat.people import NOTHING_SAID, Place
from chat.platform import Reply, Responder
from commands._call import Call, Rooms
from commands._outcome import Outcome, Plan, give
from commands._owners import owners_only
from commands._parse import resolve
from commands._registry import Command, Registry
from content.say import pick_language, speaker
from store import Conflict
from store.owners import looks_after

log = logging.getLogger(__name__)

PATIENCE = 1.2
"""Seconds a handler may take before we defer: both platforms wait 3 s, and the deferral itself must travel."""


@dataclass(frozen=True)
class RunAgain(Action, name="run-again"):
    """Runs a command once more by button: how a form that came too late can still be opened."""

    command: str
    text: str


class Dispatcher:
    """`await dispatcher(event, responder)` never raises over what a member does, and each of their events gets one
    answer. A space that came or left and could not be stored raises: the inbox begins such an event again."""

    def __init__(self, registry: Registry, rooms: Rooms, now: Callable[[], datetime]) -> None:
        self._registry, self._rooms, self._now = registry, rooms, now

    async def __call__(self, event: Event, responder: Responder) -> None:
        """Handles one event to its end, deferral included."""
        match event:
            case SpaceJoined(info):
                async with self._rooms.store.begin() as tx:
                    await tx.spaces.joined(info, self._now())
                    await tx.claims.unrest(info.space, self._now())
            case SpaceLeft(space):
                async with self._rooms.store.begin() as tx:
                    await tx.spaces.left(space, self._now())
                    await tx.claims.space_left(space)
            case ProfileChanged(person, profile):
                async with self._rooms.store.begin() as tx:
                    if await tx.members.get(person) is not None:  # strangers are not written down
                        await tx.members.meet(person, profile, self._now())
            case MemberLeft(person):
                async with self._rooms.store.begin() as tx:
                    await tx.leaving.left([person], self._now())
            case HomeOpened() | CommandUsed() | ActionTaken() | FormSent() | Completing():
                try:
                    if isinstance(event, HomeOpened):
                        await self._home(event, responder)
                    else:
                        await self._member_event(event, responder)
                except DeliveryError as error:
                    log.warning("an answer could not be shown", extra=_fields(event) | {"reason": error.reason})

    async def _member_event(self, event: MemberEvent, responder: Responder) -> None:
        if isinstance(event, Completing):
            await responder.suggest(await self._suggestions(event))
            return
        work = asyncio.create_task(self._work(event))
        done, _pending = await asyncio.wait({work}, timeout=PATIENCE)
        if not done:
            try:
                await responder.defer(private=self._private(event))
            finally:
                await work  # also when nobody can be told any more: what was begun is finished
        outcome = await work
        try:
            await give(outcome, responder, late=not done)
        except LimitError as error:  # a platform's own, tighter limit: ours to mend, the member still gets an answer
            await responder.show(self._apology(event, error, outcome.call), private=True)

    async def _home(self, event: HomeOpened, responder: Responder) -> None:
        """The member's own page, or an apology in its place; nobody waits for it by the clock."""
        if self._registry.home is None:
            return
        call: Call | None = None
        try:
            call = await self._call(event)
            page = await self._registry.home(call)
        except Exception as error:  # noqa: BLE001  # as in `_work`
            page = self._apology(event, error, call)
        await responder.show(page, private=True)

    async def _work(self, event: CommandUsed | ActionTaken | FormSent) -> Outcome:
        """From reading the member to the handler's reply. Never raises: it is the catch-all of the house."""
        call: Call | None = None
        plan: Plan | None = None
        try:
            call = await self._call(event)
            plan = self._plan(call, event)
            return Outcome(call, plan, await plan.run())
        except Mistakes as error:
            return Outcome(call, plan, error)
        except Tellable as error:
            return Outcome(call, plan, short(str(error)), told=True)
        except Exception as error:  # noqa: BLE001  # see the docstring
            return Outcome(call, plan, self._apology(event, error, call), told=True)

    def _private(self, event: CommandUsed | ActionTaken | FormSent) -> bool:
        """How an answer will be shown, before anything was read: Discord fixes it at the deferral."""
        try:
            if isinstance(event, CommandUsed):
                command, _ = resolve(self._registry, speaker("en"), event.name, event.text, event.options)
                return command.private
            return self._registry.answers[type(read_action(event.wire))].private
        except (Tellable, UnknownAction, KeyError):
            return True

    async def _call(self, event: MemberEvent | HomeOpened) -> Call:
        person, profile = event.person, event.profile
        if profile.locale is None:  # Slack says it only when asked; the platform keeps its answers for a while
            asked = await self._rooms.profile_of(person)
            profile = asked if asked != NOTHING_SAID else profile
        async with self._rooms.store.begin() as tx:
            looks = isinstance(event, HomeOpened | Completing)  # a stranger who only looks is not written down
            met = tx.members.glance if looks else tx.members.meet
            member = await met(person, profile, self._now())
        language = speaker(pick_language(member.language, profile.locale or member.locale))
        on = event.on if isinstance(event, ActionTaken | FormSent) else None
        place = Place(person.space, person.id, direct=True) if isinstance(event, HomeOpened) else event.place
        return Call(
            member, place, self._now(), language, self._rooms, self._rooms.shelf.current, on, EVENT.get(), profile
        )

    def _plan(self, call: Call, event: CommandUsed | ActionTaken | FormSent) -> Plan:
        match event:
            case CommandUsed(name=name, text=text, options=options):
                command, values = resolve(self._registry, call.say, name, text, options)
                return self._plan_command(call, command, values)
            case ActionTaken(wire=wire):
                return self._plan_action(call, wire, None)
            case FormSent(wire=wire, answers=answers):
                return self._plan_action(call, wire, answers)
            case _:
                assert_never(event)

    def _plan_command(self, call: Call, command: Command, values: dict[str, str]) -> Plan:
        missing = [option.name for option in command.options if option.required and not values.get(option.name)]
        if missing:
            raise Tellable(call.say("One thing is missing. It goes like this: `{usage}`", usage=command.usage))
        line = " ".join(f"{name}:{value}" for name, value in values.items() if value)
        again = RunAgain(command.name, line) if len(line) <= 40 else None

        async def run() -> Reply:
            if command.owner:
                owners_only(call)
                await _remembered(call)
            return await _run(command.handler, call, **values)

        return Plan(run, command.private, again, Answers())

    def _plan_action(self, call: Call, wire: str, answers: Answers | None) -> Plan:
        try:
            action = read_action(wire)
            if isinstance(action, RunAgain):
                return self._plan_command(call, *resolve(self._registry, call.say, action.command, action.text, {}))
            answer = self._registry.answers[type(action)]
        except (UnknownAction, KeyError) as error:
            log.info("an unknown action was pressed", extra={"space": call.person.space.key})
            sentence = call.say("This button comes from another version of me. `/help` shows what works today.")
            raise Tellable(sentence) from error
        given = answers or Answers()
        arguments = (call, action, given) if answer.takes_answers else (call, action)
        again = action if answers is None else None  # pressing again would come without the answers
        return Plan(lambda: _run(answer.handler, *arguments), answer.private, again, given)

    async def _suggestions(self, event: Completing) -> list[tuple[str, str]]:
        command = self._registry.commands.get(event.command)
        option = next((o for o in command.options if o.name == event.option), None) if command else None
        if option is None or option.complete is None:
            return []
        try:
            call = await self._call(event)
            return list(await option.complete(call, event.partial[:100]))[:25]
        except Exception as error:  # noqa: BLE001  # suggestions are a courtesy: none is better than a broken box
            self._apology(event, error, None)
            return []

    def _apology(self, event: Event, error: Exception, call: Call | None) -> Message:
        error_id = secrets.token_hex(4)
        fields = _fields(event) | {"error_id": error_id}
        log.error("a handler failed [%s]", error_id, exc_info=error, extra=fields)
        speak = call.say if call else speaker("en")
        return short(speak("Something went wrong on my side, sorry. If it stays, tell the owner: `{id}`", id=error_id))


async def _remembered(call: Call) -> None:
    """A platform says who an owner is only when they do something; time writes to them too."""
    try:
        async with call.store.begin() as tx:
            await looks_after(tx, call.person, call.now)
    except Conflict:
        log.info("an owner was remembered meanwhile", extra={"space": call.person.space.key})


async def _run(handler: Callable[..., Coroutine[None, None, Reply]], *args: object, **options: str) -> Reply:
    return await handler(*args, **options)


def _fields(event: Event) -> dict[str, str]:
    """What a log line may know: ids and names of code, never words of members."""
    fields = {"event": type(event).__name__}
    if isinstance(event, CommandUsed | ActionTaken | FormSent | Completing | HomeOpened):
        fields |= {"space": event.person.space.key, "person": event.person.id}
    if isinstance(event, CommandUsed):
        fields["command"] = event.name
    if isinstance(event, ActionTaken | FormSent):
        fields["action"] = event.wire.partition("|")[0]
    return fields
