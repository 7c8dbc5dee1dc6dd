"""Reads a worksheet's example: a whole sheet filled in, as it would be typed, in every language of the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from content.read import Problems, Value
from content.text import LANGUAGES, Localised, Texts
from content.worksheet import Example, Field, Part, Step
from content.worksheet_parts import TEXT


def read_example(entry: Value, steps: Sequence[Step], texts: Texts, problems: Problems) -> Mapping[str, Example]:
    """ "step.part" -> what stands there. A part none of whose fields is required may be left out."""
    parts = {f"{step.key}.{part.key}": part for step in steps for part in step.parts}
    lines: dict[str, int] = {}
    found: dict[str, Example] = {}
    for name in sorted(entry.map, key=lambda name: list(parts).index(name) if name in parts else -1):
        if (part := parts.get(name)) is None:
            problems.add(entry.get(name), f"example: {name!r} is no part of this worksheet: write step.part")
            continue
        found[name] = _part(name, entry.get(name), part, lines, texts, problems)
    for name, part in parts.items():
        if name not in found and not part.when and any(field.required for field in part.fields):
            problems.add(entry, f"example: {name!r} has required fields: fill it in")
    return found


def _part(name: str, entry: Value, part: Part, lines: dict[str, int], texts: Texts, problems: Problems) -> Example:
    if part.kind != "each":
        return _answers(name, entry, part, lines, texts, problems)
    if len(entry.items) != lines.get(part.over, 0):
        told = f"example: {name!r} has {len(entry.items)} maps, and {part.over} has {lines.get(part.over, 0)} lines"
        problems.add(entry, f"{told}: one map a line")
    return tuple(_answers(name, item, part, lines, texts, problems) for item in entry.items)


def _answers(
    name: str, entry: Value, part: Part, lines: dict[str, int], texts: Texts, problems: Problems
) -> Mapping[str, Localised]:
    fields = {field.key: field for field in part.fields}
    found: dict[str, Localised] = {}
    for key in entry.map:
        if (field := fields.get(key)) is None:
            problems.add(entry.get(key), f"example: {key!r} is no field of {name}")
            continue
        answer = _answer(entry.get(key), texts)
        found[key] = answer
        for typed in (text for text in (answer.en, answer.zh) if text):
            if told := _wrong(typed, field, lines):
                problems.add(entry.get(key), f"example: {name}: {key} {told}")
        if field.kind == "lines":
            lines[f"{name.partition('.')[0]}.{key}"] = len((answer.en or answer.zh).split("\n"))
            if answer.en and answer.zh and len(answer.en.split("\n")) != len(answer.zh.split("\n")):
                problems.add(entry.get(key), f"example: {name}: {key} has more lines in one language")
    for field in part.fields:
        if field.required and field.key not in found:
            problems.add(entry, f"example: {name}: {field.key} is required: fill it in")
    return found


def _answer(value: Value, texts: Texts) -> Localised:
    """A text by language, or one word for all languages; a list of lines is joined."""
    if type(value.data) in {str, int}:
        return Localised(str(value.data), str(value.data))
    joined = {lang: "\n".join(i.text for i in value.get(lang).items) or value.string(lang) for lang in LANGUAGES}
    present = {lang: text for lang, text in joined.items() if text}
    return texts.inline(Value(value.file, value.line, {**present}), "example", TEXT)


def _wrong(typed: str, field: Field, lines: Mapping[str, int]) -> str:
    """What is wrong with an answer, "" when nothing is."""
    several = typed.split(",") if field.kind in {"choices", "items"} else [typed]
    match field.kind:
        case "text" if len(typed) > field.most:
            return f"has {len(typed)} characters, allowed {field.most}"
        case "lines":
            rows = typed.split("\n")
            least, most = field.lines
            if not least <= len(rows) <= most:
                return f"has {len(rows)} lines, allowed {least} to {most}"
            return next(
                (f"has a line of {len(r)} characters, allowed {field.most}" for r in rows if len(r) > field.most), ""
            )
        case "number" if not typed.isdecimal() or not field.range[0] <= int(typed) <= field.range[1]:
            return f"is {typed!r}: a number from {field.range[0]} to {field.range[1]}"
        case "date":
            return _no_date(typed)
        case "choice" | "choices":
            options = {option.value for option in field.options}
            return next((f"is {one!r}, which is no option" for one in several if one not in options), "")
        case "item" | "items":
            count = lines.get(field.over, 0)
            wrong = (one for one in several if not one.isdecimal() or not 1 <= int(one) <= count)
            return next((f"is {one!r}: the place of a line of {field.over}, 1 to {count}" for one in wrong), "")
        case _:
            return ""


def _no_date(typed: str) -> str:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return f"is {typed!r}: a date such as 2026-05-04"
    return ""
