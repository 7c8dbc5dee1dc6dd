"""What members type: commands, times, pauses, cities."""

from __future__ import annotations

from datetime import date, time

import pytest

from chat.errors import Tellable
from commands._parse import resolve
from commands._read import find_zones, read_days, read_pause, read_time, read_when
from commands._registry import load
from content.say import speaker

REGISTRY, SAY = load(), speaker("en")


@pytest.mark.parametrize(
    ("name", "text", "options", "command", "values"),
    [
        ("nudge", "pause 3d", {}, "nudge pause", {"length": "3d"}),
        ("nudge", "  PAUSE   2 weeks ", {}, "nudge pause", {"length": "2 weeks"}),
        ("nudge pause", "", {"length": "1w"}, "nudge pause", {"length": "1w"}),
        ("nudge", "暂停 三天", {}, "nudge pause", {"length": "三天"}),
        ("nudge", "", {}, "nudge show", {}),
        ("nudge", "on", {}, "nudge on", {}),
        ("nudge", "time 7:15 mon wed", {}, "nudge time", {"at": "7:15", "days": "mon wed"}),
        ("nudge", "时间 7:15 工作日", {}, "nudge time", {"at": "7:15", "days": "工作日"}),
        ("nudge time", "", {"at": "7:15", "days": "weekdays"}, "nudge time", {"at": "7:15", "days": "weekdays"}),
        ("nudge", "时区 成都", {}, "nudge zone", {"city": "成都"}),
        ("nudge", "reflect fri 17:00", {}, "nudge reflect", {"day": "fri", "at": "17:00"}),
        ("nudge", "为什么", {}, "nudge why", {}),
        ("role", "machine learning engineer", {}, "role", {"name": "machine learning engineer"}),
        ("role", "name:mle", {}, "role", {"name": "mle"}),
        ("role", "name:data scientist", {}, "role", {"name": "data scientist"}),
        ("role", "", {}, "role", {}),
        ("role", "https://x.example/a:b", {}, "role", {"name": "https://x.example/a:b"}),
    ],
)
def test_typed_words_become_a_command(
    name: str, text: str, options: dict[str, str], command: str, values: dict[str, str]
) -> None:
    found, given = resolve(REGISTRY, SAY, name, text, options)
    assert (found.name, given) == (command, values)


@pytest.mark.parametrize(("name", "text", "told"), [("nudge", "dance *x*", "`/nudge pause`"), ("fly", "", "/help")])
def test_what_nobody_knows_is_told_with_what_is_possible(name: str, text: str, told: str) -> None:
    with pytest.raises(Tellable) as error:
        resolve(REGISTRY, SAY, name, text, {})
    assert told in str(error.value)
    assert "*x*" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("8", time(8)),
        ("08:30", time(8, 30)),
        ("8.30", time(8, 30)),
        ("8h30", time(8, 30)),
        ("8:30 pm", time(20, 30)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("20点30分", time(20, 30)),
        ("晚上9点", time(21)),
        ("早上8:05", time(8, 5)),
        ("８：３０", time(8, 30)),
        ("24:00", None),
        ("8:75", None),
        ("soon", None),
        ("", None),
        ("-8", None),
        ("8" * 300, None),
    ],
)
def test_times(text: str, at: time | None) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("3d", date(2026, 11, 23)),
        ("1w", date(2026, 11, 27)),
        ("2 weeks", date(2026, 12, 4)),
        ("两周", date(2026, 12, 4)),
        ("三天", date(2026, 11, 23)),
        ("until 2026-12-24", date(2026, 12, 24)),
        ("2026-11-20", None),
        ("2020-01-01", None),
        ("0d", None),
        ("999d", None),
        ("forever", None),
        ("", None),
        ("2026-02-30", None),
    ],
)
def test_pauses(text: str, until: date | None) -> None:
    assert read_pause(text, date(2026, 11, 20)) == until


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("london", "Europe/London"),
        ("Europe/London", "Europe/London"),
        ("sao paulo", "America/Sao_Paulo"),
        ("北京", "Asia/Shanghai"),
        ("San Francisco", "America/Los_Angeles"),
        ("new york", "America/New_York"),
        ("bengaluru", "Asia/Kolkata"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_cities(words: str, zone: str) -> None:
    assert find_zones(words)[0] == zone


@pytest.mark.parametrize("words", ["", "🌱", "../../etc/passwd", "x" * 5_000, "qqqqqq"])
def test_no_city(words: str) -> None:
    assert find_zones(words) == ()


WEEK, ALL = frozenset(range(5)), frozenset(range(7))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekdays", WEEK),
        ("Mon-Fri", WEEK),
        ("monday to friday", WEEK),
        ("周一到周五", WEEK),
        ("工作日", WEEK),
        ("every day", ALL),
        ("每天", ALL),
        ("weekend", frozenset({5, 6})),
        ("周末", frozenset({5, 6})),
        ("mon wed", frozenset({0, 2})),
        ("Tuesdays, thurs & sun", frozenset({1, 3, 6})),
        ("周一三五", frozenset({0, 2, 4})),
        ("星期二和星期天", frozenset({1, 6})),
        ("fri to mon", frozenset({4, 5, 6, 0})),
        ("weekdays and sat", WEEK | {5}),
        ("someday", None),
        ("mon blursday", None),
        ("monkey", None),
        ("", None),
        ("🌱", None),
    ],
)
def test_weekdays_are_read_in_both_languages(text: str, days: frozenset[int] | None) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("7:15", (time(7, 15), None)),
        ("7:15 weekdays", (time(7, 15), WEEK)),
        ("weekdays at 8.30 pm", (time(20, 30), WEEK)),
        ("mon wed", (None, frozenset({0, 2}))),
        ("工作日晚上8点半", (time(20, 30), WEEK)),
        ("周一三 7：15", (time(7, 15), frozenset({0, 2}))),
        ("25:00", None),
        ("7:155", None),
        ("7:15 8:15", None),
        ("9:00 sometimes", None),
        ("", None),
        ("7" * 10_000, None),
    ],
)
def test_an_hour_and_days_are_read_in_any_order_or_not_at_all(text: str, when: object) -> None:
    assert read_when(text) == when
