"""What the buttons around a shared sheet mean: sharing, comments, who is on it, and the way out beside each name.

As in sheets/ways.py each carries ids and no authority. `letter` is the delivery a button stands on. `whom`: a member's
id; whoever answers checks that both have to do with the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class SheetSharing(Action, name="sheet-sharing"):
    """Turn this message to all that can be shared of a sheet, and with whom."""

    sheet: str


@dataclass(frozen=True)
class SheetShareAsked(Action, name="sheet-share"):
    """Show me alone what would be posted in this channel."""

    sheet: str


@dataclass(frozen=True)
class SheetPosted(Action, name="sheet-post"):
    """Post it here, as I saw it. `digest`: of what I saw; `words`: without the picture."""

    sheet: str
    digest: str
    place: str
    words: bool


@dataclass(frozen=True)
class SheetNotPosted(Action, name="sheet-post-not"):
    """Not now."""

    sheet: str


@dataclass(frozen=True)
class SheetUnshared(Action, name="sheet-unshare"):
    """No more comments from this channel."""

    sheet: str
    place: str


@dataclass(frozen=True)
class CommentAsked(Action, name="sheet-comment"):
    """Open the form; `step`: about which one, "" to choose."""

    sheet: str
    step: str = ""


@dataclass(frozen=True)
class CommentGiven(Action, name="sheet-commented"):
    """The form came back."""

    sheet: str
    step: str


@dataclass(frozen=True)
class CommentsListed(Action, name="sheet-comments"):
    """What was said beside a sheet, so many pages on."""

    sheet: str
    page: int = 0


@dataclass(frozen=True)
class CommentShown(Action, name="sheet-com-show"):
    """Let it be seen in what I give out, or not any more."""

    sheet: str
    comment: str
    shown: bool
    page: int


@dataclass(frozen=True)
class CommentDropped(Action, name="sheet-com-drop"):
    """Delete it: an owner any, everybody their own."""

    sheet: str
    comment: str


@dataclass(frozen=True)
class CommentMore(Action, name="sheet-com-more"):
    """What else there is to do about it."""

    sheet: str
    comment: str


@dataclass(frozen=True)
class SheetReportAsked(Action, name="sheet-report"):
    """I want the moderators to know something about somebody on this sheet: open the form."""

    sheet: str
    whom: str


@dataclass(frozen=True)
class SheetReportGiven(Action, name="sheet-reported"):
    """The form to the moderators came back."""

    sheet: str
    whom: str


@dataclass(frozen=True)
class SheetBlockAsked(Action, name="sheet-block"):
    """Ask once whether I mean to block this member."""

    sheet: str
    whom: str


@dataclass(frozen=True)
class SheetBlockMeant(Action, name="sheet-block-meant"):
    """Yes, block."""

    sheet: str
    whom: str


@dataclass(frozen=True)
class PeopleListed(Action, name="sheet-people"):
    """Who is on this sheet, and who writes."""

    sheet: str


@dataclass(frozen=True)
class PenTaken(Action, name="sheet-pen"):
    """I write now."""

    sheet: str


@dataclass(frozen=True)
class PersonOut(Action, name="sheet-person-out"):
    """This member is on my sheet no more."""

    sheet: str
    whom: str


@dataclass(frozen=True)
class SheetLeft(Action, name="sheet-left"):
    """I leave this sheet, whose it is."""

    sheet: str


@dataclass(frozen=True)
class PersonInvited(Action, name="sheet-invite"):
    """Ask this member: as "co-owner" or "commenter"."""

    sheet: str
    whom: str
    part: str


@dataclass(frozen=True)
class InviteAnswered(Action, name="sheet-invited"):
    """My answer to such an invitation."""

    sheet: str
    yes: bool
    letter: str


@dataclass(frozen=True)
class SheetRead(Action, name="sheet-read"):
    """Turn this message to a sheet of somebody else's, or one step of it."""

    sheet: str
    step: str = ""
