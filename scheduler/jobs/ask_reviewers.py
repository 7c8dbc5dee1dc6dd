"""Asks one reader after the other for whoever wants a second pair of eyes, and tells what came of it.

A reader is written to unasked and therefore within their one message a day; so is who is invited onto a sheet.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chat.people import Person
from content.letters import SharedLetter
from scheduler._rooms import Rooms
from scheduler.due_introductions import BROKEN, MOST
from scheduler.failpoints import point
from scheduler.post import hand_over, letter, moment_for, post, today
from scheduler.review_pool import MONTH, free_readers, seats_left
from store import Conflict, Tx, severing
from store.member_hours import zone_of
from store.members import Member
from store.participants import is_in
from store.sheet_asks import OPEN, SEES, SheetAsk
from store.sheet_reviews import ANSWER, REVIEWS, TRIES, SheetReview

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=30)
DAY = timedelta(days=1)
INVITED = timedelta(days=14)
"""How long an invitation stands."""
SOON = timedelta(days=2)
"""Whoever has room for a letter by then is asked before all others."""
TELLS: dict[str, SharedLetter] = {"reads": "sheet-reads", "reviewed": "sheet-reviewed"}


async def run(rooms: Rooms) -> None:
    """Each in a transaction of its own; one that breaks keeps nobody up."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        asks = await tx.sheet_asks.due(now, MOST)
    for ask in asks:
        await _careful(rooms, ask.sheet, lambda tx, ask=ask: _step(rooms, tx, ask, now))
    async with rooms.store.begin() as tx:
        reviews = await tx.sheet_reviews.due(now, MOST)
    for review in reviews:
        if not await _careful(rooms, review.sheet, lambda tx, review=review: _look(rooms, tx, review, now)):
            continue
        try:
            await _find(rooms, review, now)
        except Exception:
            log.exception("nobody could be asked to read a sheet", extra=_fields(review.sheet))
            await _careful(rooms, review.sheet, lambda tx, review=review: _later(tx, review, now + BROKEN))
    if asks or reviews:
        rooms.dispatcher.wake()


async def _careful(rooms: Rooms, sheet: str, do: Callable[[Tx], Awaitable[bool]]) -> bool:
    """False also where somebody was first."""
    try:
        async with rooms.store.begin() as tx:
            return await do(tx)
    except Conflict:
        log.info("a question about a sheet was answered meanwhile", extra=_fields(sheet))
    except Exception:
        log.exception("a question about a sheet broke", extra=_fields(sheet))
    return False


async def _step(rooms: Rooms, tx: Tx, ask: SheetAsk, now: datetime) -> bool:
    """What time does with one who was, or is to be, asked."""
    if ask.tell:
        people = await tx.sheet_people.of(ask.person.space, ask.sheet)
        writers = [one.person for one in people if one.writes]
        about = f"{ask.sheet}/{ask.person.id}"
        await post(rooms, tx, [(person, TELLS[ask.tell]) for person in writers], about, now)
        await tx.sheet_asks.move(ask, ask.state, ask.next_at, tell="")
    elif ask.state == "new":
        await _invite(rooms, tx, ask, now)
    elif ask.state in SEES:
        await tx.sheet_people.set(ask.person, ask.sheet, state="out")
        await tx.sheet_asks.move(ask, "ended", None)
    else:
        if ask.part != "reviewer":
            await tx.sheet_people.set(ask.person, ask.sheet, state="out")
        await tx.sheet_asks.move(ask, "silent", None)
    return True


async def _invite(rooms: Rooms, tx: Tx, ask: SheetAsk, now: datetime) -> None:
    """Within their one message a day; who has one on each of the next days is looked at tomorrow."""
    member = (await tx.members.of([ask.person])).get(ask.person)
    moment = await moment_for(tx, member, "sheet-invited", now) if member and member.left_at is None else None
    if moment is None:
        await tx.sheet_asks.move(ask, "new", now + DAY)
        return
    id_ = f"{ask.sheet}/{ask.asked_at.date().isoformat()}"
    await hand_over(rooms, tx, [letter(ask.person, "sheet-invited", id_, moment)])
    await tx.sheet_asks.move(ask, "asked", moment.at + INVITED)


