"""How a sheet changes: a part is filled in, a line edited, somebody goes back; nothing else is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from chat.errors import SteppingstoneError
from content.worksheet import Field, Part, Worksheet
from sheets.answers import adds
from sheets.lines import added, with_ids, without
from sheets.marks import altered, reason_of, rewritten
from sheets.naming import shortened
from sheets.progress import next_step, settled, state_of
from sheets.refs import field_at, lines_over
from sheets.sheet import Filled, Item, Return, Sheet, Value, Values


class LineGone(SteppingstoneError):
    """The line was removed meanwhile, in another window."""


def fill(
    worksheet: Worksheet, sheet: Sheet, step: str, part: str, item: int | None, values: Values, now: datetime
) -> Sheet:
    """What `read_answers` gave, written into a part; of an `each` part for the line `item`. What is not in `values`
    stays, what is blank there goes. The step's mark "re-check" is cleared, and those of later steps set, where
    something that stood in this one was changed, or somebody came back to it and added something. Raises
    LineGone, and KeyError for a part the worksheet does not have."""
    one = _part(worksheet, step, part)
    before = sheet.steps.get(step, Filled())
    if one.kind != "each":
        settled_values, next_id = _with_ids(sheet, step, one.fields, before.values, values)
        after = replace(before, values=_merged(before.values, settled_values))
        return _saved(worksheet, replace(sheet, next_id=next_id), step, after, now)
    if item is None or item not in {line.id for line in lines_over(sheet, step, one)}:
        raise LineGone(f"line {item} of {step}.{part}")
    said = before.each.get(part, {})
    settled_values, next_id = _with_ids(sheet, step, one.fields, said.get(item, {}), values)
    anew = {**said, item: _merged(said.get(item, {}), settled_values)}
    after = replace(before, each={**before.each, part: {id_: each for id_, each in anew.items() if each}})
    return _saved(worksheet, replace(sheet, next_id=next_id), step, after, now)


def keep(sheet: Sheet, step: str, advice_key: str) -> Sheet:
    """Stays as it is: this advice is not given again until its field, or the step it is about, is rewritten."""
    if (filled := sheet.steps.get(step)) is None:
        return sheet
    return replace(sheet, steps={**sheet.steps, step: replace(filled, kept=filled.kept | {advice_key})})


def go_back(worksheet: Worksheet, sheet: Sheet, to: str, reason: str, now: datetime, of: str = "") -> Sheet:
    """Its owner is at this step again, for a reason that is kept. Nothing is marked until the step is changed. Where
    nothing later was written, it is a step on the way and no return. `of`: the step they looked at, else the one they
    are on. Raises KeyError and ValueError."""
    keys = _keys(worksheet)
    if to not in keys:
        raise KeyError(to)
    if not reason.strip():
        raise ValueError("somebody goes back for a reason")
    later = [key for key in _later(worksheet, to) if key in sheet.steps]
    if not later:
        return replace(sheet, step=to)
    from_ = next((one for one in (of, sheet.step) if one in _later(worksheet, to)), later[-1])
    return replace(sheet, step=to, history=(*sheet.history, Return(now, from_, to, reason)))


def edit_item(worksheet: Worksheet, sheet: Sheet, ref: str, item: int, text: str, now: datetime) -> Sheet:
    """Other words for one line of the list at "step.field". Raises LineGone, and KeyError."""
    lines = _list_with(worksheet, sheet, ref, item)
    return _with_list(worksheet, sheet, ref, [Item(one.id, text) if one.id == item else one for one in lines], now)


def remove_item(worksheet: Worksheet, sheet: Sheet, ref: str, item: int, now: datetime) -> Sheet:
    """One line less, and with it what was said of it. Raises LineGone, and KeyError."""
    lines = _list_with(worksheet, sheet, ref, item)
    return _with_list(worksheet, sheet, ref, [one for one in lines if one.id != item], now)


def import_lines(worksheet: Worksheet, sheet: Sheet, ref: str, texts: Sequence[str], now: datetime) -> Sheet:
    """Adds lines that stand elsewhere too: those there is room for, shortened where they are too long, none twice.
    Raises KeyError for a list the worksheet does not have."""
    if (found := field_at(worksheet, ref)) is None or found[2].kind != "lines":
        raise KeyError(ref)
    field = found[2]
    fitting = [short for text in texts if (short := shortened(text, field.most))]
    lines, next_id = added(sheet.items(ref), fitting, sheet.next_id)
    room = max(field.lines[1], len(sheet.items(ref)))
    return _with_list(worksheet, replace(sheet, next_id=next_id), ref, lines[:room], now)


def _part(worksheet: Worksheet, step: str, part: str) -> Part:
    found = worksheet.step(step)
    one = found.part(part) if found is not None else None
    if one is None:
        raise KeyError(f"{step}.{part}")
    return one


def _with_ids(sheet: Sheet, step: str, fields: Sequence[Field], before: Values, values: Values) -> tuple[Values, int]:
    """Texts of lists become lines with ids."""
    next_id = sheet.next_id
    found: dict[str, Value] = dict(values)
    for field in fields:
        typed = values.get(field.key)
        if field.kind == "lines" and typed is not None and not isinstance(typed, str):
            texts = [one.text if isinstance(one, Item) else one for one in typed]
            old = before.get(field.key, ())
            there = [one for one in old if isinstance(one, Item)] if not isinstance(old, str) else []
            settle = added if adds(sheet, f"{step}.{field.key}", field) else with_ids
            found[field.key], next_id = settle(there, texts, next_id)
    return found, next_id


def _merged(before: Values, values: Values) -> Values:
    return {key: value for key, value in {**before, **values}.items() if value}


def _list_with(worksheet: Worksheet, sheet: Sheet, ref: str, item: int) -> tuple[Item, ...]:
    if field_at(worksheet, ref) is None:
        raise KeyError(ref)
    lines = sheet.items(ref)
    if item not in {one.id for one in lines}:
        raise LineGone(f"line {item} of {ref}")
    return lines


def _with_list(worksheet: Worksheet, sheet: Sheet, ref: str, lines: Sequence[Item], now: datetime) -> Sheet:
    step, _, key = ref.partition(".")
    before = sheet.steps.get(step, Filled())
    return _saved(worksheet, sheet, step, replace(before, values=_merged(before.values, {key: tuple(lines)})), now)


def _saved(worksheet: Worksheet, sheet: Sheet, step: str, after: Filled, now: datetime) -> Sheet:
    before = sheet.steps.get(step)
    changed = before is None or (before.values, before.each) != (after.values, after.each)
    after = replace(
        after,
        version=sheet.version + 1 if changed else after.version,
        saved_at=now.astimezone(UTC),
        first_on=after.first_on or now.date(),
        recheck="",
        kept=frozenset(key for key in after.kept if not rewritten(key, before, after)),
    )
    steps: dict[str, Filled] = {**sheet.steps, step: after}
    if changed and (reason := _came_back(worksheet, sheet, step)):
        steps |= _marked(worksheet, steps, step, reason)
    elif before is not None and altered(before, after) and _counts(worksheet, step):
        sheet = _returned(worksheet, sheet, step, now)
        steps |= _marked(worksheet, steps, step, reason_of(step))
    made = _lines_gone(worksheet, sheet, replace(sheet, steps=steps), step)
    found = worksheet.step(step)
    onward = next_step(worksheet, made, step) if found and state_of(worksheet, made, found) == "done" else found
    return settled(worksheet, replace(made, step=onward.key if onward is not None else step))


def _marked(worksheet: Worksheet, steps: Mapping[str, Filled], step: str, reason: str) -> Mapping[str, Filled]:
    return {key: replace(steps[key], recheck=reason) for key in _later(worksheet, step) if key in steps}


def _counts(worksheet: Worksheet, step: str) -> bool:
    found = worksheet.step(step)
    return found is not None and found.numbered


def _returned(worksheet: Worksheet, sheet: Sheet, step: str, now: datetime) -> Sheet:
    """Somebody changed an earlier step without a word about it: a return all the same."""
    if not (later := [key for key in _later(worksheet, step) if key in sheet.steps]):
        return sheet
    from_ = sheet.step if sheet.step in later else later[-1]
    return replace(sheet, history=(*sheet.history, Return(now, from_, step, reason_of(step))))


def _came_back(worksheet: Worksheet, sheet: Sheet, step: str) -> str:
    """The reason of the return to this step that is under way: it is over once a later step was saved."""
    if (last := next((one for one in reversed(sheet.history) if one.to == step), None)) is None:
        return ""
    saved = [sheet.steps[key].saved_at for key in _later(worksheet, step) if key in sheet.steps]
    return "" if any(at is not None and at > last.at for at in saved) else last.reason


def _lines_gone(worksheet: Worksheet, before: Sheet, after: Sheet, step: str) -> Sheet:
    for key in before.steps[step].values if step in before.steps else ():
        gone = {one.id for one in before.items(f"{step}.{key}")} - {one.id for one in after.items(f"{step}.{key}")}
        after = without(worksheet, after, f"{step}.{key}", gone)
    return after


def _keys(worksheet: Worksheet) -> list[str]:
    return [step.key for step in worksheet.steps]


def _later(worksheet: Worksheet, step: str) -> list[str]:
    keys = _keys(worksheet)
    return keys[keys.index(step) + 1 :]
