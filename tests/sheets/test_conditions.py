"""Conditions: what may be asked of a sheet, and what it answers."""

from __future__ import annotations

import pytest

from sheets.conditions import holds
from sheets.predicates import predicates
from tests.sheets.samples import SCOPE, blank, full, typed


@pytest.mark.parametrize(
    ("condition", "step", "on_blank", "on_full"),
    [
        ("", "problem", True, True),
        ("who", "problem", False, True),
        ("problem.who", "ideas", False, True),
        ("!problem.who", "", True, False),
        ("wishes>=2", "problem", False, True),
        ("wishes>=3", "problem", False, False),
        ("good=yes", "gate", False, True),
        ("good=no", "gate", False, False),
        ("list>=2 | no_ai", "ideas", False, True),
        ("list>=2 & no_ai", "ideas", False, False),
        ("no_ai | list>=2 & !no_ai", "ideas", False, True),
        ("each:weigh.evidence", "value", False, True),
        ("each:value.weigh.evidence", "ideas", False, True),
        ("each:weigh.evidence=poc", "value", False, False),
        ("each:weigh.like", "value", False, False),
        ("evidence=poc", "value", False, True),
        ("evidence>=3", "value", False, True),
        ("others>=2", "value", False, True),
        ("elsewhere.gone", "", False, False),
        ("each:gone.evidence", "value", False, False),
    ],
)
def test_a_condition_reads_what_is_written(condition: str, step: str, on_blank: bool, on_full: bool) -> None:
    assert holds(condition, SCOPE, blank(), step) is on_blank
    assert holds(condition, SCOPE, full(), step) is on_full


def test_every_line_means_also_the_one_that_came_later() -> None:
    sheet = typed(full(), "ideas.form", {"list": "map turbines\npredict clouds\nask the neighbours\ntides"})
    assert not holds("each:weigh.evidence", SCOPE, sheet, "value")
    assert holds("evidence>=3", SCOPE, sheet, "value")


def test_a_predicate_is_asked_by_name() -> None:
    name = next(iter(predicates()))
    assert holds(f"?{name}", SCOPE, blank(), "") is not holds(f"!?{name}", SCOPE, blank(), "")


@pytest.mark.parametrize("condition", ["who=", "who>=many", "two words", "each:weigh", "each:weigh.note>=2", "a=b=c"])
def test_what_is_no_condition_is_an_error_and_never_true(condition: str) -> None:
    with pytest.raises(ValueError, match="no condition"):
        holds(condition, SCOPE, full(), "problem")


def test_an_unknown_predicate_is_an_error() -> None:
    with pytest.raises(KeyError):
        holds("?nobody-wrote-this", SCOPE, full(), "problem")
