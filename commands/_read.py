"""Reads what members type: times, lengths of a pause, zones. Pure; None means "not understood", never a guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from rapidfuzz import fuzz, process, utils

from chat.moment import zones

_TIME = re.compile(
    r"(?P<before>am|pm|上午|早上|清晨|中午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*(?:[:.h点時时]\s*(?P<minute>\d{1,2})?\s*分?)?"
    r"\s*(?P<after>am|pm|a\.m\.|p\.m\.)?"
)
_AFTERNOON = {"pm", "p.m.", "下午", "晚上"}
_MORNING = {"am", "a.m.", "上午", "早上", "清晨"}
_LENGTH = re.compile(r"(?P<count>\d{1,3}|一|两|二|三|四)\s*(?P<unit>d|days?|天|日|w|weeks?|周|星期|个星期)")
_HAN_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}
LONGEST_PAUSE = timedelta(days=366)


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
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = match["before"] or match["after"]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


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
