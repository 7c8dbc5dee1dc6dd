"""What the buttons and forms of circles mean: letters carry them, commands answer them, and neither knows the other.

Each carries the circle's id and no authority: whoever answers checks that the one who pressed is in it. `letter` is the
delivery the button stands on, by which a platform finds a message again; "" on cards that are answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class CircleGuide(Action, name="circle-guide"):
    """Turn this message to what a circle is, and how mine stands."""

    letter: str = ""


@dataclass(frozen=True)
class CircleJoinAsked(Action, name="circle-join"):
    """Open the form. `hosts`: I would look after one."""

    hosts: bool


@dataclass(frozen=True)
class CircleAgreed(Action, name="circle-agreed"):
    """I agree to how people treat each other here; then the form."""

    hosts: bool


@dataclass(frozen=True)
class CircleAdult(Action, name="circle-adult"):
    """I am of age; then the form (`joins`), or how mine stand."""

    joins: bool
    hosts: bool


@dataclass(frozen=True)
class CircleGiven(Action, name="circle-given"):
    """The form came back."""

    hosts: bool


@dataclass(frozen=True)
class CircleZone(Action, name="circle-zone"):
    """This is my clock."""

    zone: str


@dataclass(frozen=True)
class CirclePaused(Action, name="circle-paused"):
    """I wait for no circle for a while: "2w", "4w", "8w" or "open"."""

    length: str


@dataclass(frozen=True)
class CircleBack(Action, name="circle-back"):
    """I wait for one again."""


@dataclass(frozen=True)
class CircleLeaveAsked(Action, name="circle-leave"):
    """Ask once whether I want to leave: this circle, or, with "", to wait for one no more."""

    circle: str
    letter: str = ""


@dataclass(frozen=True)
class CircleLeft(Action, name="circle-left"):
    """Leave, without a word to anybody."""

    circle: str


@dataclass(frozen=True)
class CircleStays(Action, name="circle-stays"):
    """All stays as it is."""


@dataclass(frozen=True)
class CircleVoted(Action, name="circle-voted"):
    """What I would like: "alive", "quiet", "pause", "on", "end", "merge", "apart" or "pair"; `asked`: in which letter,
    so that an old button says nothing about a new question."""

    circle: str
    vote: str
    asked: int
    letter: str = ""


@dataclass(frozen=True)
class CircleGoalAsked(Action, name="circle-goal"):
    """Open the form about my own goal. `start`: "" or which beginning of a sentence stands in it."""

    circle: str
    start: str = ""
    letter: str = ""


@dataclass(frozen=True)
class CircleGoalGiven(Action, name="circle-goal-given"):
    """My own goal came back."""

    circle: str


@dataclass(frozen=True)
class CircleHelp(Action, name="circle-help"):
    """I need more than peers: who else is there."""

    letter: str = ""


@dataclass(frozen=True)
class CircleDoubts(Action, name="circle-doubts"):
    """Show how common doubts are, and one thing to do."""


@dataclass(frozen=True)
class DoubtStep(Action, name="doubt-step"):
    """One of the three: "name", "ask" or "lift"."""

    step: str


@dataclass(frozen=True)
class CircleHosting(Action, name="circle-hosting"):
    """Show what a host does."""


@dataclass(frozen=True)
class CircleBlockAsked(Action, name="circle-block"):
    """I want to be brought together with somebody of this circle no more: ask whom."""

    circle: str
    letter: str = ""


@dataclass(frozen=True)
class CircleBlockOne(Action, name="circle-block-one"):
    """This member: ask once whether it is meant."""

    circle: str
    whom: str


@dataclass(frozen=True)
class CircleBlockMeant(Action, name="circle-block-meant"):
    """Yes, block."""

    circle: str
    whom: str


@dataclass(frozen=True)
class CircleReportAsked(Action, name="circle-report"):
    """I want the moderators to know something about somebody of this circle: ask whom."""

    circle: str
    letter: str = ""


@dataclass(frozen=True)
class CircleReportOne(Action, name="circle-report-one"):
    """About this member: open the form."""

    circle: str
    whom: str


@dataclass(frozen=True)
class CircleReportGiven(Action, name="circle-reported"):
    """The form to the moderators came back."""

    circle: str
    whom: str


@dataclass(frozen=True)
class HelpGiven(Action, name="help-given"):
    """An owner's help lines and contact came back."""
