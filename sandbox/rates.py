"""How often something may be done: a window that fills up, and a pace with a little slack. Pure; `now` in seconds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

KEPT = 20_000  # limits remembered at once; the one not used for longest is forgotten first


@dataclass(frozen=True)
class Taken:
    """The outcome of one try. `wait` is 0.0 when it was allowed, else seconds until it would be."""

    wait: float
    limit: int
    remaining: int
    reset_after: float  # seconds until the window is fresh


class Window:
    """At most `limit` in `seconds`, counted from the first; then a fresh window."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit, self.seconds = limit, seconds
        self._ends, self._used = 0.0, 0

    def take(self, now: float) -> Taken:
        """One more, unless the window is full.

        >>> window = Window(2, 5.0)
        >>> [window.take(now).wait for now in (100.0, 101.0, 102.0, 105.5)]
        [0.0, 0.0, 3.0, 0.0]
        """
        if now >= self._ends:
            self._ends, self._used = now + self.seconds, 0
        if self._used >= self.limit:
            return Taken(self._ends - now, self.limit, 0, self._ends - now)
        self._used += 1
        return Taken(0.0, self.limit, self.limit - self._used, self._ends - now)

    def left(self, now: float) -> int:
        """How many more the window takes, without taking one."""
        return self.limit if now >= self._ends else self.limit - self._used


class Pace:
    """One every `seconds` in the long run, `burst` at once after a rest (the generic cell rate algorithm)."""

    def __init__(self, burst: int, seconds: float) -> None:
        self.burst, self.seconds = burst, seconds
        self._full = 0.0  # when everything taken so far will have been worked off

    def take(self, now: float) -> Taken:
        """One more, unless too many came too fast.

        >>> pace = Pace(2, 1.0)
        >>> [pace.take(now).wait for now in (100.0, 100.0, 100.0, 101.0)]
        [0.0, 0.0, 1.0, 0.0]
        """
        full = max(self._full, now) + self.seconds
        late = full - now - self.burst * self.seconds
        if late > 1e-9:
            return Taken(late, self.burst, 0, self._full - now)
        self._full = full
        return Taken(0.0, self.burst, int((-late + 1e-9) / self.seconds), full - now)


Limit = TypeVar("Limit", Window, Pace)


class Limits(Generic[Limit]):
    """One limit a key, made when first asked for."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, Limit] = OrderedDict()

    def take(self, key: Hashable, now: float, make: Callable[[], Limit]) -> Taken:
        """One more under `key`."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = make()
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        return found.take(now)
