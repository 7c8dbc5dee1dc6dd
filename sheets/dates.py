"""Days as members type them, in either language."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_YEARS = range(1900, 2201)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})\s*([-/.])\s*(?P<m>\d{1,2})\s*\2\s*(?P<d>\d{1,2})",
        r"(?:(?P<y>\d{4})\s*年)?\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?",
        r"(?P<d>\d{1,2})\s*\.\s*(?P<m>\d{1,2})\s*\.\s*(?P<y>\d{4})?",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*{_MONTH}(?:\s*,?\s*(?P<y>\d{{4}}))?",
        rf"{_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,?\s*(?P<y>\d{{4}}))?",
    )
)


def read_date(text: str, today: date) -> date | None:
    """A day, full-width digits or not; without a year the next such day, today included. None for anything else, also
    for 4/5/2026, which is one day here and another there.

    >>> today = date(2026, 11, 21)
    >>> [str(read_date(text, today)) for text in ("2026-05-04", "4.5.2026", "２０２６年５月４日", "4 May", "5/4/2026")]
    ['2026-05-04', '2026-05-04', '2026-05-04', '2027-05-04', 'None']
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    for form in _FORMS:
        if (match := form.fullmatch(folded)) is not None:
            named = match.groupdict()
            month = _MONTHS.index(named["month"]) + 1 if named.get("month") else int(named["m"])
            return _day(named["y"], month, int(named["d"]), today)
    return None


def _day(year: str | None, month: int, day: int, today: date) -> date | None:
    for one in (int(year),) if year else range(today.year, today.year + 9):
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if one in _YEARS and (year or found >= today):
            return found
    return None
