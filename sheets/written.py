"""Answers in words, as a document shows them: whole, in the language of the reader, members' own words as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from content.document import Block, Listing, Pairs, Small, Table
from content.say import Say
from content.worksheet import Field, Part, Step, Worksheet
from sheets.conditions import holds
from sheets.progress import parts_of, state_of, steps_of
from sheets.refs import answers_at, field_at, full_ref, lines_over, lines_shown, texts
from sheets.sheet import Filled, Sheet, Value, Values

FEW = 6
"""Lines that still stand beside their question; more of them stand below it."""


def written(say: Say, sheet: Sheet, step: str, field: Field, value: Value | None) -> str:
    """A choice by its label (as it stands, where the worksheet has it no more), a line by its text, of several things
    one a line; "" for nothing."""
    words = texts(value)
    match field.kind:
        case "choice" | "choices":
            labels = {option.value: option.label.get(say.lang) for option in field.options}
            return "\n".join(labels.get(one, one) for one in words)
        case "item" | "items":
            lines = {str(line.id): line.text for line in lines_shown(sheet, full_ref(field.over, step), field.reworded)}
            return "\n".join(lines[one] for one in words if one in lines)
        case "date" if len(words) == 1 and (day := _day(words[0])) is not None:
            return say.day(day)
        case "text" | "lines" | "number" | "date":
            return "\n".join(words)
        case _:
            assert_never(field.kind)


def _day(text: str) -> date | None:
    """None for words from before the worksheet asked for a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_questions(say: Say, worksheet: Worksheet, sheet: Sheet) -> tuple[str, ...]:
    """Those answered by what leaves them open, such as "not sure"."""
    return tuple(
        field.label.get(say.lang)
        for step in steps_of(worksheet, sheet)
        for part in step.parts
        for field in part.fields
        for option in field.options
        if option.open and option.value == sheet.value(f"{step.key}.{field.key}")
    )


def answer_at(say: Say, worksheet: Worksheet, sheet: Sheet, ref: str) -> str:
    """What stands at "step.field", in words; of a choice among lines where there is but one line, that one."""
    if (found := field_at(worksheet, ref)) is None:
        return "\n".join(texts(sheet.value(ref)))
    step, _part, field = found
    words = written(say, sheet, step.key, field, sheet.value(ref))
    lines = lines_shown(sheet, full_ref(field.over, step.key), field.reworded) if field.kind == "item" else ()
    return lines[0].text if not words and len(lines) == 1 else words


def step_blocks(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step) -> tuple[Block, ...]:
    """All that stands in a step, in the order it is asked in; what is blank is there too, except for the other of two
    ways a step can be done in. In the tables of a step that is done nothing is waited for: a blank cell is a dash."""
    found: list[Block] = []
    pairs: list[tuple[str, str]] = []
    skip, tabled = _other_ways(worksheet, sheet, step), _tabled(worksheet, sheet, step)
    values = sheet.steps.get(step.key, Filled()).values
    blanks = state_of(worksheet, sheet, step) != "done"
    for part in parts_of(worksheet, sheet, step):
        if part.kind == "each":
            table = table_of(say, worksheet, sheet, step, part)
            if table is not None:
                found += [*_flushed(pairs), table if blanks else _dashed(table)]
            continue
        for field in part.fields:
            words = written(say, sheet, step.key, field, values.get(field.key))
            if (not words and field.key in skip) or f"{step.key}.{field.key}" in tabled:
                continue
            lines = words.split("\n") if words and field.kind in {"lines", "items", "choices"} else []
            if len(lines) > FEW:
                found += [*_flushed(pairs), Small(head(field.label.get(say.lang))), Listing(tuple(lines))]
            elif len(lines) > 1:
                pairs.append((head(field.label.get(say.lang)), "\n".join(f"• {line}" for line in lines)))
            else:
                label = field.label.get(say.lang)
                pairs.append((head(label) if field.kind == "lines" else label, words))
    return (*found, *_flushed(pairs))


