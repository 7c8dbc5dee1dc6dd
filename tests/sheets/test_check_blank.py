"""What was left open is asked for, once and in the member's language; what was answered is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets.checks import advice, checks
from tests.sheets.checking import asks, library, sheet, weigh, worksheet_of, write
from tests.sheets.samples import TODAY


def test_nothing_is_asked_before_a_step_was_saved_nor_once_the_member_keeps_it() -> None:
    on = sheet("scope")
    problem = worksheet_of(on).step("problem")
    assert problem is not None
    assert advice(worksheet_of(on), on, problem, TODAY) == ()
    on = write(on, "problem", who="Nurses", wishes=["Fewer false alarms"])
    found = advice(worksheet_of(on), on, problem, TODAY)
    assert [one.key for one in found] == ["why-empty/why_not", "nobody-asked/asked"]
    kept = replace(on.steps["problem"], kept=frozenset({"why-empty/why_not"}))
    on = replace(on, steps={"problem": kept})
    assert [one.check.id for one in advice(worksheet_of(on), on, problem, TODAY)] == ["nobody-asked"]


def test_every_check_the_pack_names_exists_and_every_one_that_exists_is_named() -> None:
    named = {check.id for one in library().worksheets.values() for step in one.steps for check in step.checks}
    assert named == set(checks())


@pytest.mark.parametrize(
    "who",
    [
        "Night-shift operators", "nurses", "my sister", "two-person bakery teams", "HR", "县里的护士", "社区工作者",
        "家长",
        "运维同学", "customers of the booking system", "Clinic in a village", "外卖骑手", "Müller's apprentices",
        "店里的财务", "Robotics lab", "平台运营", "ML platform on-call", "the data platform group",
        "机器人实验室", "算法组",
    ],
)  # fmt: skip
def test_a_person_or_role_is_somebody(who: str) -> None:
    assert asks(write(sheet("scope"), "problem", who=who), "problem", "nobody-affected") is None


@pytest.mark.parametrize(
    "who", ["", " ", "😀", "everyone", "Everybody.", "all users", "the booking system", "大家", "数据库"]
)
def test_nobody_a_thing_and_everybody_is_nobody_yet(who: str) -> None:
    assert asks(write(sheet("scope"), "problem", who=who), "problem", "nobody-affected") is not None


@pytest.mark.parametrize(
    ("asked", "guess"),
    [
        ("", True), ("nobody yet", True), ("no one", True), ("myself", True), ("just me", True), ("还没有", True),
        ("我自己", True),
        ("暂时没有", True), ("目前暂时没有", True), ("目前没有", True), ("还没来得及问", True),
        ("目前还没有问过任何人", True), ("尚未请教", True),
        ("haven't asked anyone yet", True), ("none so far", True), ("暂时没有结论，问了两位店长", False),
        ("没问过人", True), ("—", True), ("N/A", True), ("a ward sister", False), ("两位店长", False),
        ("my boss", False),
        ("me and two drivers", False), ("我和两位司机", False), ("the nobility archive's head", False),
    ],
)  # fmt: skip
def test_asking_oneself_is_asking_nobody(asked: str, guess: bool) -> None:
    found = asks(write(sheet("scope"), "problem", asked=asked), "problem", "nobody-asked")
    assert (found is not None) is guess


@pytest.mark.parametrize(
    ("why", "open_"), [("", True), ("  ", True), ("?", True), ("too costly", False), ("没人负责", False)]
)
def test_why_it_is_not_solved_yet_is_asked_while_it_is_open(why: str, open_: bool) -> None:
    assert (asks(write(sheet("scope"), "problem", why_not=why), "problem", "why-empty") is not None) is open_


def test_blank_budget_lines_are_named_and_none_is_an_answer() -> None:
    on = write(sheet("scope"), "budget", data="none", people="two", time="", help=" ")
    labels = {field.key: field.label for part in library().worksheets["scope"].steps[-1].parts for field in part.fields}
    assert asks(on, "budget", "blank-line") == tuple(labels[key].en for key in ("time", "integrations", "help"))
    chinese = replace(on, lang="zh-CN")
    assert asks(chinese, "budget", "blank-line") == tuple(labels[key].zh for key in ("time", "integrations", "help"))
    whole = write(on, "budget", data="none", people="无", time="8 weeks", integrations="none", help="none")
    assert asks(whole, "budget", "blank-line") is None


def test_not_sure_stays_as_an_open_question() -> None:
    on = write(sheet("scope"), "gate", good="yes", harm="unsure", allowed="no")
    assert asks(on, "gate", "gate-open") == ("Could someone be harmed if it is wrong?",)
    assert asks(write(on, "gate", harm="no"), "gate", "gate-open") is None


def test_questions_and_papers_are_counted() -> None:
    twelve = write(sheet("research"), "questions", questions=[f"Question {n}?" for n in range(12)])
    assert asks(twelve, "questions", "few-questions") == ("12 of 20 so far",)
    assert asks(replace(twelve, lang="zh-CN"), "questions", "few-questions") == ("目前 12 个，目标 20 个",)
    assert asks(write(twelve, "questions", questions=["Why?"] * 20), "questions", "few-questions") is None
    nine = write(sheet("research"), "seed", seed="A paper", papers=["a paper"] * 9)
    assert asks(nine, "seed", "few-papers") == ("9 of 10 so far",)
    assert asks(write(nine, "seed", papers=["a paper"] * 10), "seed", "few-papers") is None


def test_a_shared_problem_shows_from_three_questions_on() -> None:
    on = write(sheet("research"), "questions", questions=["One?", "Two?", "Three?"])
    assert asks(write(on, "problem", together=["1", "2"]), "problem", "few-together") is not None
    assert asks(write(on, "problem", together=["1", "2", "3"]), "problem", "few-together") is None


def test_the_sentence_of_contrast_is_asked_for_once_there_are_two_lists() -> None:
    on = write(sheet("research"), "self", titles=[f"Title {n}" for n in range(6)])
    assert asks(on, "self", "needs-contrast") is None, "too early"
    on = weigh(on, "self.feel", *[{"feel": "heart"}] * 3, *[{"feel": "bored"}] * 3)
    assert asks(on, "self", "needs-contrast") == ()
    assert asks(write(on, "self", contrast="Less counting, more listening"), "self", "needs-contrast") is None
