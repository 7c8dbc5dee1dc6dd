"""Reads the windows of a worksheet's step and their questions, each within what both platforms can show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from content.common import only
from content.read import Problems, Value
from content.text import Localised, Texts
from content.worksheet import Field, FieldKind, Option, Part

KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")
OPTION_VALUE = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
MOST_FIELDS, MOST_OPTIONS, LABEL, HINT, SHORT, OPTION, TEXT, QUICK = 5, 25, 45, 100, 24, 75, 3_000, 5
MOST_LINES, USUAL_LINES, USUAL_MOST = 50, (0, 25), 300
PICKED_LINES = 25
"""Lines that something else chooses among: what a picker holds."""
_KINDS: dict[str, FieldKind] = {kind: kind for kind in get_args(FieldKind)}
_PART_KINDS: dict[str, Literal["form", "taps", "each"]] = {"form": "form", "taps": "taps", "each": "each"}
_PART = frozenset("key kind short fields over quick reworded when".split())
_FIELD = frozenset("key kind label hint required most long lines grow range options over reworded".split())
_OPTION = frozenset({"value", "en", "zh-CN", "open"})


def unique(values: Sequence[Value], keys: Sequence[str], what: str, problems: Problems) -> None:
    """Notes what has a key that an earlier one has."""
    seen = set[str]()
    for value, key in zip(values, keys, strict=False):
        if key in seen:
            problems.add(value, f"{what} {key!r} is given twice: each has a key of its own")
        seen.add(key)


def read_parts(step: Value, short: Localised, texts: Texts, problems: Problems) -> tuple[Part, ...]:
    """The parts of a step. A step that writes `fields` has one part, the form of these."""
    if "fields" in step.map:
        if "parts" in step.map:
            problems.add(step, "a step has fields or parts, not both")
        parts = (Part(key="form", kind="form", short=short, fields=_fields(step, texts, problems)),)
    else:
        parts = tuple(_part(value, texts, problems) for value in step.get("parts").items)
        if not parts:
            problems.add(step, "a step has fields (one form) or parts (several)")
    windows = step.get("parts").items
    unique(windows, [part.key for part in parts], "part", problems)
    fields = [field for window in windows or [step] for field in window.get("fields").items]
    unique(fields, [field.string("key") for field in fields], "field", problems)
    return parts


def _part(entry: Value, texts: Texts, problems: Problems) -> Part:
    only(entry, _PART, problems)
    key, kind, fields = entry.string("key"), _PART_KINDS.get(entry.string("kind")), _fields(entry, texts, problems)
    if not KEY.fullmatch(key):
        problems.add(entry, f"key {key!r} of a part: lower-case letters, digits and _, at most 20")
    if kind is None:
        problems.add(entry.get("kind"), f"kind of a part is one of {', '.join(_PART_KINDS)}")
    if kind == "taps" and any(field.kind != "choice" or len(field.options) > QUICK for field in fields):
        problems.add(entry, f"taps are choices of at most {QUICK} options each: others need a form")
    if (kind == "each") != bool(entry.string("over")):
        problems.add(entry, "over names the lines an each goes through, and only an each has it")
    quick = entry.string("quick")
    if quick and not any(f.key == quick and f.kind == "choice" and len(f.options) <= QUICK for f in fields):
        problems.add(entry.get("quick"), f"quick {quick!r}: a choice of this part with at most {QUICK} options")
    return Part(
        key=key, kind=kind or "form", short=texts.inline(entry.get("short"), "short", SHORT), fields=fields,
        over=entry.string("over"), quick=quick, reworded=entry.string("reworded"), when=entry.string("when"),
    )  # fmt: skip


def _fields(entry: Value, texts: Texts, problems: Problems) -> tuple[Field, ...]:
    fields = tuple(_field(value, texts, problems) for value in entry.get("fields").items)
    if not 1 <= len(fields) <= MOST_FIELDS:
        problems.add(entry.get("fields"), f"{len(fields)} fields, allowed 1 to {MOST_FIELDS}: make it two parts")
    return fields


def _field(entry: Value, texts: Texts, problems: Problems) -> Field:
    only(entry, _FIELD, problems)
    key, kind = entry.string("key"), _KINDS.get(entry.string("kind"))
    if not KEY.fullmatch(key):
        problems.add(entry, f"key {key!r} of a field: lower-case letters, digits and _, at most 20")
    if kind is None:
        problems.add(entry.get("kind"), f"kind of a field is one of {', '.join(_KINDS)}")
    most = entry.number_at("most") if "most" in entry.map else USUAL_MOST
    if not 1 <= most <= TEXT:
        problems.add(entry.get("most"), f"most is 1 to {TEXT} characters")
    options = tuple(_option(value, texts, problems) for value in entry.get("options").items)
    unique(entry.get("options").items, [option.value for option in options], "option", problems)
    if len(options) > MOST_OPTIONS or (kind in {"choice", "choices"}) != bool(options):
        told = f"options, 1 to {MOST_OPTIONS}, belong to a choice or to choices, and only to them"
        problems.add(entry.get("options") if options else entry, told)
    if (kind in {"item", "items"}) != bool(entry.string("over")):
        problems.add(entry, "over names the lines an item is one of, and only item and items have it")
    hint = texts.inline(entry.get("hint"), "hint", HINT) if "hint" in entry.map else None
    return Field(
        key=key, kind=kind or "text", label=texts.inline(entry.get("label"), "label", LABEL), hint=hint,
        required=entry.get("required").data is True, most=most, long=entry.get("long").data is True,
        lines=_pair(entry, "lines", USUAL_LINES, (0, MOST_LINES), kind == "lines", problems),
        grow=entry.get("grow").data is True,
        range=_pair(entry, "range", (0, 0), (0, 1_000_000), kind == "number", problems),
        options=options, over=entry.string("over"), reworded=entry.string("reworded"),
    )  # fmt: skip


def _option(entry: Value, texts: Texts, problems: Problems) -> Option:
    only(entry, _OPTION, problems)
    value = entry.string("value")
    if not OPTION_VALUE.fullmatch(value):
        problems.add(entry, f"value {value!r} of an option: lower-case words joined by -, at most 24, digits in quotes")
    return Option(value, texts.inline(entry, "options", OPTION), entry.get("open").data is True)


def _pair(
    entry: Value, key: str, usual: tuple[int, int], within: tuple[int, int], wanted: bool, problems: Problems
) -> tuple[int, int]:
    """[least, most]; needed exactly where the field is of the kind that has it."""
    found = [item.number for item in entry.get(key).items]
    if not wanted and key not in entry.map:
        return usual
    if not wanted or len(found) != 2 or not within[0] <= found[0] <= found[1] <= within[1] or found[1] < 1:
        kind = "lines" if key == "lines" else "number"
        told = f"{key} is [least, most] within {within[0]} to {within[1]}; fields of kind {kind} have it, and only they"
        problems.add(entry.get(key) if key in entry.map else entry, told)
        return usual
    return found[0], found[1]
