"""Letters: messages about an introduction that time sends, by name; a row of the ledger carries the name and the id."""

from __future__ import annotations

from typing import Literal, get_args

Name = Literal[
    "ask-host", "host-reminder", "not-available", "intro", "intro-alone", "found-time", "how-was-it",
    "how-was-it-again", "thank-you", "pay-forward", "what-came", "gone", "rematch",
]  # fmt: skip
UNASKED: frozenset[Name] = frozenset(
    ("ask-host", "host-reminder", "found-time", "how-was-it", "how-was-it-again", "thank-you", "pay-forward",
     "what-came", "rematch")
)  # fmt: skip
"""They use up the reader's one unsolicited message of a day; the others answer what the reader asked for."""
RESENT: frozenset[Name] = frozenset(("intro", "intro-alone"))
"""Sent once more, marked as a possible repeat, when nobody can say whether it arrived; the others are not."""
_NAMES: dict[str, Name] = {name: name for name in get_args(Name)}


def subject_of(name: Name, introduction: str) -> str:
    """What the ledger keeps.

    >>> letter_of(subject_of("ask-host", "a1b2"))
    ('ask-host', 'a1b2')
    """
    return f"{name} {introduction}"


def letter_of(subject: str) -> tuple[Name | None, str]:
    """The inverse; no name for a letter this version does not know."""
    name, _, introduction = subject.partition(" ")
    return _NAMES.get(name), introduction
