"""Checks of the project picker: a zero said in words, all of them low, only one to choose from, an open gate."""

from __future__ import annotations

from sheets.checks import Seen, check
from sheets.naming import shortened
from sheets.picking import scored, zero_words
from sheets.quotes import lines_at, quoted

NAME = 30  # characters of a project beside its zeros
LOW = 3  # of nine dots: no question got more than a little


@check("one-project")
def one_project(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is there only one, so that the questions are a checklist and no ranking? {words}: it."""
    found = lines_at(seen.sheet, f"{seen.step.key}.{on}")
    return quoted(found) if len(found) == 1 else None


@check("zero-named")
def zero_named(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Has a project a zero (project.checklist)? Of growth both ends may be meant: far too easy, or hopeless. {words}:
    "project (nobody)"."""
    worksheet, sheet, found = seen.worksheet, seen.sheet, scored(seen.worksheet, seen.sheet)
    shape = "{}\uff08{}\uff09" if sheet.lang == "zh-CN" else "{} ({})"
    return quoted(
        shape.format(shortened(one.item.text, NAME), zero_words(worksheet, one, sheet.lang))
        for one in found
        if one.zeros
    )


@check("all-low")
def all_low(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does no project reach beyond three dots of nine? Asked once all of them are scored."""
    found = scored(seen.worksheet, seen.sheet)
    return () if found and all(one.whole and one.total <= LOW for one in found) else None


@check("not-ethical")
def not_ethical(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Did a project not pass the gate (project.ethics)? {words}: those, they are not ranked."""
    return quoted(one.item.text for one in scored(seen.worksheet, seen.sheet) if one.ethics in {"no", "unsure"})
