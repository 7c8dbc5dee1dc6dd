"""Reads what members type: times, lengths of a pause, zones. Pure; None means "not understood", never a guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from rapidfuzz import fuzz, process, utils

from chat.moment import EVERY_DAY, zones

_TIME = re.compile(
    r"(?P<before>am|pm|上午|早上|清晨|中午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*(?:[:.h点時时]\s*(?P<minute>\d{1,2}|半)?\s*分?)?"
    r"\s*(?P<after>am|pm|a\.m\.|p\.m\.)?"
)
_AFTERNOON = {"pm", "p.m.", "下午", "晚上"}
_MORNING = {"am", "a.m.", "上午", "早上", "清晨"}
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
    r"week ?ends?|周末": frozenset({5, 6}),
    r"every ?day|daily|all days|all week|每天|天天": EVERY_DAY,
}
_TO = r"\s*(?:-|–|to|through|到|至)\s*"


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def read_time(text: str) -> time | None:
    """A local time of day.

    >>> [read_time(t) for t in ("8:30", "8.30 pm", "下午3点", "25:00")]
    [datetime.time(8, 30), datetime.time(20, 30), datetime.time(15, 0), None]
    """
    match = _TIME.fullmatch(_fold(text)[:40])
    if match is None:
        return None
    hour, minute = int(match["hour"]), 30 if match["minute"] == "半" else int(match["minute"] or 0)
    half = match["before"] or match["after"]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_days(text: str) -> frozenset[int] | None:
    """Weekdays, Monday is 0: "weekdays", "mon wed", "mon-fri", "工作日", "周一三五".

    >>> [sorted(read_days(t) or ()) for t in ("mon, wed", "fri to sun", "周一三五", "someday")]
    [[0, 2], [4, 5, 6], [0, 2, 4], []]
    """
    if len(text) > _LONGEST:
        return None
    rest = re.sub(r"[,、，;/&+]|\band\b|\bon\b|和|以及", " ", _fold(text))
    rest = re.sub(r"(?:周|星期|礼拜)([一二三四五六日天]{2,7})", lambda m: " ".join(f"周{day}" for day in m[1]), rest)
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
    folded = _fold(text)
    if len(folded) > _LONGEST:
        return None
    match = _TIME.search(folded)
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
    folded = _fold(text)[:40].removeprefix("until ").removeprefix("到").strip()
    if match := _LENGTH.fullmatch(folded):
        count = _HAN_DIGITS.get(match["count"]) or int(match["count"])
        until = today + timedelta(days=count * (7 if match["unit"][0] in "w周星个" else 1))
    else:
        try:
            until = date.fromisoformat(folded)
        except ValueError:
            return None
    return until if today < until <= today + LONGEST_PAUSE else None


def find_zones(words: str, limit: int = 8) -> tuple[str, ...]:
    """Zone names for a city or an IANA name, best first; empty when nothing is near.

    >>> find_zones("sao paulo")[0]
    'America/Sao_Paulo'
    """
    asked = words.strip()[:60]
    exact = next((zone for zone in zones() if zone.casefold() == asked.replace(" ", "_").casefold()), None)
    if exact is not None:
        return (exact,)
    if (known := _CITIES.get(_fold(asked))) is not None:
        return (known,)
    cities = {
        zone: zone.rpartition("/")[2].replace("_", " ") for zone in sorted(zones()) if not zone.startswith("Etc/")
    }
    hits = process.extract(
        asked, cities, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=85, limit=limit
    )
    return tuple(zone for _city, _score, zone in hits)


# Large cities that are no zone of their own, and Chinese names: what members of such communities type.
_CITIES = {
    "beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "上海": "Asia/Shanghai", "深圳": "Asia/Shanghai",
    "shenzhen": "Asia/Shanghai", "广州": "Asia/Shanghai", "guangzhou": "Asia/Shanghai", "杭州": "Asia/Shanghai",
    "成都": "Asia/Shanghai", "香港": "Asia/Hong_Kong", "台北": "Asia/Taipei", "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo", "伦敦": "Europe/London", "纽约": "America/New_York", "洛杉矶": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "boston": "America/New_York",
    "washington": "America/New_York", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata",
    "bengaluru": "Asia/Kolkata", "hyderabad": "Asia/Kolkata", "munich": "Europe/Berlin", "hamburg": "Europe/Berlin",
    "barcelona": "Europe/Madrid", "milan": "Europe/Rome", "geneva": "Europe/Zurich", "abuja": "Africa/Lagos",
    "rio de janeiro": "America/Sao_Paulo", "montreal": "America/Toronto", "hanoi": "Asia/Ho_Chi_Minh",
}  # fmt: skip
