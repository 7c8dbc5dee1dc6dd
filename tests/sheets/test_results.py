"""What sheets come to: badge and dots of a scope sheet, six beginnings, the counters of research, passes of a paper."""

from __future__ import annotations

from datetime import date

import pytest

from content.document import Listing
from content.say import speaker
from sheets.check_solution import solution_words
from sheets.predicates import predicates
from sheets.results import all_dots, badges, moments, results, run_badge, run_dots, run_results
from sheets.sheet import Sheet
from tests.sheets.checking import Lang, asks, library, sheet, shows, weigh, worksheet_of, write
from tests.sheets.samples import EN, TODAY, ZH

ANSWERS = {"topic": "the town library", "data": "fifteen years of loans", "person": "the evening staff"}


def scope(evidence: str, picked: str = "1") -> Sheet:
    on = write(sheet("scope"), "ideas", ideas=["Map turbines"])
    return write(weigh(on, "value.weigh", {"evidence": evidence}), "value", picked=picked)


def ideas(door: str, lang: Lang = "en", /, **answers: str) -> Sheet:
    on = write(sheet("ideas", lang), "door", door=door)
    return write(on, door, **{f"{door}_{key}": value for key, value in answers.items()})


def test_the_pack_names_what_there_is() -> None:
    sheets = library().worksheets.values()
    named = {name for one in sheets for name in (*one.results, *(r for step in one.steps for r in step.results))}
    assert named == set(results())
    assert {one.card.badge for one in sheets if one.card.badge} == set(badges())
    refs = {ref for one in sheets for _, ref in one.card.dots} | {follow.on for one in sheets for follow in one.follows}
    assert set(all_dots()) | set(moments()) <= refs


@pytest.mark.parametrize(
    ("evidence", "en", "zh"),
    [("published", "Published work", "公开发表"), ("none", "No evidence yet", "还没有证据"), ("", "", "")],
)
def test_the_badge_says_what_speaks_for_the_picked_idea(evidence: str, en: str, zh: str) -> None:
    on = scope(evidence)
    assert run_badge(EN, worksheet_of(on), on, "evidence", TODAY) == en
    assert run_badge(ZH, worksheet_of(on), on, "evidence", TODAY) == zh
    assert run_badge(EN, worksheet_of(on), scope(evidence, picked=""), "evidence", TODAY) == ""
    without = write(on, "ideas", need="none", no_ai="A phone list")
    assert run_badge(EN, worksheet_of(on), without, "evidence", TODAY) == "No AI needed"


