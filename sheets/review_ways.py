"""What the buttons of a second pair of eyes mean: who wants one, who offers theirs, and what is said in between."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class ReviewShown(Action, name="review"):
    """How my request stands; before there is one, the form."""

    sheet: str


@dataclass(frozen=True)
class ReviewFormAsked(Action, name="review-form"):
    """Open the form: what a reader sees."""

    sheet: str


@dataclass(frozen=True)
class ReviewGiven(Action, name="review-given"):
    """The form came back: show me what a reader would see first."""

    sheet: str


@dataclass(frozen=True)
class ReviewWanted(Action, name="review-wanted"):
    """Ask somebody."""

    sheet: str


@dataclass(frozen=True)
class ReviewEnded(Action, name="review-ended"):
    """Ask nobody any more, and whoever reads it sees it no longer."""

    sheet: str


@dataclass(frozen=True)
class ReviewAgreed(Action, name="review-agreed"):
    """I agree to how people treat each other here; then on with this sheet, or, with "", to my offer to read."""

    sheet: str = ""


@dataclass(frozen=True)
class ReviewAdult(Action, name="review-adult"):
    """I am of age; then on as above."""

    sheet: str = ""


@dataclass(frozen=True)
class ReaderShown(Action, name="reader"):
    """My offer to read sheets of others, and those I read."""


@dataclass(frozen=True)
class ReaderAsked(Action, name="reader-form"):
    """Open the form of my offer."""


@dataclass(frozen=True)
class ReaderGiven(Action, name="reader-given"):
    """The form came back."""


@dataclass(frozen=True)
class ReaderOut(Action, name="reader-out"):
    """I read no more. `letter`: the question it stands below, "" on a card; `sheet` as well."""

    sheet: str = ""
    letter: str = ""


@dataclass(frozen=True)
class ReviewAnswered(Action, name="review-answer"):
    """Yes, or not now."""

    sheet: str
    yes: bool
    letter: str


@dataclass(frozen=True)
class ReviewDone(Action, name="review-done"):
    """I am through with it."""

    sheet: str
