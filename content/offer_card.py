"""Offers below an answered step: one at a time, never pressing, and each declined by one tap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from chat.action import Action
from chat.message import Button, Message, Note, Part, Row, Text
from content.say import Say

OfferName = Literal["weekly", "stop", "harder", "easier"]


@dataclass(frozen=True)
class OfferTaken(Action, name="offer-taken"):
    """Yes to what was offered."""

    offer: str
    delivery: str


@dataclass(frozen=True)
class OfferDeclined(Action, name="offer-declined"):
    """No thanks."""

    offer: str
    delivery: str


def offer_parts(say: Say, offer: OfferName, delivery: str, size: str) -> tuple[Part, ...]:
    """The question and its two answers. `size`: what the steps would then be, in words; unused by some."""
    match offer:
        case "weekly":
            question = say("This may run without me now. Weekly instead of daily?")
        case "stop":
            question = say("This seems to run by itself. Shall I stop here?")
        case "harder":
            question = say("This size comes easily to you. Would you like {size}?", size=size)
        case "easier":
            question = say("Shall the steps come smaller from the start, {size}?", size=size)
        case _:
            assert_never(offer)
    yes, no = OfferTaken(offer, delivery), OfferDeclined(offer, delivery)
    return Text(question), Row((Button(say("Yes"), yes), Button(say("No thanks"), no)))


def well_built_card(say: Say, days: int) -> Message:
    """Graduation: the best end there is."""
    return Message(
        say("It runs without me. Well built."),
        (
            Text(say("I stop here. Everything stays yours, and `/nudge on` brings me back whenever you like.")),
            Note(say.plural("{n} day shown up", "{n} days shown up", days)),
        ),
    )
