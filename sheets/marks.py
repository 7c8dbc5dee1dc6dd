"""What a change of one step means for the others: what is looked at again, and what was kept and is asked once more."""

from __future__ import annotations

from collections.abc import Mapping

from content.say import Say
from content.worksheet import Worksheet
from sheets.sheet import Filled, Item, Value, Values
from sheets.typed import same

_CHANGED = "\x1f"
"""Before the key of a step: a reason nobody typed, for what is typed holds no such sign."""


def reason_of(step: str) -> str:
    """Why later steps are looked at again when this one was changed and nobody said why; put into words by `why`."""
    return f"{_CHANGED}{step}"


def why(say: Say, worksheet: Worksheet, reason: str) -> str:
    """A reason as it is read: the member's own words, or which step was changed."""
    if not reason.startswith(_CHANGED):
        return reason
    step = worksheet.step(reason.removeprefix(_CHANGED))
    return say("“{step}” was changed", step=step.short.get(say.lang)) if step is not None else ""


def altered(before: Filled, after: Filled) -> bool:
    """Whether something that stood there reads differently now, or is gone. What was only added leaves all the rest as
    true as it was, and so do other capitals, spaces and full stops."""
    return _altered(before.values, after.values) or any(
        _altered(said, after.each.get(part, {}).get(item, {}))
        for part, lines in before.each.items()
        for item, said in lines.items()
    )


def rewritten(kept: str, before: Filled | None, after: Filled) -> bool:
    """Whether an advice that was kept is given anew: the field of "check/field" has other words now; of a check on a
    whole step, anything has."""
    _, _, key = kept.partition("/")
    if before is None:
        return False
    if not key:
        return (before.values, before.each) != (after.values, after.each)
    return _said(before, key) != _said(after, key)


def _altered(before: Values, after: Values) -> bool:
    return any(value and not _stands(value, after.get(key, "")) for key, value in before.items())


def _stands(before: Value, after: Value) -> bool:
    if isinstance(before, str):
        return isinstance(after, str) and same(before) == same(after)
    there = {_line(one) for one in after} if not isinstance(after, str) else set[tuple[int, str]]()
    return all(_line(one) in there for one in before)


def _line(one: str | Item) -> tuple[int, str]:
    return (one.id, same(one.text)) if isinstance(one, Item) else (0, one)


def _said(filled: Filled, key: str) -> list[object]:
    lines: list[Mapping[int, Values]] = list(filled.each.values())
    value = filled.values.get(key)
    text = [one.text if isinstance(one, Item) else one for one in value] if isinstance(value, tuple) else [value]
    return [text, *[(id_, said[key]) for each in lines for id_, said in each.items() if key in said]]
