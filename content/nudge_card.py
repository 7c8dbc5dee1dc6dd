"""What a nudge looks like from its arrival to its answer, and what its buttons mean.

Stands in content because the scheduler sends these cards and the commands answer them, and neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text
from content.prompts import Prompt
from content.say import Say
from content.ways import OriginShown, TopicShown


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


def step_card(say: Say, prompt: Prompt, delivery: str, recipe: Recipe | None = None) -> Message:
    """The daily step with its four equally polite buttons."""
    lang = say.lang
    after = (Note(say("After I {anchor}", anchor=recipe.anchor)),) if recipe else ()
    return Message(
        prompt.title.get(lang),
        (
            *after,
            Text(escape(prompt.body.get(lang))),
            Text(f"**{escape(prompt.action.get(lang))}**"),
            Note(say("Only ten seconds? {tiny}", tiny=prompt.tiny.get(lang))),
            Row(
                (
                    Button(say("Done"), NudgeDone(delivery), "primary"),
                    Button(say("Shrink it"), NudgeShrunk(delivery)),
                    Button(say("Not today"), NudgeNotToday(delivery)),
                    Button(say("Pause"), NudgePause(delivery)),
                )
            ),
            Note(f"{prompt.id} · {prompt.sources[0]}"),
        ),
    )


def shrunk_card(say: Say, prompt: Prompt, delivery: str) -> Message:
    """The same step in its ten-second size: complete, not a lesser one."""
    return Message(
        prompt.title.get(say.lang),
        (
            Text(f"**{escape(prompt.tiny.get(say.lang))}**"),
            Note(say("Ten seconds is plenty today.")),
            Row(
                (
                    Button(say("Done"), NudgeDone(delivery), "primary"),
                    Button(say("Not today"), NudgeNotToday(delivery)),
                )
            ),
        ),
    )


def done_card(say: Say, prompt: Prompt, line: str, total: int, of_last: int) -> Message:
    """After Done: the step's own celebration and a short line in the buttons' place, and days shown up. No streak, no
    miss."""
    own = prompt.celebrate.get(say.lang) if prompt.celebrate else ""
    days = say.plural("{n} day shown up", "{n} days shown up", total)
    recent = say("{n} of the last 28", n=of_last)
    return Message(
        prompt.title.get(say.lang),
        (
            Text(escape(prompt.action.get(say.lang))),
            Text(f"**{escape(own)}** {escape(line)}" if own else f"**{escape(line)}**"),
            Note(f"{days} · {recent}"),
            *((Note(say("If you like, one door on: {command}", command=prompt.next)),) if prompt.next else ()),
            Row(
                (
                    Button(say("Where is this from?"), OriginShown(prompt.id, beside=True)),
                    Button(say("More on this topic"), TopicShown(prompt.topic, beside=True)),
                )
            ),
        ),
    )


def not_today_card(say: Say, prompt: Prompt) -> Message:
    """After Not today: no counter, no question."""
    return Message(prompt.title.get(say.lang), (Text(say("Noted. Tomorrow is fine.")),))


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
