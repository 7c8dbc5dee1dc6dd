"""The interface's own sentences: English in the code, other languages in gettext catalogues read by Babel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

_LOCALES = Path(__file__).parent / "locales"
_FILES = {"zh-CN": "zh_CN"}


class Say:
    """`say("Hello {name}", name=…)`: the sentence in this language, its placeholders filled.

    Values go in as they are: a member's words are escaped by the caller. A sentence without a translation stays
    English; a test keeps that from happening.
    """

    def __init__(self, lang: str, catalog: Catalog | None) -> None:
        self.lang, self._catalog = lang, catalog
        self._locale = Locale.parse("zh_Hans_CN" if lang == "zh-CN" else "en_GB")

    def __call__(self, message: str, **values: object) -> str:
        return self.look_up(message).format_map(values)

    def look_up(self, message: str) -> str:
        """The translation with its placeholders unfilled: for sentences that come from a table."""
        found = self._catalog.get(message) if self._catalog else None
        return found.string if found is not None and isinstance(found.string, str) and found.string else message

    def plural(self, one: str, many: str, n: int) -> str:
        """One of two English forms by number, `{n}` filled; the translation is looked up under the plural form."""
        if self._catalog is None:
            return (one if n == 1 else many).format(n=n)
        return self.look_up(many).format(n=n)

    def date(self, day: date) -> str:
        """ "4 May" or "5月4日", with the weekday."""
        return format_date(day, "M月d日 EEEE" if self.lang == "zh-CN" else "EEEE, d MMMM", locale=self._locale)

    def day(self, day: date) -> str:
        """ "4 May 2026" or "2026年5月4日": for what is read much later."""
        return format_date(day, "y年M月d日" if self.lang == "zh-CN" else "d MMMM y", locale=self._locale)

    def time(self, at: time) -> str:
        """ "08:30" in both languages."""
        return format_time(at, "HH:mm", locale=self._locale)

    def language(self, lang: str) -> str:
        """The name of a language in this one: "Chinese", "中文"."""
        return str(self._locale.languages[lang.partition("-")[0]])

    def number(self, value: int) -> str:
        """ "27,649" """
        return format_decimal(value, locale=self._locale)

    def join(self, items: Iterable[str]) -> str:
        """A list in one line: "a, b" or "a、b"."""
        return ("、" if self.lang == "zh-CN" else ", ").join(items)

    def weekday(self, day: int) -> str:
        """Monday is 0."""
        return str(self._locale.days["stand-alone"]["wide"][day])

    def weekdays(self, days: frozenset[int]) -> str:
        """ "every day", or the short names in order."""
        if len(days) == 7:
            return self("every day")
        short = self._locale.days["stand-alone"]["abbreviated"]
        return self.join(str(short[day]) for day in sorted(days))


@cache
def speaker(lang: str) -> Say:
    """The sentences of "en" or "zh-CN"; anything else is English."""
    if (name := _FILES.get(lang)) is None:
        return Say("en", None)
    with (_LOCALES / f"{name}.po").open("rb") as file:
        return Say(lang, read_po(file, locale=name))


def pick_language(setting: str, locale: str | None) -> str:
    """A member's language: their own setting, else by the platform's locale; any Chinese reads Simplified Chinese
    until there is a Traditional catalogue.

    >>> pick_language("auto", "zh-TW"), pick_language("auto", "de"), pick_language("en", "zh-CN")
    ('zh-CN', 'en', 'en')
    """
    if setting in {"en", "zh-CN"}:
        return setting
    return "zh-CN" if (locale or "").casefold().startswith("zh") else "en"
