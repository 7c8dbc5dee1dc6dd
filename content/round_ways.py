"""What the buttons and forms of an owner's rounds mean. They carry no authority: whoever answers asks the platform
whether the one who pressed is an owner.

`version`: of the round when the button was shown, so that nobody decides about a plan they have not seen. `one`,
`other`: members by the `tag` of their id, because two ids of Discord and a channel do not fit on the wire.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from chat.action import Action


def tag(member: str) -> str:
    """Eight digits that stand for a member within one round.

    >>> len(tag("1234567890123456789"))
    8
    """
    return hashlib.sha256(member.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class RoundShown(Action, name="round-shown"):
    """Turn this message to a page of the newest round that waits; `page` from 1."""

    programme: str
    page: int = 1


@dataclass(frozen=True)
class RoundSwapWith(Action, name="round-swap-with"):
    """This member shall change places: with whom? `page` of those to choose from."""

    programme: str
    version: int
    one: str
    page: int = 1


@dataclass(frozen=True)
class RoundSwapTyping(Action, name="round-typing"):
    """Open the form for two typed names."""

    programme: str
    version: int


@dataclass(frozen=True)
class RoundSwapTyped(Action, name="round-typed"):
    """The two names came back."""

    programme: str
    version: int


@dataclass(frozen=True)
class RoundSwapTried(Action, name="round-swap-tried"):
    """What would it change if these two changed places?"""

    programme: str
    version: int
    one: str
    other: str


@dataclass(frozen=True)
class RoundSwapped(Action, name="round-swapped"):
    """Do it."""

    programme: str
    version: int
    one: str
    other: str


@dataclass(frozen=True)
class RoundApproved(Action, name="round-approved"):
    """It may go out."""

    programme: str
    version: int


@dataclass(frozen=True)
class RoundHeld(Action, name="round-held"):
    """Two more days to look at it."""

    programme: str
    version: int


@dataclass(frozen=True)
class RoundReported(Action, name="round-report"):
    """Turn this message to the report of a programme."""

    programme: str


@dataclass(frozen=True)
class RoundNotices(Action, name="round-notices"):
    """Tell me of rounds that wait for me, or do not."""

    programme: str
    wanted: bool
