"""What the buttons and forms of `/coffee` mean. `channel` is where a programme lives; it carries no authority."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class CoffeeShown(Action, name="coffee-shown"):
    """Turn this message to how my coffees of this channel stand."""

    channel: str
    letter: str = ""


@dataclass(frozen=True)
class CoffeeJoin(Action, name="coffee-join"):
    """Take part in this channel's coffees: the rules, or the form."""

    channel: str


@dataclass(frozen=True)
class CoffeeAgreed(Action, name="coffee-agreed"):
    """I agree to the rules; on to the form."""

    channel: str


@dataclass(frozen=True)
class CoffeeAdult(Action, name="coffee-adult"):
    """I am of age; then the form (`joins`), or how I stand."""

    channel: str
    joins: bool


@dataclass(frozen=True)
class CoffeeGiven(Action, name="coffee-given"):
    """The form of who takes part came back."""

    channel: str


@dataclass(frozen=True)
class CoffeeSkip(Action, name="coffee-skip"):
    """Not this time. `letter`: the delivery it stands on, "" on an answer."""

    channel: str
    letter: str = ""


@dataclass(frozen=True)
class CoffeePauseAsked(Action, name="coffee-pause"):
    """Offer the pauses."""

    channel: str
    letter: str = ""


@dataclass(frozen=True)
class CoffeePaused(Action, name="coffee-paused"):
    """Pause for "2w", "4w", "8w" or "open"."""

    channel: str
    length: str


@dataclass(frozen=True)
class CoffeeBack(Action, name="coffee-back"):
    """End the pause, or the skipping, now."""

    channel: str


@dataclass(frozen=True)
class CoffeeLeaveAsked(Action, name="coffee-leave"):
    """Ask once whether I want to leave."""

    channel: str
    letter: str = ""


@dataclass(frozen=True)
class CoffeeLeft(Action, name="coffee-left"):
    """Leave the coffees of this channel."""

    channel: str


@dataclass(frozen=True)
class CoffeeMet(Action, name="coffee-met"):
    """We met."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class CoffeeNotYet(Action, name="coffee-not-yet"):
    """We have not met yet, and still want to."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class CoffeeMissed(Action, name="coffee-missed"):
    """It did not happen; whose doing it was is not asked."""

    introduction: str
    letter: str = ""
