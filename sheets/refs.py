"""Where an answer stands: "key" in a step or "step.key" anywhere, and the lines that others speak of."""

from __future__ import annotations

from content.worksheet import Field, Part, Step, Worksheet
from sheets.sheet import Filled, Item, Sheet, Value, Values


def full_ref(ref: str, step: str) -> str:
    """
    >>> full_ref("wishes", "problem"), full_ref("ideas.list", "problem")
    ('problem.wishes', 'ideas.list')
    """
    return ref if "." in ref else f"{step}.{ref}"


def field_at(worksheet: Worksheet, ref: str) -> tuple[Step, Part, Field] | None:
    """The field of "step.field" with its part and step."""
    key, _, name = ref.partition(".")
    if (step := worksheet.step(key)) is None:
        return None
    for part in step.parts:
        for field in part.fields:
            if field.key == name:
                return step, part, field
    return None


def lines_over(sheet: Sheet, step: str, part: Part) -> tuple[Item, ...]:
    """The lines an `each` part is filled in for, in the words they have there."""
    return lines_shown(sheet, full_ref(part.over, step), part.reworded) if part.over else ()


def lines_shown(sheet: Sheet, ref: str, reworded: str) -> tuple[Item, ...]:
    """The lines at "step.field", each in the last words it was put into in one of the fields `reworded`."""
    shown = {line.id: line.text for line in sheet.items(ref)}
    for name in reworded.split():
        step, part, key = name.split(".")
        filled = sheet.steps.get(step, Filled())
        for id_, values in filled.each.get(part, {}).items():
            words = values.get(key, "")
            if id_ in shown and isinstance(words, str) and words.strip():
                shown[id_] = " ".join(words.split())
    return tuple(Item(id_, text) for id_, text in shown.items())


def answers_at(sheet: Sheet, step: str, part: Part) -> tuple[Values, ...]:
    """What stands in a part: once, or of an `each` part once for every line there is."""
    if (filled := sheet.steps.get(step)) is None:
        return ({},) if part.kind != "each" else tuple({} for _line in lines_over(sheet, step, part))
    if part.kind != "each":
        return (filled.values,)
    said = filled.each.get(part.key, {})
    return tuple(said.get(line.id, {}) for line in lines_over(sheet, step, part))


def line_of(sheet: Sheet, ref: str, id_: str) -> Item | None:
    """The line of this id in the list at "step.field"."""
    return next((line for line in sheet.items(ref) if str(line.id) == id_), None)


def texts(value: Value | None) -> tuple[str, ...]:
    """All that is written in a value, line by line, without the blank ones."""
    if value is None:
        return ()
    found = (value,) if isinstance(value, str) else (one.text if isinstance(one, Item) else one for one in value)
    return tuple(text for text in found if text.strip())
