"""What becomes of a sheet beyond its answers: named pure functions in `result_*.py` that sum it up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from content.document import Block, Dot
from content.say import Say
from content.worksheet import Worksheet
from sheets.folder import load, note
from sheets.sheet import Sheet

Result = Callable[[Say, Worksheet, Sheet, date], tuple[Block, ...]]
"""Blocks in the language of `say`; members' own words as they are. () while there is nothing to sum up."""
Badge = Callable[[Say, Worksheet, Sheet, date], str]
Dots = Callable[[Say, Worksheet, Sheet, date], tuple[Dot, ...]]
Moment = Callable[[Worksheet, Sheet, date], date | None]
"""A day a letter may come, None while it is not known. The date given is today."""


@dataclass(frozen=True, slots=True)
class Results:
    """All functions by name."""

    blocks: dict[str, Result] = field(default_factory=dict[str, Result])
    badges: dict[str, Badge] = field(default_factory=dict[str, Badge])
    dots: dict[str, Dots] = field(default_factory=dict[str, Dots])
    moments: dict[str, Moment] = field(default_factory=dict[str, Moment])


_found = Results()


def result(name: str) -> Callable[[Result], Result]:
    """Marks a function whose blocks a worksheet or one of its steps shows."""
    return lambda function: note(_found.blocks, name, function)


def badge(name: str) -> Callable[[Badge], Badge]:
    """Marks a function that says one thing in a word or two on the share card."""
    return lambda function: note(_found.badges, name, function)


def dots(name: str) -> Callable[[Dots], Dots]:
    """Marks a function that draws a few labelled dots on the share card."""
    return lambda function: note(_found.dots, name, function)


def moment(name: str) -> Callable[[Moment], Moment]:
    """Marks a function that gives the day of a letter."""
    return lambda function: note(_found.moments, name, function)


def results() -> Mapping[str, Result]:
    """Every result there is."""
    return _all().blocks


def badges() -> Mapping[str, Badge]:
    """Every badge there is."""
    return _all().badges


def all_dots() -> Mapping[str, Dots]:
    """Every row of dots there is."""
    return _all().dots


def moments() -> Mapping[str, Moment]:
    """Every moment there is."""
    return _all().moments


def run_results(say: Say, worksheet: Worksheet, sheet: Sheet, names: Iterable[str], today: date) -> tuple[Block, ...]:
    """The blocks of these results (`worksheet.results`, or a step's), one after the other. Raises KeyError."""
    return tuple(block for name in names for block in results()[name](say, worksheet, sheet, today))


def run_badge(say: Say, worksheet: Worksheet, sheet: Sheet, name: str, today: date) -> str:
    """ "" while there is nothing to say. Raises KeyError."""
    return badges()[name](say, worksheet, sheet, today)


def run_dots(say: Say, worksheet: Worksheet, sheet: Sheet, name: str, today: date) -> tuple[Dot, ...]:
    """At most nine. Raises KeyError."""
    return all_dots()[name](say, worksheet, sheet, today)


def run_moment(worksheet: Worksheet, sheet: Sheet, name: str, today: date) -> date | None:
    """None while it is not known. Raises KeyError."""
    return moments()[name](worksheet, sheet, today)


def _all() -> Results:
    load("result")
    return _found
