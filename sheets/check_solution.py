"""The check "solution-words": a line may already be a solution, while nobody's trouble is told yet."""

from __future__ import annotations

import re
import unicodedata

from sheets.checks import Seen, check
from sheets.sheet import Item
from sheets.solution_chinese import chinese
from sheets.solution_english import english

_HAN = re.compile(r"[\u3400-\u9fff]")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_MOST = 600  # characters looked at: a line of a sheet has 200, and a pasted novel is no line


def solution_words(text: str) -> str | None:
    """What makes a line read like a solution, None when nothing does or somebody's trouble is told. By the language of
    the line, whoever wrote it: with any Chinese in it, as Chinese that may mix in English.

    >>> solution_words("An app that tells farmers when to water")
    'An app'
    >>> solution_words("Customers wait 20 minutes for account data")
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).replace("’", "'").strip()[:_MOST]
    found = (chinese() if _HAN.search(plain) else english()).find(plain)
    return found.strip(" ,.:;-，。：；") if found else None


@check("solution-words")
def reads_like_a_solution(seen: Seen, on: str) -> tuple[str, ...] | None:
    """The lines (or the text) at `on` that read like a solution (scope.step1). {words}: those lines."""
    match seen.sheet.value(f"{seen.step.key}.{on}"):
        case str() as text:
            lines = (text,)
        case tuple() as several:
            lines = tuple(one.text if isinstance(one, Item) else one for one in several)
        case None:
            lines = ()
    return tuple(line for line in lines if solution_words(line)) or None
