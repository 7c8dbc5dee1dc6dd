"""Waiting for something to become true, with an end and a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


async def until(true: Callable[[], Any], what: str, seconds: float = 8.0) -> None:
    """Waits for a condition; fails with `what` after `seconds`."""
    for _ in range(int(seconds / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"waited {seconds} s in vain: {what}")
