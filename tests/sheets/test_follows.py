"""When a sheet's letters are due: so many days after the last touch, or on the morning of a date that stands on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chat.people import Space
from sheets.follows import moments, quoted
from sheets.sheet import Filled, Item, Sheet, SheetState
from tests.kit.house import shipped

NOW = datetime(2026, 11, 20, 22, tzinfo=UTC)
SHEETS = shipped().library.worksheets
SCOPE = SHEETS["scope"]
ML = {"ml": "Error in percent"}
SHEET = Sheet(
    space=Space("slack", "T1"), id="s", worksheet="scope", lang="en", updated_at=NOW,
    steps={"milestones": Filled(values={**ML, "date": "2026-12-10"})},
)  # fmt: skip


def test_a_letter_of_a_date_comes_at_ten_on_its_readers_clock() -> None:
    for zone, at in (("Asia/Shanghai", "02:00"), ("America/Los_Angeles", "18:00"), ("UTC", "10:00")):
        due = moments(SCOPE, SHEET, zone)["numbers"]
        assert (due.tzinfo, due.date().isoformat(), f"{due:%H:%M}") == (UTC, "2026-12-10", at)
    spring = replace(SHEET, steps={"milestones": Filled(values={**ML, "date": "2027-03-28"})})  # clocks go forward
    assert moments(SCOPE, spring, "Europe/Berlin")["numbers"] == datetime(2027, 3, 28, 8, tzinfo=UTC)


def test_a_letter_of_a_pause_counts_from_the_last_touch() -> None:
    assert moments(SCOPE, SHEET, "Asia/Shanghai")["unfinished"] == NOW + timedelta(days=3)
    touched = replace(SHEET, updated_at=NOW + timedelta(days=2))
    assert moments(SCOPE, touched, "UTC")["unfinished"] == NOW + timedelta(days=5)


@pytest.mark.parametrize(
    ("state", "due"), [("open", {"unfinished", "numbers"}), ("done", {"numbers"}), ("away", set[str]())]
)
def test_what_is_done_has_its_date_before_it_and_what_is_put_away_has_nothing(state: SheetState, due: set[str]) -> None:
    assert set(moments(SCOPE, replace(SHEET, state=state), "UTC")) == due


@pytest.mark.parametrize("written", ["", "some time in spring"])
def test_without_a_date_there_is_no_letter_of_it(written: str) -> None:
    undated = replace(SHEET, steps={"milestones": Filled(values={**ML, "date": written})})
    assert set(moments(SCOPE, undated, "UTC")) == {"unfinished"}
    assert set(moments(SCOPE, replace(SHEET, steps={}), "UTC")) == {"unfinished"}


def _with(slug: str, **steps: Filled) -> Sheet:
    return Sheet(space=SHEET.space, id="s", worksheet=slug, lang="en", updated_at=NOW, steps=steps)


def _due(slug: str, **steps: Filled) -> set[str]:
    return set(moments(SHEETS[slug], _with(slug, **steps), "UTC"))


def test_a_letter_about_numbers_wants_a_number_and_not_only_a_date() -> None:
    assert _due("scope", milestones=Filled(values={"date": "2026-12-10"})) == {"unfinished"}
    for key in ("ml", "business"):
        assert "numbers" in _due("scope", milestones=Filled(values={"date": "2026-12-10", key: "Loaves left over"}))


def test_a_second_pass_is_offered_after_a_first_one_that_goes_on_and_before_it_is_done() -> None:
    goes = Filled(values={"verdict": "go"})
    assert _due("paper", add=Filled(values={"title": "Sound maps"})) == set()
    assert _due("paper", pass1=Filled(values={"verdict": "stop"})) == set()
    assert _due("paper", pass1=goes) == {"pass_two"}
    assert _due("paper", pass1=goes, pass2=Filled(values={"figure": "Figure 4", "verdict2": "go"})) == set()


def test_the_outsiders_day_counts_from_the_first_save_of_that_step_whatever_is_saved_after_it() -> None:
    own = Filled(values={"contrast": "Less for counting"}, first_on=date(2026, 11, 18))
    at = datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert moments(SHEETS["research"], _with("research", self=own), "UTC")["outsider"] == at
    later = replace(_with("research", self=own), updated_at=NOW + timedelta(days=9), state="done")
    assert moments(SHEETS["research"], later, "UTC")["outsider"] == at
    assert "outsider" not in _due("research", topic=Filled(values={"topic": "Bats"})), "before step 2"
    looked = replace(own, values={**own.values, "focus": "The way itself"})
    assert "outsider" not in _due("research", self=looked), "looked at already"


def test_a_paper_a_week_is_asked_for_while_the_core_list_is_begun_and_short() -> None:
    papers = tuple(Item(n, f"Paper {n}") for n in range(1, 11))
    assert "one_paper" not in _due("research", topic=Filled(values={"topic": "Bats"}))
    assert "one_paper" in _due("research", seed=Filled(values={"seed": "Sound maps"}))
    assert "one_paper" in _due("research", seed=Filled(values={"seed": "Sound maps", "papers": papers[:9]}))
    assert "one_paper" not in _due("research", seed=Filled(values={"seed": "Sound maps", "papers": papers}))


def test_nobody_is_asked_to_decide_who_has_decided_and_only_they_how_it_was() -> None:
    length = Filled(values={"amount": "3", "length": "weeks"}, first_on=date(2026, 11, 20))
    assert _due("pick", decide=length) == {"decide"}
    assert _due("pick", decide=replace(length, values={**length.values, "picked": "1"})) == {"stone"}


def test_shots_that_all_have_their_result_are_not_asked_about() -> None:
    shots = Filled(values={"shots": (Item(1, "Ask three people"), Item(2, "Sit beside the phone"))})
    day, one = Filled(values={"date": "2026-12-10"}), {1: {"outcome": "hit"}}
    assert _due("aim", shots=shots, again=day) == {"again"}
    assert _due("aim", shots=shots, again=day, outcome=Filled(each={"result": one})) == {"again"}
    done = Filled(each={"result": {**one, 2: {"outcome": "miss"}}})
    assert _due("aim", shots=shots, again=day, outcome=done) == set()


def test_a_kept_idea_comes_back_two_weeks_after_the_first_was_kept_by_the_name_of_one_not_taken_up() -> None:
    ideas = SHEETS["ideas"]
    sheet = _with("ideas", kept=Filled(values={"ideas": (Item(1, "Readers wait"), Item(2, "Full rooms"))},
                                       first_on=date(2026, 11, 6)))  # fmt: skip
    assert moments(ideas, replace(sheet, state="done"), "Asia/Shanghai")["resurface"] == datetime(
        2026, 11, 20, 2, tzinfo=UTC
    )
    (follow,) = ideas.follows
    assert quoted(sheet, follow, ()) == "Readers wait"
    assert quoted(sheet, follow, ["readers  wait."]) == "Full rooms"
    assert quoted(sheet, follow, ["Readers wait", "Full rooms"]) is None
    assert quoted(SHEET, SCOPE.follows[0], ()) == "", "most letters quote nothing"


def test_every_letter_of_the_pack_can_be_reckoned_on_an_empty_sheet() -> None:
    for slug, worksheet in SHEETS.items():
        assert set(moments(worksheet, _with(slug), "UTC")) <= {one.key for one in worksheet.follows if one.after}
