"""What the buttons and forms of `/interview-match` mean; those of an introduction are in `introduction_ways`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chat.action import Action

Side = Literal["seeker", "host"]


@dataclass(frozen=True)
class MatchShown(Action, name="match-shown"):
    """Turn this message to how my search and my offer stand."""


@dataclass(frozen=True)
class ConductAgreed(Action, name="match-agreed"):
    """I agree to the rules; then on as "seeker" or "host", or nowhere (""); `role`: the one a seeker came for."""

    side: str
    role: str = ""


@dataclass(frozen=True)
class AdultConfirmed(Action, name="match-adult"):
    """I am of age; then on as in ConductAgreed."""

    side: str
    role: str = ""


@dataclass(frozen=True)
class ProfileAsked(Action, name="match-profile"):
    """Open a form about me as "seeker" or "host": the first one, "times" or "ground"."""

    side: str
    step: str


@dataclass(frozen=True)
class SeekerGiven(Action, name="seeker-given"):
    """The first form of who looks for a talk came back."""


@dataclass(frozen=True)
class HostGiven(Action, name="host-given"):
    """The first form of who offers talks came back."""


@dataclass(frozen=True)
class TimesGiven(Action, name="match-times"):
    """The form about times and interests came back."""

    side: str


@dataclass(frozen=True)
class GroundGiven(Action, name="match-ground"):
    """The form about where somebody comes from came back."""

    side: str


@dataclass(frozen=True)
class MatchZone(Action, name="match-zone"):
    """This is my clock."""

    zone: str


@dataclass(frozen=True)
class SearchAgain(Action, name="match-search"):
    """Look for a talk with the profile there is."""


@dataclass(frozen=True)
class TalkSought(Action, name="talk-sought"):
    """Open the form of who looks for a talk, with this role in it; "" with what I said before."""

    role: str


@dataclass(frozen=True)
class OfferAgain(Action, name="match-offer"):
    """Offer talks with the profile there is."""


@dataclass(frozen=True)
class TalkOffered(Action, name="talk-offered"):
    """From an invitation in a channel: I would offer talks."""

    letter: str


@dataclass(frozen=True)
class MatchPauseAsked(Action, name="match-pause"):
    """Offer the pauses. `side`: "seeker" or "host" where only one of them shall be quiet; "" is both."""

    side: str = ""


@dataclass(frozen=True)
class MatchPaused(Action, name="match-paused"):
    """Pause search and offer: "1w", "2w", "4w" or "open". `side`: see MatchPauseAsked."""

    length: str
    side: str = ""


@dataclass(frozen=True)
class MatchBack(Action, name="match-back"):
    """End the pause now. `letter`: the one it stands on."""

    letter: str = ""


@dataclass(frozen=True)
class MatchReach(Action, name="match-reach"):
    """Try whether direct messages arrive."""


@dataclass(frozen=True)
class MatchLeaveAsked(Action, name="match-leave"):
    """Ask once whether I want to leave. `side`: see MatchPauseAsked."""

    side: str = ""


@dataclass(frozen=True)
class MatchLeft(Action, name="match-left"):
    """Leave: nothing is looked for or offered any more. `side`: see MatchPauseAsked."""

    side: str = ""


@dataclass(frozen=True)
class TalkOn(Action, name="talk-on"):
    """The talk is on this day."""

    introduction: str
    day: date


@dataclass(frozen=True)
class BlockMeant(Action, name="block-meant"):
    """Yes, block: the member `whom`."""

    introduction: str
    whom: str


@dataclass(frozen=True)
class BlockNot(Action, name="block-not"):
    """No, leave all as it is."""


@dataclass(frozen=True)
class ReportOne(Action, name="report-one"):
    """Open the form about one of several others."""

    introduction: str
    whom: str


@dataclass(frozen=True)
class ReportGiven(Action, name="report-given"):
    """The form to the moderators came back."""

    introduction: str
    whom: str


@dataclass(frozen=True)
class PrepForm(Action, name="prep-form"):
    """Open one of the forms of the prep kit: "research", "questions" or "after"; or the "page", also as a "file".
    `talk`: see PrepGiven."""

    talk: str
    step: str


@dataclass(frozen=True)
class PrepGiven(Action, name="prep-given"):
    """The form about who and what one asks came back. `talk`: an introduction's id, or "own:<n>"."""

    talk: str


@dataclass(frozen=True)
class QuestionsGiven(Action, name="prep-questions"):
    """The questions to take along came back."""

    talk: str


@dataclass(frozen=True)
class QuestionsKept(Action, name="prep-kept"):
    """The questions are good as they are."""

    talk: str


@dataclass(frozen=True)
class AfterGiven(Action, name="after-given"):
    """The notes after a talk came back."""

    talk: str


@dataclass(frozen=True)
class ThingTaken(Action, name="thing-taken"):
    """Make the one thing I noted my daily step: open the recipe with it."""

    talk: str


@dataclass(frozen=True)
class ThanksGiven(Action, name="thanks-given"):
    """The two blanks of the thank-you came back."""

    talk: str


@dataclass(frozen=True)
class NotesDropped(Action, name="prep-drop"):
    """Delete all my notes of this talk."""

    talk: str
