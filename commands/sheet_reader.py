"""A second pair of eyes, for whoever lends theirs: the offer, a yes or a no, reading, and being through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chat.errors import Mistakes, Tellable
from chat.form import Answers, Form
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._shared import Visit, first_agree, gone, reading_programme, visit, writers_here
from commands._sheets import careful
from content.interview_words import LANGUAGES, industries
from sheets import reader_cards as cards
from sheets.reading import shown_title
from sheets.review_ways import ReaderAsked, ReaderGiven, ReaderOut, ReaderShown, ReviewAnswered, ReviewDone
from sheets.share_ways import SheetRead
from store import Conflict, Tx, severing
from store.participants import Participant
from store.sheet_asks import SheetAsk
from store.sheet_people import WRITERS
from store.sheet_reviews import READS, REVIEWS


@answers(ReaderShown)
async def show(call: Call, wanted: ReaderShown) -> Reply:
    """The offer, and what there is to read."""
    with careful(call.say):
        async with call.store.begin() as tx:
            part = await tx.participants.get(call.person, REVIEWS)
            sheets = [
                (one.sheet, shown_title(seen.say, seen.worksheet, seen.sheet, {step.key for step in seen.steps}))
                for one in await tx.sheet_people.shared_with(call.person)
                if one.state == "in" and (seen := await _seen(tx, call, one.sheet)) is not None
            ]
    month = int(part.profile.get("month", 0)) if part is not None and part.state == "in" else 0
    return Edit(cards.reader_card(call.say, month, sheets))


@answers(ReaderAsked)
async def ask(call: Call, asked: ReaderAsked) -> Reply:
    """The rules where they are not agreed to yet, then the form."""
    return await offer(call)


@answers(ReaderGiven)
async def keep(call: Call, given: ReaderGiven, typed: Answers) -> Reply:
    """From now on they may be asked."""
    languages = sorted(set(typed.chosen("languages")) & set(LANGUAGES))
    fields = sorted(set(typed.chosen("fields")) & set(dict(industries(call.say))))
    month = typed.text("month") if typed.text("month") in cards.MONTH else "1"
    if not languages:
        wrong = {"languages": call.say("At least one language, please.")}
        raise Mistakes(wrong, cards.reader_form(call.say, languages, fields, month))
    with careful(call.say):
        async with call.store.begin() as tx:
            await reading_programme(tx, call)
            if (first := await first_agree(tx, call)) is not None:
                return first
            was = await tx.participants.get(call.person, REVIEWS)
            part = was or Participant(person=call.person, programme=REVIEWS, since=call.now)
            profile = {"languages": languages, "fields": fields, "month": int(month)}
            kept = replace(part, state="in", profile=profile, external=call.profile.external)
            await tx.participants.save(kept, call.now)
    return cards.reader_card(call.say, int(month), ())


@answers(ReaderOut)
async def stop(call: Call, pressed: ReaderOut) -> Reply:
    """No more questions; the one it stands below is answered with it."""
    with careful(call.say):
        async with call.store.begin() as tx:
            was = await tx.participants.get(call.person, REVIEWS)
            if was is not None and was.state != "out":
                await tx.participants.save(replace(was, state="out"), call.now)
            known = await tx.sheet_asks.get(call.person, pressed.sheet) if pressed.sheet else None
            if known is not None and known.state == "asked":
                await _declined(tx, call, known)
    return Edit(cards.reader_out_card(call.say))


@answers(ReviewAnswered)
async def answer(call: Call, said: ReviewAnswered) -> Reply:
    """Once. A no reaches nobody; a yes names each to the other, when nothing stands against it by then."""
    try:
        with careful(call.say):
            async with call.store.begin() as tx:
                known = await tx.sheet_asks.get(call.person, said.sheet)
                if known is not None and known.part == "reviewer" and known.state in {"yes", "done"} and said.yes:
                    return Edit(_whole(await visit(tx, call, said.sheet), reads=True))
                if known is None or known.part != "reviewer" or known.state != "asked":
                    return Edit(cards.review_moved_card(call.say))
                if not said.yes:
                    await _declined(tx, call, known)
                    return Edit(cards.review_declined_card(call.say))
                if not await _begins(tx, call, known):
                    return Edit(cards.review_moved_card(call.say))
                return Edit(_whole(await visit(tx, call, said.sheet), reads=True))
    except Conflict:
        return Edit(cards.review_moved_card(call.say))


@answers(SheetRead)
async def read(call: Call, wanted: SheetRead) -> Reply:
    """All of it that is shown, or one step."""
    with careful(call.say):
        async with call.store.begin() as tx:
            seen = await visit(tx, call, wanted.sheet)
            known = await tx.sheet_asks.get(call.person, wanted.sheet)
    if not seen.part:
        gone(call)  # whoever reads the channel has seen what there is to see
    at = next((n for n, step in enumerate(seen.steps) if step.key == wanted.step), None)
    if at is None:
        return Edit(_whole(seen, reads=known is not None and known.state == "yes" and known.part == "reviewer"))
    following = seen.steps[at + 1] if at + 1 < len(seen.steps) else None
    return Edit(cards.reading_step_card(seen.say, seen.worksheet, seen.sheet, seen.steps[at], following))


@answers(ReviewDone)
async def done(call: Call, pressed: ReviewDone) -> Reply:
    """Its owner hears so, once; it can be looked at until it ends."""
    with careful(call.say):
        async with call.store.begin() as tx:
            known = await tx.sheet_asks.get(call.person, pressed.sheet, lock=True)
            if known is None or known.part != "reviewer" or known.state not in {"yes", "done"}:
                return Edit(cards.review_moved_card(call.say))
            if known.state == "yes":
                await tx.sheet_asks.move(known, "done", known.next_at, tell="reviewed")
            said = await tx.sheet_comments.of(call.person.space, pressed.sheet)
    return Edit(cards.review_done_card(call.say, pressed.sheet, sum(one.by == call.person for one in said)))


async def offer(call: Call) -> Form | Message:
    """The form, with what was said before."""
    with careful(call.say):
        async with call.store.begin() as tx:
            await reading_programme(tx, call)
            if (first := await first_agree(tx, call)) is not None:
                return first
            part = await tx.participants.get(call.person, REVIEWS)
    said: Mapping[str, Any] = part.profile if part is not None else {}
    languages = said.get("languages", (call.say.lang.partition("-")[0],))
    return cards.reader_form(call.say, languages, said.get("fields", ()), str(said.get("month", 1)))


async def _begins(tx: Tx, call: Call, known: SheetAsk) -> bool:
    """False where the sheet, its owners or the wish are gone, it is too late, readers are switched off, or a block
    stands between them and an owner by now."""
    space = call.person.space
    people = await tx.sheet_people.of(space, known.sheet)
    await tx.rounds.hold([call.person, *(one.person for one in people if one.part in WRITERS)])  # a block waits
    programme = await tx.programmes.get(space, REVIEWS)
    if (programme is not None and programme.state == "off") or not await writers_here(tx, people):
        return False
    review = await tx.sheet_reviews.get(space, known.sheet)
    if review is None or not review.looks or call.now >= review.ends_at:
        return False
    if await severing.apart(tx, call.person, known.sheet):
        return False
    if not await tx.sheet_people.add(call.person, known.sheet, "reviewer", call.now, state="in"):
        return False
    await tx.sheet_reviews.save(replace(review, state="reading", next_at=None))
    await tx.sheet_asks.move(known, "yes", call.now + READS, tell="reads")
    return True


async def _declined(tx: Tx, call: Call, known: SheetAsk) -> None:
    """Somebody else is asked."""
    review = await tx.sheet_reviews.get(call.person.space, known.sheet)
    if review is not None and review.looks:
        await tx.sheet_reviews.save(replace(review, state="looking", next_at=call.now))
    await tx.sheet_asks.move(known, "no", None)


async def _seen(tx: Tx, call: Call, sheet: str) -> Visit | None:
    try:
        return await visit(tx, call, sheet)
    except Tellable:
        return None


def _whole(seen: Visit, *, reads: bool) -> Message:
    return cards.reading_card(seen.say, seen.worksheet, seen.sheet, seen.steps, seen.owner, reviews=reads)
