"""How far a sheet is, and when it is a good end."""

from __future__ import annotations

from dataclasses import replace

from content.worksheet import Worksheet
from sheets.progress import Progress, complete, finish_of, next_step, progress
from sheets.sheet import Sheet
from tests.sheets.samples import IDEAS, PROBLEM, SCOPE, ask, blank, form, full, step, typed


def states(sheet: Sheet, worksheet: Worksheet = SCOPE) -> dict[str, str]:
    return {one.key: one.state for one in progress(worksheet, sheet)}


def test_steps_are_counted_except_those_that_are_not() -> None:
    assert progress(SCOPE, blank()) == (
        Progress("gate", None, "open"),
        Progress("problem", 1, "open"),
        Progress("ideas", 2, "open"),
        Progress("value", 3, "open"),
        Progress("milestones", 4, "open"),
    )


def test_a_step_is_begun_then_done() -> None:
    sheet = typed(blank(), "ideas.form", {"list": "map turbines"})
    assert states(sheet)["ideas"] == "begun"
    sheet = typed(sheet, "ideas.form", IDEAS)
    assert states(sheet)["ideas"] == "done"
    sheet = typed(sheet, "value.weigh", {"evidence": "poc", "note": ""}, item=1)
    assert states(sheet)["value"] == "begun"
    assert states(typed(sheet, "ideas.form", {"list": ""}))["ideas"] == "open"


def test_a_step_without_conditions_is_done_once_all_that_is_required_is_there() -> None:
    assert states(typed(blank(), "problem.form", PROBLEM))["problem"] == "done"
    assert states(typed(blank(), "milestones.form", {}))["milestones"] == "done"


def test_a_step_that_is_not_there_does_not_count() -> None:
    sheet = typed(full(), "ideas.form", {"list": "", "no_ai": "a spreadsheet does it"})
    assert list(states(sheet)) == ["gate", "problem", "ideas"]
    assert finish_of(SCOPE, sheet) == SCOPE.finishes[0]
    assert sheet.state == "done"
    assert sheet.steps["milestones"].values, "kept, should AI be needed after all"


def test_no_ai_needed_is_complete_before_the_last_step() -> None:
    sheet = typed(blank(), "ideas.form", {"list": "", "no_ai": "a spreadsheet does it"})
    assert (complete(SCOPE, sheet), sheet.state) == (True, "done")
    assert finish_of(SCOPE, blank()) is None


def test_complete_means_all_done_and_nothing_to_look_at_again() -> None:
    assert complete(SCOPE, full())
    marked = replace(full().steps["value"], recheck="we learned more")
    assert not complete(SCOPE, replace(full(), steps={**full().steps, "value": marked}))
    assert not complete(SCOPE, blank())


def test_the_next_step_is_the_next_one_there_is() -> None:
    def after(key: str, sheet: Sheet = blank()) -> str:  # noqa: B008
        found = next_step(SCOPE, sheet, key)
        return found.key if found is not None else ""

    assert [after(key) for key in ("", "gate", "ideas", "milestones", "gone")] == ["gate", "problem", "value", "", ""]
    no_ai = typed(blank(), "ideas.form", {"list": "", "no_ai": "no"})
    assert after("ideas", no_ai) == ""
    assert after("value", no_ai) == ""


def test_a_required_answer_in_a_hidden_part_is_not_waited_for() -> None:
    hidden = form(ask("chosen", required=True), key="choose", when="wishes>=2")
    one = step("problem", form(ask("wishes", "lines", required=True)), hidden)
    worksheet = replace(SCOPE, steps=(one,), finishes=())
    sheet = typed(blank(worksheet), "problem.form", {"wishes": "one"}, worksheet=worksheet)
    assert states(sheet, worksheet) == {"problem": "done"}
    sheet = typed(sheet, "problem.form", {"wishes": "one\ntwo"}, worksheet=worksheet)
    assert states(sheet, worksheet) == {"problem": "begun"}
