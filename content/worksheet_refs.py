"""Checks what the parts of a worksheet say of each other: fields, lines, steps and conditions that are not there.

Whether a named check, result or predicate exists is judged by `python -m bot check`: content knows no functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.read import Problems, Value
from content.worksheet import Field, Follow, Part, Step, Worksheet
from content.worksheet_parts import PICKED_LINES

_TERM = re.compile(
    r"(?:each:(?P<each>[\w-]+\.[\w-]+(?:\.[\w-]+)?)|(?P<ref>[\w-]+(?:\.[\w-]+)?))"
    r"(?:=(?P<value>[^\s=<>&|!]+))?(?:>=(?P<least>\d+))?"
)
"""As sheets/conditions.py reads it."""
_NAMED = re.compile(r"\?[\w-]+")
_LISTS = ("lines", "items", "choices")


@dataclass(frozen=True, slots=True)
class _Known:
    """Every field by "step.field", every part as "step.part", and every each by that name."""

    fields: Mapping[str, Field]
    parts: frozenset[str]
    eachs: Mapping[str, Part]
    in_each: frozenset[str]


def check_references(entry: Value, worksheet: Worksheet, problems: Problems) -> None:
    """Notes every name that leads nowhere, at the line where it stands."""
    known = _known(worksheet.steps)
    for value, step in zip(entry.get("steps").items, worksheet.steps, strict=True):
        _step(value, step, worksheet, known, problems)
    _plain(entry.get("names"), worksheet.names, "names", known, problems)
    for value, ref in zip(entry.get("same").items, worksheet.same, strict=True):
        _plain(value, ref, "same", known, problems)
    for value, finish in zip(entry.get("finishes").items, worksheet.finishes, strict=True):
        _condition(value.get("when"), finish.when, "", known, problems)
    for value, follow in zip(entry.get("follows").items, worksheet.follows, strict=True):
        _follow(value, follow, known, problems)
    card = entry.get("card")
    for value, (_label, ref) in zip(card.get("rows").items, worksheet.card.rows, strict=True):
        for one in ref.split() or [ref]:
            _plain(value, one, "a row of the card", known, problems)
    for value, (_label, ref) in zip(card.get("dots").items, worksheet.card.dots, strict=True):
        if not ref or "." in ref:
            _plain(value, ref, "a dot of the card", known, problems)


def _known(steps: Sequence[Step]) -> _Known:
    fields = {f"{step.key}.{field.key}": field for step in steps for part in step.parts for field in part.fields}
    eachs = {f"{step.key}.{part.key}": part for step in steps for part in step.parts if part.kind == "each"}
    inside = frozenset(
        f"{step.key}.{field.key}"
        for step in steps
        for part in step.parts
        if part.kind == "each"
        for field in part.fields
    )
    parts = frozenset(f"{step.key}.{part.key}" for step in steps for part in step.parts)
    return _Known(fields, parts, eachs, inside)


def _step(entry: Value, step: Step, worksheet: Worksheet, known: _Known, problems: Problems) -> None:
    _condition(entry.get("when"), step.when, "", known, problems)
    for value, condition in zip(entry.get("done").items, step.done, strict=False):
        _condition(value, condition, step.key, known, problems)
    for value, part in zip(entry.get("parts").items, step.parts, strict=False):
        _condition(value.get("when"), part.when, step.key, known, problems)
        if part.over:
            _lines(value, part.over, known, problems)
        _reworded(value, part.over, part.reworded, known, problems)
    windows = entry.get("parts").items or [entry]
    for window, part in zip(windows, step.parts, strict=False):
        for value, field in zip(window.get("fields").items, part.fields, strict=True):
            if field.over:
                _lines(value, field.over, known, problems)
            _reworded(value, field.over, field.reworded, known, problems)
    for value, check in zip(entry.get("checks").items, step.checks, strict=True):
        if check.on and step.field(check.on) is None:
            problems.add(value.get("on"), f"on: {check.on!r} is no field of the step {step.key}")
        for button in check.buttons:
            if button.startswith("step:") and worksheet.step(button.removeprefix("step:")) is None:
                problems.add(value.get("buttons"), f"button {button!r}: no step of this worksheet has that key")


def _lines(at: Value, ref: str, known: _Known, problems: Problems) -> None:
    field = known.fields.get(ref)
    if field is None or field.kind != "lines":
        problems.add(at.get("over"), f"over: {ref!r} is no field of kind lines: write it as step.field")
    elif "kind" in at.map and at.string("kind") in {"item", "items"} and field.lines[1] > PICKED_LINES:
        told = f"over: {ref!r} may hold {field.lines[1]} lines, and a picker holds {PICKED_LINES}"
        problems.add(at.get("over"), told)


def _reworded(at: Value, over: str, reworded: str, known: _Known, problems: Problems) -> None:
    for ref in reworded.split():
        name, _, key = ref.rpartition(".")
        each = known.eachs.get(name)
        if each is None or each.over != over or not any(one.key == key and one.kind == "text" for one in each.fields):
            told = f"reworded: {ref!r} is no text of an each over {over!r}: write it as step.part.field"
            problems.add(at.get("reworded"), told)


def _plain(at: Value, ref: str, what: str, known: _Known, problems: Problems) -> None:
    if ref not in known.fields or ref in known.in_each:
        problems.add(at, f"{what}: {ref!r} is no field of a form: write it as step.field")


def _follow(at: Value, follow: Follow, known: _Known, problems: Problems) -> None:
    if "." in follow.on:
        _plain(at.get("on"), follow.on, "on", known, problems)
        if (field := known.fields.get(follow.on)) is not None and field.kind != "date":
            problems.add(at.get("on"), f"on: {follow.on!r} is of kind {field.kind}, and a letter needs a date")
    _condition(at.get("when"), follow.when, "", known, problems)
    steps = {ref.partition(".")[0] for ref in known.parts}
    if follow.since and follow.since not in steps:
        problems.add(at.get("since"), f"since: {follow.since!r} is no step of this worksheet")
    if follow.opens and follow.opens not in known.parts:
        problems.add(at.get("opens"), f"opens: {follow.opens!r} is no part of this worksheet: write it as step.part")
    for name, ref, kind in (("into", follow.into, "item"), ("quotes", follow.quotes, "lines")):
        field = known.fields.get(ref)
        if ref and (field is None or field.kind != kind or ref in known.in_each):
            problems.add(at.get(name), f"{name}: {ref!r} is no field of kind {kind} in a form: write it as step.field")


def conditions(worksheet: Worksheet) -> Iterator[str]:
    """Every condition there is in a worksheet."""
    for step in worksheet.steps:
        yield from (step.when, *step.done, *(part.when for part in step.parts))
    yield from (finish.when for finish in worksheet.finishes)
    yield from (follow.when for follow in worksheet.follows)


def terms(condition: str) -> Iterator[str]:
    """The terms of a condition, without what negates them.

    >>> list(terms("a.b=c & !?sensitive | each:part.field"))
    ['a.b=c', '?sensitive', 'each:part.field']
    """
    for any_of in condition.split("|") if condition.strip() else ():
        for term in any_of.split("&"):
            yield term.strip().removeprefix("!").strip()


def _condition(at: Value, condition: str, step: str, known: _Known, problems: Problems) -> None:
    for term in terms(condition):
        if not _NAMED.fullmatch(term) and (told := _compared(term, step, known)):
            problems.add(at, f"condition {condition!r}: {told}")


def _compared(term: str, step: str, known: _Known) -> str:
    """What is wrong with a term that speaks of a field, "" when nothing is."""
    match = _TERM.fullmatch(term)
    if match is None:
        return f"{term!r} is not understood: write key, step.key, key=value, key>=3, each:part.key or ?name"
    if match["each"]:
        *before, part, key = match["each"].split(".")
        each = known.eachs.get(f"{before[0] if before else step}.{part}")
        field = next((field for field in each.fields if field.key == key), None) if each is not None else None
    else:
        ref = match["ref"] if "." in match["ref"] or not step else f"{step}.{match['ref']}"
        field = known.fields.get(ref)
    if field is None:
        return f"{term!r} names no field: write it as step.field, or of an each as each:part.field"
    value, counted = match["value"], match["least"] is not None
    if value is not None and field.options and value not in {option.value for option in field.options}:
        return f"{term!r}: {value!r} is no option of {field.key}"
    in_each = f"{step}.{field.key}" in known.in_each or match["ref"] in known.in_each
    if counted and (match["each"] or (field.kind not in _LISTS and not in_each)):
        return f"{term!r}: >= counts the lines of a list, or lines of which something is said"
    return ""
