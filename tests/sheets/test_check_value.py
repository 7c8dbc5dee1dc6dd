"""Whether an idea can be done and is worth it: somebody else's word counts, and of ideas the picked one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheets.sheet import Sheet
from tests.sheets.checking import asks, sheet, weigh, write

PUBLISHED = {"evidence": "published", "value": "4", "confirmed": "the ward sister"}


def two(*rows: Mapping[str, str]) -> Sheet:
    return weigh(write(sheet("scope"), "ideas", ideas=["Map turbines", "Predict clouds"]), "value.weigh", *rows)


def test_a_well_weighed_idea_is_left_alone() -> None:
    for check in ("no-evidence", "judged-alone", "evidence-no-value"):
        assert asks(two(PUBLISHED, PUBLISHED), "value", check) is None


def test_an_idea_without_evidence_is_named() -> None:
    assert asks(two(PUBLISHED, {"evidence": "none"}), "value", "no-evidence") == ("Predict clouds",)
    assert asks(two(PUBLISHED), "value", "no-evidence") is None, "not yet weighed is not without evidence"


def test_once_an_idea_is_picked_the_others_are_let_go() -> None:
    on = two(PUBLISHED, {"evidence": "none", "value": "2"})
    assert asks(on, "value", "judged-alone") == ("Predict clouds",)
    assert asks(write(on, "value", picked="1"), "value", "judged-alone") is None
    assert asks(write(on, "value", picked="2"), "value", "no-evidence") == ("Predict clouds",)


@pytest.mark.parametrize(
    ("who", "own"), [("", True), ("just me", True), ("我自己估的", True), ("班长", False), ("a buyer", False)]
)
def test_ones_own_estimate_is_one_vote(who: str, own: bool) -> None:
    found = asks(two({"evidence": "poc", "value": "5", "confirmed": who}), "value", "judged-alone")
    assert found == (("Map turbines",) if own else None)


def test_a_value_is_asked_for_where_there_is_evidence() -> None:
    assert asks(two({"evidence": "poc"}, {"evidence": "none"}), "value", "evidence-no-value") == ("Map turbines",)
