"""Checks on a budget: time for further tries, and somebody who looks after it once the world has moved on."""

from __future__ import annotations

from sheets.checks import Seen, check
from sheets.quotes import text_at
from sheets.word_lists import words


@check("no-iteration")
def no_iteration(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is there time for further rounds (career.unique.iteration)? Asked of a plan in words, not of a blank line.
    {words}: the plan."""
    plan = text_at(seen.sheet, f"{seen.step.key}.{on}")
    return (plan,) if plan and not words("rounds").search(plan) else None


@check("no-drift")
def no_drift(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is the time after launch cared for, when the data begin to change (career.unique.iteration)? Only other teams and
    the time are read: that people give two days a week is no care after launch. Not asked of an empty budget."""
    step = seen.step
    help_, time = (text_at(seen.sheet, f"{step.key}.{key}") for key in ("help", "time"))
    said = any(text_at(seen.sheet, f"{step.key}.{field.key}") for part in step.parts for field in part.fields)
    cared = any(words("after_launch").search(text) for text in (help_, time)) or words("monthly").search(help_)
    return () if said and not cared else None
