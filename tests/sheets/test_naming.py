"""What a sheet is called in lists, on cards and as a document."""

from __future__ import annotations

from dataclasses import replace

from sheets.naming import shortened, title_of
from tests.sheets.samples import EN, SCOPE, ZH, blank, full, typed


def test_a_sheet_is_called_after_what_its_worksheet_says() -> None:
    assert title_of(EN, SCOPE, full()) == "plan the reserve"
    assert title_of(EN, replace(SCOPE, names="problem.who"), full()) == "Operators"
    assert title_of(EN, replace(SCOPE, names="value.picked"), full()) == "predict clouds"


def test_before_a_line_is_chosen_it_is_called_after_the_first() -> None:
    sheet = typed(full(), "value.pick", {"picked": "5"})
    sheet = typed(sheet, "ideas.form", {"list": "map turbines\npredict clouds"})
    assert title_of(EN, replace(SCOPE, names="value.picked"), sheet) == "map turbines"


def test_without_an_answer_it_has_the_worksheets_name_in_the_readers_language() -> None:
    assert (title_of(EN, SCOPE, blank()), title_of(ZH, SCOPE, blank())) == ("Small sheet", "小表")
    assert title_of(EN, replace(SCOPE, names="problem.gone"), full()) == "Small sheet"


def test_a_title_is_one_line_of_80_characters_never_cut_inside_one() -> None:
    families = "👩‍👩‍👧‍👦" * 30
    sheet = typed(blank(), "problem.form", {"who": "x", "wishes": families[:196]})
    title = title_of(EN, SCOPE, sheet)
    assert len(title) <= 80
    assert title.removesuffix("…") == "👩‍👩‍👧‍👦" * 11
    assert shortened("one\ntwo", 80) == "one two"
    assert shortened("电网调度员说不准明天的风", 6) == "电网调度员…"
    assert shortened("e\u0301" * 9, 5) == "e\u0301e\u0301…"
