"""Two sheets about the same thing: a paper that has one already, by its DOI, arXiv id, address or title."""

from __future__ import annotations

from collections.abc import Iterable

from content.worksheet import Worksheet
from sheets.papers import identity
from sheets.quotes import text_at
from sheets.sheet import Sheet


def tells(worksheet: Worksheet, step: str) -> bool:
    """Whether this step says what a sheet is about."""
    return any(ref.startswith(f"{step}.") for ref in worksheet.same)


def twin(worksheet: Worksheet, sheet: Sheet, others: Iterable[Sheet]) -> Sheet | None:
    """The first of the others that is about the same as this sheet."""
    about = _about(worksheet, sheet)
    others = (one for one in others if one.id != sheet.id and one.worksheet == sheet.worksheet)
    return next((one for one in others if about & _about(worksheet, one)), None)


def _about(worksheet: Worksheet, sheet: Sheet) -> set[str]:
    return {identity(words) for ref in worksheet.same if (words := text_at(sheet, ref))}
