"""How long a platform asks to be left in peace, read with care: proxies in between write whatever they like."""

from __future__ import annotations

import math

UNTOLD = 30.0
"""Seconds to wait where nobody said how long: long enough not to be told again."""
LONGEST = 86_400.0
"""Seconds: whoever asks for more is looked at once a day all the same."""


def told_to_wait(value: object) -> float | None:
    """Seconds of a Retry-After or its like; None where it is missing or no number.

    >>> told_to_wait("7.25"), told_to_wait("soon"), told_to_wait("nan"), told_to_wait("1e9")
    (7.25, None, None, 86400.0)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return None if math.isnan(seconds) else min(LONGEST, max(0.0, seconds))
