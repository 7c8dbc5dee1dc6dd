"""What members do, as plain values: the only thing a platform hands to the rest of the house."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from chat.form import Answers
from chat.people import NOTHING_SAID, Person, Place, Profile, Sent, Space, SpaceInfo


@dataclass(frozen=True, slots=True)
class CommandUsed:
    """A slash command. Slack fills `text` (everything after the name), Discord the full name and `options`."""

    person: Person
    place: Place
    name: str  # "nudge" on Slack, "nudge pause" on Discord
    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    profile: Profile = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class ActionTaken:
    """A button pressed or a choice made; `on` is the message it stood in, None where the platform hides it."""

    person: Person
    place: Place
    wire: str
    on: Sent | None = None
    profile: Profile = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class FormSent:
    """A form came back."""

    person: Person
    place: Place
    wire: str
    answers: Answers
    on: Sent | None = None  # the message whose button opened the form
    profile: Profile = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Completing:
    """Somebody is typing an option that offers suggestions."""

    person: Person
    place: Place
    command: str
    option: str
    partial: str
    profile: Profile = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody looks at the page a platform keeps for them and us alone (Slack's App Home)."""

    person: Person
    profile: Profile = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A platform tells by itself that somebody's language or time zone changed. It may be about a stranger."""

    person: Person
    profile: Profile


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """A platform tells by itself that somebody left a space, or was deactivated. It may be about a stranger."""

    person: Person


@dataclass(frozen=True, slots=True)
class SpaceJoined:
    """We were installed, or found ourselves installed at start."""

    info: SpaceInfo


@dataclass(frozen=True, slots=True)
class SpaceLeft:
    """We were uninstalled, or the token was revoked."""

    space: Space


MemberEvent = CommandUsed | ActionTaken | FormSent | Completing
Event = MemberEvent | HomeOpened | ProfileChanged | MemberLeft | SpaceJoined | SpaceLeft

EVENT: ContextVar[str] = ContextVar("EVENT", default="")
"""The key under which the event being handled is kept; "" for one that is not. Set by the inbox, read by the dispatcher
for `Call.event`."""
