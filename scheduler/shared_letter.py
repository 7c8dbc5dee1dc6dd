"""Letters about a sheet and somebody else: whether they are still true, and what they become when they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from chat.message import Message
from chat.people import Person
from content.letters import SharedLetter
from content.library import Library
from content.say import Say, pick_language, speaker
from content.worksheet import Worksheet
from scheduler.letter_state import Letter, held
from scheduler.post import today
from sheets.naming import title_of
from sheets.people_cards import sheet_invited_card
from sheets.reading import request_of
from sheets.review_cards import sheet_ask_card, sheet_nobody_card, sheet_reads_card, sheet_reviewed_card
from sheets.sheet import Sheet
from store import Tx, severing
from store.deliveries import Delivery
from store.member_hours import zone_of
from store.members import Member
from store.sheet_asks import SEES

NOTHING = "not_true_any_more"


@dataclass(frozen=True, slots=True)
class Known:
    """What all of them speak of. `owner`: of the sheet; `writes`: the reader owns or co-owns it."""

    worksheet: Worksheet
    sheet: Sheet
    owner: Person
    writes: bool
    say: Say
    zone: str

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.say, self.worksheet, self.sheet)


async def shared_letter(
    tx: Tx, library: Library, delivery: Delivery, name: SharedLetter, id_: str, now: datetime
) -> Letter:
    """Inside the transaction that keeps which day it takes."""
    sheet, _, rest = id_.partition("/")
    reader = (await tx.members.of([delivery.person])).get(delivery.person)
    known = await _known(tx, library, reader, sheet) if reader is not None and reader.left_at is None else None
    message = await _message(tx, known, delivery, name, rest) if known is not None else None
    if known is None or message is None:
        return Letter(delivery, nothing=NOTHING)
    if not delivery.doubtful and (until := await held(tx, delivery, name, [known.zone], now)) is not None:
        return Letter(delivery, until=until)
    return Letter(delivery, message)


async def _known(tx: Tx, library: Library, reader: Member, sheet: str) -> Known | None:
    space = reader.person.space
    people = await tx.sheet_people.of(space, sheet)
    owner = next((one.person for one in people if one.part == "owner" and one.state == "in"), None)
    writers = [one.person for one in people if one.writes]
    here = any(one.left_at is None for one in (await tx.members.of(writers)).values())
    if owner is None or not here or await severing.apart(tx, reader.person, sheet):
        return None
    found = await tx.sheets.get(space, sheet)
    worksheet = library.worksheets.get(found.worksheet) if found is not None else None
    if found is None or worksheet is None:
        return None
    writes = any(one.person == reader.person and one.writes for one in people)
    say = speaker(pick_language(reader.language, reader.locale))
    return Known(worksheet, found, owner, writes, say, zone_of(reader))


async def _message(tx: Tx, known: Known, delivery: Delivery, name: SharedLetter, rest: str) -> Message | None:
    """None where it is not true any more."""
    sheet, space, say = known.sheet.id, known.sheet.space, known.say
    match name:
        case "sheet-invited":
            ask = await tx.sheet_asks.get(delivery.person, sheet)
            if ask is None or ask.state != "asked" or ask.part == "reviewer":
                return None
            return sheet_invited_card(say, known.title, ask.part, known.owner, sheet, delivery.id)
        case "sheet-ask":
            ask, review = await tx.sheet_asks.get(delivery.person, sheet), await tx.sheet_reviews.get(space, sheet)
            if ask is None or ask.part != "reviewer" or ask.state != "asked" or review is None or not review.looks:
                return None
            request = request_of(say, known.worksheet, known.sheet, ask.shown, named=review.named, field=review.field)
            return sheet_ask_card(say, request, sheet, delivery.id)
        case "sheet-nobody":
            review = await tx.sheet_reviews.get(space, sheet)
            if not known.writes or review is None or review.state != "looking":
                return None
            return sheet_nobody_card(say, known.title, sheet, say.date(today(known.zone, review.ends_at)))
        case "sheet-reads" | "sheet-reviewed":
            other = Person(space, rest) if rest else known.owner
            ask = await tx.sheet_asks.get(other, sheet)
            if not known.writes or ask is None or ask.state not in SEES:
                return None
            if name == "sheet-reads":
                return sheet_reads_card(say, known.title, sheet, other)
            count = sum(one.by == other for one in await tx.sheet_comments.of(space, sheet))
            return sheet_reviewed_card(say, known.title, sheet, other, count)
        case _:
            assert_never(name)
