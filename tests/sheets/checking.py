"""Short ways to write a sheet of the shipped pack down and to hear what its checks and results say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from chat.people import Space
from content.library import Library
from content.say import speaker
from content.worksheet import Worksheet
from sheets.checks import advice
from sheets.refs import field_at
from sheets.results import run_results
from sheets.sheet import Filled, Item, Sheet, Value
from tests.kit.house import shipped
from tests.sheets.samples import NOW, TODAY

Written = Mapping[str, str | Sequence[str]]
Lang = Literal["en", "zh-CN"]


@cache
def library() -> Library:
    return shipped().library


def sheet(slug: str, lang: Lang = "en") -> Sheet:
    return Sheet(space=Space("slack", "T1"), id="0123456789abcdef", worksheet=slug, lang=lang)


def write(on: Sheet, step: str, **values: str | Sequence[str]) -> Sheet:
    """Answers of a step's forms and taps, over those that stand; lists get ids from 1."""
    before = on.steps.get(step, Filled())
    made = {key: _value(on, f"{step}.{key}", value) for key, value in values.items()}
    filled = replace(before, values={**before.values, **made}, saved_at=NOW, first_on=before.first_on or NOW.date())
    return replace(on, steps={**on.steps, step: filled})


def weigh(on: Sheet, name: str, *rows: Mapping[str, str | Sequence[str]]) -> Sheet:
    """What was said of each line of an `each` part, "step.part", line after line."""
    step, _, part = name.partition(".")
    before = on.steps.get(step, Filled())
    made = {n: {k: v if isinstance(v, str) else tuple(v) for k, v in row.items()} for n, row in enumerate(rows, 1)}
    filled = replace(before, each={**before.each, part: made}, saved_at=NOW, first_on=before.first_on or NOW.date())
    return replace(on, steps={**on.steps, step: filled})


def worksheet_of(on: Sheet) -> Worksheet:
    return library().worksheets[on.worksheet]


def asks(on: Sheet, step: str, check: str, today: date = TODAY) -> tuple[str, ...] | None:
    """{words} of this check, None when it has nothing to ask."""
    at = worksheet_of(on).step(step)
    assert at is not None
    assert check in {one.id for one in at.checks}, "no step asks this"
    return next((one.words for one in advice(worksheet_of(on), on, at, today) if one.check.id == check), None)


def shows(on: Sheet, result: str, today: date = TODAY) -> str:
    """A result's blocks as one text, for looking into."""
    return "\n".join(str(block) for block in run_results(speaker(on.lang), worksheet_of(on), on, [result], today))


def _value(on: Sheet, ref: str, value: str | Sequence[str]) -> Value:
    found = field_at(worksheet_of(on), ref)
    assert found is not None, f"{ref} does not exist"
    if isinstance(value, str):
        return value
    if found[2].kind == "lines":
        return tuple(Item(n, line) for n, line in enumerate(value, 1))
    return tuple(value)
