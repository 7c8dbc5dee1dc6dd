"""Ideas: more than one, different in kind, a plain rule beside them, and nothing an employer would miss."""

from __future__ import annotations

import pytest

from tests.sheets.checking import asks, sheet, write

BASELINE = "What happened on the same day last year"


def test_one_idea_is_few_and_no_ai_needs_none() -> None:
    on = write(sheet("scope"), "ideas", ideas=["Predict clouds from weather data"])
    assert asks(on, "ideas", "one-idea") == ("Predict clouds from weather data",)
    assert asks(write(on, "ideas", need="none", no_ai="A phone list"), "ideas", "one-idea") is None
    assert asks(write(on, "ideas", ideas=["One", "Two"]), "ideas", "one-idea") is None


@pytest.mark.parametrize(
    ("ideas", "alike"),
    [
        (["Predict tomorrow's demand", "Forecast sales with an LSTM"], True),
        (["A chatbot for questions", "An LLM assistant", "GPT answers mails"], True),
        (["预测明天的客流", "估算周末的人数"], True),
        (["Detect cracks on photos", "Find cracks in satellite images of bridges"], True),
        (["Send a reminder on Mondays", "Send reminder on Monday"], True),
        (["Predict tomorrow's demand", "Ask the regulars what they want"], False),
        (["Map turbines on satellite images", "Measure turbines on satellite images", "Predict cloud cover"], False),
        (["做个聊天机器人", "把常见问题贴在门口"], False),
        (["Predict stock with a neural network", "Estimate with last year's average"], False),
        (["预测客流", "按去年同期估计"], False),
        (["Camera counts the guests", "Staff take a photo and count"], False),
        (["摄像头数人数", "店员拍照自己数"], False),
        (["Camera counts the guests", "Count the guests on video", "Staff get a drone"], True),
        (["Pay drivers per stop", "Bigger vans"], False),
        (["Only one"], False),
    ],
)
def test_one_technique_in_several_wordings_is_named(ideas: list[str], alike: bool) -> None:
    found = asks(write(sheet("scope"), "ideas", ideas=ideas), "ideas", "same-technique")
    assert (found is not None) is alike
    assert found is None or set(found) <= set(ideas)


@pytest.mark.parametrize(
    ("ideas", "baseline", "missing"),
    [
        (["Predict demand", "A chatbot"], "", True),
        (["Predict demand", "A chatbot"], BASELINE, False),
        (["Predict demand", "A simple rule: same as last week"], "", False),
        (["预测客流", "按去年同期的平均值排班"], "", False),
        (["用大模型回答", "人工智能客服"], "", True),
        ([], "", False),
    ],
)
def test_a_yardstick_without_ai_is_missed(ideas: list[str], baseline: str, missing: bool) -> None:
    on = write(sheet("scope"), "ideas", ideas=ideas, baseline=baseline)
    assert (asks(on, "ideas", "no-baseline") is not None) is missing
    assert asks(write(on, "ideas", need="none", no_ai="Not needed"), "ideas", "no-baseline") is None


@pytest.mark.parametrize(("answer", "asked"), [("yes", True), ("unsure", True), ("no", False), ("", False)])
def test_a_clash_with_an_employer_is_looked_at(answer: str, asked: bool) -> None:
    on = write(sheet("ideas"), "side", side_topic="Bread", conflict=answer)
    assert (asks(on, "side", "employer-conflict") is not None) is asked


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Our customer data and payroll", ("customer data", "payroll")),
        ("客户资料和内部系统里的工资", ("客户资料", "内部系统", "工资")),
        ("open source code on GitHub", None),
        ("Public salaries of officials", None),
        ("政府公开的工资数据", None),
        ("our source code", ("source code",)),
        ("salaries of our team, and public weather data", ("salaries",)),
        ("Weather reports and bus timetables", None),
        ("公交时刻表", None),
        ("", None),
    ],
)
def test_an_employers_own_data_is_named(data: str, words: tuple[str, ...] | None) -> None:
    assert asks(write(sheet("ideas"), "apply", apply_data=data), "apply", "confidential") == words


@pytest.mark.parametrize(
    ("need", "instead", "asked"),
    [
        ("none", "A phone list is enough", False),
        ("none", "", True),
        ("none", "-", True),
        ("", "A phone list is enough", True),
        ("ideas", "No, we do need AI here", False),
        ("", "", False),
    ],
)
def test_no_ai_needed_counts_with_both_its_halves(need: str, instead: str, asked: bool) -> None:
    on = write(sheet("scope"), "ideas", ideas=["One", "Two"], need=need, no_ai=instead)
    assert (asks(on, "ideas", "half-without-ai") is not None) is asked
