"""Checks on milestones: two numbers of different kinds, each with today's value, a target that allows an error."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from content.say import speaker
from sheets.checks import Seen, check
from sheets.quotes import label_of, quoted, text_at
from sheets.word_lists import words

_TARGET = r"\b(?:target|goal|aim)\b\s*:?|目标是?[:：]?|希望|争取|变[成为]|[降减升提增](?:低|少|高|加)?[为到至]"
_ARROW = re.compile(rf"\s*(?:-+>|=+>|→|⇒|➔|➜|>{{1,2}}|~>|\bto\b|{_TARGET}|(?<!不)[到至]|——>?|–>)\s*", re.IGNORECASE)
_NOT_KNOWN = r"unknown|unclear|tbd|n/?a|not\b|no idea|未知|不知道?|不清楚|待定|没"
_UNKNOWN = re.compile(
    rf"\W*(?:(?:{_NOT_KNOWN}|known|measured|from|down|up|get|reduced?|cut|today|now"
    r"|从|由|今天|现在|目前|统计|测过?|做|达)\W*)*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.,])\d+(?:[.,]\d+)*|[一二三四五六七八九十两半百][^/]{0,4}(?=/)|(?<=/)[一二三四五六七八九十两半百]"
)
_NOW = re.compile(
    r"(?:\b(?:today|now|currently|at present|so far|as is|baseline)\b|今天|现[在状]|目前|当前|如今)"
    rf"(?!\s*[:：,]?\s*(?:还|都|尚)?(?:\?|{_NOT_KNOWN}|未|无))",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"(?<![\d.])100(?:\.0+)?\s*(?:%|percent|per cent|pct)|百分之(?:百|一百)|百分百", re.IGNORECASE)


@check("metric-missing")
def metric_missing(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is there a number for the model and one for the business, each with a target (scope.step4.ml-metric,
    scope.step4.business-metric)? {words}: the labels of what is still open; step 1 or a fast trial may help
    (scope.step4.unclear, scope.step4.poc)."""
    keys = ("ml", "ml_values", "business", "business_values")
    refs = [f"{seen.step.key}.{key}" for key in keys]
    return tuple(label_of(seen.worksheet, r, seen.sheet.lang) for r in refs if not text_at(seen.sheet, r)) or None


@check("both-ml")
def both_ml(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is the second number one of a model as well (scope.step4.not-only-accuracy)? {words}: both of them."""
    ml, business = (text_at(seen.sheet, f"{seen.step.key}.{key}") for key in ("ml", "business"))
    alike = words("of_a_model").search(business) and not words("of_business").search(business)
    return quoted(tuple(filter(None, (ml, business)))) if alike else None


@check("no-today")
def no_today(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Has a target today's value beside it (scope.step4)? It has with two numbers in it, with something before an arrow
    or a word like one, and with a word such as "today" before something known. {words}: the values that lack it."""
    found = (text_at(seen.sheet, f"{seen.step.key}.{key}_values") for key in ("ml", "business"))
    return quoted(tuple(text for text in found if text and _lacks_today(text)))


@check("hundred-percent")
def hundred_percent(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does a target allow no error at all (scope.step4)? {words}: it."""
    found = (text_at(seen.sheet, f"{seen.step.key}.{key}_values") for key in ("ml", "business"))
    return quoted(tuple(text for text in found if _WHOLE.search(_ends(text)[1])))


@check("past-date")
def past_date(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is the day over already, by the member's calendar? Today is not. {words}: the day."""
    try:
        day = date.fromisoformat(text_at(seen.sheet, f"{seen.step.key}.{on}"))
    except ValueError:
        return None
    return (speaker(seen.sheet.lang).day(day),) if day < seen.today else None


def _lacks_today(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    if len(_NUMBER.findall(plain)) > 1 or _NOW.search(plain):
        return False
    return _UNKNOWN.fullmatch(_ends(text)[0]) is not None


def _ends(text: str) -> tuple[str, str]:
    """Today and target: what stands before the last arrow and after it; without one it is a target alone.

    >>> _ends("31 % → 18 %"), _ends("18 %")
    (('31 %', '18 %'), ('', '18 %'))
    """
    *before, target = _ARROW.split(unicodedata.normalize("NFKC", text))
    return " ".join(before).strip(), target.strip()
