"""What members type: commands, times, pauses."""

from __future__ import annotations

from datetime import date, time

import pytest

from chat.errors import Tellable
from commands._parse import resolve
from commands._read import read_days, read_pause, read_time, read_when
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
        ("8:30 AM", time(8, 30)),
        ("13 pm", time(13)),
        ("13 am", None),
        ("0 pm", None),
        ("noon", time(12)),
        ("midnight", time(0)),
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


PARTS = {  # what 0 to 12 o'clock mean after each word; None is asked about
    "凌晨": (0, 1, 2, 3, 4, 5, 6, None, None, None, None, None, 0),
    "清晨": (None, None, None, None, 4, 5, 6, 7, 8, 9, None, None, None),
    "早上": (None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, None),
    "上午": (None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, None),
    "中午": (None, 13, 14, None, None, None, None, None, None, None, None, 11, 12),
    "下午": (None, 13, 14, 15, 16, 17, 18, 19, None, None, None, None, 12),
    "傍晚": (None, None, None, None, 16, 17, 18, 19, 20, None, None, None, None),
    "晚上": (0, 1, 2, 3, None, 17, 18, 19, 20, 21, 22, 23, 0),
    "夜里": (0, 1, 2, 3, 4, 5, None, None, 20, 21, 22, 23, 0),
    "半夜": (0, 1, 2, 3, 4, 5, None, None, None, None, 22, 23, 0),
    "午夜": (0, 1, 2, None, None, None, None, None, None, None, None, 23, 0),
}
ALSO = {"清早": "清晨", "早晨": "早上", "早": "早上", "午后": "下午", "晚": "晚上", "晚间": "晚上", "夜晚": "晚上",
        "深夜": "夜里", "夜间": "夜里", "淩晨": "凌晨"}  # fmt: skip
SPOKEN = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@pytest.mark.parametrize("part", [*PARTS, *ALSO])
def test_every_part_of_a_chinese_day_says_which_hour_is_meant(part: str) -> None:
    for hour, meant in enumerate(PARTS[ALSO.get(part, part)]):
        whole, half = (None, None) if meant is None else (time(meant), time(meant, 30))
        assert read_time(f"{part}{hour}点") == whole, f"{part}{hour}点"
        assert read_time(f"{part} {hour}:00") == whole
        assert read_time(f"{part}{SPOKEN[hour]}点半") == half, f"{part}{SPOKEN[hour]}点半"


@pytest.mark.parametrize("part", PARTS)
def test_an_hour_of_24_stands_when_it_lies_in_the_part_that_was_named(part: str) -> None:
    meant = {hour for hour in PARTS[part] if hour is not None}
    for hour in range(13, 26):
        assert read_time(f"{part}{hour}点") == (time(hour) if hour in meant else None), f"{part}{hour}点"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("八点", time(8)),
        ("十二点", time(12)),
        ("二十点三十分", time(20, 30)),
        ("二十三点五十九", time(23, 59)),
        ("晚八点一刻", time(20, 15)),
        ("下午3点3刻", time(15, 45)),
        ("早上九点零五分", time(9, 5)),
        ("九点五分", time(9, 5)),
        ("8点整", time(8)),
        ("八点钟", time(8)),
        ("晚上十二點半", time(0, 30)),
        ("正午", time(12)),
        ("午夜", time(0)),
        ("半夜", None),
        ("晚上", None),
        ("二十五点", None),
        ("二十四点", None),
        ("八点多", None),
        ("差五分八点", None),
        ("早上8点pm", None),
        ("8:٣٠", time(8, 30)),
    ],
)
def test_chinese_hours_and_minutes(text: str, at: time | None) -> None:
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
        ("周一至五", WEEK),
        ("周一到五", WEEK),
        ("周一～周五", WEEK),
        ("从星期一至星期五", WEEK),
        ("週一至週五", WEEK),
        ("每周一至五", WEEK),
        ("周一至三和周六", frozenset({0, 1, 2, 5})),
        ("周五到周一", frozenset({4, 5, 6, 0})),
        ("周一、三、五", frozenset({0, 2, 4})),
        ("每个周三", frozenset({2})),
        ("每周末", frozenset({5, 6})),
        ("每日", ALL),
        ("周一至", None),
        ("每周", None),
        ("周八", None),
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
        ("周一至五晚上9点", (time(21), WEEK)),
        ("周一至五八点", (time(8), WEEK)),
        ("每天早上八点半", (time(8, 30), ALL)),
        ("每晚9点", (time(21), ALL)),
        ("每早7点", (time(7), ALL)),
        ("晚上12点 周末", (time(0), frozenset({5, 6}))),
        ("周一三点", (time(3), frozenset({0}))),  # Monday at three, not Monday and Wednesday
        ("周二十点", (time(10), frozenset({1}))),  # Tuesday at ten, not at twenty
        ("weekdays at noon", (time(12), WEEK)),
        ("今晚8点", None),
        ("明天早上8点", None),
        ("晚上周一8点", None),
        ("上午12点 每天", None),
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
