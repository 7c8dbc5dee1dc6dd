"""Reads weekly hours as people type them, English and Chinese. Pure; None is "not understood", never a guess."""

from __future__ import annotations

import re

from chat.moment import EVERY_DAY
from commands._read import read_days
from commands._times import fold_words, read_time

Hours = tuple[tuple[int, int, int], ...]
DAY = 1_440
LONGEST = 200
_PART = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|深夜"
_CLOCK = r"(?:\d{1,2}(?:\s*[:.]\s*\d{2}|\s*[点时](?:\s*(?:半|\d{1,2}\s*分?))?)?|noon|midnight)"
_RANGE = re.compile(
    rf"(?P<before>{_PART})?\s*(?P<begin>{_CLOCK})\s*(?P<early>am|pm|a\.m\.|p\.m\.)?"
    rf"\s*(?:-|–|—|~|to|till?|until|至|到)\s*"
    rf"(?P<then>{_PART})?\s*(?P<end>{_CLOCK})\s*(?P<late>am|pm|a\.m\.|p\.m\.)?"
)
_BETWEEN = re.compile(r"^[\s,;、，；:：/&+]+|[\s,;、，；:：/&+]+$|\b(?:from|at|between)\b|从|的$")


def read_hours(text: str) -> Hours | None:
    """(weekday, from minute, to minute) each, Monday is 0, sorted, those that touch joined; what passes midnight goes
    on the next day. Days not named are every day, or those named before.

    >>> read_hours("Sat 10-12:30, 22:00-1:00")[:2]
    ((5, 600, 750), (5, 1320, 1440))
    >>> read_hours("周一三 晚上7点到9点")
    ((0, 1140, 1260), (2, 1140, 1260))
    >>> read_hours("whenever")
    """
    folded = fold_words(text)
    if len(folded) > LONGEST:
        return None
    found: set[tuple[int, int, int]] = set()
    days, at = EVERY_DAY, 0
    for match in _RANGE.finditer(folded):
        named = _words(folded[at : match.start()])
        at = match.end()
        read = read_days(named) if named else days
        span = _span(match)
        if read is None or span is None:
            return None
        days = read
        for day in days:
            found |= _spread(day, *span)
    if not found or _words(folded[at:]):
        return None
    return _joined(found)


def _words(text: str) -> str:
    before = ""
    while before != text:
        before, text = text, _BETWEEN.sub("", text.strip())
    return text


def _span(match: re.Match[str]) -> tuple[int, int] | None:
    """Minutes; one word for a part of the day serves both ends where that makes sense."""
    before, then = match["before"] or "", match["then"] or match["before"] or ""
    early, late = match["early"] or "", match["late"] or match["early"] or ""
    end = _minute(then, match["end"], late)
    if end is None and not match["then"]:
        end = _minute("", match["end"], match["late"] or "")
    begin = _minute(before, match["begin"], early or ("" if before else late))
    if early == "" and late and not before and end is not None and (begin is None or begin >= (end or DAY)):
        begin = _minute("", match["begin"], "")
    if begin is None or end is None or begin == end:
        return None
    return begin, (end or DAY)


def _minute(part: str, clock: str, suffix: str) -> int | None:
    if re.fullmatch(r"24(?:\s*[:.]\s*00|\s*[点时])?", clock):
        return DAY
    at = read_time(f"{part}{clock}{suffix}")
    return None if at is None else at.hour * 60 + at.minute


def _spread(day: int, begin: int, end: int) -> set[tuple[int, int, int]]:
    if begin < end:
        return {(day, begin, end)}
    return {(day, begin, DAY), ((day + 1) % 7, 0, end)}


def _joined(found: set[tuple[int, int, int]]) -> Hours:
    made: list[tuple[int, int, int]] = []
    for day, begin, end in sorted(found):
        if made and made[-1][0] == day and begin <= made[-1][2]:
            made[-1] = (day, made[-1][1], max(end, made[-1][2]))
        else:
            made.append((day, begin, end))
    return tuple(made)
