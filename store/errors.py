"""What can go wrong with memory, and what the operator can do about it."""

from __future__ import annotations

from chat.errors import SteppingstoneError


class StoreError(SteppingstoneError):
    """The database cannot be used as it is; the text says what to change."""


class SecretUnreadable(StoreError):
    """A stored secret does not open with the keys at hand, or was moved to another row."""
