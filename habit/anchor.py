"""Advice on the moment a recipe hangs on: precise, daily, an act with an end (behaviour.md section 1 and R10)."""

from __future__ import annotations

import re
import unicodedata

from habit._anchor_words import FILLER, PATTERNS, Advice

__all__ = ["Advice", "check"]

_MARKS = re.compile(r"[^\w:]+|_")
_BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
_OF_THE_MOMENT: frozenset[Advice] = frozenset({"vague", "clock", "place"})


def check(text: str) -> tuple[Advice, ...]:
    """What could be sharper in "after I [text]", in English or Chinese; () when nothing was found. Advice, never a
    reason to refuse: members know their days better than word lists do.

    A stretch of time, an hour or a place counts against the text only when no act stands beside it.

    >>> check("pour my coffee"), check("in the evening"), check("晚上有空的时候")
    ((), ('vague',), ('vague', 'condition'))
    >>> check("put my toothbrush back in the evening")
    ()
    """
    words = _plain(text)
    found = _found(words)
    while words != (left := _without(words)):
        words = left
        found |= _found(words) & _OF_THE_MOMENT
    kept = found - _OF_THE_MOMENT if words else found or {"vague"}
    return tuple(advice for advice in PATTERNS if advice in kept)


def _plain(text: str) -> str:
    """Full-width signs narrow, no capitals, no punctuation, no blanks beside Chinese."""
    words = _MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold().replace("’", "'")).strip()
    return _BESIDE_HAN.sub("", words)


def _found(words: str) -> set[Advice]:
    return {advice for advice, pattern in PATTERNS.items() if pattern.search(words)}


def _without(words: str) -> str:
    """Without times, places, conditions and filler words; repeated until nothing changes, the act is left, if any."""
    for pattern in PATTERNS.values():
        words = pattern.sub(" ", words)
    return _plain(FILLER.sub(" ", words))
