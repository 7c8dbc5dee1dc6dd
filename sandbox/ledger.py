"""Every request the bot made, oldest first: what tests assert on and the page's timeline shows."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.clock import SandboxClock

KEPT = 20_000  # entries; the count goes on


class Ledger:
    """Bounded, so a long load test does not grow without end."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._entries: deque[Mapping[str, Any]] = deque(maxlen=KEPT)
        self._count = 0

    def note(self, method: str, *, ok: bool, error: str = "", **more: Any) -> None:
        """Adds an entry: method or path, outcome, and what else is known (key, place, message, pings)."""
        self._count += 1
        entry = {"n": self._count, "at": self._clock.now().isoformat(), "monotonic": time.monotonic()}
        known = {"key": "", "place": "", "message": "", "pings": 0}
        self._entries.append(entry | {"method": method, "ok": ok, "error": error} | known | more)

    def entries(self) -> Sequence[Mapping[str, Any]]:
        """The newest 20,000."""
        return tuple(self._entries)
