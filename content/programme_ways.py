"""What the buttons and forms of `/admin rounds` mean. Whoever answers checks that an owner pressed."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class RoundsShown(Action, name="rounds-shown"):
    """Turn this message to the programmes of this community."""


@dataclass(frozen=True)
class CoffeesAsked(Action, name="coffees-asked"):
    """Open the form about a channel's coffees."""

    channel: str


@dataclass(frozen=True)
class CirclesAsked(Action, name="circles-asked"):
    """Open the form about circles."""


@dataclass(frozen=True)
class CoffeesGiven(Action, name="coffees-given"):
    """The form about a channel's coffees came back."""

    channel: str


@dataclass(frozen=True)
class CirclesGiven(Action, name="circles-given"):
    """The form about circles came back."""


@dataclass(frozen=True)
class ProgrammeSwitched(Action, name="programme-switched"):
    """Switch a programme "on" or "off"."""

    programme: str
    to: str


@dataclass(frozen=True)
class InvitationPosted(Action, name="invitation-posted"):
    """Post an invitation to the coffees of a channel where this was pressed, for everybody to read."""

    channel: str
