"""What the commands around shared sheets share: who may look at a sheet of somebody else's, and say something to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

from chat.errors import Tellable
from chat.message import Message
from chat.people import Person
from commands._call import Call
from commands._matching import guests_allowed
from commands._sheets import Own, look_at
from content.interview_cards import adult_card
from content.say import Say, speaker
from content.worksheet import Step, Worksheet
from sheets.reader_cards import review_conduct_card
from sheets.reading import shown_steps
from sheets.review_ways import ReviewAdult, ReviewAgreed
from sheets.sheet import Sheet
from store import Tx, severing
from store.adults import of_age
from store.programmes import Programme
from store.sheet_asks import OPEN, SEES
from store.sheet_people import SheetPerson
from store.sheet_reviews import EDITION, REVIEWS


@dataclass(frozen=True, slots=True)
class Visit:
    """A sheet that the caller may say something to. `part`: theirs in it, "" for who reads the channel it was shared
    in. `steps`: those they may see; for the channel those they may speak of. `people`: everybody who is on it."""

    worksheet: Worksheet
    sheet: Sheet
    say: Say
    part: str
    steps: tuple[Step, ...]
    people: tuple[SheetPerson, ...]

    @property
    def owner(self) -> Person | None:
        """Whose it is."""
        return next((one.person for one in self.people if one.part == "owner"), None)


def gone(call: Call) -> NoReturn:
    """The same words whatever the reason: deleted, taken back, never shared, or a block."""
    raise Tellable(call.say("This sheet is not available any more."))


async def visit(tx: Tx, call: Call, id_: str) -> Visit:
    """Whoever is on a sheet, or in a channel it was shared in; an id in a button is no authority. Raises Tellable."""
    space = call.person.space
    everybody = await tx.sheet_people.of(space, id_)
    people = tuple(one for one in everybody if one.state == "in")
    mine = next((one for one in people if one.person == call.person), None)
    ask = await tx.sheet_asks.get(call.person, id_)
    ended = ask is not None and ask.state == "ended"  # once on it and not any more: the channel is no way back
    if mine is None and (ended or not await tx.sheet_shares.has(call.place, id_)):
        gone(call)
    if await severing.apart(tx, call.person, id_) or not await writers_here(tx, people):
        gone(call)
    if mine is None or not mine.writes:
        await no_guests(tx, call)
    sheet = await tx.sheets.get(space, id_)
    worksheet = call.library.worksheets.get(sheet.worksheet) if sheet is not None else None
    if sheet is None or worksheet is None:
        gone(call)
    if mine is None:  # which steps there are depends on the answers: the channel speaks of all
        return Visit(worksheet, sheet, speaker(sheet.lang), "", worksheet.steps, people)
    keys = (ask.shown if ask is not None and ask.state in SEES else ()) if mine.part == "reviewer" else None
    steps = shown_steps(worksheet, sheet, keys)
    return Visit(worksheet, sheet, speaker(sheet.lang), mine.part, steps, people)


async def writers_here(tx: Tx, people: Collection[SheetPerson]) -> tuple[Person, ...]:
    """Of those on a sheet who write on it and have not left the workspace."""
    known = await tx.members.of([one.person for one in people if one.writes])
    return tuple(person for person, member in known.items() if member.left_at is None)


async def no_guests(tx: Tx, call: Call) -> None:
    """The house's rule for guests from other workspaces. Raises Tellable."""
    if call.profile.external and not await guests_allowed(tx, call.person.space):
        raise Tellable(
            call.say("You are a guest from another workspace. Here sheets are for members of this one alone.")
        )


async def owned(tx: Tx, call: Call, id_: str, *, lock: bool = False) -> Own:
    """As `look_at`, for its owner alone. Raises Tellable."""
    own = await look_at(tx, call, id_, lock=lock)
    mine = await tx.sheet_people.get(call.person, id_)
    if mine is None or mine.part != "owner":
        raise Tellable(call.say("That is for the one who owns the sheet to decide."))
    return own


async def together(tx: Tx, call: Call, id_: str, whom: str) -> Person:
    """Somebody else who has to do with a sheet that the caller has to do with, too, or had: what a block and a report
    need. Who was asked to read it and did not say yes is nobody's to know. Raises Tellable."""
    space, found = call.person.space, set[Person]()
    found |= {one.person for one in await tx.sheet_people.of(space, id_)}
    asks = await tx.sheet_asks.of(space, id_)
    found |= {one.person for one in asks if one.state in SEES or (one.state in OPEN and one.part != "reviewer")}
    found |= {one.by for one in await tx.sheet_comments.of(space, id_)}
    other = Person(space, whom) if whom else call.person
    if call.person not in found or other not in found or other == call.person:
        raise Tellable(call.say("The other side is not here any more."))
    return other


async def reading_programme(tx: Tx, call: Call) -> Programme:
    """The community's readers, made on first sight. Raises Tellable where its owner switched them off, and for
    guests."""
    found = await tx.programmes.get(call.person.space, REVIEWS)
    if found is not None and found.state == "off":
        raise Tellable(call.say("Reading each other's sheets is switched off in this community just now."))
    await no_guests(tx, call)
    made = Programme(space=call.person.space, name=REVIEWS, zone=call.member.zone or "UTC", state="on")
    return found or await tx.programmes.save(made, call.now)


async def first_agree(tx: Tx, call: Call, sheet: str = "") -> Message | None:
    """The rules where they are not agreed to yet, then whether somebody is of age where an owner asks it."""
    if await tx.conducts.accepted(call.person, EDITION) is None:
        return review_conduct_card(call.say, ReviewAgreed(sheet))
    return None if await of_age(tx, call.person) else adult_card(call.say, ReviewAdult(sheet))
