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
_PARTS_OF_DAY = {
    r"\bmornings?\b|早上|上午": "8:00-12:00",
    r"\bafternoons?\b|下午": "12:00-18:00",
    r"\bevenings?\b|晚上|晚间": "18:00-22:00",
}
_BETWEEN = re.compile(r"^[\s,;、，；:：/&+]+|[\s,;、，；:：/&+]+$|\b(?:from|at|between)\b|从|的$")


def read_hours(text: str) -> Hours | None:
    """(weekday, from minute, to minute) each, Monday is 0, sorted, those that touch joined; what passes midnight goes
    on the next day. Days not named are every day, or those named before; those named next, where days stand behind the
    times.

    >>> read_hours("Sat 10-12:30, 22:00-1:00")[:2]
    ((5, 600, 750), (5, 1320, 1440))
    >>> read_hours("周一三 晚上7点到9点")
    ((0, 1140, 1260), (2, 1140, 1260))
    >>> read_hours("whenever")
    """
    folded = fold_words(text)
    if len(folded) > LONGEST:
        return None
    folded = "".join(_parts_of_day(piece) for piece in re.split("([,;、])", folded))
    ranges = list(_RANGE.finditer(folded))
    ends = [0, *(match.end() for match in ranges)]
    starts = [*(match.start() for match in ranges), len(folded)]
    words = [_words(folded[end:start]) for end, start in zip(ends, starts, strict=True)]
    behind = not words[0] and bool(words[-1])  # "7-9pm tue thu": each time's days stand after it
    if not ranges or (words[-1] and not behind):
        return None
    named = list(zip(ranges, words[1:] if behind else words[:-1], strict=True))
    found: set[tuple[int, int, int]] = set()
    days = EVERY_DAY
    for match, said in reversed(named) if behind else named:
        read, span = read_days(said) if said else days, _span(match)
        if read is None or span is None:
            return None
        days = read
        for day in days:
            found |= _spread(day, *span)
    return _joined(found)


def _parts_of_day(piece: str) -> str:
    """Evenings without a clock, as a range; where there is a number the words belong to it."""
    if re.search(r"[\d点]", piece):
        return piece
    for words, span in _PARTS_OF_DAY.items():
        piece = re.sub(rf"(?:\bin the )?(?:{words})", f" {span} ", piece)
    return piece


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
    plain = not (before or then or early or late)
    if plain and end < begin <= 12 * 60:  # 9-5 is a day's work, 22-2 a night
        end += 12 * 60
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
