"""Milestones: one number of each kind, each from today to a target, no perfection, and a day to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.sheets.checking import asks, sheet, write

GOOD = {
    "ml": "error of tomorrow's forecast", "ml_values": "31 % → 18 %",
    "business": "money for reserve power a month", "business_values": "€40k → €25k", "date": "2027-05-31",
}  # fmt: skip


def test_good_milestones_are_left_alone() -> None:
    on = write(sheet("scope"), "milestones", **GOOD)
    for check in ("metric-missing", "both-ml", "no-today", "hundred-percent", "past-date"):
        assert asks(on, "milestones", check) is None, check


def test_what_is_missing_is_named_in_the_language_of_the_sheet() -> None:
    on = write(sheet("scope"), "milestones", **GOOD | {"business": "", "business_values": " "})
    assert asks(on, "milestones", "metric-missing") == ("A number for the business", "The business: today → target")
    assert asks(replace(on, lang="zh-CN"), "milestones", "metric-missing") == ("看业务的指标", "业务：今天 → 目标")


@pytest.mark.parametrize(
    ("business", "alike"),
    [
        ("F1 on the test set", True), ("recall", True), ("准确率", True), ("测试集上的F1", True), ("AUC", True),
        ("hours per claim", False), ("complaints a week", False), ("客服每天的投诉数", False), ("revenue", False),
        ("accuracy as seen by customers: complaints", False), ("", False), ("误报率降低后少加班的小时数", False),
        ("False alarms per night shift", False), ("Accuracy of the promised delivery date", False),
        ("每个夜班的误报率", False), ("validation loss", True), ("food loss", False),
        ("false alarms on the test set", True),
    ],
)  # fmt: skip
def test_two_numbers_of_a_model_are_one_too_few_for_the_business(business: str, alike: bool) -> None:
    found = asks(write(sheet("scope"), "milestones", **GOOD | {"business": business}), "milestones", "both-ml")
    assert found == ((GOOD["ml"], business) if alike else None)


@pytest.mark.parametrize(
    ("values", "lacking"),
    [
        ("18 %", True), ("→ 18 %", True), ("? → 18 %", True), ("unknown -> 18 %", True), ("未知 → 18%", True),
        ("不知道到18%", True),
        ("31 % → 18 %", False), ("31 -> 18", False), ("from 31 to 18", False), ("从31%到18%", False),
        ("31 => 18", False),
        ("today 31 %, target 18 %", False), ("0.71 / 0.85", False), ("今天31%，目标18%", False),
        ("目前3轮，希望2轮", False), ("0.42变成0.55", False), ("目标18%，目前31%", False), ("三轮降为两轮", False),
        ("now a third, target a tenth", False), ("现状三成", False), ("目前三成，希望一成", False),
        ("三轮/两轮", False),
        ("target 18 %", True), ("目标18%", True), ("降到18%", True), ("down to 18 %", True), ("F1 of 0.85", True),
        ("today unknown, target 18 %", True), ("目前没统计，目标18%", True), ("不到18%", True), ("5 calls/week", True),
        ("０ → 10", False), ("", False), ("about 40 > 15 h", False),
    ],
)  # fmt: skip
def test_a_target_wants_todays_value_beside_it(values: str, lacking: bool) -> None:
    found = asks(write(sheet("scope"), "milestones", **GOOD | {"ml_values": values}), "milestones", "no-today")
    assert found == ((values,) if lacking else None)


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ("90 % → 100 %", True), ("100%", True), ("90 → 100 percent", True), ("90％ → １００％", True),
        ("九成 → 百分之百", True),
        ("today 90 %, target 100 %", True), ("today 100 %, target 60 %", False), ("从100%降到60%", False),
        ("100 % → 60 %", False), ("90 % → 99 %", False), ("1 → 100", False), ("40 → 100.5 %", False), ("2100 %", False),
    ],
)  # fmt: skip
def test_perfection_is_asked_about(values: str, whole: bool) -> None:
    found = asks(
        write(sheet("scope"), "milestones", **GOOD | {"business_values": values}), "milestones", "hundred-percent"
    )
    assert (found is not None) is whole


@pytest.mark.parametrize(
    ("day", "over"), [("2027-01-01", True), ("2027-01-02", False), ("2031-01-01", False), ("", False)]
)
def test_a_day_that_has_gone_by_is_asked_about_and_today_is_not(day: str, over: bool) -> None:
    on = write(sheet("scope"), "milestones", date=day)
    assert asks(on, "milestones", "past-date", date(2027, 1, 2)) == (("1 January 2027",) if over else None)
    chinese = asks(replace(on, lang="zh-CN"), "milestones", "past-date", date(2027, 1, 2))
    assert chinese == (("2027年1月1日",) if over else None), "as the days are said there"
