"""What the buttons of a nudge mean, the recipe it goes by, its pauses and its welcome.

Stands in content because the scheduler sends such cards and the commands answer them, and neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text
from content.say import Say


@dataclass(frozen=True)
class NudgeDone(Action, name="nudge-done"):
    """The step was taken, at any size."""

    delivery: str


@dataclass(frozen=True)
class NudgeShrunk(Action, name="nudge-shrunk"):
    """Show the ten-second version."""

    delivery: str


@dataclass(frozen=True)
class NudgeNotToday(Action, name="nudge-not-today"):
    """Not today, no reason asked."""

    delivery: str


@dataclass(frozen=True)
class NudgePause(Action, name="nudge-pause"):
    """Offer the pauses. Carries the delivery whose card they are offered on; empty elsewhere."""

    delivery: str


@dataclass(frozen=True)
class WeeklyInstead(Action, name="weekly-instead"):
    """Come once a week from now on."""

    delivery: str


@dataclass(frozen=True)
class PauseFor(Action, name="pause-for"):
    """Pause by one of the offered lengths: "3d", "1w", "2w" or "open" (until the member says)."""

    length: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """The member's own words: After I `anchor`, I will `tiny`, then I `celebrate`. Unescaped."""

    anchor: str
    tiny: str
    celebrate: str
    at: time
    days: frozenset[int]


def pause_offer(say: Say, title: str = "") -> Message:
    """The four pauses, to be chosen by one tap."""
    return Message(
        title,
        (
            Text(say("How long shall I be quiet?")),
            Row(
                (
                    Button(say("3 days"), PauseFor("3d")),
                    Button(say("1 week"), PauseFor("1w")),
                    Button(say("2 weeks"), PauseFor("2w")),
                    Button(say("Until I say"), PauseFor("open")),
                )
            ),
        ),
    )


def recipe_lines(say: Say, recipe: Recipe) -> Text:
    """The recipe read back as one sentence in the member's words, inert."""
    return Text(
        say(
            "After I **{anchor}**, I will **{tiny}**, then I **{celebrate}**.",
            anchor=escape(recipe.anchor),
            tiny=escape(recipe.tiny),
            celebrate=escape(recipe.celebrate),
        )
    )


def welcome_card(say: Say, recipe: Recipe, zone: str) -> Message:
    """The one message sent at opting in: proof that direct messages arrive, and how to stop."""
    when = say("{time}, {days}", time=say.time(recipe.at), days=say.weekdays(recipe.days))
    return Message(
        say("Your step will arrive here"),
        (
            recipe_lines(say, recipe),
            Note(say("{when} · {zone}", when=when, zone=zone)),
            Note(say("/nudge pause or /nudge off stops it at any time.")),
        ),
    )
