"""The word lists of the checks, solution_words.yaml and check_words.yaml: data, so that anybody may add a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from content.read import PackError, Problems, Value, read_entries

_ROOM = Path(__file__).parent


@cache
def lists(lang: str) -> Mapping[str, str]:
    """The solution words of "en" or "zh-CN": name of a list -> "(?:one|other)". Raises PackError for a broken file."""
    entry = next(entry for entry in _entries("solution_words.yaml") if entry.string("lang") == lang)
    found = {name: f"(?:{_any(entry.strings(name))})" for name in entry.map if name != "lang"}
    acronyms = rf"(?<![A-Za-z])(?-i:{found['acronyms']})(?![A-Za-z])"
    techniques = rf"(?<!\w){found['techniques']}(?!\w)" if lang == "en" else found["techniques"]
    return {**found, "technique": f"(?:{techniques}|{acronyms})"}


@cache
def words(name: str) -> re.Pattern[str]:
    """A list of check_words.yaml: English items as words of their own, Chinese ones anywhere. Raises PackError."""
    return re.compile(_either(_entry(name)), re.IGNORECASE)


@cache
def whole(name: str) -> re.Pattern[str]:
    """A list of check_words.yaml for texts that are nothing but one of its items, punctuation aside."""
    entry = _entry(name)
    return re.compile(rf"\W*(?:{_any((*entry.strings('en'), *entry.strings('zh-CN')))})\W*", re.IGNORECASE)


@cache
def families() -> tuple[re.Pattern[str], ...]:
    """The lists "family-*" of check_words.yaml."""
    found = (entry for entry in _entries("check_words.yaml") if entry.string("name").startswith("family-"))
    return tuple(re.compile(_either(entry), re.IGNORECASE) for entry in found)


def _either(entry: Value) -> str:
    return rf"(?<![A-Za-z0-9])(?:{_any(entry.strings('en'))})(?![A-Za-z0-9])|{_any(entry.strings('zh-CN'))}"


def _any(some: Iterable[str]) -> str:
    return "|".join(some)


def _entry(name: str) -> Value:
    return next(entry for entry in _entries("check_words.yaml") if entry.string("name") == name)


@cache
def _entries(file: str) -> tuple[Value, ...]:
    problems = Problems()
    found = tuple(read_entries(_ROOM / file, file, problems))
    if problems.found:
        raise PackError(problems.found)
    return found
