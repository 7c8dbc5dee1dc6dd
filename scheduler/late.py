"""One summary of what was skipped as too late, not a line for each: after a downtime there may be thousands."""

from __future__ import annotations

import logging
from collections import Counter

log = logging.getLogger(__name__)

NAMED = 20
"""Spaces named in the summary, those with the most first; the ledger has all."""


class Late:
    """Gathered by the planner and the courier; `tell` is called at every tick of the planner."""

    def __init__(self) -> None:
        self._skipped: Counter[str] = Counter()
        self._seen = 0

    def add(self, space: str, count: int = 1) -> None:
        """So many messages of this space (by key) will not be sent: too late, or the night has begun."""
        self._skipped[space] += count

    def tell(self) -> None:
        """Says it, once none were added since the tick before."""
        total = self._skipped.total()
        if total and total == self._seen:
            counts = dict(self._skipped.most_common(NAMED))
            log.warning("messages came too late and were skipped", extra={"count": total, "spaces": counts})
            self._skipped.clear()
            total = 0
        self._seen = total
