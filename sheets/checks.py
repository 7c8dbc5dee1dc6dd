"""What a worksheet may gently ask after a step was saved: named pure functions in `check_*.py`, advice and no lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from content.worksheet import Check, Step, Worksheet
from sheets.folder import load, note
from sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check looks at. `today` is the member's."""

    worksheet: Worksheet
    sheet: Sheet
    step: Step
    today: date


Finder = Callable[[Seen, str], tuple[str, ...] | None]
"""Reads the field `on` ("" for the whole step). None: nothing to say. The strings are what {words} stands for."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A check that has something to ask. `key`: under which a member may keep things as they are."""

    check: Check
    words: tuple[str, ...]
    key: str


_found: dict[str, Finder] = {}


def check(name: str) -> Callable[[Finder], Finder]:
    """Marks a function as the check of this id."""
    return lambda finder: note(_found, name, finder)


def checks() -> Mapping[str, Finder]:
    """Every check there is."""
    load("check")
    return _found


def key_of(one: Check) -> str:
    """ "solution-words/wishes", or the id alone for a check of the whole step."""
    return f"{one.id}/{one.on}" if one.on else one.id


def advice(worksheet: Worksheet, sheet: Sheet, step: Step, today: date) -> tuple[Advice, ...]:
    """What the checks of a step have to ask, in their order, without what the member decided to keep. Nothing before
    the step was saved. Raises KeyError for a check that does not exist."""
    if (filled := sheet.steps.get(step.key)) is None:
        return ()
    seen, known = Seen(worksheet, sheet, step, today), checks()
    found = ((one, known[one.id](seen, one.on)) for one in step.checks if key_of(one) not in filled.kept)
    return tuple(Advice(one, words, key_of(one)) for one, words in found if words is not None)
