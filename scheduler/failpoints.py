"""Named points of the clock's work at which a test lets the process die. Nobody else listens."""

from __future__ import annotations

from collections.abc import Callable

DELIVERY = (
    "planning",  # rows and next moments are written, not committed
    "planned",  # committed
    "claimed",  # the claim is committed, nothing is composed
    "composed",  # what will be shown is chosen and committed
    "sending",  # nothing has left us
    "accepted",  # the platform has it, we know its id
    "recording",  # the record is written, not committed
    "recorded",  # committed
)
"""The way of a step from its due moment to its record."""
MATCHING = (
    "asking",  # a host's question is written, not committed
    "gathered",  # a conversation is open, nobody has written down which
    "introducing",  # an introduction is written, not committed
    "following",  # what follows one is written, not committed
    "round-planning",  # a round's steps are written, none committed
    "round-opening",
    "round-matching",
    "round-introducing",
    "round-following",
    "round-closing",
    "circle-forming",  # a circle is written, not committed
    "circle-gathered",  # its conversation is open, nobody has written down which
    "circle-week",  # its week is written, not committed
)
"""Those of talks, rounds and circles."""
SHEETS = (
    "sheet-following",  # a letter somebody asked for is written, not committed
    "sheet-warning",  # the notice that a sheet goes is written, not committed
)
"""Those of sheets."""
REVIEWS = ("sheet-asking",)  # a reader's question is written, not committed
"""Those of who reads the sheet of somebody else."""
POINTS = DELIVERY + MATCHING + SHEETS + REVIEWS

_reached: Callable[[str], None] | None = None


def listen(reached: Callable[[str], None] | None) -> None:
    """From now on `reached` hears of every point passed; None: nobody."""
    global _reached  # noqa: PLW0603  # one listener a process, and only in tests
    _reached = reached


def point(name: str) -> None:
    """The process is here now."""
    if _reached is not None:
        _reached(name)
