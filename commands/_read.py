"""Reads what members type: days, moments, lengths of a pause. Pure; None is "not understood", never a guess."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from chat.moment import EVERY_DAY
from commands._times import TIME, fold_words, read_time

_LENGTH = re.compile(r"(?P<count>\d{1,3}|一|两|二|三|四)\s*(?P<unit>d|days?|天|日|w|weeks?|周|星期|个星期)")
_HAN_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
_LONGEST = 120  # characters of a week in words; longer texts are something else
LONGEST_PAUSE = timedelta(days=366)
OPEN_PAUSE = frozenset({"open", "until", "until i say", "直到我说", "等我说"})
_DAY_NAMES = (
    r"mon(?:days?)?|(?:周|星期|礼拜)一",
    r"tue(?:s(?:days?)?)?|(?:周|星期|礼拜)二",
    r"wed(?:nesdays?)?|(?:周|星期|礼拜)三",
    r"thu(?:r(?:s(?:days?)?)?)?|(?:周|星期|礼拜)四",
    r"fri(?:days?)?|(?:周|星期|礼拜)五",
    r"sat(?:urdays?)?|(?:周|星期|礼拜)六",
    r"sun(?:days?)?|(?:周|星期|礼拜)[日天]",
)
_SOME_DAYS = {
    r"week ?days?|work ?days?|工作日|平日": frozenset(range(5)),
    r"week ?ends?|周末|双休日": frozenset({5, 6}),
    r"every ?day|daily|all days|all week|每一?天|每日|天天": EVERY_DAY,
}
_TO = r"\s*(?:-|–|—|~|to|through|到|至)\s*"
_WEEK, _DAY = r"(?:周|星期|礼拜)", "[一二三四五六日天]"
_REST_OF_RANGE = re.compile(rf"({_WEEK}{_DAY}){_TO}(?={_DAY})")
_SEVERAL = re.compile(rf"{_WEEK}({_DAY}(?:\s*[、,和及与]?\s*{_DAY})+)")


def read_days(text: str) -> frozenset[int] | None:
    """Weekdays, Monday is 0: "weekdays", "mon wed", "mon-fri", "工作日", "周一三五".

    >>> [sorted(read_days(t) or ()) for t in ("mon, wed", "fri to sun", "周一三五", "someday")]
    [[0, 2], [4, 5, 6], [0, 2, 4], []]
    """
    if len(text) > _LONGEST:
        return None
    rest = re.sub(r"每个?(?=周|星期|礼拜)", "", fold_words(text))
    rest = _REST_OF_RANGE.sub(r"\1到周", rest)
    rest = _SEVERAL.sub(lambda m: " ".join(f"周{day}" for day in re.findall(_DAY, m[1])), rest)
    rest = re.sub(r"[,、;/&+]|\band\b|\bon\b|以及|[和及与从]", " ", rest)
    found: set[int] = set()
    for names, days in _SOME_DAYS.items():
        rest, count = re.subn(rf"(?<![a-z])(?:{names})(?![a-z])", " ", rest)
        found |= days if count else frozenset()
    pattern = "|".join(f"(?:{names})" for names in _DAY_NAMES)
    for match in re.finditer(rf"(?<![a-z])({pattern})(?:{_TO}({pattern}))?(?![a-z])", rest):
        first, last = _day(match[1]), _day(match[2] or match[1])
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    rest = re.sub(rf"(?<![a-z])({pattern})(?:{_TO}({pattern}))?(?![a-z])", " ", rest)
    return frozenset(found) if found and not rest.strip() else None


def _day(name: str) -> int:
    return next(day for day, names in enumerate(_DAY_NAMES) if re.fullmatch(names, name))


def read_when(text: str) -> tuple[time | None, frozenset[int] | None] | None:
    """A time, weekdays, or both in any order; None where something is not understood.

    >>> read_when("weekdays 7.15 pm") == (time(19, 15), frozenset(range(5)))
    True
    >>> read_when("25:00"), read_when("周末") == (None, frozenset({5, 6}))
    (None, True)
    """
    folded = re.sub(r"每(?=[早晚])", "每天", fold_words(text))
    if len(folded) > _LONGEST:
        return None
    match = TIME.search(folded)
    if match is None:
        days = read_days(folded)
        return None if days is None else (None, days)
    at = read_time(match[0].strip())
    rest = f"{folded[: match.start()]} {folded[match.end() :]}".strip()
    rest = re.sub(r"\bat$|^\bat\b|的$", "", rest).strip()
    days = read_days(rest) if rest else None
    return None if at is None or (rest and days is None) else (at, days)


def read_pause(text: str, today: date) -> date | None:
    """The first day after a pause: "3d", "1w", "2 weeks", "三天" or a coming date such as 2026-12-24.

    >>> read_pause("1w", date(2026, 11, 21))
    datetime.date(2026, 11, 28)
    """
    folded = fold_words(text)[:40].removeprefix("until ").removeprefix("到").strip()
    if match := _LENGTH.fullmatch(folded):
        count = _HAN_DIGITS.get(match["count"]) or int(match["count"])
        until = today + timedelta(days=count * (7 if match["unit"][0] in "w周星个" else 1))
    else:
        try:
            until = date.fromisoformat(folded)
        except ValueError:
            return None
    return until if today < until <= today + LONGEST_PAUSE else None
