"""Whether a condition of a worksheet holds on a sheet: when a step exists, when it is done, when the whole is.

`a | b`: one of them; `a & b`: both, binding tighter; `!a`: not. A term is one of
    key, step.key         something is written there (in an `each` part: for at least one line)
    key=value             this is chosen there, or written
    key>=3, key=love>=3   so many lines, choices or, in an `each` part, lines of which it was said
    each:part.key         it was said of every line, and there is a line; each:step.part.key, each:part.key=value
    ?name                 a function of sheets/predicate_*.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from content.worksheet import Part, Worksheet
from sheets.predicates import predicates
from sheets.refs import answers_at, field_at, full_ref, texts
from sheets.sheet import Sheet

_TERM = re.compile(
    r"(?:each:(?P<each>[\w-]+\.[\w-]+(?:\.[\w-]+)?)|(?P<ref>[\w-]+(?:\.[\w-]+)?))"
    r"(?:=(?P<value>[^\s=<>&|!]+))?(?:>=(?P<least>\d+))?"
)


def holds(condition: str, worksheet: Worksheet, sheet: Sheet, step: str) -> bool:
    """`step`: where the condition stands; a bare key is one of its fields. "" always holds. Raises ValueError for what
    is no condition and KeyError for an unknown name."""
    if not condition.strip():
        return True
    return any(
        all(_term(term.strip(), worksheet, sheet, step) for term in way.split("&")) for way in condition.split("|")
    )


def _term(term: str, worksheet: Worksheet, sheet: Sheet, step: str) -> bool:
    if term.startswith("!"):
        return not _term(term[1:].strip(), worksheet, sheet, step)
    if term.startswith("?"):
        return predicates()[term[1:]](worksheet, sheet)
    if (match := _TERM.fullmatch(term)) is None or (match["each"] and match["least"]):
        raise ValueError(f"{term!r} is no condition")
    if match["each"]:
        return _every(match["each"], match["value"], worksheet, sheet, step)
    return _count(full_ref(match["ref"], step), match["value"], worksheet, sheet) >= int(match["least"] or 1)


def _every(name: str, value: str | None, worksheet: Worksheet, sheet: Sheet, step: str) -> bool:
    *before, key, field = name.split(".")
    at = before[0] if before else step
    found = worksheet.step(at)
    part = found.part(key) if found is not None else None
    said = [answers.get(field) for answers in answers_at(sheet, at, part)] if part is not None else []
    return bool(said) and all(_matching(texts(one), value) for one in said)


def _count(ref: str, value: str | None, worksheet: Worksheet, sheet: Sheet) -> int:
    step, _, key = ref.partition(".")
    found = field_at(worksheet, ref)
    part: Part | None = found[1] if found is not None else None
    if part is None or part.kind != "each":
        return _matching(texts(sheet.value(ref)), value)
    return sum(_matching(texts(answers.get(key)), value) > 0 for answers in answers_at(sheet, step, part))


def _matching(written: Iterable[str], value: str | None) -> int:
    return sum(value is None or text == value for text in written)
