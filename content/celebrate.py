"""The short line after Done: not the same twice within a week."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from content.library import Library

REST = 7
"""A line rests for this many uses: at one step a day, a week."""


def celebration(library: Library, *, seed: str, recent: Sequence[str]) -> str:
    """The id of a line. `recent`: ids used before, newest first; deterministic by `seed`."""
    resting = set(recent[:REST])
    fresh = [id_ for id_ in library.celebrations if id_ not in resting] or list(library.celebrations)
    return Random(seed).choice(fresh)  # noqa: S311  # a choice of text, not a secret
