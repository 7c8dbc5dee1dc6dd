"""Weekly hours as people type them, in both languages; what is not understood is never guessed."""

from __future__ import annotations

import pytest

from commands._hours import read_hours
from content.interview_words import hours_text
from content.say import speaker
from store.member_hours import hours_of

WEEKDAYS = tuple(range(5))


def on(days: tuple[int, ...], begin: int, end: int) -> set[tuple[int, int, int]]:
    """The same hours on each of these days."""
    return {(day, begin * 60, end * 60) for day in days}


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("weekdays 18-20, Sat 10-12", on(WEEKDAYS, 18, 20) | on((5,), 10, 12)),
        ("mon wed 7pm-9pm", on((0, 2), 19, 21)),
        ("7-9pm", on(tuple(range(7)), 19, 21)),
        ("9-5pm", on(tuple(range(7)), 9, 17)),
        ("11-1pm", on(tuple(range(7)), 11, 13)),
        ("sat 10 to noon", on((5,), 10, 12)),
        ("Sat 22:00-1:00", {(5, 1_320, 1_440), (6, 0, 60)}),
        ("Sun 22:00-24:00", {(6, 1_320, 1_440)}),
        ("工作日 18点-20点，周六 10-12", on(WEEKDAYS, 18, 20) | on((5,), 10, 12)),
        ("周一三 晚上7点到9点", on((0, 2), 19, 21)),
        ("周末 上午9点到下午5点", on((5, 6), 9, 17)),
        ("Sat 10-12, Sat 11-13", on((5,), 10, 13)),
        ("from 6 to 8 pm on weekdays", on(WEEKDAYS, 18, 20)),
        ("7-9pm tue thu", on((1, 3), 19, 21)),
        ("9-5 mon-fri", on(WEEKDAYS, 9, 17)),
        ("weekdays 9-5", on(WEEKDAYS, 9, 17)),
        ("10-12 sat, 18-20 weekdays", on((5,), 10, 12) | on(WEEKDAYS, 18, 20)),
        ("7-8 pm, 9-10 pm mon", on((0,), 19, 20) | on((0,), 21, 22)),
        ("工作日晚上", on(WEEKDAYS, 18, 22)),
        ("weekday evenings, sat 10-12", on(WEEKDAYS, 18, 22) | on((5,), 10, 12)),
        ("周末上午", on((5, 6), 8, 12)),
        ("evenings", on(tuple(range(7)), 18, 22)),
    ],
)
def test_it_reads(words: str, hours: set[tuple[int, int, int]]) -> None:
    assert set(read_hours(words) or ()) == hours


@pytest.mark.parametrize(
    "words",
    [
        "",
        "whenever",
        "evenings after 6pm",
        "7-9 evening",
        "mon 9-9",
        "25-26",
        "mon 10-12 maybe",
        "x" * 300,
        "mon 9-10 tue",
    ],
)
def test_it_does_not_guess(words: str) -> None:
    assert read_hours(words) is None


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("words", ["weekdays 18:30-20, sat 10-12", "every day 0:00-24:00", "tue 22-2", "sun 7:15-9"])
def test_what_is_shown_can_be_typed_again(words: str, lang: str) -> None:
    hours = read_hours(words)
    assert hours is not None
    assert read_hours(hours_text(speaker(lang), hours)) == hours


def test_matching_counts_whole_hours_of() -> None:
    assert hours_of(((0, 610, 695),), "stated") == 0b11 << 21
    assert hours_of((), "stated") is None
    assert hours_of((), "waking") is None
    assert (hours_of((), "any") or 0).bit_count() == 336
