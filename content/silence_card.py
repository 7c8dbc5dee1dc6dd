"""What is said into a silence: one look at the design, then a goodbye with the door left open; nothing of the past."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action
from chat.message import Button, Message, Note, Row, Text
from content.nudge_card import Recipe, recipe_lines
from content.say import Say
from content.step_card import way_out


@dataclass(frozen=True)
class TroubleMoment(Action, name="trouble-moment"):
    """Another moment would fit better."""

    delivery: str


@dataclass(frozen=True)
class TroubleSmaller(Action, name="trouble-smaller"):
    """Smaller would fit better."""

    delivery: str


@dataclass(frozen=True)
class TroubleStop(Action, name="trouble-stop"):
    """This is not what I want: stop."""

    delivery: str


@dataclass(frozen=True)
class KeepGoing(Action, name="keep-going"):
    """Do not fall quiet."""

    delivery: str


def trouble_card(say: Say, recipe: Recipe, delivery: str, *, out: bool = False) -> Message:
    """Once, in a step's place: prompt, then ability, then motivation. `out`: name `/nudge off` today."""
    lines = (
        say("1. The moment: does it come every day, and is your hand free then?"),
        say("2. The size: on your fullest day, would you still do it?"),
        say("3. The wish: is it still something you want?"),
    )
    return Message(
        say("Shall we fix the design?"),
        (
            Text(say("Let's change the plan, not you.")),
            recipe_lines(say, recipe),
            Text("\n".join(lines)),
            Row(
                (
                    Button(say("Another moment"), TroubleMoment(delivery)),
                    Button(say("Make it smaller"), TroubleSmaller(delivery)),
                    Button(say("Stop"), TroubleStop(delivery)),
                )
            ),
            *way_out(say, shown=out),
        ),
    )


def smaller_card(say: Say, when: str) -> Message:
    """The design is ten seconds from here on. `when`: the next step; "" where none is planned."""
    return Message(
        "",
        (
            Text(say("Good to see you. Ten seconds it is; opening the tab counts.")),
            *((Note(say("Your next step comes {when}.", when=when)),) if when else ()),
        ),
    )


def last_card(say: Say, delivery: str) -> Message:
    """The last message of a silence."""
    return Message(
        "",
        (
            Text(say("I will be quiet now. `/nudge on` whenever you like.")),
            Row((Button(say("Keep it going"), KeepGoing(delivery)),)),
        ),
    )


def going_card(say: Say, when: str) -> Message:
    """After "Keep it going". `when`: the next step; "" where none is planned."""
    return Message(
        "",
        (
            Text(say("Good to see you.")),
            *((Note(say("The next one is ten seconds, {when}.", when=when)),) if when else ()),
        ),
    )
