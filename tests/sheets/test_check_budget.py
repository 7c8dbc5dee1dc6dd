"""A budget knows that one try is not enough, and that the world goes on after launch."""

from __future__ import annotations

import pytest

from tests.sheets.checking import asks, sheet, write


@pytest.mark.parametrize(
    ("time", "asked"),
    [
        ("8 weeks", True), ("until May", True), ("八周", True), ("none", True),
        ("8 weeks, 3 of them for further tries", False), ("two rounds of four weeks", False),
        ("3 months with buffer", False),
        ("8 周，留 3 周迭代", False), ("三轮，每轮两周", False), ("", False),
    ],
)  # fmt: skip
def test_a_plan_without_a_second_round_is_asked_about(time: str, asked: bool) -> None:
    found = asks(write(sheet("scope"), "budget", time=time), "budget", "no-iteration")
    assert found == ((time,) if asked else None)


@pytest.mark.parametrize(
    ("help_", "asked"),
    [
        ("IT for a day", True), ("无", True), ("half a day a month against drift", False), ("ops team on call", False),
        ("运维每月看一次数据", False), ("maintenance by Ada", False), ("上线后由小组照看", False),
        ("IT; half a day a month against drift", False), ("IT 部门；每月半天看数据有没有变", False),
        ("Ada, three hours a month", False), ("小王，每月三小时", False),
        ("somebody looks at the data each month", False),
        ("IT meets us every week", True), ("support by the data team", True), ("法务每周开一次会", True),
        ("Grid operators answer questions", True),
    ],
)  # fmt: skip
def test_who_looks_after_it_later_is_asked_while_no_line_says_so(help_: str, asked: bool) -> None:
    on = write(sheet("scope"), "budget", data="none", help=help_)
    assert (asks(on, "budget", "no-drift") is not None) is asked


def test_the_time_may_say_it_the_weeks_of_people_do_not_and_an_empty_budget_is_not_scolded_twice() -> None:
    on = write(sheet("scope"), "budget", people="Ada, two days a week, and Bo every month", data="updates of the map")
    assert asks(on, "budget", "no-drift") is not None, "the line asks how much of their week"
    assert asks(write(on, "budget", time="8 weeks, then a day a month to monitor it"), "budget", "no-drift") is None
    assert asks(write(sheet("scope"), "budget", data="", help=""), "budget", "no-drift") is None
