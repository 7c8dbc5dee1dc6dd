"""The body of a sheet as it is stored: the same back, and nothing else accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from sheets.body import BodyUnreadable, of_json, to_json
from sheets.filling import go_back, keep
from sheets.sheet import Filled, Sheet
from tests.sheets.samples import NOW, SCOPE, blank, full, typed


def back(sheet: Sheet, text: str | None = None) -> Sheet:
    return of_json(
        sheet.space, sheet.id, to_json(sheet) if text is None else text, worksheet=sheet.worksheet, lang=sheet.lang,
        state=sheet.state, created_at=sheet.created_at, updated_at=sheet.updated_at, version=sheet.version,
    )  # fmt: skip


def whole() -> Sheet:
    sheet = keep(go_back(SCOPE, full(), "problem", "谁的问题？", NOW), "problem", "nobody-asked/asked")
    return typed(sheet, "problem.form", {"who": '🌬️ "夜班" \\ \u2028x', "wishes": "eins"}, after=90)


def test_a_sheet_comes_back_as_it_was() -> None:
    for sheet in (blank(), full(), whole(), replace(blank(), steps={"old": Filled(values={"gone": ("a", "b")})})):
        assert back(sheet) == sheet
        assert to_json(back(sheet)) == to_json(sheet)


def test_chinese_takes_no_more_room_than_it_needs() -> None:
    assert "谁的问题？" in to_json(whole())


def test_what_is_kept_in_a_column_is_not_kept_twice() -> None:
    assert set(json.loads(to_json(full()))) == {"v", "step", "steps", "history", "next_id"}


def _broken(path: str, value: Any) -> str:
    body: Any = json.loads(to_json(whole()))
    *way, last = path.split("/")
    at = body
    for key in way:
        at = at[int(key)] if key.isdecimal() else at[key]
    if value is ...:
        del at[last]
    else:
        at[int(last) if last.isdecimal() else last] = value
    return json.dumps(body)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("v", 2, "a body of version 2, this program reads 1"),
        ("v", ..., "body has no 'v'"),
        ("v", True, "body.v is no whole number"),
        ("step", None, "body.step is no text"),
        ("steps", [], "body.steps is no map"),
        ("history", {}, "body.history is no list"),
        ("history/0", ["2026-01-01T00:00:00+00:00", "a"], r"body.history\[0\] is no return"),
        ("history/0/0", "2026-01-01T00:00:00", "is a moment without a zone"),
        ("history/0/0", "yesterday", "is no moment"),
        ("next_id", "7", "body.next_id is no whole number"),
        ("steps/problem/values/who", 7, "who is no list"),
        ("steps/problem/values/who", ["a", 7], "is no list"),
        ("steps/problem/values/wishes/0", [1, "a", "b"], "is no pair of id and text"),
        ("steps/value/each/weigh", {"x": {}}, "does not stand under the id of a line"),
        ("steps/value/each/weigh", {"²": {}}, "does not stand under the id of a line"),
        ("steps/problem/kept", [1], "is no text"),
        ("steps/problem/recheck", ..., "has no 'recheck'"),
        ("steps/problem/first_on", ..., "has no 'first_on'"),
        ("steps/problem/first_on", "soon", "first_on is no day"),
    ],
)
def test_anything_else_is_refused_by_its_place_and_never_by_its_words(path: str, value: object, told: str) -> None:
    with pytest.raises(BodyUnreadable, match=told) as caught:
        back(whole(), _broken(path, value))
    assert "夜班" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"v"', "NaN"])
def test_what_is_no_body_at_all_is_refused(text: str) -> None:
    with pytest.raises(BodyUnreadable):
        back(blank(), text)
