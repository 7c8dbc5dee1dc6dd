"""The project picker: zeros said in words, nothing ranked that is not good, and a tie is fine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sheets.results import run_moment
from sheets.sheet import Sheet
from tests.sheets.checking import Lang, asks, sheet, shows, weigh, worksheet_of, write

NAMES = ("Street lamps", "Reading list", "Canteen queue")


def scores(growth: int, people: int, stone: int, ethics: str = "yes") -> dict[str, str]:
    return {"growth": str(growth), "people": str(people), "stone": str(stone), "ethics": ethics}


def picker(*rows: dict[str, str], lang: Lang = "en") -> Sheet:
    on = write(sheet("pick", lang), "projects", projects=NAMES[: len(rows)])
    return weigh(on, "scores.score", *rows)


def test_dots_are_counted_and_shown_the_most_first() -> None:
    shown = shows(picker(scores(1, 2, 1), scores(3, 3, 2)), "nine-dots")
    assert shown.index("●●●●●●●●○ 8 of 9") < shown.index("●●●●○○○○○ 4 of 9")
    assert "●●●●○○○○○ 4/9" in shows(picker(scores(1, 2, 1), lang="zh-CN"), "nine-dots")


def test_a_zero_is_said_in_words_in_both_languages() -> None:
    on = picker(scores(2, 0, 0), scores(1, 1, 1))
    assert asks(on, "scores", "zero-named") == ("Street lamps (nobody; a dead end)",)
    assert asks(replace(on, lang="zh-CN"), "scores", "zero-named") == ("Street lamps（没有人；走不下去）",)
    assert "Street lamps: nobody; a dead end (a circle may change that: /circle)" in shows(on, "nine-dots")
    assert "Reading list: far too easy, or hopeless" in shows(picker(scores(1, 1, 1), scores(0, 2, 2)), "nine-dots")
    assert asks(picker(scores(1, 1, 1)), "scores", "zero-named") is None


@pytest.mark.parametrize("gate", ["no", "unsure"])
def test_what_did_not_pass_the_gate_is_not_ranked(gate: str) -> None:
    on = picker(scores(3, 3, 3, gate), scores(1, 1, 2))
    assert asks(on, "scores", "not-ethical") == ("Street lamps",)
    assert "9 of 9" not in shows(on, "nine-dots")
    assert "Not ranked" in shows(on, "nine-dots")
    assert "Street lamps" not in shows(on, "top-pick"), "it is never the favourite"


def test_all_low_points_to_the_idea_finder_once_all_are_scored() -> None:
    low = scores(1, 1, 1)
    assert asks(picker(low, low), "scores", "all-low") == ()
    assert asks(picker(low, scores(2, 1, 1)), "scores", "all-low") is None
    half = weigh(write(sheet("pick"), "projects", projects=NAMES[:2]), "scores.score", low)
    assert asks(half, "scores", "all-low") is None


def test_one_project_is_a_checklist() -> None:
    on = picker(scores(2, 2, 2))
    assert asks(on, "projects", "one-project") == ("Street lamps",)
    assert "6 of 9" in shows(on, "nine-dots")
    assert shows(on, "top-pick") == "", "nothing was compared"
    assert asks(picker(scores(2, 2, 2), scores(1, 1, 1)), "projects", "one-project") is None


def test_a_tie_is_left_to_a_coin() -> None:
    on = picker(scores(2, 2, 2), scores(3, 2, 1), scores(1, 1, 1))
    assert "flip a coin" in shows(on, "nine-dots")
    assert shows(on, "top-pick") == ""
    assert "flip a coin" not in shows(picker(scores(2, 2, 2), scores(3, 2, 2)), "nine-dots")


def test_the_favourite_has_a_reason_until_the_member_names_another() -> None:
    on = picker(scores(1, 1, 1), scores(2, 3, 2))
    assert "Most dots: Reading list, 7 of 9" in shows(on, "top-pick")
    assert "Strongest answer: good teammates" in shows(on, "top-pick")
    own = write(on, "decide", amount="2", length="days", picked="1", first="Open a file")
    shown = shows(own, "top-pick")
    assert "Your pick: Street lamps" in shown
    assert "The first ten seconds: Open a file" in shown
    assert "Reading list" not in shown, "no argument"


@pytest.mark.parametrize(
    ("amount", "length", "day"),
    [
        ("2", "days", date(2026, 11, 23)), ("1", "weeks", date(2026, 11, 28)), ("6", "months", date(2026, 11, 28)),
        ("99", "days", date(2026, 11, 28)), ("", "days", None), ("2", "", None),
    ],
)  # fmt: skip
def test_choosing_takes_no_longer_than_doing_and_never_more_than_a_week(
    amount: str, length: str, day: date | None
) -> None:
    on = write(picker(scores(1, 1, 1), scores(1, 1, 1)), "decide", amount=amount, length=length)
    for today in (date(2026, 11, 21), date(2026, 11, 27)):
        assert run_moment(worksheet_of(on), on, "decide-by", today) == day, "it does not move while days go by"


def test_half_scored_projects_wait() -> None:
    on = picker({"growth": "3", "people": "", "stone": "", "ethics": "yes"}, scores(1, 1, 1))
    assert "Street lamps" not in shows(on, "nine-dots")
    assert shows(sheet("pick"), "nine-dots") == shows(sheet("pick"), "top-pick") == ""
