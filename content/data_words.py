"""What we keep of a member, family by family, in plain words: what it is, where it came from, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from content.say import Say

Family = Literal["you", "reach", "recipe", "steps", "notes", "questions", "weeks", "drafts", "day"]
"""Which table and column belongs to which stands in store/kept.py."""


@dataclass(frozen=True, slots=True)
class Words:
    """`name` is short enough for a form's title; the others are whole sentences."""

    name: str
    what: str
    source: str
    until: str


def words(say: Say, family: Family) -> Words:
    """All that is said of a family."""
    yours, deleted = say("You told me."), say("I keep it until you delete it.")
    match family:
        case "you":
            return Words(
                say("About you"),
                say("Language, time zone, role, quiz answers, what you are here for, and tender topics."),
                say("You chose it; language and time zone I also take from your profile here when you use me."),
                deleted,
            )
        case "reach":
            return Words(
                say("Reaching you"),
                say("When we met, what you agreed to and when, our conversation, and whether messages arrive."),
                say("It came about when you first used me."),
                say("It goes when you delete everything."),
            )
        case "recipe":
            return Words(
                say("Daily step"),
                say("Your recipe, its hours and days, size and rhythm, pauses, and when the next step comes."),
                yours,
                deleted,
            )
        case "steps":
            return Words(
                say("Steps and answers"),
                say("Which step I sent when, why I chose it, whether it arrived, and how you answered."),
                say("I wrote it down as it happened."),
                deleted,
            )
        case "notes":
            return Words(say("Your notes"), say("What you wrote below steps."), yours, deleted)
        case "questions":
            return Words(
                say("Questions"),
                say("Which questions may come back, and when."),
                say("It came about when you read a step and answered."),
                deleted,
            )
        case "weeks":
            return Words(say("Your weeks"), say("The lines of your looks back."), yours, deleted)
        case "drafts":
            return Words(
                say("Unsent forms"),
                say("What you typed into a form that is not finished."),
                yours,
                say("It goes when you finish the form, or 180 days after you last touched it."),
            )
        case "day":
            return Words(
                say("Days with a message"),
                say("On which day I wrote to you by myself, so that it stays at one message."),
                say("I wrote it down as it happened."),
                say("It goes after two weeks."),
            )
        case _:
            assert_never(family)


def everything(say: Say) -> str:
    """Said of what is kept of somebody in one community."""
    return say("Everything here")
