"""Who is on a sheet: asked by its owner, and free to say no or to go."""

from __future__ import annotations

from datetime import datetime

from chat.errors import Tellable
from chat.people import Person
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._shared import no_guests, owned, writers_here
from commands._sheets import careful, look_at
from sheets import people_cards as cards
from sheets.naming import title_of
from sheets.people_cards import Someone
from sheets.share_ways import InviteAnswered, PenTaken, PeopleListed, PersonInvited, PersonOut, SheetLeft
from store import Tx, severing
from store.sheet_asks import OPEN, AskPart, SheetAsk

MOST = 7
"""Others on a sheet, those who are asked among them."""
PARTS: dict[str, AskPart] = {"co-owner": "co-owner", "commenter": "commenter"}


@answers(PeopleListed)
async def list_(call: Call, listed: PeopleListed) -> Reply:
    """In the message's place."""
    with careful(call.say):
        async with call.store.begin() as tx:
            return Edit(await _people(tx, call, listed.sheet))


@answers(PenTaken)
async def take_pen(call: Call, pressed: PenTaken) -> Reply:
    """Ten minutes after another one's last save."""
    with careful(call.say):
        async with call.store.begin() as tx:
            if not await tx.sheet_people.take_pen(call.person, pressed.sheet, call.now):
                raise Tellable(call.say("Somebody else who owns this sheet is writing on it now."))
            return Edit(await _people(tx, call, pressed.sheet))


@answers(PersonInvited)
async def invite(call: Call, invited: PersonInvited) -> Reply:
    """Asked once; whether somebody can be asked, and why not, is told to nobody."""
    whom, part = Person(call.person.space, invited.whom), PARTS.get(invited.part)
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await owned(tx, call, invited.sheet)
            if part is not None:
                await _ask(tx, call, own.sheet.id, whom, part)
    return Edit(cards.asked_card(own.say, own.sheet.id))


@answers(InviteAnswered)
async def answer(call: Call, said: InviteAnswered) -> Reply:
    """Yes or no, once; afterwards how it stands."""
    with careful(call.say):
        async with call.store.begin() as tx:
            known = await tx.sheet_asks.get(call.person, said.sheet)
            people = await tx.sheet_people.of(call.person.space, said.sheet)
            owner = next((one.person for one in people if one.part == "owner"), None)
            if known is None or owner is None or known.part == "reviewer" or known.state not in OPEN:
                return Edit(cards.invite_declined_card(call.say))
            if said.yes:
                await no_guests(tx, call)
            await tx.rounds.hold([call.person, *(one.person for one in people if one.state == "in")])  # a block waits
            free = not await severing.apart(tx, call.person, said.sheet, everybody=known.part == "co-owner")
            free = free and bool(await writers_here(tx, people))
            sheet = await tx.sheets.get(call.person.space, said.sheet, lock=True)
            yes = said.yes and free and sheet is not None
            await tx.sheet_people.set(call.person, said.sheet, state="in" if yes else "out")
            await tx.sheet_asks.move(known, "yes" if yes else "no", None)
            if not said.yes:
                await tx.sheet_asks.refuse(known, owner)
            worksheet = call.library.worksheets.get(sheet.worksheet) if sheet is not None else None
            if not yes or sheet is None or worksheet is None:
                return Edit(cards.invite_declined_card(call.say))
    return Edit(cards.invite_taken_card(call.say, title_of(call.say, worksheet, sheet), known.part, said.sheet))


@answers(PersonOut)
async def end(call: Call, pressed: PersonOut) -> Reply:
    """By its owner; the other is told nothing."""
    with careful(call.say):
        async with call.store.begin() as tx:
            await owned(tx, call, pressed.sheet, lock=True)
            await _out(tx, Person(call.person.space, pressed.whom), pressed.sheet, call.now)
            return Edit(await _people(tx, call, pressed.sheet))


@answers(SheetLeft)
async def leave(call: Call, pressed: SheetLeft) -> Reply:
    """By whoever is on it and does not own it: an owner deletes a sheet, or is asked by nobody to go."""
    with careful(call.say):
        async with call.store.begin() as tx:
            mine = await tx.sheet_people.get(call.person, pressed.sheet)
            if mine is not None and mine.part != "owner":
                await tx.sheets.get(call.person.space, pressed.sheet, lock=True)
                await _out(tx, call.person, pressed.sheet, call.now)
    return Edit(cards.sheet_left_card(call.say))


async def _out(tx: Tx, person: Person, sheet: str, now: datetime) -> None:
    """Who was still reading it leaves a wish behind: somebody else is looked for."""
    known = await tx.sheet_asks.get(person, sheet)
    await tx.sheet_people.set(person, sheet, state="out")
    if known is not None and known.part == "reviewer" and known.state == "yes":
        await tx.sheet_reviews.again(person.space, [sheet], now)
    if known is not None and known.state not in {"no", "silent", "ended"}:
        await tx.sheet_asks.move(known, "ended" if known.state in {"yes", "done"} else "silent", None, tell="")


async def _ask(tx: Tx, call: Call, sheet: str, whom: Person, part: AskPart) -> None:
    """Nothing for who never used us here, is gone, blocked, was asked before or said no to this owner lately, and where
    there is no room."""
    if whom == call.person or await tx.members.get(whom) is None:
        return
    await tx.rounds.hold([call.person, whom])
    await tx.sheets.hold(whom.space, sheet)
    member = (await tx.members.of([whom])).get(whom)
    people = [one for one in await tx.sheet_people.of(whom.space, sheet) if one.state != "out"]
    if member is None or member.left_at is not None or len(people) > MOST:
        return
    if any(one.person == whom for one in people) or await tx.sheet_asks.refused(whom, call.person):
        return
    if await severing.apart(tx, whom, sheet, everybody=part == "co-owner"):
        return
    if await tx.sheet_asks.add(SheetAsk(whom, sheet, part, "new", call.now, call.now)):
        await tx.sheet_people.add(whom, sheet, part, call.now)


async def _people(tx: Tx, call: Call, sheet: str) -> cards.Message:
    own = await look_at(tx, call, sheet)
    known = [one for one in await tx.sheet_people.of(call.person.space, sheet) if one.state != "out"]
    held = [one.person for one in known if one.pen_until is not None and one.pen_until > call.now]
    people = [
        Someone(one.person, one.part, one.state == "asked", one.person in held, one.person == call.person)
        for one in known
    ]  # fmt: skip
    owns = any(one.me and one.part == "owner" for one in people)
    pen = sum(one.writes for one in known) > 1 and not held
    return cards.people_card(own.say, title_of(own.say, own.worksheet, own.sheet), sheet, people, owns=owns, pen=pen)
