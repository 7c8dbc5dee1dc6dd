"""Filling in, going back, and lines that stay themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets.filling import LineGone, edit_item, fill, go_back, import_lines, keep, remove_item
from sheets.marks import reason_of, why
from sheets.progress import progress
from sheets.sheet import Item, Return, Sheet
from tests.sheets.samples import EN, IDEAS, NOW, PROBLEM, SCOPE, blank, full, typed

LATER = NOW + timedelta(hours=1)


def marks(sheet: Sheet) -> dict[str, str]:
    return {key: filled.recheck for key, filled in sheet.steps.items() if filled.recheck}


def test_a_sheet_is_filled_in_step_by_step_and_its_owner_moves_on() -> None:
    sheet = typed(blank(), "gate.taps", {"good": "yes"})
    assert (sheet.step, sheet.state) == ("gate", "open")
    sheet = typed(sheet, "gate.taps", {"allowed": "unsure"})
    assert (sheet.step, sheet.value("gate.good"), sheet.value("gate.allowed")) == ("problem", "yes", "unsure")
    sheet = typed(sheet, "problem.form", PROBLEM)
    assert sheet.step == "ideas"
    assert sheet.items("problem.wishes") == (Item(1, "plan the reserve"), Item(2, "hear of broken lines"))
    sheet = full()
    assert (sheet.step, sheet.state, sheet.next_id) == ("milestones", "done", 8)
    assert sheet.steps["value"].each["weigh"][3] == {"evidence": "poc", "note": "of 3"}


def test_an_answer_that_is_taken_back_is_gone_and_the_sheet_is_open_again() -> None:
    sheet = typed(full(), "problem.form", {"who": "Planners", "wishes": "plan the reserve"})
    assert (sheet.value("problem.who"), sheet.state) == ("Planners", "done"), "a line less is no end less"
    sheet = typed(full(), "milestones.form", {"worth": "", "date": ""})
    assert set(sheet.steps["milestones"].values) == {"more"}
    sheet = typed(sheet, "gate.taps", {"good": ()})
    assert (sheet.value("gate.good"), sheet.state) == (None, "open")


def test_a_sheet_that_was_put_away_stays_away() -> None:
    assert typed(replace(full(), state="away"), "problem.form", PROBLEM).state == "away"


def test_a_line_keeps_its_id_and_what_was_said_of_it_through_edits_and_a_new_order() -> None:
    said = full().steps["value"].each["weigh"]
    sheet = typed(full(), "ideas.form", {"list": "foresee clouds\nask the neighbours\nmap the turbines\nmeasure tides"})
    assert sheet.items("ideas.list") == (
        Item(4, "foresee clouds"), Item(5, "ask the neighbours"), Item(3, "map the turbines"), Item(8, "measure tides"),
    )  # fmt: skip
    assert sheet.steps["value"].each["weigh"] == said
    assert sheet.value("value.picked") == "4"


def test_what_was_said_of_a_line_is_never_said_of_another_one_in_its_place() -> None:
    sheet = typed(full(), "ideas.form", {"list": "map turbines\nxyz 42\nask the neighbours"})
    assert sheet.items("ideas.list")[1] == Item(8, "xyz 42")
    assert set(sheet.steps["value"].each["weigh"]) == {3, 5}
    assert sheet.value("value.picked") is None


def test_a_line_that_is_taken_out_takes_along_what_was_said_of_it_and_nothing_else() -> None:
    sheet = typed(full(), "ideas.form", {"list": "map turbines\nask the neighbours"})
    weighed = sheet.steps["value"].each["weigh"]
    assert set(weighed) == {3, 5}
    assert sheet.value("value.picked") is None
    assert sheet.value("value.others") == ("3", "5")
    assert sheet.steps["value"].version > full().version


def test_an_id_is_never_given_twice() -> None:
    sheet = typed(full(), "ideas.form", {"list": "map turbines"})
    sheet = typed(sheet, "ideas.form", {"list": "map turbines\nsomething new"})
    assert sheet.items("ideas.list")[1].id == 8


def test_a_list_that_grows_keeps_its_lines_and_folds_what_is_there_already() -> None:
    sheet = typed(full(), "milestones.form", {"more": "third\nFIRST."})
    assert [line.text for line in sheet.items("milestones.more")] == ["first", "second", "third"]
    assert [line.id for line in typed(sheet, "milestones.form", {"more": ""}).items("milestones.more")] == [6, 7, 8]


def test_one_line_is_edited_or_taken_out_alone() -> None:
    sheet = edit_item(SCOPE, full(), "milestones.more", 6, "the very first", LATER)
    assert sheet.items("milestones.more") == (Item(6, "the very first"), Item(7, "second"))
    sheet = remove_item(SCOPE, full(), "ideas.list", 4, LATER)
    assert [line.id for line in sheet.items("ideas.list")] == [3, 5]
    assert sheet.value("value.picked") is None
    with pytest.raises(LineGone):
        edit_item(SCOPE, sheet, "ideas.list", 4, "x", LATER)
    with pytest.raises(LineGone):
        remove_item(SCOPE, sheet, "ideas.list", 4, LATER)


def test_something_cannot_be_said_of_a_line_that_is_gone() -> None:
    for item in (4, None, 1):
        with pytest.raises(LineGone):
            fill(SCOPE, typed(full(), "ideas.form", {"list": "map turbines"}), "value", "weigh", item, {}, LATER)
    with pytest.raises(KeyError):
        fill(SCOPE, full(), "value", "gone", None, {}, LATER)


def test_lines_are_imported_as_far_as_there_is_room() -> None:
    sheet = import_lines(SCOPE, blank(), "problem.wishes", ["Plan", "plan.", " ", "x" * 300, "Two\nlines"], NOW)
    assert [line.text for line in sheet.items("problem.wishes")] == ["Plan", "x" * 199 + "…", "Two lines"]
    again = import_lines(SCOPE, sheet, "problem.wishes", ["one more"], NOW)
    assert again.items("problem.wishes") == sheet.items("problem.wishes")
    with pytest.raises(KeyError):
        import_lines(SCOPE, blank(), "problem.who", ["x"], NOW)


def test_going_back_and_changing_marks_exactly_the_later_filled_steps() -> None:
    sheet = go_back(SCOPE, full(), "ideas", "the metric made no sense", LATER)
    assert sheet.step == "ideas"
    assert sheet.history == (Return(LATER, "milestones", "ideas", "the metric made no sense"),)
    assert marks(sheet) == {}
    sheet = typed(sheet, "ideas.form", IDEAS | {"list": "map turbines\nclouds"}, after=61)
    assert marks(sheet) == dict.fromkeys(["value", "milestones"], "the metric made no sense")
    assert sheet.steps["milestones"].values == full().steps["milestones"].values
    assert [one.state for one in progress(SCOPE, sheet)] == ["done", "done", "done", "recheck", "recheck"]
    assert (sheet.step, sheet.state) == ("value", "done"), "what is to be looked at again opens nothing"


def test_looking_and_saving_the_same_marks_nothing() -> None:
    sheet = go_back(SCOPE, full(), "ideas", "just looking", LATER)
    sheet = typed(sheet, "ideas.form", IDEAS, after=61)
    assert marks(sheet) == {}
    assert sheet.state == "done"


def test_a_mark_goes_when_the_step_is_saved_again_even_as_it_was() -> None:
    sheet = go_back(SCOPE, full(), "problem", "nobody has it", LATER)
    sheet = typed(sheet, "problem.form", {"who": "All", "wishes": "x"}, after=61)
    assert set(marks(sheet)) == {"ideas", "value", "milestones"}
    sheet = typed(sheet, "ideas.form", IDEAS, after=62)
    assert set(marks(sheet)) == {"value", "milestones"}
    assert sheet.steps["ideas"].version <= full().version


def test_a_return_is_over_once_a_later_step_was_saved() -> None:
    sheet = go_back(SCOPE, full(), "problem", "why", LATER)
    sheet = typed(sheet, "problem.form", {"who": "All", "wishes": "x"}, after=61)
    for name, values in (("ideas.form", IDEAS), ("value.pick", {"picked": "4"}), ("milestones.form", {"worth": "4"})):
        sheet = typed(sheet, name, values, after=62)
    assert marks(sheet) == {}
    assert marks(typed(sheet, "problem.form", {"who": "All", "wishes": "x\ny"}, after=63)) == {}


def test_two_parts_of_a_step_one_comes_back_to_mark_alike() -> None:
    sheet = go_back(SCOPE, full(), "value", "another idea is better", LATER)
    sheet = typed(sheet, "value.weigh", {"evidence": "poc", "note": "of 3"}, item=3, after=61)
    assert marks(sheet) == {}
    sheet = typed(sheet, "value.pick", {"picked": "3", "others": ("3", "5")}, after=62)
    assert marks(sheet) == {"milestones": "another idea is better"}


def test_a_step_changed_without_going_back_marks_what_comes_later_too_and_is_a_return() -> None:
    sheet = typed(full(), "problem.form", PROBLEM | {"who": "All"}, after=61)
    changed = reason_of("problem")
    assert marks(sheet) == dict.fromkeys(["ideas", "value", "milestones"], changed)
    assert (sheet.step, sheet.state) == ("ideas", "done")
    back = Return(NOW + timedelta(minutes=61), "milestones", "problem", changed)
    assert sheet.history == (back,)
    sheet = typed(sheet, "problem.form", PROBLEM | {"who": "Nobody"}, after=62)
    assert sheet.history == (back,), "one return, however often it is changed on it"
    sheet = typed(sheet, "ideas.form", IDEAS, after=63)
    assert marks(sheet) == dict.fromkeys(["value", "milestones"], changed)
    assert len(typed(sheet, "problem.form", PROBLEM, after=64).history) == 2
    assert why(EN, SCOPE, changed) == "“Problem” was changed"
    assert why(EN, SCOPE, "we learned more") == "we learned more"


def test_what_is_only_added_or_typed_anew_marks_nothing() -> None:
    more = PROBLEM | {"who": "operators.", "wishes": PROBLEM["wishes"] + "\nsleep"}
    assert marks(typed(full(), "problem.form", more, after=61)) == {}
    value = {"evidence": "poc", "note": "of 3", "like": "5"}
    assert marks(typed(full(), "value.weigh", value, item=3, after=61)) == {}
    assert typed(full(), "gate.taps", {"allowed": "yes"}, after=61).history == (), "no step that counts"


def test_a_line_weighed_otherwise_marks_what_comes_later() -> None:
    sheet = typed(full(), "value.weigh", {"evidence": "none", "note": "of 3"}, item=3, after=61)
    assert marks(sheet) == {"milestones": reason_of("value")}


def test_one_goes_back_only_from_somewhere_and_for_a_reason() -> None:
    sheet = go_back(SCOPE, typed(blank(), "problem.form", PROBLEM), "problem", "why", LATER)
    assert (sheet.step, sheet.history) == ("problem", ())
    with pytest.raises(ValueError, match="reason"):
        go_back(SCOPE, full(), "problem", " ", LATER)
    with pytest.raises(KeyError):
        go_back(SCOPE, full(), "gone", "why", LATER)


def test_every_return_is_kept() -> None:
    sheet = go_back(SCOPE, full(), "value", "one", LATER)
    sheet = go_back(SCOPE, sheet, "problem", "two", LATER)
    assert [(one.from_, one.to) for one in sheet.history] == [("milestones", "value"), ("value", "problem")]


def test_kept_advice_is_kept_until_its_field_is_rewritten() -> None:
    sheet = keep(keep(full(), "problem", "solution-words/wishes"), "problem", "whole-step")
    sheet = typed(sheet, "problem.form", PROBLEM | {"who": "Somebody else"})
    assert sheet.steps["problem"].kept == {"solution-words/wishes"}, "of the whole step something has changed"
    sheet = keep(sheet, "problem", "whole-step")
    again = typed(sheet, "problem.form", PROBLEM | {"who": "Somebody else"})
    assert again.steps["problem"].kept == sheet.steps["problem"].kept, "saved as it was"
    sheet = typed(sheet, "problem.form", PROBLEM | {"wishes": "a chatbot\nhear of broken lines"})
    assert sheet.steps["problem"].kept == frozenset()
    assert keep(blank(), "problem", "any") == blank()


def test_what_was_said_of_a_line_that_only_moved_stays_kept() -> None:
    sheet = keep(full(), "value", "no-evidence/evidence")
    sheet = typed(sheet, "value.weigh", {"evidence": "poc", "note": "other words"}, item=3)
    assert sheet.steps["value"].kept == {"no-evidence/evidence"}
    sheet = typed(sheet, "value.weigh", {"evidence": "none", "note": "other words"}, item=3)
    assert sheet.steps["value"].kept == frozenset()


def test_the_day_a_step_was_first_saved_is_one_of_its_writers_calendar_and_stays() -> None:
    dawn = NOW.replace(hour=17).astimezone(ZoneInfo("Asia/Shanghai"))  # one in the morning of the next day there
    sheet = fill(SCOPE, blank(), "problem", "form", None, {"who": "Planners"}, dawn)
    sheet = fill(SCOPE, sheet, "problem", "form", None, {"who": "All"}, dawn + timedelta(days=3))
    filled = sheet.steps["problem"]
    assert filled.first_on == date(2026, 11, 22)
    assert (filled.saved_at, filled.saved_at.tzinfo if filled.saved_at else None) == (dawn + timedelta(days=3), UTC)
