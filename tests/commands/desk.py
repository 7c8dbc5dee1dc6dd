"""A member at work without a platform: the real dispatcher, registry, pack and store, and what would be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from bot.slack.responder import TURNS
from chat.event import ActionTaken, CommandUsed, Completing, FormSent
from chat.form import Answers, Ask, Form
from chat.message import Button, Message, Picker, Row
from chat.people import NOTHING_SAID, Person, Place, Profile
from commands._call import Rooms
from commands._dispatch import Dispatcher
from commands._registry import load
from scheduler import when
from store import Store
from store.deliveries import Delivery
from tests.kit.house import shipped

Window = Literal["slack", "discord"]
REGISTRY = load()


class Desk:
    """One window of one member. `card`: what they read last; `form`: the window that stands open; `wrong`: what is said
    at its fields; `posted`: what everybody read. `as_`: whether a form that was sent turns into the next one (Slack) or
    not (Discord). As on Slack, a card behind a row of forms is replaced so often and no more, and behind a form that a
    command opened there is none."""

    def __init__(self, store: Store, person: Person, now: datetime, *, lang: str = "en", as_: Window = "slack") -> None:
        self.store, self.person, self.now, self.as_ = store, person, now, as_
        self.card: Message = Message("nothing yet")
        self.form: Form | None = None
        self.on_card, self.turned = False, 0
        self.wrong: Mapping[str, str] = {}
        self.posted: list[Message] = []
        self.suggested: Sequence[tuple[str, str]] = ()
        self.profile = Profile(lang)
        self.place = Place(person.space, "C1", direct=False)
        rooms = Rooms(store, shipped(), REGISTRY, when, _undelivered, _unknown, _nowhere)
        self._dispatch = Dispatcher(REGISTRY, rooms, lambda: self.now)

    async def type(self, name: str, text: str = "") -> Message:
        """A slash command."""
        return await self._do(CommandUsed(self.person, self.place, name, text, profile=self.profile))

    async def suggest(self, command: str, option: str, partial: str) -> Sequence[tuple[str, str]]:
        """Completions while typing."""
        await self._do(Completing(self.person, self.place, command, option, partial, self.profile))
        return self.suggested

    async def press(self, label: str) -> Message:
        """A button or a choice of the card, by how its label begins."""
        return await self.act(self.wire(label))

    async def act(self, wire: str) -> Message:
        """A button of any card that ever was."""
        return await self._do(ActionTaken(self.person, self.place, wire, profile=self.profile))

    async def fill(self, answers: Mapping[str, str | tuple[str, ...]]) -> Message:
        """Sends the open form: by question key; what is left out stays as it stands in the form."""
        assert self.form is not None, f"no form is open, but: {self.card.plain()}"
        sent = self.form
        stands = {one.key: one.value if isinstance(one, Ask) else one.chosen for one in sent.questions}
        assert set(answers) <= set(stands), f"this form asks for {sorted(stands)}"
        self.form, self.wrong = None, {}
        given = Answers({**stands, **answers})
        return await self._do(FormSent(self.person, self.place, sent.then.wire(), given, profile=self.profile))

    def close(self) -> None:
        """Puts the open form away unsent."""
        assert self.form is not None, f"no form is open, but: {self.card.plain()}"
        self.form = None

    def typed(self, key: str) -> str:
        """What stands in a question of the open form."""
        assert self.form is not None, f"no form is open, but: {self.card.plain()}"
        question = next(one for one in self.form.questions if one.key == key)
        return question.value if isinstance(question, Ask) else ",".join(question.chosen)

    def labels(self) -> list[str]:
        """Everything that can be pressed or picked on the card."""
        return [label for label, _ in self.controls()]

    def wire(self, label: str) -> str:
        """What a control carries."""
        found = [wire for shown, wire in self.controls() if shown.startswith(label)]
        assert found, f"no control says {label!r}: {self.labels()}\n{self.card.plain()}"
        return found[0]

    def controls(self) -> list[tuple[str, str]]:
        """(label, what it carries) of everything on the card."""
        found: list[tuple[str, str]] = []
        for part in self.card.parts:
            if isinstance(part, Row):
                found += [(item.label, item.action.wire()) for item in part.items if isinstance(item, Button)]
            elif isinstance(part, Picker):
                found += [(choice.label, choice.action.wire()) for choice in part.choices]
        return found

    async def _do(self, event: CommandUsed | ActionTaken | FormSent | Completing) -> Message:
        await self._dispatch(event, _Shows(self, pressed=isinstance(event, ActionTaken)))
        return self.card


class _Shows:
    """What the dispatcher asks of a platform (chat.platform.Responder), written down at the desk."""

    def __init__(self, desk: Desk, *, pressed: bool) -> None:
        self._desk, self._pressed = desk, pressed

    async def defer(self, *, private: bool) -> None:
        """Nobody is in a hurry here."""

    async def show(self, message: Message, *, private: bool) -> None:
        """Read."""
        if private:
            self._desk.card = message
        else:
            self._desk.posted.append(message)

    async def edit(self, message: Message) -> None:
        """Read."""
        self._desk.card = message

    async def open(self, form: Form) -> None:
        """A window."""
        self._desk.form, self._desk.turned, self._desk.on_card = form, 0, self._pressed

    async def onward(self, form: Form, message: Message) -> None:
        """As each platform does."""
        desk = self._desk
        if desk.as_ == "discord" or self._pressed:
            desk.card = message
            return
        if desk.on_card and desk.turned < TURNS:
            desk.card = message
        desk.form, desk.turned = form, desk.turned + 1

    async def correct(self, form_again: Form, mistakes: Mapping[str, str], answers: Answers) -> None:
        """The form again, as it was sent."""
        self._desk.form, self._desk.wrong = form_again, mistakes

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Kept."""
        self._desk.suggested = choices

    async def nothing(self) -> None:
        """Nothing is shown."""


async def _undelivered(person: Person, delivery_id: str) -> Delivery:
    raise AssertionError("nothing of a sheet is delivered at once")


async def _unknown(_person: Person) -> Profile:
    return NOTHING_SAID


async def _nowhere(_person: Person, _place: str) -> bool:
    return False
