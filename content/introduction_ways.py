"""What the buttons of introductions mean: letters carry them, commands answer them, and neither knows the other.

Each carries the introduction's id and no authority: whoever answers checks that the one who pressed is a side of it.
`letter` is the delivery the button stands on, by which a platform finds a message again whose arrival was in doubt;
"" on cards that are answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chat.action import Action


@dataclass(frozen=True)
class HostYes(Action, name="host-yes"):
    """The host says yes: both may be introduced."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class HostNotNow(Action, name="host-not-now"):
    """The host says not this time; the seeker never reads it as a no."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class HostNotFit(Action, name="host-not-fit"):
    """The host says these two do not fit, without a reason; nobody is told."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class NoteReminder(Action, name="note-remind"):
    """Remind me once to note down the talk of this day, in its evening or on the morning after."""

    introduction: str
    day: date


@dataclass(frozen=True)
class BlockAsked(Action, name="block-asked"):
    """Whoever pressed wants to meet the other side of this introduction no more: ask once whether it is meant."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class ReportAsked(Action, name="report-asked"):
    """Whoever pressed wants the moderators to know something about the other side: open the form."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class AnswerCleared(Action, name="report-cleared"):
    """Whoever reported has read what the moderators said, and nobody else is to find it."""

    letter: str


@dataclass(frozen=True)
class QuoteNot(Action, name="quote-not"):
    """The host would rather not be quoted from this talk."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TimeFound(Action, name="time-found"):
    """They have found a time to talk."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TimeNotYet(Action, name="time-not-yet"):
    """They have not found a time yet, and still want to."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TimeGiveUp(Action, name="time-give-up"):
    """It will not happen, no reason asked."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TalkMet(Action, name="talk-met"):
    """They met."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TalkScheduled(Action, name="talk-scheduled"):
    """A day for the talk is agreed on, and still to come."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TalkNotYet(Action, name="talk-not-yet"):
    """They have not met yet, and still want to."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class TalkMissed(Action, name="talk-missed"):
    """It did not happen; whose doing it was is not asked."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class PrepOpened(Action, name="prep-opened"):
    """Open the prep kit of this talk."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class ThankDraft(Action, name="thank-draft"):
    """Show the thank-you draft, to be copied and sent by the member."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class Thanked(Action, name="thanked"):
    """The thanks are said already."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class PayForward(Action, name="pay-forward"):
    """I would give one talk to somebody who is where I was: open the host's form."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class WhatCame(Action, name="what-came"):
    """I would like to tell them what came of it: show a draft to copy."""

    introduction: str
    letter: str = ""


@dataclass(frozen=True)
class Rematch(Action, name="rematch"):
    """Look for somebody else."""

    introduction: str
    letter: str = ""
