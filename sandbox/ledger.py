"""Everything that passed between bot and platform, oldest first: what tests assert on and the page's timeline shows."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sandbox.clock import SandboxClock

KEPT = 20_000  # entries; the count goes on


class Ledger:
    """Bounded, so a long load test does not grow without end. Ledgers with the same `numbers` count in one row."""

    def __init__(self, clock: SandboxClock, numbers: Iterator[int], heard: Callable[[], None]) -> None:
        self._clock = clock
        self._entries: deque[Mapping[str, Any]] = deque(maxlen=KEPT)
        self._numbers, self._heard = numbers, heard

    def note(self, method: str, *, ok: bool, error: str = "", **more: Any) -> None:
        """Adds an entry: method, path or event, the outcome, and what else is known."""
        entry = {"n": next(self._numbers), "at": self._clock.now(), "monotonic": time.monotonic()}
        self._entries.append(entry | {"method": method, "ok": ok, "error": error} | more)
        self._heard()

    def entries(self, newest: int = KEPT) -> Sequence[Mapping[str, Any]]:
        """The newest few, at most 20,000, oldest first."""
        size = len(self._entries)
        return tuple(_shown(entry) for entry in itertools.islice(self._entries, max(0, size - newest), None))


def _shown(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    known: dict[str, Any] = {"key": "", "place": "", "message": "", "pings": 0, "fault": ""}
    return known | dict(entry) | {"at": entry["at"].isoformat()}
