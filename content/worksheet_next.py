"""Reads what a worksheet says of others: which may follow it, and from which ones its first lines can come."""

from __future__ import annotations

from content.common import only
from content.read import Problems, Value
from content.text import Texts
from content.worksheet import Gather, Next, Worksheet

ASK = 40
_NEXT, _GATHER = frozenset({"sheet", "lines", "into"}), frozenset({"of", "into", "ask"})


def read_next(entry: Value, problems: Problems) -> tuple[Next, ...]:
    """Each one slug, or a map of sheet, lines and into."""
    return tuple(_one(value, problems) for value in entry.get("next").items)


def _one(value: Value, problems: Problems) -> Next:
    if value.text:
        return Next(slug=value.text)
    only(value, _NEXT, problems)
    found = Next(slug=value.string("sheet"), lines=value.string("lines"), into=value.string("into"))
    if not (found.slug and found.lines and found.into):
        problems.add(value, "next is a slug, or a map of sheet, lines (a list here) and into (a field there)")
    return found


def read_gather(entry: Value, texts: Texts, problems: Problems) -> Gather | None:
    """None where there is none."""
    value = entry.get("gather")
    if "gather" not in entry.map:
        return None
    only(value, _GATHER, problems)
    return Gather(of=value.strings("of"), into=value.string("into"), ask=texts.inline(value.get("ask"), "ask", ASK))


def check_next(entry: Value, worksheet: Worksheet, problems: Problems) -> None:
    """Notes lists of this worksheet that are none."""
    for value, one in zip(entry.get("next").items, worksheet.next, strict=True):
        if one.lines and not _is_list(worksheet, one.lines):
            problems.add(value, f"lines: {one.lines!r} is no field of kind lines: write it as step.field")
    if (gather := worksheet.gather) is not None and not _is_list(worksheet, gather.into):
        problems.add(entry.get("gather"), f"into: {gather.into!r} is no field of kind lines: write it as step.field")


def handed_to_nowhere(one: Next, to: Worksheet) -> bool:
    """Whether lines are to be handed over into a field that cannot take one."""
    key, _, name = one.into.partition(".")
    field = found.field(name) if (found := to.step(key)) is not None else None
    return bool(one.into) and (field is None or field.kind not in {"text", "lines"})


def _is_list(worksheet: Worksheet, ref: str) -> bool:
    key, _, name = ref.partition(".")
    field = found.field(name) if (found := worksheet.step(key)) is not None else None
    return field is not None and field.kind == "lines"
