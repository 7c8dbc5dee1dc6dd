"""Text in several languages, and the rules every text of a pack must keep."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.read import Problems, Value

LANGUAGES = ("en", "zh-CN")
BANNED = {
    "en": re.compile(
        r"\b(should|must|don't forget|fail(?:ed|ure)?|missed|behind|streak|lazy|we noticed)\b", re.IGNORECASE
    ),
    "zh-CN": re.compile(r"应该|必须|别忘|又没|落后|断签|坚持住|失败"),
}
_MARKUP = re.compile(r"<[^>]+>|https?://|www\.|@\w+|\]\(")
_FOLDED = re.compile(r"[\u4e00-\u9fff，。；：！？] +[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Localised:
    """One text in English and Simplified Chinese."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """The text for "en" or "zh-CN"; English for any other."""
        return self.zh if lang == "zh-CN" else self.en


def localised(entry: Value, key: str, most: int, problems: Problems, *, least: int = 1) -> Localised:
    """Reads and checks one localised text; problems are noted, and the read goes on."""
    value = entry.get(key)
    texts = {lang: value.get(lang).text.strip() for lang in LANGUAGES}
    if not value.map:
        problems.add(value, f"{key} is missing or not a map: give it `en` and `zh-CN`")
        return Localised("", "")
    for lang, text in texts.items():
        low = least if lang == "en" else min(least, 40)
        at = value.get(lang)
        if not low <= len(text) <= most:
            problems.add(at, f"{key}.{lang} has {len(text)} characters, allowed {low} to {most}")
        if (hit := BANNED[lang].search(text)) is not None:
            problems.add(at, f"{key}.{lang} says {hit.group()!r}, which shames or orders: say it as an offer")
        if (hit := _MARKUP.search(text)) is not None:
            problems.add(
                at, f"{key}.{lang} holds {hit.group()!r}: packs are plain text without links, HTML or mentions"
            )
    if (hit := _FOLDED.search(texts["zh-CN"])) is not None:
        problems.add(
            value.get("zh-CN"), f"{key}.zh-CN has a space inside Chinese ({hit.group()!r}): put it on one line"
        )
    return Localised(texts["en"], texts["zh-CN"])
