"""Text in several languages, and the rules every text of a pack must keep."""

from __future__ import annotations

from dataclasses import dataclass

from content.read import Data, Problems, Value
from content.words import broken_by_a_space, complaints

LANGUAGES = ("en", "zh-CN")


@dataclass(frozen=True, slots=True)
class Localised:
    """One text in English and Simplified Chinese; "" where a pack does not have it in that language."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """The text for "en" or "zh-CN", English for any other language; the other one where it is missing."""
        return (self.zh or self.en) if lang == "zh-CN" else (self.en or self.zh)

    def has(self, lang: str) -> bool:
        """Whether it exists in this very language."""
        return bool(self.zh if lang == "zh-CN" else self.en)


class Texts:
    """Reads the texts of one entry, all in the same languages: those the pack asks for, and any other of LANGUAGES in
    which the entry's first text (`like`) exists. Problems are noted, and the read goes on."""

    __slots__ = ("_entry", "_languages", "_problems", "_usual")

    def __init__(self, entry: Value, like: str, required: tuple[str, ...], problems: Problems) -> None:
        first = entry.get(like)
        self._languages = (
            required if len(required) == 2 else tuple(n for n in LANGUAGES if n in required or first.string(n))
        )
        self._entry, self._problems = entry, problems
        self._usual = len(self._languages) == len(LANGUAGES) and not entry.file.thorough

    def __call__(self, key: str, most: int, least: int = 1) -> Localised:
        """A text of the entry: `least` to `most` characters (Chinese may have half as few)."""
        return self._read(self._entry.map.get(key), key, most, least)

    def maybe(self, key: str, most: int) -> Localised | None:
        """A text that may be absent."""
        return self(key, most) if key in self._entry.map else None

    def inline(self, value: Value, name: str, most: int, least: int = 1) -> Localised:
        """A map whose languages may stand beside other keys."""
        return self._read(value.data if not value.file.thorough else value, name, most, least)

    def _read(self, data: Data, name: str, most: int, least: int) -> Localised:
        """The short way for a text in both languages that nothing can be said against; the long way for all others."""
        if self._usual and type(data) is dict:
            en, zh = data.get("en"), data.get("zh-CN")
            if type(en) is str and type(zh) is str:
                en, zh = en.strip(), zh.strip()
                fits = least <= len(en) <= most and min(40, least) <= len(zh) <= most
                if fits and not (" " in zh and broken_by_a_space(zh)):
                    return Localised(en, zh)
        return self._explain(self._entry.wrap(data), name, most, least)

    def _explain(self, value: Value, name: str, most: int, least: int) -> Localised:
        if type(value.data) is not dict:
            self._problems.add(value, f"{name} is missing or not a map: give it {' and '.join(self._languages)}")
            return Localised("", "")
        en, zh = value.string("en").strip(), value.string("zh-CN").strip()
        self._check("en", en, value, name, most, least)
        self._check("zh-CN", zh, value, name, most, min(least, 40))
        if zh and (hit := broken_by_a_space(zh)):
            at = value.get("zh-CN")
            self._problems.add(at, f"{name}.zh-CN has a space inside Chinese ({hit!r}): put it on one line")
        return Localised(en, zh)

    def _check(self, lang: str, text: str, value: Value, name: str, most: int, least: int) -> None:
        at = value.get(lang)
        if lang not in self._languages:
            if text:
                self._problems.add(at, f"{name}.{lang} stands alone: give the whole entry in {lang}, or none of it")
            return
        if not least <= len(text) <= most:
            self._problems.add(at, f"{name}.{lang} has {len(text)} characters, allowed {least} to {most}")
        for complaint in complaints(text, lang):
            self._problems.add(at, f"{name}.{lang} {complaint}")
