"""The days on which a letter may come about a project: to decide, and after its time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chat.people import Space
from sheets.results import moments, run_moment
from sheets.sheet import Filled, Sheet, Value
from tests.kit.house import shipped

SHEETS = shipped().library.worksheets
FIRST, SAVED = date(2026, 5, 5), datetime(2026, 5, 9, 21, tzinfo=UTC)  # the first save in Shanghai, the last one
TODAY = date(2026, 5, 20)


def _sheet(slug: str, step: str, values: dict[str, Value]) -> Sheet:
    filled = Filled(values=values, version=1, saved_at=SAVED, first_on=FIRST)
    return Sheet(space=Space("slack", "T1"), id="a" * 16, worksheet=slug, lang="en", steps={step: filled})


@pytest.mark.parametrize(
    ("amount", "length", "decide", "over"),
    [
        ("3", "days", date(2026, 5, 8), date(2026, 5, 8)),
        ("3", "weeks", date(2026, 5, 12), date(2026, 5, 26)),
        ("2", "months", date(2026, 5, 12), date(2026, 7, 4)),
        ("", "weeks", None, None),
    ],
)
def test_choosing_ends_a_week_after_the_first_save_at_most_and_the_project_after_its_own_length(
    amount: str, length: str, decide: date | None, over: date | None
) -> None:
    sheet = _sheet("pick", "decide", {"amount": amount, "length": length})
    assert run_moment(SHEETS["pick"], sheet, "decide-by", TODAY) == decide
    assert run_moment(SHEETS["pick"], sheet, "length-over", TODAY) == over


def test_every_moment_a_worksheet_names_is_one() -> None:
    named = {follow.on for sheet in SHEETS.values() for follow in sheet.follows if follow.on and "." not in follow.on}
    assert named == {"decide-by", "length-over", "aim-again"}
    assert named <= set(moments())
