"""Reads a time of day as people type it, English and Chinese. Pure; None means "not understood", never a guess."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

_DIGITS = "零一二三四五六七八九"
_DIGIT = _DIGITS[1:]
_HAN_HOUR = rf"二十[一二三四]?|十[{_DIGIT}]?|[零两{_DIGIT}]"
_HAN_MINUTE = rf"[二三四五]?十[{_DIGIT}]?分?|零[{_DIGIT}]分?|[{_DIGIT}]分"

_FORENOON = frozenset(range(1, 12))
_EVENING = frozenset({*range(17, 24), *range(4)})
_NIGHT = frozenset({*range(20, 24), *range(6)})
_PARTS: dict[str, frozenset[int]] = {
    "am": frozenset(range(12)), "a.m.": frozenset(range(12)), "pm": frozenset(range(12, 24)),
    "p.m.": frozenset(range(12, 24)), "凌晨": frozenset(range(7)), "清晨": frozenset(range(4, 10)),
    "清早": frozenset(range(4, 10)), "早上": _FORENOON, "早晨": _FORENOON, "早": _FORENOON, "上午": _FORENOON,
    "中午": frozenset(range(11, 15)), "正午": frozenset({12}), "下午": frozenset(range(12, 20)),
    "午后": frozenset(range(12, 20)), "傍晚": frozenset(range(16, 21)), "晚上": _EVENING, "夜晚": _EVENING,
    "晚间": _EVENING, "晚": _EVENING, "夜里": _NIGHT, "夜间": _NIGHT, "深夜": _NIGHT,
    "半夜": _NIGHT - {20, 21}, "午夜": frozenset({23, 0, 1, 2}),
}  # fmt: skip
"""The hours of the day each word can mean. 晚上1点 is an hour after midnight; 上午12点 could be either twelve."""
_ALONE = {"noon": time(12), "midnight": time(0), "正午": time(12), "午夜": time(0)}

_BEFORE = "|".join(re.escape(word) for word in sorted(_PARTS, key=len, reverse=True))
TIME = re.compile(
    rf"(?P<before>{_BEFORE})?\s*"
    rf"(?:(?P<hour>\d{{1,2}})(?:\s*(?:[:.h]|[点时])\s*(?P<minute>[一三13]刻|\d{{1,2}}|半|{_HAN_MINUTE}|[整钟])?\s*分?)?"
    rf"|(?<![周期拜至到])(?P<han>{_HAN_HOUR})\s*[点时]\s*(?P<rest>[一三13]刻|\d{{1,2}}|半|{_HAN_MINUTE}|[整钟])?\s*分?)"
    r"\s*(?P<after>am|pm|a\.m\.|p\.m\.)?"
    rf"|(?P<alone>{'|'.join(_ALONE)})"
)
_OLD_FORMS = str.maketrans("週禮點時淩後裡裏兩鐘〇", "周礼点时凌后里里两钟零")


def fold_words(text: str) -> str:
    """Full-width signs narrow, no capitals, simplified where a day or an hour is spelt."""
    return unicodedata.normalize("NFKC", text).casefold().strip().translate(_OLD_FORMS)


def read_time(text: str) -> time | None:
    """A local time of day. A word for a part of the day decides between two readings of an hour; where it fits neither
    or both, nothing is read.

    >>> [read_time(t) for t in ("8:30", "8.30 pm", "晚上12点", "中午1点", "上午12点", "25:00")]
    [datetime.time(8, 30), datetime.time(20, 30), datetime.time(0, 0), datetime.time(13, 0), None, None]
    """
    match = TIME.fullmatch(fold_words(text)[:40])
    if match is None:
        return None
    if match["alone"]:
        return _ALONE[match["alone"]]
    hour = _han(match["han"]) if match["han"] else int(match["hour"])
    minute = _minute(match["rest"] or match["minute"] or "")
    spoken = {hour} if hour == 0 or hour > 12 else {hour, (hour + 12) % 24}
    parts = [_PARTS[word] for word in (match["before"], match["after"]) if word]
    found = spoken.intersection(*parts) if parts else {hour}
    return time(min(found), minute) if len(found) == 1 and max(found) < 24 and minute < 60 else None


def _minute(words: str) -> int:
    words = words.removesuffix("分")
    if words in {"", "整", "钟"}:
        return 0
    if words == "半":
        return 30
    if words.endswith("刻"):
        return 15 if words[0] in "一1" else 45
    return int(words) if words.isdecimal() else _han(words)


def _han(words: str) -> int:
    """A number below a hundred.

    >>> [_han(w) for w in ("零", "两", "十", "十二", "二十三", "零五")]
    [0, 2, 10, 12, 23, 5]
    """
    tens, ten, ones = words.replace("两", "二").rpartition("十")
    count = (_DIGITS.index(tens) if tens else 1) if ten else 0
    return 10 * count + (_DIGITS.index(ones[-1]) if ones else 0)
