"""What can go wrong with memory, and what the operator can do about it."""

from __future__ import annotations

from chat.errors import SteppingstoneError


class StoreError(SteppingstoneError):
    """The database cannot be used as it is; the text says what to change."""


class Conflict(StoreError):
    """Somebody else changed the row since it was read: read it again."""


class NoSeat(Conflict):
    """The host has no seat left this month: ask another one."""


class SecretUnreadable(StoreError):
    """A stored secret does not open with the keys at hand, or was moved to another row."""


class TooMany(StoreError):
    """There are as many of these as one member may have: one of them has to end first."""


class TooLarge(StoreError):
    """What is to be kept is larger than one row may be; the text says by how much."""
