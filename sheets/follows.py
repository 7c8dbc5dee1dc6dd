"""When the letters of a sheet are due, and whether there still is a reason for them: pure, from what stands on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.say import Say
from content.worksheet import Follow, Worksheet
from sheets.conditions import holds
from sheets.refs import texts
from sheets.results import run_moment
from sheets.sheet import Sheet
from sheets.typed import same

AT = time(10)
"""A letter of a date comes in the morning of that date, on its reader's clock."""


def moments(worksheet: Worksheet, sheet: Sheet, zone: str) -> Mapping[str, datetime]:
    """By key, in UTC: those there is a reason for. After every save this goes to `tx.sheet_follows.touch`, and it says
    which "Remind me once" to offer. `zone`: of whoever reads it."""
    due = {follow.key: moment(worksheet, sheet, follow, zone) for follow in worksheet.follows}
    return {key: at for key, at in due.items() if at is not None}


def moment(worksheet: Worksheet, sheet: Sheet, follow: Follow, zone: str) -> datetime | None:
    """Of one. A number of days without a touch counts while the sheet is open; a date, and days since a step, also when
    it is done, but not while it is put away."""
    if not holds(follow.when, worksheet, sheet, "") or quoted(sheet, follow, ()) is None:
        return None
    if follow.after and not follow.since:
        return sheet.updated_at + timedelta(days=follow.after) if sheet.state == "open" and sheet.updated_at else None
    if sheet.state == "away":
        return None
    clock = ZoneInfo(zone)
    day = _since(sheet, follow) if follow.since else _day(worksheet, sheet, follow.on, clock)
    return datetime.combine(day, AT, clock).astimezone(UTC) if day is not None else None


def quoted(sheet: Sheet, follow: Follow, taken: Collection[str]) -> str | None:
    """The line a letter speaks of: the first of its list that is not among `taken`, what other sheets hold. "" for a
    letter that speaks of none; None when there is none left, and so no reason for the letter."""
    known = {same(text) for text in taken}
    lines = texts(sheet.value(follow.quotes)) if follow.quotes else ("",)
    return next((line for line in lines if same(line) not in known), None)


def words(say: Say, follow: Follow, line: str) -> str:
    """What a letter asks, with the line it speaks of."""
    return follow.ask.get(say.lang).replace("{line}", line)


def _since(sheet: Sheet, follow: Follow) -> date | None:
    filled = sheet.steps.get(follow.since)
    return filled.first_on + timedelta(days=follow.after) if filled is not None and filled.first_on else None


def _day(worksheet: Worksheet, sheet: Sheet, on: str, clock: ZoneInfo) -> date | None:
    """What a field of kind date says, or a moment of `sheets.results` as it would on the day of the last save: it does
    not run away from who waits for it."""
    if "." in on:
        found = sheet.value(on)
        try:
            return date.fromisoformat(found) if isinstance(found, str) else None
        except ValueError:
            return None  # nothing, or what was no date in an earlier revision of the worksheet
    return run_moment(worksheet, sheet, on, sheet.updated_at.astimezone(clock).date()) if sheet.updated_at else None