def table_of(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: Part) -> Table | None:
    """An `each` part: a row for every line, a column for every question; None while there are no lines."""
    if not (lines := lines_over(sheet, step.key, part)):
        return None
    over = field_at(worksheet, full_ref(part.over, step.key))
    label = over[2].label.get(say.lang) if over is not None else ""
    heads = (head(label), *(field.label.get(say.lang) for field in part.fields))
    rows = zip(lines, answers_at(sheet, step.key, part), strict=True)
    return Table(heads, tuple((line.text, *_cells(say, sheet, step, part.fields, said)) for line, said in rows))


def other_notes(say: Say, worksheet: Worksheet, sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """(where it stood, what stands there) of all that is asked no more: steps this sheet does not have (any more), and
    what the worksheet has no question for."""
    there = {step.key for step in steps_of(worksheet, sheet)}
    gone = (step for step in worksheet.steps if step.key in sheet.steps and step.key not in there)
    left = (pair for step in gone for pair in _answers(say, sheet, step))
    return (*left, *(pair for key, filled in sheet.steps.items() for pair in _unknown(worksheet, key, filled)))


def head(label: str) -> str:
    """The label of a list without the instruction how to fill it in: "Two to six ideas, one per line"."""
    return re.split("[,，:：(（]", label)[0].strip() or label


def _dashed(table: Table) -> Table:
    return replace(table, rows=tuple(tuple(cell or "–" for cell in row) for row in table.rows))


def _cells(say: Say, sheet: Sheet, step: Step, fields: Sequence[Field], said: Values) -> tuple[str, ...]:
    return tuple(written(say, sheet, step.key, field, said.get(field.key)) for field in fields)


def _flushed(pairs: list[tuple[str, str]]) -> list[Block]:
    """The pairs so far as a block, and none left."""
    made: list[Block] = [Pairs(tuple(pairs))] if pairs else []
    pairs.clear()
    return made


def _tabled(worksheet: Worksheet, sheet: Sheet, step: Step) -> set[str]:
    """Lists of this step that a table of this step shows anyway."""
    parts = parts_of(worksheet, sheet, step)
    return {
        full_ref(part.over, step.key) for part in parts if part.kind == "each" and lines_over(sheet, step.key, part)
    }


def _other_ways(worksheet: Worksheet, sheet: Sheet, step: Step) -> set[str]:
    """Fields that are one of two ways to be done with the step ("ideas>=2 | no_ai"), once it is done either way."""
    ways = [one for one in step.done if "|" in one and holds(one, worksheet, sheet, step.key)]
    return {name for one in ways for name in re.findall(r"[\w-]+", one)}


def _answers(say: Say, sheet: Sheet, step: Step) -> Iterator[tuple[str, str]]:
    """All that was answered in a step, line by line where it goes through lines."""
    colon, name = "：" if say.lang == "zh-CN" else ": ", step.short.get(say.lang)
    for part in step.parts:
        lines = lines_over(sheet, step.key, part)
        for at, values in enumerate(answers_at(sheet, step.key, part)):
            said = [(f.label.get(say.lang), written(say, sheet, step.key, f, values.get(f.key))) for f in part.fields]
            said = [(label, words) for label, words in said if words]
            if part.kind != "each":
                yield from ((f"{name}{colon}{head(label)}", words) for label, words in said)
            elif said:
                yield f"{name}{colon}{lines[at].text}", "\n".join(f"{label}{colon}{words}" for label, words in said)


def _unknown(worksheet: Worksheet, key: str, filled: Filled) -> Iterator[tuple[str, str]]:
    step = worksheet.step(key)
    forms = {field.key for part in step.parts if part.kind != "each" for field in part.fields} if step else set[str]()
    yield from _left(key, filled.values, forms)
    for part_key, lines in filled.each.items():
        part = step.part(part_key) if step is not None else None
        known = {field.key for field in part.fields} if part is not None and part.kind == "each" else set[str]()
        for said in lines.values():
            yield from _left(key, said, known)


def _left(step: str, values: Values, known: set[str]) -> Iterator[tuple[str, str]]:
    left: dict[str, Value] = {key: value for key, value in values.items() if key not in known}
    for key, value in left.items():
        if words := texts(value):
            yield f"{step}: {key}", "\n".join(words)
