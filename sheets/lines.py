"""Lines of a list that stay themselves: an id survives new words, a new order, lines in between."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from content.worksheet import Worksheet
from sheets.refs import field_at, full_ref
from sheets.sheet import Filled, Item, Sheet, Value, Values
from sheets.typed import once, same

ALIKE = 55
"""Per cent, from which on two lines may be one that was reworded."""


def with_ids(there: Sequence[Item], typed: Sequence[str], next_id: int) -> tuple[tuple[Item, ...], int]:
    """The lines as typed, each with the id of the one it was: of the same words, else of the nearest that is alike,
    else a new one; and the next id. Its place alone makes no line another one: what was said of that is not said of
    this.

    >>> with_ids((Item(1, "map turbines"), Item(2, "clouds")), ("clouds", "map the turbines", "tides"), 3)
    ((Item(id=2, text='clouds'), Item(id=1, text='map the turbines'), Item(id=3, text='tides')), 4)
    """
    lines = once(typed)
    left = list(enumerate(there))
    ids: dict[int, int] = {}
    for at, line in enumerate(lines):
        if (known := next((one for one in left if same(one[1].text) == same(line)), None)) is not None:
            ids[at] = known[1].id
            left.remove(known)
    for score, at, place in sorted(_alike(lines, left, ids), reverse=True):
        known = next((one for one in left if one[0] == place), None)
        if score >= ALIKE and at not in ids and known is not None:
            ids[at] = known[1].id
            left.remove(known)
    found: list[Item] = []
    for at, line in enumerate(lines):
        found.append(Item(ids.get(at, next_id), line))
        next_id += at not in ids
    return tuple(found), next_id


def added(there: Sequence[Item], typed: Sequence[str], next_id: int) -> tuple[tuple[Item, ...], int]:
    """The lines there are, and those typed that are not among them."""
    known = {same(item.text) for item in there}
    new = [line for line in once(typed) if same(line) not in known]
    return (*there, *(Item(next_id + at, line) for at, line in enumerate(new))), next_id + len(new)


def without(worksheet: Worksheet, sheet: Sheet, ref: str, gone: Collection[int]) -> Sheet:
    """What was said anywhere of lines that are gone from the list at "step.field" goes with them."""
    if not gone:
        return sheet
    steps = {key: _without(worksheet, key, filled, ref, gone) for key, filled in sheet.steps.items()}
    touched = {key: replace(filled, version=sheet.version + 1) for key, filled in steps.items()}
    return replace(sheet, steps={k: one if one == sheet.steps[k] else touched[k] for k, one in steps.items()})


def _alike(
    lines: Sequence[str], left: Sequence[tuple[int, Item]], ids: Mapping[int, int]
) -> list[tuple[float, int, int]]:
    return [
        (fuzz.ratio(same(line), same(item.text)), at, place)
        for at, line in enumerate(lines)
        if at not in ids
        for place, item in left
    ]


def _without(worksheet: Worksheet, step: str, filled: Filled, ref: str, gone: Collection[int]) -> Filled:
    each: dict[str, Mapping[int, Values]] = {}
    found = worksheet.step(step)
    for key, said in filled.each.items():
        part = found.part(key) if found is not None else None
        drop = gone if part is not None and full_ref(part.over, step) == ref else ()
        each[key] = {id_: _pointing(worksheet, step, one, ref, gone) for id_, one in said.items() if id_ not in drop}
    return replace(filled, values=_pointing(worksheet, step, filled.values, ref, gone), each=each)


def _pointing(worksheet: Worksheet, step: str, values: Values, ref: str, gone: Collection[int]) -> Values:
    """Without the answers, or parts of them, that name one of the lines that are gone."""
    ids = {str(id_) for id_ in gone}
    found: dict[str, Value] = {}
    for key, value in values.items():
        at = field_at(worksheet, f"{step}.{key}")
        if at is None or at[2].kind not in {"item", "items"} or full_ref(at[2].over, step) != ref:
            found[key] = value
        elif isinstance(value, str):
            if value not in ids:
                found[key] = value
        elif left := tuple(one for one in value if isinstance(one, str) and one not in ids):
            found[key] = left
    return found
