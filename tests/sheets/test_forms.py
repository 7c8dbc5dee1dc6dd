"""The windows of a worksheet, within what both platforms take and with nothing lost in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from chat.action import Action
from chat.errors import LimitError
from chat.form import Answers, Ask, Choose, Form
from sheets.forms import form_of, lacking
from sheets.sheet import Filled, Item, Sheet
from tests.sheets.samples import EN, SCOPE, ZH, ask, blank, form, full, step, typed


@dataclass(frozen=True)
class Sent(Action, name="test-sheet-form"):
    """A form of these tests."""


def opened(sheet: Sheet, name: str, item: int | None = None, **more: Any) -> Form:
    key, _, part_key = name.partition(".")
    found = SCOPE.step(key)
    assert found is not None
    part = found.part(part_key)
    assert part is not None
    return form_of(EN, SCOPE, sheet, found, part, item, Sent(), **more)


def question(made: Form, key: str) -> Ask | Choose:
    return next(one for one in made.questions if one.key == key)


def test_a_form_opens_with_what_stands_there() -> None:
    made = opened(full(), "problem.form")
    assert (made.title, made.intro, made.send) == ("Form", "About the problem.", "Save")
    assert [one.value for one in made.questions if isinstance(one, Ask)] == [
        "Operators", "plan the reserve\nhear of broken lines",
    ]  # fmt: skip
    assert all(one.most == 3_000 for one in made.questions if isinstance(one, Ask))
    wishes = question(made, "wishes")
    assert isinstance(wishes, Ask)
    assert wishes.long
    assert (wishes.required, wishes.least) == (True, 1)


def test_what_was_typed_stands_before_what_is_kept_and_mistakes_are_marked() -> None:
    page = "x" * 3_000
    made = opened(full(), "problem.form", typed=Answers({"who": page}), wrong=["who"])
    assert (question(made, "who").label, question(made, "wishes").label) == ("⚠ Who", "Wishes")
    who, wishes = question(made, "who"), question(made, "wishes")
    assert isinstance(who, Ask)
    assert isinstance(wishes, Ask)
    assert (who.value, wishes.value) == (page, "plan the reserve\nhear of broken lines")


def test_a_longer_text_than_a_window_takes_is_no_error() -> None:
    who = question(opened(blank(), "problem.form", typed=Answers({"who": "x" * 4_000})), "who")
    assert isinstance(who, Ask)
    assert len(who.value) == 3_000


def test_the_form_of_a_line_says_which_and_holds_what_was_said_of_it() -> None:
    made = opened(full(), "value.weigh", 4)
    assert made.intro == "predict clouds"
    evidence, note = question(made, "evidence"), question(made, "note")
    assert isinstance(evidence, Choose)
    assert isinstance(note, Ask)
    assert (evidence.chosen, note.value) == (("none",), "of 4")


def test_lines_are_chosen_by_their_words() -> None:
    picked, others = (question(opened(full(), "value.pick"), key) for key in ("picked", "others"))
    assert isinstance(picked, Choose)
    assert isinstance(others, Choose)
    assert picked.options == (("3", "map turbines"), ("4", "predict clouds"), ("5", "ask the neighbours"))
    assert (picked.chosen, others.chosen, others.many) == (("4",), ("3", "5"), True)


def test_without_lines_there_is_nothing_to_choose() -> None:
    value = SCOPE.steps[3]
    assert [lacking(SCOPE, blank(), part) for part in value.parts] == ["ideas.list", "ideas.list"]
    assert [lacking(SCOPE, full(), part) for part in value.parts] == ["", ""]
    assert lacking(SCOPE, blank(), SCOPE.steps[1].parts[0]) == ""
    with pytest.raises(LimitError):
        opened(blank(), "value.pick")
    mixed = form(ask("picked", "item", over="ideas.list"), ask("why"))
    assert lacking(SCOPE, blank(), mixed) == ""
    made = form_of(EN, SCOPE, blank(), step("value", mixed), mixed, None, Sent())
    assert [one.key for one in made.questions] == ["why"]


def test_a_picker_holds_25_lines_the_chosen_ones_among_them() -> None:
    lines = tuple(Item(n, "line " * 30 + str(n)) for n in range(1, 41))
    steps = {
        "ideas": Filled(values={"list": lines}, version=1),
        "value": Filled(values={"picked": "40"}, version=1),
    }
    picked = question(opened(replace(blank(), steps=steps), "value.pick"), "picked")
    assert isinstance(picked, Choose)
    assert len(picked.options) == 25
    assert picked.chosen == ("40",)
    assert all(len(label) <= 75 and label.endswith("…") for _, label in picked.options)


def test_a_choice_whose_value_is_gone_opens_unchosen() -> None:
    steps = {"gate": Filled(values={"good": "perhaps"}, version=1)}
    good = question(opened(replace(blank(), steps=steps), "gate.taps"), "good")
    assert isinstance(good, Choose)
    assert good.chosen == ()


def test_a_list_that_grows_opens_empty_and_does_not_insist() -> None:
    more = question(opened(full(), "milestones.form"), "more")
    assert isinstance(more, Ask)
    assert (more.value, more.required) == ("", False)


def test_a_list_too_long_for_one_window_is_added_to_and_never_lost() -> None:
    lines = tuple(Item(n, f"{n}" * 200) for n in range(1, 7))
    long = replace(
        blank(), steps={"ideas": Filled(values={"list": tuple(Item(i.id, i.text * 4) for i in lines)})}, next_id=7
    )
    shown = question(opened(long, "ideas.form"), "list")
    assert isinstance(shown, Ask)
    assert shown.value == ""
    assert typed(long, "ideas.form", {"list": "", "no_ai": "x"}).items("ideas.list") == long.items("ideas.list")


def test_the_headings_follow_the_language_and_the_words_stay() -> None:
    problem = SCOPE.steps[1]
    made = form_of(ZH, SCOPE, full(), problem, problem.parts[0], None, Sent())
    assert [one.label for one in made.questions] == ["问who", "问wishes"]
    who = question(made, "who")
    assert isinstance(who, Ask)
    assert (who.value, made.send) == ("Operators", "保存")
