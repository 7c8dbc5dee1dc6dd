"""What a platform must be able to do, and what it may be able to do besides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from chat.errors import PlatformSetup
from chat.event import Event
from chat.form import Answers, Form
from chat.health import Health
from chat.message import Message
from chat.people import Person, Profile, Sent, Space


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces the message whose button was pressed."""

    message: Message


@dataclass(frozen=True, slots=True)
class Onward:
    """After a form was sent: the message in the place of the one the first form was opened from, which holds a button
    to the next form; and that form at once, in the same window, where the platform can replace it (Slack). There a
    message is replaced only so often, so that it may be some forms behind a long row of them."""

    form: Form
    message: Message


Reply = Message | Edit | Form | Onward | None
"""What a handler gives back. None: nothing visible changes."""


class Responder(Protocol):
    """Answers one inbound event. Exactly one of the answering methods is called, at most once, after at most one
    `defer`. Raises DeliveryError when the platform refuses; the dispatcher logs it by id."""

    async def defer(self, *, private: bool) -> None:
        """Buys time: shows "thinking" (Discord) or nothing (Slack); the answer then arrives as a follow-up."""
        ...

    async def show(self, message: Message, *, private: bool) -> None:
        """A new message, seen only by the person when private."""
        ...

    async def edit(self, message: Message) -> None:
        """Replaces the message the control stood in; a new private message where there is none."""
        ...

    async def open(self, form: Form) -> None:
        """Opens a form. Only before any `defer`, and within the platform's 3 seconds."""
        ...

    async def onward(self, form: Form, message: Message) -> None:
        """A form was sent and another follows: in the same window where the platform can, above a message that is
        replaced as by `edit`, where there is one; else as `edit`."""
        ...

    async def correct(self, form_again: Form, mistakes: Mapping[str, str], answers: Answers) -> None:
        """A form came back with mistakes (question key -> sentence): show them at their fields where the platform
        can (Slack), else show them as a private message with a button that re-opens the form with what was typed."""
        ...

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Completions as (value, label), at most 25."""
        ...

    async def nothing(self) -> None:
        """Acknowledges without a visible answer."""
        ...


Handle = Callable[[Event, Responder], Awaitable[None]]
"""The dispatcher, as platforms see it. Never raises."""


class Platform(Protocol):
    """One chat platform: every space of it, through one set of credentials."""

    @property
    def name(self) -> str:
        """ "slack", "discord": the `platform` of every Space it serves."""
        ...

    async def start(self, handle: Handle) -> None:
        """Connects and returns when ready to receive; raises PlatformAway when it cannot be reached and
        PlatformSetup, with advice, when credentials are wrong. May be called again after either."""
        ...

    async def stop(self) -> None:
        """Closes every connection and task it started; waits for handlers under way."""
        ...

    async def send(self, to: Person, message: Message, *, key: str, place: str | None = None) -> Sent:
        """A direct message, tried exactly once. `key` (at most 25 characters) names the delivery: the same key again
        within the platform's window gives the same message where the platform can. `place` is the direct conversation
        where it is known from before (`Sent.place`); without it one is opened. Raises a DeliveryError."""
        ...

    def healthy(self) -> bool:
        """True while connected."""
        ...

    def health(self) -> Health:
        """Since when, and why not."""
        ...

    @property
    def failure(self) -> PlatformSetup | None:
        """Why nothing is tried any more; a person has to change something."""
        ...

    async def ended(self) -> None:
        """Waits until there is a `failure`; only after `start`."""
        ...


@runtime_checkable
class KnowsProfile(Protocol):
    """The platform can say a person's locale and time zone without asking them."""

    async def profile_of(self, person: Person) -> Profile: ...


@runtime_checkable
class KnowsMembers(Protocol):
    """The platform says of one person whether they belong to a space."""

    async def is_here(self, person: Person) -> bool | None:
        """None when it cannot be told. Raises a DeliveryError when the platform does not answer."""
        ...


@runtime_checkable
class RemembersKeys(Protocol):
    """For `key_window` after a first try, a second send with the same key cannot show the message twice."""

    @property
    def key_window(self) -> timedelta: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """So many messages a second in the long run, `burst` at once after a rest."""

    per_second: float
    burst: int = 1


@runtime_checkable
class Paced(Protocol):
    """The platform names its ceilings, so that we stay below them by ourselves."""

    def paces(self, to: Person) -> Sequence[tuple[str, Pace]]:
        """(scope, pace) of everything a message to this person counts against; widest first: the platform or the space,
        then the conversation. Scopes are stable strings such as "discord" or "slack:T1"."""
        ...

    @property
    def at_once(self) -> int:
        """Messages to one scope that may be under way at the same time."""
        ...


GATHERINGS = "/gatherings"
"""How the scope ends of a space's openings of conversations for several."""


@runtime_checkable
class OpensGroupChat(Protocol):
    """The platform can put some people and us into a conversation of their own: a group message or a private thread."""

    async def gather(self, people: Sequence[Person], *, title: str, key: str, home: str | None) -> str:
        """The conversation's id, to be given to `send` as `place`. The same key again gives the same conversation.
        `home`: the channel in which a private thread may stand; Rejected("no_home") where one is needed. Raises a
        DeliveryError: Rejected when it cannot be opened for these people (then each is written to alone)."""
        ...

    def gathering_paces(self, space: Space) -> Sequence[tuple[str, Pace]]:
        """(scope, pace) of everything one such opening in a space counts against, as often as it counts; the openings
        of this space alone are the last."""
        ...

    async def leave(self, place: str, person: Person) -> bool:
        """Takes one person out of it, where the platform allows; False, and nothing, where it does not."""
        ...


Found = Sent | Literal["absent", "unknown"]


@runtime_checkable
class FindsMessages(Protocol):
    """The platform can look up whether a message of ours arrived, by the key its controls carry."""

    async def find(self, to: Person, key: str, *, place: str | None, since: datetime) -> Found:
        """Where it is; "absent" when it surely is not there; "unknown" when this cannot be told (no permission, the
        message carries no key). Raises a DeliveryError when the platform does not answer."""
        ...


@runtime_checkable
class ShowsHome(Protocol):
    """The platform keeps a page for each person that stays until it is replaced."""

    async def show_home(self, person: Person, message: Message) -> None:
        """Replaces the person's page. Raises a DeliveryError."""
        ...
