"""Named points of the way from a due moment to its record, where a test lets the process die. Nobody else listens."""

from __future__ import annotations

from collections.abc import Callable

POINTS = (
    "planning",  # rows and next moments are written, not committed
    "planned",  # committed
    "claimed",  # the claim is committed, nothing is composed
    "composed",  # what will be shown is chosen and committed
    "sending",  # nothing has left us
    "accepted",  # the platform has it, we know its id
    "recording",  # the record is written, not committed
    "recorded",  # committed
)

_reached: Callable[[str], None] | None = None


def listen(reached: Callable[[str], None] | None) -> None:
    """From now on `reached` hears of every point passed; None: nobody."""
    global _reached  # noqa: PLW0603  # one listener a process, and only in tests
    _reached = reached


def point(name: str) -> None:
    """The process is here now."""
    if _reached is not None:
        _reached(name)
