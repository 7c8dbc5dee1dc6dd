"""How what coffee rounds go by is said: stages of a way, why somebody has no match, what people have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from content.interview_words import Options
from content.say import Say


def stages(say: Say) -> Options:
    """Where somebody is on their way, from the beginning."""
    return (
        ("0", say("Looking around")),
        ("1", say("Learning the first things")),
        ("2", say("On the way to a first job")),
        ("3", say("In the first years")),
        ("4", say("Many years in")),
    )


def who(say: Say) -> Options:
    """Whom an owner wants to meet whom."""
    return (
        ("anyone", say("Anyone, and another team where there is one")),
        ("alike", say("Those at a similar stage")),
        ("different", say("Those at another stage or in another team")),
    )


def opening(say: Say, introduction: str) -> str:
    """One question to begin with, the same whenever this introduction is shown."""
    questions = (
        say("What did you learn lately that surprised you?"),
        say("What are you working on that you would like to talk about more often?"),
        say("Which small habit or tool makes your week easier?"),
        say("What did you think about AI a year ago that you see differently now?"),
        say("Who helped you on your way, and with what?"),
        say("Which question do you carry around at the moment?"),
        say("What are you quietly proud of this month?"),
        say("What would you try if nobody was watching?"),
        say("What do people ask you for help with?"),
        say("Which part of your work would you gladly do all day?"),
    )
    return questions[int(introduction, 16) % len(questions)]


def in_common(say: Say, facts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Why these, up to three sentences; a term this version has no words for is left out."""
    made = (_sentence(say, fact) for fact in facts)
    return tuple(filter(None, made))[:3] or (say("A draw of lots: nothing more is needed for a good talk."),)


def _sentence(say: Say, fact: Mapping[str, Any]) -> str:
    match fact.get("term"):
        case "hours":
            hours = float(fact["hours"])
            count = say("one hour a week") if hours == 1 else say("{n} hours a week", n=f"{hours:g}")
            return say("You share {count}.", count=count)
        case "native":
            return say("You share a first language.")
        case "stage":
            return say("You are at a similar point of the way.")
        case "mixed":
            return say("You are at different points of the way, and each sees what the other does not.")
        case "teams":
            return say("You work in different teams.")
        case _:
            return ""


def why_left(say: Say, cause: str, times: Sequence[datetime], zone: str) -> tuple[str, ...]:
    """The rule that binds and what can be done about it; never who else there was. `times` on the reader's clock;
    without one (`zone` "") none is named."""
    match cause:
        case "alone":
            return (say("Nobody else took part this time."), say("One more person here is enough to change that."))
        case "language":
            return (
                say("Nobody who took part shares a language with you."),
                say("If there is another one you can talk in, I can add it."),
            )
        case "team":
            return (say("Everybody free is of your own team."), say("Somebody from elsewhere would change that."))
        case "hours":
            advice = say("More times would help.")
            if times and zone:
                shown = say.join(_clock(say, at, zone) for at in times)
                advice = say("More times would help, for example {times}.", times=shown)
            return (say("Nobody who could talk with you shares an hour with you."), advice)
        case "external":
            return (
                say("Guests from other workspaces do not take part at the moment."),
                say("An owner of this community can open it for guests."),
            )
        case _:
            return (
                say("The numbers did not work out, and all others were taken."),
                say("You come first next time; there is nothing to do."),
            )


def _clock(say: Say, at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{say.weekday(local.weekday())} {say.time(local.time())}"
