"""Letters about a sheet: whether there still is a reason for one, and what it becomes at the moment of sending."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from content.letters import SheetLetter
from content.library import Library
from content.say import pick_language, speaker
from content.worksheet import Follow, Worksheet
from scheduler.letter_state import Letter, held
from scheduler.post import today
from sheets.follows import moment, quoted
from sheets.letter_cards import sheet_expires_card, sheet_follow_card
from sheets.naming import title_of
from sheets.refs import texts
from sheets.sheet import Sheet, SheetState
from store import StoreError, Tx
from store.deliveries import Delivery
from store.member_hours import zone_of
from store.members import Member
from store.sheets import NOTICE

log = logging.getLogger(__name__)

STATES = get_args(SheetState)
LATER = timedelta(days=1)
"""Until something is looked at again that cannot be written now."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody gets a letter they asked for. `at`: when; it may lie ahead, since the sheet was touched or its date
    moved. `line`: what the letter speaks of, "" for most."""

    worksheet: Worksheet
    sheet: Sheet
    follow: Follow
    at: datetime
    line: str


async def reason_for(tx: Tx, library: Library, reader: Member, sheet: str, key: str) -> Reason | None:
    """None when there is none any more: the sheet is done, put away or gone, its date is crossed out, what was asked is
    answered, every line of it was taken up, or the reader is not one of its owners."""
    found = await _owned(tx, reader, sheet)
    worksheet = library.worksheets.get(found.worksheet) if found is not None else None
    follow = next((one for one in worksheet.follows if one.key == key), None) if worksheet is not None else None
    if found is None or worksheet is None or follow is None:
        return None
    at = moment(worksheet, found, follow, zone_of(reader))
    taken = await _taken(tx, reader, worksheet, follow.quotes) if at is not None and follow.quotes else ()
    line = quoted(found, follow, taken)
    return Reason(worksheet, found, follow, at, line) if at is not None and line is not None else None


async def sheet_letter(
    tx: Tx, library: Library, delivery: Delivery, name: SheetLetter, id_: str, now: datetime
) -> Letter:
    """Judged once more; what was touched or moved meanwhile waits for its new moment. While no key opens the sheet, its
    letter waits for one: no sheet goes untold because an operator mislaid it."""
    sheet, _, key = id_.partition("/")
    reader = (await tx.members.of([delivery.person])).get(delivery.person)
    if reader is None or reader.left_at is not None:
        return Letter(delivery, nothing="not_true_any_more")
    try:
        if name == "sheet-expires":
            return await _expires(tx, library, delivery, reader, sheet, key, now)
        return await _follow(tx, library, delivery, reader, sheet, key, now)
    except StoreError:
        log.exception("a sheet does not open", extra={"space": reader.person.space.key, "sheet": sheet})
        return Letter(delivery, until=now + LATER)


async def _follow(
    tx: Tx, library: Library, delivery: Delivery, reader: Member, sheet: str, key: str, now: datetime
) -> Letter:
    reason = await reason_for(tx, library, reader, sheet, key)
    if reason is None:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful:
        until = reason.at if reason.at > now else await held(tx, delivery, "sheet-follow", [zone_of(reader)], now)
        if until is not None:
            return Letter(delivery, until=until)
    say = speaker(pick_language(reader.language, reader.locale))
    card = sheet_follow_card(say, reason.worksheet, reason.sheet, reason.follow, delivery.id, reason.line)
    return Letter(delivery, card)


async def _expires(
    tx: Tx, library: Library, delivery: Delivery, reader: Member, id_: str, day: str, now: datetime
) -> Letter:
    """Nothing when somebody touched the sheet since that day."""
    warned = await tx.sheets.warned_at(reader.person.space, id_)
    sheet = await _owned(tx, reader, id_) if warned is not None and warned.date().isoformat() == day else None
    if sheet is None or sheet.state == "done":
        return Letter(delivery, nothing="not_true_any_more")
    zone = zone_of(reader)
    if not delivery.doubtful and (until := await held(tx, delivery, "sheet-expires", [zone], now)) is not None:
        return Letter(delivery, until=until)
    say = speaker(pick_language(reader.language, reader.locale))
    worksheet = library.worksheets.get(sheet.worksheet)
    title = title_of(say, worksheet, sheet) if worksheet is not None else sheet.worksheet
    goes = today(zone, now + NOTICE)
    return Letter(delivery, sheet_expires_card(say, title, goes, id_, delivery.id))


async def _taken(tx: Tx, reader: Member, worksheet: Worksheet, lines: str) -> set[str]:
    """What stands, line by line, on the reader's sheets of the worksheets that a line of this list may begin."""
    slugs = [to.slug for to in worksheet.next if to.lines == lines]
    begun = [one for slug in slugs for one in await tx.sheets.of(reader.person, worksheet=slug, states=STATES)]
    values = (value for sheet in begun for filled in sheet.steps.values() for value in filled.values.values())
    return {text for value in values for text in texts(value)}


async def _owned(tx: Tx, reader: Member, sheet: str) -> Sheet | None:
    part = await tx.sheet_people.get(reader.person, sheet)
    return await tx.sheets.get(reader.person.space, sheet) if part is not None and part.writes else None
