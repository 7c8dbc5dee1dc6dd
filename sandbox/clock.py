"""The sandbox's clock: real time plus an offset a person or a test may move. The bot in demo mode reads it too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Runs like the wall clock from `start`; `advance` and `set` jump. When `frozen`, only jumps move it."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._frozen = frozen
        self._at = start or datetime.now(UTC)
        self._since = datetime.now(UTC)
        self._listeners: list[Callable[[datetime], None]] = []

    def now(self) -> datetime:
        """Aware UTC."""
        return self._at if self._frozen else self._at + (datetime.now(UTC) - self._since)

    def set(self, moment: datetime) -> None:
        """Jumps to an aware moment."""
        if moment.tzinfo is None:
            raise ValueError("the sandbox clock takes aware datetimes: add tzinfo")
        self._at, self._since = moment.astimezone(UTC), datetime.now(UTC)
        for listener in self._listeners:
            listener(self._at)

    def advance(self, by: timedelta) -> None:
        """Jumps by a span."""
        self.set(self.now() + by)

    def on_jump(self, listener: Callable[[datetime], None]) -> None:
        """Calls `listener(now)` after every jump."""
        self._listeners.append(listener)
