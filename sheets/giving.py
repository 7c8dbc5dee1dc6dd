"""What one sheet gives to others: its lines, each of which may begin a sheet of its own, or what it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from content.document import Listing
from content.say import Say
from content.worksheet import Worksheet
from sheets.filling import fill, import_lines
from sheets.naming import shortened, title_of
from sheets.refs import field_at
from sheets.results import run_results
from sheets.sheet import Sheet


def lines_to_give(say: Say, worksheet: Worksheet, sheet: Sheet, today: date, ref: str) -> tuple[str, ...]:
    """The lines of the list at "step.field". While the list a sheet is named after has none: those its results
    propose. Nothing of others."""
    found = field_at(worksheet, ref)
    if found is None or found[2].kind != "lines":
        return ()
    kept = kept_lines(sheet, ref)
    if kept or ref != worksheet.names:
        return kept
    names = (name for step in worksheet.steps if step.key in sheet.steps for name in step.results)
    blocks = run_results(say, worksheet, sheet, dict.fromkeys([*worksheet.results, *names]), today)
    return tuple(line for block in blocks if isinstance(block, Listing) for line in block.lines)


def kept_lines(sheet: Sheet, ref: str) -> tuple[str, ...]:
    """What somebody wrote into a list."""
    return tuple(item.text for item in sheet.items(ref))


def lines_or_name(say: Say, worksheet: Worksheet, sheet: Sheet) -> tuple[str, ...]:
    """Of a sheet that is named after a list: the lines of that list; of any other its name. Nothing while it has
    none."""
    found = field_at(worksheet, worksheet.names)
    if found is not None and found[2].kind == "lines":
        return kept_lines(sheet, worksheet.names)
    name = title_of(say, worksheet, sheet)
    return (name,) if name != worksheet.name.get(say.lang) else ()


def taken_over(worksheet: Worksheet, sheet: Sheet, into: str, lines: Sequence[str], now: datetime) -> Sheet:
    """With lines of elsewhere in the list `into`, or with the first of them in that field, where it is none. Raises
    KeyError for a field there is not."""
    if (found := field_at(worksheet, into)) is None:
        raise KeyError(into)
    step, part, field = found
    if field.kind == "lines":
        return import_lines(worksheet, sheet, into, lines, now)
    words = shortened(lines[0], field.most) if lines else ""
    return fill(worksheet, sheet, step.key, part.key, None, {field.key: words}, now)


def gatherers(worksheets: Mapping[str, Worksheet], slugs: Sequence[str]) -> tuple[Worksheet, ...]:
    """Those that can begin with what sheets of these worksheets give, where that is two things or more."""
    return tuple(one for one in worksheets.values() if one.gather and sum(slug in one.gather.of for slug in slugs) > 1)
