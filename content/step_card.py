"""What a step looks like when it arrives: at its size, with what rides along, and in its ten seconds."""

from __future__ import annotations

from dataclasses import dataclass

from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.cities import city_of
from content.nudge_card import NudgeDone, NudgeNotToday, NudgePause, NudgeShrunk, Recipe, WeeklyInstead
from content.prompts import Prompt
from content.say import Say
from content.ways import ZoneFollow, ZoneKeep

SMALLEST = 10
"""Seconds of the ten-second version."""
LONG = 5
"""Minutes from which a step is one to stay with."""


@dataclass(frozen=True, slots=True)
class Ride:
    """What rides along with a step. `lead` stands above it; `wish`: what the member wanted to do this week, unescaped;
    `weekly`: "weekly instead?"; `zones`: the clock the steps go by and the one the platform says; `way_out`: name
    `/nudge off` today."""

    lead: str = ""
    wish: str = ""
    weekly: bool = False
    zones: tuple[str, str] | None = None
    way_out: bool = False


NOTHING = Ride()


def step_card(
    say: Say,
    prompt: Prompt,
    delivery: str,
    recipe: Recipe | None = None,
    *,
    seconds: int = SMALLEST,
    ride: Ride = NOTHING,
) -> Message:
    """The daily step with its four equally polite buttons. `seconds`: the size the member chose; at the smallest the
    ten-second version is the one action, and complete."""
    after = (Note(say("After I {anchor}", anchor=recipe.anchor)),) if recipe else ()
    return Message(
        prompt.title.get(say.lang),
        (
            *lead(ride),
            *after,
            *wish(say, ride),
            Text(escape(prompt.body.get(say.lang))),
            *_action(say, prompt, seconds),
            Row(
                (
                    Button(say("Done"), NudgeDone(delivery), "primary"),
                    Button(say("Shrink it"), NudgeShrunk(delivery)),
                    Button(say("Not today"), NudgeNotToday(delivery)),
                    Button(say("Pause"), NudgePause(delivery)),
                )
            ),
            *_questions(say, delivery, recipe, ride),
            *way_out(say, shown=ride.way_out),
            Note(f"{prompt.id} · {prompt.sources[0]}"),
        ),
    )


def _action(say: Say, prompt: Prompt, seconds: int) -> tuple[Part, ...]:
    """The one action of this size in bold, how long it takes, and the other as something one may do."""
    action, tiny = prompt.action.get(say.lang), prompt.tiny.get(say.lang)
    if seconds <= SMALLEST:
        more = Note(say("With a little more time: {action}", action=action))
        return Text(f"**{escape(tiny)}**"), Note(say("About {size}.", size=length(say, SMALLEST))), more
    takes = say("About {size}.", size=length(say, prompt.seconds))
    if (minutes := seconds // 60) >= LONG:
        size = length(say, prompt.seconds)
        takes = say("About {size}; if it goes well, stay with it for up to {n} minutes.", size=size, n=minutes)
    return Text(f"**{escape(action)}**"), Note(takes), Note(say("Only ten seconds? {tiny}", tiny=tiny))


def length(say: Say, seconds: int) -> str:
    """ "10 seconds", "2 minutes"."""
    if seconds % 60:
        return say.plural("{n} second", "{n} seconds", seconds)
    return say.plural("{n} minute", "{n} minutes", seconds // 60)


def _questions(say: Say, delivery: str, recipe: Recipe | None, ride: Ride) -> tuple[Part, ...]:
    if ride.weekly:
        return (Row((Button(say("Weekly instead?"), WeeklyInstead(delivery)),)),)
    if ride.zones is None or recipe is None:
        return ()
    at, (old, new) = say.time(recipe.at), ride.zones
    return (
        Text(say("Your clock moved. Keep {time} there or here?", time=at)),
        Row(
            (
                Button(say("{time} in {place}", time=at, place=city_of(old, say.lang)), ZoneKeep()),
                Button(say("{time} in {place}", time=at, place=city_of(new, say.lang)), ZoneFollow()),
            )
        ),
    )


def lead(ride: Ride) -> tuple[Part, ...]:
    """The warm word above."""
    return (Text(f"**{escape(ride.lead)}**"),) if ride.lead else ()


def wish(say: Say, ride: Ride) -> tuple[Part, ...]:
    """What the member wanted to do this week, inert."""
    return (Text(say("You wanted to: {wish}", wish=escape(ride.wish))),) if ride.wish else ()


def way_out(say: Say, *, shown: bool) -> tuple[Part, ...]:
    """The line that names the way to stop, once a week."""
    return (Note(say("/nudge off stops these at any time.")),) if shown else ()


def shrunk_card(
    say: Say,
    prompt: Prompt,
    delivery: str,
    *,
    smallest: bool = False,
    ride: Ride = NOTHING,
    offer: tuple[Part, ...] = (),
) -> Message:
    """The same step in its ten-second size: complete, not a lesser one. `smallest`: it was that small already."""
    plenty = say("Opening the tab counts.") if smallest else say("Ten seconds is plenty today.")
    return Message(
        prompt.title.get(say.lang),
        (
            *lead(ride),
            Text(f"**{escape(prompt.tiny.get(say.lang))}**"),
            Note(plenty),
            Row(
                (
                    Button(say("Done"), NudgeDone(delivery), "primary"),
                    Button(say("Not today"), NudgeNotToday(delivery)),
                )
            ),
            *offer,
        ),
    )


def not_today_card(say: Say, title: str = "") -> Message:
    """After Not today: no counter, no question."""
    return Message(title, (Text(say("Noted. Tomorrow is fine.")),))
