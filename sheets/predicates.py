"""What a condition may ask by name ("?sensitive"): named pure functions in `predicate_*.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from content.worksheet import Worksheet
from sheets.folder import load, note
from sheets.sheet import Sheet

Predicate = Callable[[Worksheet, Sheet], bool]

_found: dict[str, Predicate] = {}


def predicate(name: str) -> Callable[[Predicate], Predicate]:
    """Marks a function as the predicate "?name"."""
    return lambda function: note(_found, name, function)


def predicates() -> Mapping[str, Predicate]:
    """Every predicate there is."""
    load("predicate")
    return _found
