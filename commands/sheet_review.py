"""A second pair of eyes, for whoever wants one: what is shown, a look at what a reader would see, and the end of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from chat.errors import Mistakes, Tellable
from chat.form import Answers, Form
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._shared import first_agree, owned, reading_programme
from commands._sheets import Own, careful
from commands.sheet_reader import offer
from content.interview_words import industries
from content.say import Say
from sheets import review_cards as cards
from sheets.naming import title_of
from sheets.reading import request_of, shown_steps
from sheets.review_ways import (
    ReviewAdult,
    ReviewAgreed,
    ReviewEnded,
    ReviewFormAsked,
    ReviewGiven,
    ReviewShown,
    ReviewWanted,
)
from store import Tx
from store.conducts import ADULT
from store.member_hours import local_day
from store.sheet_asks import OPEN, SEES
from store.sheet_reviews import EDITION, STANDS, SheetReview


@answers(ReviewShown)
async def show(call: Call, wanted: ReviewShown) -> Reply:
    """How it stands; the form where there is nothing to show."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await owned(tx, call, wanted.sheet)
            standing = await _standing(tx, call, own)
    return await _form(call, wanted.sheet) if standing is None else Edit(standing)


@answers(ReviewFormAsked)
async def open_form(call: Call, asked: ReviewFormAsked) -> Reply:
    """What may a reader see?"""
    return await _form(call, asked.sheet)


@answers(ReviewAgreed)
async def agree(call: Call, agreed: ReviewAgreed) -> Reply:
    """On to what somebody came for."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, EDITION, call.now)
    return await _form(call, agreed.sheet) if agreed.sheet else await offer(call)


@answers(ReviewAdult)
async def of_full_age(call: Call, said: ReviewAdult) -> Reply:
    """Said once; on as above."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, ADULT, call.now)
    return await _form(call, said.sheet) if said.sheet else await offer(call)


@answers(ReviewGiven)
async def preview(call: Call, given: ReviewGiven, typed: Answers) -> Reply:
    """What somebody would be asked first; nobody is, yet."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await owned(tx, call, given.sheet)
            was = await tx.sheet_reviews.get(call.person.space, given.sheet)
            there = frozenset(step.key for step in shown_steps(own.worksheet, own.sheet))
            field = typed.text("field") if typed.text("field") in dict(industries(call.say)) else ""
            shown, named = there & set(typed.chosen("steps")), typed.text("named") != "no"
            if not shown:
                wrong = {"steps": call.say("At least one step, please.")}
                raise Mistakes(wrong, _asked(call.say, own, frozenset(), named=named, field=field))
            if was is not None and was.looks:
                raise Tellable(call.say("Somebody is being asked already. End that first, then ask anew."))
            review = was or SheetReview(
                space=call.person.space, sheet=given.sheet, state="draft", shown=frozenset(), named=True, field="",
                told=False, begun_at=call.now, ends_at=call.now + STANDS, next_at=None,
            )  # fmt: skip
            await tx.sheet_reviews.save(replace(review, draft_shown=shown, draft_named=named, draft_field=field))
    request = request_of(call.say, own.worksheet, own.sheet, shown, named=named, field=field)
    return Edit(cards.review_preview(call.say, request, given.sheet))


@answers(ReviewWanted)
async def want(call: Call, wanted: ReviewWanted) -> Reply:
    """From now on somebody is looked for; a second press shows how it stands."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await owned(tx, call, wanted.sheet)
            if (first := await first_agree(tx, call, wanted.sheet)) is not None:
                return Edit(first)
            review = await tx.sheet_reviews.get(call.person.space, wanted.sheet)
            if review is not None and review.draft_shown and not review.looks:
                begun = replace(
                    review, state="looking", shown=review.draft_shown, named=review.draft_named,
                    field=review.draft_field, draft_shown=frozenset(), told=False, begun_at=call.now,
                    ends_at=call.now + STANDS, next_at=call.now,
                )  # fmt: skip
                await tx.sheet_reviews.save(begun)
            standing = await _standing(tx, call, own)
    return Edit(standing or cards.review_over_card(call.say, _title(call.say, own), wanted.sheet))


@answers(ReviewEnded)
async def end(call: Call, pressed: ReviewEnded) -> Reply:
    """Nobody is asked any more, and nobody reads it."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await owned(tx, call, pressed.sheet, lock=True)
            for one in await tx.sheet_asks.of(call.person.space, pressed.sheet):
                if one.part == "reviewer" and one.state in SEES:
                    await tx.sheet_people.set(one.person, pressed.sheet, state="out")
            review = await tx.sheet_reviews.get(call.person.space, pressed.sheet)
            if review is not None and review.state != "over":
                await tx.sheet_reviews.save(replace(review, state="over", next_at=None))
            for one in await tx.sheet_asks.of(call.person.space, pressed.sheet):
                if one.part == "reviewer" and one.state in {*OPEN, *SEES}:
                    await tx.sheet_asks.move(one, "ended" if one.state in SEES else "silent", None, tell="")
    return Edit(cards.review_over_card(call.say, _title(call.say, own), pressed.sheet))


async def _form(call: Call, sheet: str) -> Form | Message:
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await owned(tx, call, sheet)
            await reading_programme(tx, call)
            if (first := await first_agree(tx, call, sheet)) is not None:
                return first
            review = await tx.sheet_reviews.get(call.person.space, sheet)
    if not shown_steps(own.worksheet, own.sheet):
        raise Tellable(call.say("There is nothing on this sheet yet. After the first step somebody can look at it."))
    if review is None:
        return _asked(call.say, own, {step.key for step in own.worksheet.steps}, named=True, field="")
    if review.draft_shown:
        return _asked(call.say, own, review.draft_shown, named=review.draft_named, field=review.draft_field)
    return _asked(call.say, own, review.shown, named=review.named, field=review.field)


def _asked(say: Say, own: Own, shown: Collection[str], *, named: bool, field: str) -> Form:
    steps = shown_steps(own.worksheet, own.sheet)
    return cards.review_form(say, own.sheet.id, steps, shown, named=named, field=field)


async def _standing(tx: Tx, call: Call, own: Own) -> Message | None:
    """How a request stands, with everybody who reads; None where there is none, or it was never sent off."""
    review = await tx.sheet_reviews.get(own.sheet.space, own.sheet.id)
    if review is None:
        return None
    title, say = _title(call.say, own), call.say
    asks = await tx.sheet_asks.of(own.sheet.space, own.sheet.id)
    reading = [one for one in reversed(asks) if one.part == "reviewer" and one.state in SEES]
    readers = [(one.person, one.state == "done") for one in reading]
    if review.looks:
        day = say.date(local_day(call.member, review.ends_at))
        return cards.review_looking_card(say, title, own.sheet.id, day, nobody=review.told, readers=readers)
    if readers:
        return cards.review_reading_card(say, title, own.sheet.id, readers)
    return cards.review_over_card(say, title, own.sheet.id) if review.state == "reading" else None


def _title(say: Say, own: Own) -> str:
    return title_of(say, own.worksheet, own.sheet)
