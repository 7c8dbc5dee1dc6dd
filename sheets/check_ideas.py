"""Checks on ideas: is there more than one, are they different in kind, is a plain rule among them, may they be said?"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from content.fold import fold
from sheets.checks import Seen, check
from sheets.quotes import lines_at, quoted, text_at
from sheets.word_lists import families, lists, words

_SAME = 93  # of 100: how like two ideas are that are one in other words
_TECHNIQUE = re.compile(f"{lists('en')['technique']}|{lists('zh-CN')['technique']}", re.IGNORECASE)
_BY_HAND = re.compile(
    rf"\W*(?:(?:the|our|two|three)\s+)?(?:{lists('en')['people']})\s+"
    r"(?:take|count|ask|write|note|call|mark|check|look|walk|measure|tell|sort)s?\b"
    rf"|\W*(?:{lists('zh-CN')['people']})[^，。]{{0,6}}(?:拍|数|记|问|写|抄|打电话|看|量)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;，；。]|\.\s")


@check("one-idea")
def one_idea(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is the first exciting idea the only one (scope.step2.not-first)? Not asked of who needs no AI. {words}: it."""
    if _no_ai(seen):
        return None
    found = lines_at(seen.sheet, f"{seen.step.key}.{on}")
    return quoted(found) if len(found) == 1 else None


@check("same-technique")
def same_technique(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Are these one technique in several wordings (scope.step2)? They are when all ideas belong to one family of
    techniques, or two are nearly the same words; a way without AI is of another kind. {words}: those."""
    found = lines_at(seen.sheet, f"{seen.step.key}.{on}")
    if len(found) < 2:
        return None
    kinds = [frozenset(n for n, one in enumerate(families()) if one.search(line)) for line in found]
    if kinds[0] and all(kind == kinds[0] for kind in kinds) and not any(map(_plain, found)):
        return quoted(found)
    folded = [fold(line) for line in found]
    for at, line in enumerate(folded):
        for other in range(at + 1, len(folded)):
            if fuzz.token_sort_ratio(line, folded[other]) >= _SAME:
                return quoted((found[at], found[other]))
    return None


@check("no-baseline")
def no_baseline(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is there a yardstick without AI, a rule or a spreadsheet (scope.step2)? One of the ideas may be it."""
    step = seen.step.key
    ideas = lines_at(seen.sheet, f"{step}.ideas")
    if not ideas or _no_ai(seen) or text_at(seen.sheet, f"{step}.{on}"):
        return None
    return None if any(map(_plain, ideas)) else ()


@check("half-without-ai")
def half_without_ai(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does one half of "no AI needed" lack the other (scope.step2.no-ai-ok): chosen without a word on what does it
    instead, or such a word and nothing chosen?"""
    instead, need = text_at(seen.sheet, f"{seen.step.key}.{on}"), text_at(seen.sheet, f"{seen.step.key}.need")
    if _no_ai(seen):
        return () if not any(map(str.isalnum, instead)) else None
    return () if instead and not need else None


@check("employer-conflict")
def employer_conflict(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Could a side project clash with an employer (project.ideas.side-hustle.conflict)? On "yes" and "not sure"."""
    return () if text_at(seen.sheet, f"{seen.step.key}.{on}") in {"yes", "unsure"} else None


@check("confidential")
def confidential(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Do these words sound like an employer's own data (project.ideas.application.local)? Not where the same clause
    says that everybody may see it. {words}: which."""
    clauses = (one for line in lines_at(seen.sheet, f"{seen.step.key}.{on}") for one in _CLAUSE.split(line))
    inside = (one for one in clauses if not words("public").search(one))
    return quoted(tuple(dict.fromkeys(match.group() for one in inside for match in words("inside").finditer(one))))


def _no_ai(seen: Seen) -> bool:
    return text_at(seen.sheet, f"{seen.step.key}.need") == "none"


def _plain(idea: str) -> bool:
    return bool((words("plain").search(idea) or _BY_HAND.match(idea)) and not _TECHNIQUE.search(idea))