def test_five_dots_for_the_budget_filled_where_it_is_thought_of() -> None:
    on = write(sheet("scope"), "budget", data="none", people="two", time="", help="IT")
    dots = run_dots(EN, worksheet_of(on), on, "budget", TODAY)
    assert [(dot.label, dot.filled) for dot in dots] == [
        ("Data", True), ("People", True), ("Time", False), ("Integrations", False), ("Other teams", True),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("door", ["join", "talk", "apply", "side"])
def test_six_beginnings_are_troubles_in_the_members_words(door: str, lang: Lang) -> None:
    on = ideas(door, lang, **ANSWERS)
    blocks = run_results(speaker(lang), worksheet_of(on), on, ["starters"], TODAY)
    listing = next(block for block in blocks if isinstance(block, Listing))
    assert len(set(listing.lines)) == 6
    for line in listing.lines:
        assert any(word in line for word in ANSWERS.values())
        assert solution_words(line) is None


def test_each_door_ends_in_its_own_way() -> None:
    last = {shows(ideas(door, **ANSWERS), "starters").rsplit("'", 2)[1] for door in ("join", "talk", "apply", "side")}
    assert len(last) == 4


def test_one_answer_is_enough_and_none_gets_the_pizza_shop() -> None:
    assert "the notes that nobody looks at" in shows(ideas("side", topic="bread."), "starters")
    assert "“bread”" in shows(ideas("side", topic="bread."), "starters"), "a full stop inside would end the sentence"
    assert shows(ideas("side", topic="bread"), "pizza-example") == ""
    assert shows(ideas("side", topic=" "), "starters") == ""
    assert "pizza" in shows(ideas("side", topic=" "), "pizza-example")
    assert "披萨" in shows(ideas("talk", "zh-CN"), "pizza-example")
    assert shows(sheet("ideas"), "pizza-example") == "", "no door yet"


@pytest.mark.parametrize(
    ("n", "said"), [(3, "From 12 on"), (12, "Enough to go on"), (20, "20 of 20")], ids=["few", "enough", "all"]
)
def test_the_counter_goes_to_twenty_and_opens_at_twelve(n: int, said: str) -> None:
    on = write(sheet("research"), "questions", questions=[f"Question {i}?" for i in range(n)])
    assert said in shows(on, "question-count")
    assert f"{n} of 20 questions" in shows(on, "question-count")
    assert shows(sheet("research"), "question-count") == ""


def test_papers_are_counted_once_each_and_the_seed_has_a_map() -> None:
    on = write(
        sheet("research"), "seed", seed="Bats & lamps", papers=["arXiv:1706.03762", "1706.03762v2", "Bats & lamps"]
    )
    shown = shows(on, "paper-count")
    assert "2 of 10 core papers" in shown
    assert "https://www.connectedpapers.com/search?q=Bats%20%26%20lamps" in shown


def test_the_map_of_steps_marks_what_is_done_and_names_the_rest() -> None:
    assert shows(sheet("research"), "steps-done") == ""
    shown = shows(write(sheet("research"), "topic", topic="Bats"), "steps-done")
    assert "●○○○○○○ 1 of 7 steps" in shown
    assert "7 Seed paper" in shown


def test_stopping_after_one_pass_is_a_good_end() -> None:
    on = write(sheet("paper"), "add", title="Bats in town")
    assert shows(on, "paper-pass") == ""
    on = write(on, "pass1", sentence="Cheap microphones draw a map", verdict="stop")
    shown = shows(on, "paper-pass")
    assert "●○○ 1 of 3 passes" in shown
    assert "Cheap microphones draw a map" in shown
    assert "a good end" in shown
    on = write(write(on, "pass1", verdict="go"), "pass2", figure="A map", verdict2="go")
    assert "●●○ 2 of 3" in shows(on, "paper-pass")
    assert "a good end" not in shows(on, "paper-pass")
    assert "●●● 3 of 3" in shows(write(on, "pass3", redo="In winter"), "paper-pass")


@pytest.mark.parametrize(
    ("problem", "touched"),
    [
        ({"who": "ward nurses"}, True), ({"who": "求职者"}, True),
        ({"who": "drivers", "wishes": ["fewer police checks"]}, True),
        ({"who": "bakers", "field": "healthcare"}, True), ({"who": "贷款客户"}, True),
        ({"who": "kindergarten teachers"}, True), ({"who": "HR", "wishes": ["Screen applications faster"]}, True),
        ({"who": "银行", "wishes": ["征信看得懂"]}, True), ({"who": "门诊前台"}, True), ({"who": "村里的老人"}, True),
        ({"who": "jobseekers"}, True), ({"who": "elderly people"}, True), ({"who": "民警"}, True),
        ({"who": "flat owners", "wishes": ["Tenants screened in a day"]}, True), ({"who": "中学老师"}, True),
        ({"who": "车险公司", "wishes": ["保险赔得快一点"]}, True), ({"who": "court clerks"}, True),
        ({"who": "people waiting for a diagnosis"}, True), ({"who": "public health workers"}, True),
        ({"who": "运维同事", "wishes": ["设备预警太多", "报警看不过来"]}, False),
        ({"who": "电工", "wishes": ["保险丝总是断", "记下从其中学到的东西"]}, False),
        ({"who": "电工", "wishes": ["设备健康早点知道", "故障诊断快一点"]}, False),
        ({"who": "admins on call", "wishes": ["Server health is shown too late", "Diagnose network faults"]}, False),
        ({"who": "a tennis club", "wishes": ["See which tennis courts are free", "Which courts are free"]}, False),
        ({"who": "developers", "wishes": ["Review web applications in 2 hr"]}, False),
        ({"who": "grid operators", "wishes": ["Know tomorrow's wind"], "field": "climate"}, False),
        ({"who": "面包师", "wishes": ["少倒掉一些"]}, False), ({}, False),
    ],
)  # fmt: skip
def test_health_hiring_credit_police_and_children_are_sensitive(
    problem: dict[str, str | list[str]], touched: bool
) -> None:
    on = write(sheet("scope"), "problem", **problem)
    assert predicates()["sensitive"](worksheet_of(on), on) is touched


def test_three_hearts_and_three_yawns_open_the_next_step() -> None:
    on = write(sheet("research"), "self", titles=[f"Title {n}" for n in range(6)])
    feel = predicates()["hearts-and-yawns"]
    assert not feel(worksheet_of(on), on)
    assert not feel(worksheet_of(on), weigh(on, "self.feel", *[{"feel": "heart"}] * 4, *[{"feel": "bored"}] * 2))
    assert feel(worksheet_of(on), weigh(on, "self.feel", *[{"feel": "heart"}] * 3, *[{"feel": "bored"}] * 3))


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_wind_and_solar_example_survives_every_check(lang: Lang) -> None:
    from sheets.printing import example_of

    worksheet = library().worksheets["scope"]
    on = example_of(worksheet, lang)
    for step in worksheet.steps:
        for one in step.checks:
            assert asks(on, step.key, one.id, date(2026, 1, 6)) is None, one.id
