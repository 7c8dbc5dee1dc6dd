"""A sheet with everything on it that its worksheet allows: how much room one may take at most."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chat.people import Space
from content.worksheet import Field, Part, Step, Worksheet
from sheets.refs import field_at, full_ref
from sheets.sheet import Filled, Item, Sheet, Value

SIGN = "\U00020bb7"
"""A Chinese character that takes four bytes: none takes more."""
AT = datetime(2026, 1, 5, tzinfo=UTC)
ID = 999  # the sheet's lines are counted, and none comes to a longer number


def fullest(worksheet: Worksheet) -> Sheet:
    """Every field of every part at its limits, lines and characters."""
    steps = {step.key: _filled(worksheet, step) for step in worksheet.steps}
    return Sheet(space=Space("example", worksheet.slug), id="fullest", worksheet=worksheet.slug, lang="zh-CN",
                 step=worksheet.steps[-1].key, steps=steps, next_id=ID)  # fmt: skip


def _filled(worksheet: Worksheet, step: Step) -> Filled:
    forms = [part for part in step.parts if part.kind != "each"]
    values = {field.key: _most(worksheet, step, field) for part in forms for field in part.fields}
    each = {part.key: _each(worksheet, step, part) for part in step.parts if part.kind == "each"}
    return Filled(values, each, version=ID, saved_at=AT, first_on=date(2026, 1, 5))


def _each(worksheet: Worksheet, step: Step, part: Part) -> dict[int, dict[str, Value]]:
    ids = range(ID, ID - _lines(worksheet, step, part.over), -1)
    return {id_: {field.key: _most(worksheet, step, field) for field in part.fields} for id_ in ids}


def _lines(worksheet: Worksheet, step: Step, over: str) -> int:
    found = field_at(worksheet, full_ref(over, step.key))
    return found[2].lines[1] if found is not None else 0


def _most(worksheet: Worksheet, step: Step, field: Field) -> Value:
    match field.kind:
        case "text":
            return SIGN * field.most
        case "lines":
            return tuple(Item(ID, SIGN * field.most) for _ in range(field.lines[1]))
        case "number":
            return str(field.range[1] or 10**12)
        case "date":
            return AT.date().isoformat()
        case "choice":
            return max((option.value for option in field.options), key=len)
        case "choices":
            return tuple(option.value for option in field.options)
        case "item":
            return str(ID)
        case "items":
            return (str(ID),) * _lines(worksheet, step, field.over)
