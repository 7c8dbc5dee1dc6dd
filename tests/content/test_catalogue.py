"""Every sentence members read exists in Chinese, none is left over, and placeholders agree."""

from __future__ import annotations

import string
from datetime import date, time

import pytest

from content.say import Say, pick_language, speaker
from tests.kit.sentences import sentences

FROM_SAY_ITSELF = {"every day"}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _chinese() -> dict[str, str]:
    from babel.messages.pofile import read_po

    from content.say import _LOCALES  # pyright: ignore[reportPrivateUsage]

    with (_LOCALES / "zh_CN.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="zh_CN") if message.id}


def test_no_sentence_is_built_at_run_time() -> None:
    assert [(file, line) for file, line, message in sentences() if message is None] == []


def test_every_sentence_has_its_chinese_and_none_is_left_over() -> None:
    used = {message for _, _, message in sentences() if message} | FROM_SAY_ITSELF
    known = _chinese()
    assert used - set(known) == set(), "add these to content/locales/zh_CN.po"
    assert set(known) - used == set(), "nobody says these any more: remove them"
    assert [message for message, translated in known.items() if not translated] == []


def test_placeholders_agree() -> None:
    for message, translated in _chinese().items():
        assert _placeholders(message) == _placeholders(translated), message


def test_dates_times_and_days_are_said_by_locale() -> None:
    english, chinese = speaker("en"), speaker("zh-CN")
    assert (english.date(date(2026, 5, 4)), chinese.date(date(2026, 5, 4))) == ("Monday, 4 May", "5月4日 星期一")
    assert (english.time(time(8, 5)), chinese.time(time(20, 5))) == ("08:05", "20:05")
    assert (english.weekdays(frozenset({0, 2})), chinese.weekdays(frozenset(range(7)))) == ("Mon, Wed", "每天")
    assert (english.plural("{n} day", "{n} days", 1), english.plural("{n} day", "{n} days", 2)) == ("1 day", "2 days")


@pytest.mark.parametrize(
    ("setting", "locale", "lang"),
    [
        ("auto", "zh-CN", "zh-CN"),
        ("auto", "zh-TW", "zh-CN"),
        ("auto", "de", "en"),
        ("auto", None, "en"),
        ("zh-CN", "en", "zh-CN"),
    ],
)
def test_the_language_is_the_members(setting: str, locale: str | None, lang: str) -> None:
    assert pick_language(setting, locale) == lang


def test_a_forgotten_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(KeyError):
        Say("en", None)("Hello {name}")
