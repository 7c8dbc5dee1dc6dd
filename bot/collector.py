"""Python's garbage collector, set for a process that lives long: what start-up built is never looked through again."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50  # objects made, and younger collections, before a generation is looked through


def settle() -> None:
    """Once, when everything is built: about a quarter of a sender's time went into looking at what stays anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
