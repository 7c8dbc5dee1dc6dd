"""How a long solve tells how far it is, and how it is stopped: one callable, one exception."""

from __future__ import annotations

from collections.abc import Callable

from chat.errors import SteppingstoneError

Progress = Callable[[float, str], object]
"""Called with the fraction done (0 to 1, never falling) and the stage's name. Answering False stops the solve, and so
does raising; any other answer, None too, lets it go on."""


class Cancelled(SteppingstoneError):
    """The solve was stopped by whoever watched it; there is no half solution."""


class Steps:
    """Turns a solver's stages into one fraction that never falls, and a watcher's False into Cancelled.

    >>> seen = []
    >>> steps = Steps(lambda fraction, stage: seen.append((round(fraction, 2), stage)))
    >>> steps.stage("relax", 0.5); steps.at(0.5); steps.stage("repair", 1.0); steps.done()
    >>> seen
    [(0.0, 'relax'), (0.25, 'relax'), (0.5, 'repair'), (1.0, 'repair')]
    """

    __slots__ = ("_begin", "_end", "_name", "_watch")

    def __init__(self, watch: Progress | None) -> None:
        self._watch = watch
        self._begin = self._end = 0.0
        self._name = ""

    def stage(self, name: str, until: float) -> None:
        """The stage `name` begins; it lasts until the fraction `until` of the whole."""
        self._begin, self._end, self._name = self._end, until, name
        self.at(0.0)

    def at(self, share: float) -> None:
        """`share` (0 to 1) of this stage is done. Raises Cancelled when the watcher says stop."""
        if self._watch is None:
            return
        if self._watch(self._begin + (self._end - self._begin) * min(max(share, 0.0), 1.0), self._name) is False:
            raise Cancelled(f"stopped while it was at {self._name!r}")

    def done(self) -> None:
        """Everything is done."""
        self._end = 1.0
        self.at(1.0)
