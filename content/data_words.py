"""What we keep of a member, family by family, in plain words: what it is, where it came from, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from content.say import Say

OfTalks = Literal[
    "seeking", "hosting", "talks", "said", "met", "talk_notes", "programmes", "rounds", "circles", "conduct"
]
OfSheets = Literal[
    "sheets", "sheet_parts", "sheet_comments", "sheet_follows", "sheet_asks", "sheet_asked", "sheet_drafts"
]
OfLoop = Literal["you", "reach", "recipe", "steps", "letters", "notes", "questions", "weeks", "drafts", "day"]
Family = OfLoop | OfTalks | OfSheets
"""Which table and column belongs to which stands in store/kept.py."""


@dataclass(frozen=True, slots=True)
class Words:
    """`name` is short enough for a form's title; the others are whole sentences."""

    name: str
    what: str
    source: str
    until: str


def until_deleted(say: Say) -> str:
    """How long most of it is kept."""
    return say("I keep it until you delete it.")


def words(say: Say, family: Family) -> Words:
    """All that is said of a family."""
    yours, deleted = say("You told me."), until_deleted(say)
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
        case "letters":
            return Words(
                say("Letters"),
                say("Which letters about talks, circles, coffee and sheets I sent you and when."),
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
        case (
            "sheets" | "sheet_parts" | "sheet_comments" | "sheet_follows" | "sheet_asks" | "sheet_asked"
            | "sheet_drafts"
        ):  # fmt: skip
            return _of_sheets(say, family)
        case _:
            return _of_talks(say, family)


def _of_talks(say: Say, family: OfTalks) -> Words:
    yours, deleted = say("You told me."), until_deleted(say)
    match family:
        case "seeking":
            return Words(
                say("Looking for a talk"),
                say("What you said for it, since when you wait, and how often you asked."),
                yours,
                say("I keep it until you delete it; a talk that is still open goes with it."),
            )
        case "hosting":
            return Words(
                say("Talks you offer"),
                say("What you said for them, how many a month, and how they went."),
                yours,
                say("I keep it until you delete it; a talk that is still open goes with it."),
            )
        case "talks":
            return Words(
                say("Introductions"),
                say("Which talks were arranged with you, when and why, and what became of them."),
                say("I wrote it down as it happened."),
                say(
                    "I keep it until you delete it; of an open one the other side hears that it is no longer available."
                ),
            )
        case "said":
            return Words(
                say("Your side of them"),
                say("Whether you asked or offered, and what you said became of each."),
                yours,
                say("It goes with the introductions."),
            )
        case "met":
            return Words(
                say("Whom you met"),
                say("With whom you met and when, so that you meet somebody new."),
                say("I wrote it down as it happened."),
                say("It goes when either of you deletes it."),
            )
        case "talk_notes":
            return Words(say("Notes around talks"), say("What you prepared and wrote down, sealed."), yours, deleted)
        case "programmes":
            return Words(
                say("Circles and coffee"),
                say("What you take part in, what you said for it, your pauses, and how long you wait."),
                yours,
                deleted,
            )
        case "rounds":
            return Words(
                say("Rounds"),
                say("In which rounds and groups you were."),
                say("I wrote it down as it happened."),
                say("It goes with circles and coffee."),
            )
        case "circles":
            return Words(
                say("Your circles"),
                say("Which circles you were in and when, your goal, sealed, and your vote."),
                yours,
                say("I keep it until you delete it; you are out of the circle then."),
            )
        case "conduct":
            return Words(
                say("Code of conduct"),
                say("Which one you accepted, and when."),
                yours,
                say("It goes when you delete everything."),
            )
        case _:
            assert_never(family)


def _of_sheets(say: Say, family: OfSheets) -> Words:
    yours, goes = say("You told me."), say("It goes with the sheets.")
    match family:
        case "sheets":
            return Words(
                say("Your sheets"),
                say("What you wrote on worksheets, sealed."),
                yours,
                say("I keep it until you delete it; an unfinished one goes after half a year untouched and a notice."),
            )
        case "sheet_parts":
            return Words(
                say("Parts in sheets"),
                say("Which sheets you own, write on or may comment on."),
                yours,
                goes,
            )
        case "sheet_comments":
            return Words(
                say("Comments on sheets"),
                say("What you said beside sheets, sealed."),
                yours,
                say("I keep it until you delete it, or the sheet goes."),
            )
        case "sheet_asks":
            return Words(
                say("Asked to read sheets"),
                say("Which sheets of others you were asked to read or write on, when, and what you said."),
                say("I wrote it down as it happened."),
                goes,
            )
        case "sheet_asked":
            return Words(
                say("Questions about sheets, counted"),
                say("When you were asked onto sheets of others, and whom you said no to: nobody asks too often."),
                say("I wrote it down as it happened."),
                say("I keep it 90 days, also when the sheet goes."),
            )
        case "sheet_drafts":
            return Words(
                say("Unsaved on sheets"),
                say("What you typed into a form of a sheet and did not save, sealed."),
                yours,
                say("It goes once you save it, with the sheet, or after 180 days."),
            )
        case "sheet_follows":
            return Words(say("Reminders of sheets"), say("Which letters about sheets you asked for."), yours, goes)
        case _:
            assert_never(family)


def everything(say: Say) -> str:
    """Said of what is kept of somebody in one community."""
    return say("Everything here")