async def _look(rooms: Rooms, tx: Tx, review: SheetReview, now: datetime) -> bool:
    """Whether somebody is to be looked for now. Raises Conflict when the wish changed meanwhile."""
    asks = [one for one in await tx.sheet_asks.of(review.space, review.sheet) if one.part == "reviewer"]
    waits = next((one.next_at for one in asks if one.state in OPEN), None)
    lately = max((one.asked_at for one in asks), default=None)
    if now >= review.ends_at:
        await tx.sheet_reviews.save(replace(review, state="over", next_at=None))
        return False
    if waits is not None and waits > now:
        return await _later(tx, review, waits)
    if review.told and lately is not None and lately > now - DAY:
        return await _later(tx, replace(review, state="looking"), lately + DAY)
    if not review.told and sum(one.asked_at >= review.begun_at for one in asks) >= TRIES:
        await _nobody(rooms, tx, review, now)
        return False
    return True


async def _later(tx: Tx, review: SheetReview, at: datetime) -> bool:
    await tx.sheet_reviews.save(replace(review, next_at=at))
    return False


async def _nobody(rooms: Rooms, tx: Tx, review: SheetReview, now: datetime) -> bool:
    """An honest word to its owners, once; it is tried again tomorrow."""
    if not review.told:
        people = await tx.sheet_people.of(review.space, review.sheet)
        writers = [one.person for one in people if one.writes]
        about = f"{review.sheet}/{review.begun_at.date().isoformat()}"
        await post(rooms, tx, [(person, "sheet-nobody") for person in writers], about, now)
    await tx.sheet_reviews.save(replace(review, state="looking", told=True, next_at=now + DAY))
    return False


async def _find(rooms: Rooms, review: SheetReview, now: datetime) -> None:
    """The best reader who is free; nobody is asked twice for one sheet."""
    async with rooms.store.begin() as tx:
        people = await tx.sheet_people.of(review.space, review.sheet)
        known = await tx.members.of([one.person for one in people if one.writes])
        writers = [person for person, member in known.items() if member.left_at is None]
        writers.sort(key=lambda person: [one.part != "owner" for one in people if one.person == person])
        sheet = await tx.sheets.get(review.space, review.sheet)
        if sheet is None:
            return
        if not writers:  # nobody is here who would read an answer; it ends by itself, or somebody comes back
            await _later(tx, review, now + DAY)
            return
        found, members = await free_readers(tx, review, writers[0], sheet.lang.partition("-")[0], now)
    for by in (now + SOON, None):
        for one in found:
            reader = members[Person(review.space, one.id)]
            if await _careful(
                rooms, review.sheet, lambda tx, reader=reader, by=by: _ask(rooms, tx, review, writers, reader, now, by)
            ):
                return
    await _careful(rooms, review.sheet, lambda tx: _nobody(rooms, tx, review, now))


async def _ask(
    rooms: Rooms, tx: Tx, review: SheetReview, writers: Sequence[Person], reader: Member, now: datetime,
    by: datetime | None,
) -> bool:  # fmt: skip
    """One question, with everything looked at once more under lock; `by`: only if it comes until then. Raises Conflict
    when something changed."""
    person = reader.person
    await tx.rounds.hold([*writers, person])
    part = await tx.participants.get(person, REVIEWS)
    asked = (await tx.sheet_asks.asked_since(review.space, now - MONTH)).get(person.id, 0)
    if part is None or not is_in(part, today(zone_of(reader), now)) or seats_left(part, asked) < 1:
        return False
    if await severing.apart(tx, person, review.sheet):
        return False
    moment = await moment_for(tx, reader, "sheet-ask", now)
    if moment is None or (by is not None and moment.at > by):
        return False
    await hand_over(rooms, tx, [letter(person, "sheet-ask", review.sheet, moment)])
    await tx.sheet_reviews.save(replace(review, state="asked", next_at=moment.at + ANSWER))
    ask = SheetAsk(person, review.sheet, "reviewer", "asked", now, moment.at + ANSWER, shown=review.shown)
    if not await tx.sheet_asks.add(ask):
        raise Conflict("they were asked for this sheet before")
    point("sheet-asking")
    return True


def _fields(sheet: str) -> dict[str, str]:
    return {"sheet": sheet}
