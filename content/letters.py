"""Letters: messages that time sends about an introduction, a circle or a sheet, by name; a row of the ledger carries
the name and the id of what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

TalkLetter = Literal[
    "ask-host", "host-reminder", "not-available", "intro", "intro-alone", "found-time", "how-was-it",
    "how-was-it-again", "thank-you", "pay-forward", "what-came", "gone", "rematch", "host-rests", "note-down",
]  # fmt: skip
"""About an introduction: the id is its own; for note-down with a slash and the day of the talk."""
CircleLetter = Literal[
    "circle-welcome", "circle-grown", "circle-week", "circle-last", "circle-quiet", "circle-merge", "circle-pair",
    "circle-closed", "circle-waits",
]  # fmt: skip
"""About a circle: the id is its own, a slash, and the how manyth letter of its kind it is; or a round's id."""
CoffeeLetter = Literal["coffee-intro", "coffee-alone", "coffee-how", "coffee-gone"]
"""About one introduction of a coffee round."""
RoundLetter = Literal["coffee-soon", "coffee-left", "coffee-off"]
"""About a round: the id is the programme, a slash, and the round's number."""
OwnerLetter = Literal["round-waits"]
"""To who looks after a community, about a round."""
ChannelLetter = Literal["invite-hosts"]
"""To a channel, in the name of the owner who allowed it: the id is a role, a slash, and the week."""
ReportLetter = Literal["report-answer", "report-new"]
"""An answer to who reported somebody: the id is the report's, a slash, and what may be said, see
content/safety_cards.py; and a word to moderators that one waits."""
ReachLetter = Literal["reach"]
"""Whether direct messages arrive, asked for by who reads it: the id is their day, a slash, and the how manyth try."""
LeftLetter = Literal["circle-left"]
"""That somebody is out of a circle whose conversation they see no more: the id is the circle's."""
SheetLetter = Literal["sheet-follow", "sheet-expires"]
"""About a sheet: the id is its own, a slash, and the key of what was asked for, or the date it was found untouched."""
SharedLetter = Literal["sheet-invited", "sheet-ask", "sheet-nobody", "sheet-reads", "sheet-reviewed"]
"""About a sheet and somebody else: the id is the sheet's, for sheet-reads and sheet-reviewed with a slash and who reads
it, for sheet-invited and sheet-nobody with a slash and the date."""
Name = (
    TalkLetter | CircleLetter | CoffeeLetter | RoundLetter | OwnerLetter | ChannelLetter | ReportLetter | ReachLetter
    | LeftLetter | SheetLetter | SharedLetter
)  # fmt: skip
UNASKED: frozenset[Name] = frozenset(
    ("ask-host", "host-reminder", "found-time", "how-was-it", "how-was-it-again", "thank-you", "pay-forward",
     "what-came", "rematch", "host-rests", "note-down", "coffee-soon", "coffee-how", "report-new", "round-waits",
     "sheet-follow", "sheet-expires", "sheet-invited", "sheet-ask")
)  # fmt: skip
"""They use up the reader's one unsolicited message of a day; the others answer what the reader asked for."""
RESENT: frozenset[Name] = frozenset(
    ("intro", "intro-alone", "circle-welcome", "circle-grown", "coffee-intro", "coffee-alone")
)
"""Sent once more, marked as a possible repeat, when nobody can say whether it arrived; the others are not."""
TALKS: Mapping[str, TalkLetter] = {name: name for name in get_args(TalkLetter)}
CIRCLES: Mapping[str, CircleLetter] = {name: name for name in get_args(CircleLetter)}
COFFEES: Mapping[str, CoffeeLetter] = {name: name for name in get_args(CoffeeLetter)}
ROUNDS: Mapping[str, RoundLetter] = {name: name for name in get_args(RoundLetter)}
OWNERS: Mapping[str, OwnerLetter] = {name: name for name in get_args(OwnerLetter)}
CHANNELS: Mapping[str, ChannelLetter] = {name: name for name in get_args(ChannelLetter)}
REPORTS: Mapping[str, ReportLetter] = {name: name for name in get_args(ReportLetter)}
SHEETS: Mapping[str, SheetLetter] = {name: name for name in get_args(SheetLetter)}
SHARED: Mapping[str, SharedLetter] = {name: name for name in get_args(SharedLetter)}
_NAMES: dict[str, Name] = {
    **TALKS, **CIRCLES, **COFFEES, **ROUNDS, **OWNERS, **CHANNELS, **REPORTS, **SHEETS, **SHARED, "reach": "reach",
    "circle-left": "circle-left",
}  # fmt: skip


def subject_of(name: Name, introduction: str) -> str:
    """What the ledger keeps.

    >>> letter_of(subject_of("ask-host", "a1b2"))
    ('ask-host', 'a1b2')
    """
    return f"{name} {introduction}"


def letter_of(subject: str) -> tuple[Name | None, str]:
    """The inverse; no name for a letter this version does not know."""
    name, _, introduction = subject.partition(" ")
    return _NAMES.get(name), introduction
