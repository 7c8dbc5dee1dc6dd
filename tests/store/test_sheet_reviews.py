"""Who is asked to read a sheet: one after the other, nobody twice, and nothing between two who are apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chat.people import Person, Place
from store import Conflict, Store, severing
from store.sheet_asks import SheetAsk
from store.sheet_reviews import STANDS, SheetReview
from tests.store.racing import kinds, race
from tests.store.samples import begun
from tests.store.shire import DAY, FRODO, MERRY, NOW, PIPPIN, SAM, SHIRE, gather

CHANNEL = Place(SHIRE, "C1")


def wish(sheet: str) -> SheetReview:
    """Somebody wants a second pair of eyes."""
    return SheetReview(
        space=SHIRE, sheet=sheet, state="looking", shown=frozenset({"problem"}), named=True, field="food",
        told=False, begun_at=NOW, ends_at=NOW + STANDS, next_at=NOW,
    )  # fmt: skip


def asked(sheet: str, person: Person = SAM) -> SheetAsk:
    """Somebody is asked to read it."""
    return SheetAsk(person, sheet, "reviewer", "asked", NOW, NOW + 2 * DAY)


async def test_a_sheet_is_shared_once_a_channel_as_it_is_until_that_is_taken_back(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
    first = await race(store, lambda tx: tx.sheet_shares.first(CHANNEL, made.id, "a", NOW), times=2)
    assert sorted(map(str, first)) == ["False", "True"]
    async with store.begin() as tx:
        assert await tx.sheet_shares.first(CHANNEL, made.id, "b", NOW)
        assert await tx.sheet_shares.has(CHANNEL, made.id)
        assert not await tx.sheet_shares.has(Place(SHIRE, "C2"), made.id)
        assert await tx.sheet_shares.places(SHIRE, made.id) == ("C1",)
        assert await tx.sheet_shares.stop(CHANNEL, made.id)
        assert not await tx.sheet_shares.stop(CHANNEL, made.id)
        assert await tx.sheet_shares.first(CHANNEL, made.id, "a", NOW)
        await tx.sheets.delete(SHIRE, made.id)
        assert not await tx.sheet_shares.has(CHANNEL, made.id)


async def test_a_wish_is_saved_by_who_read_it_last_and_found_when_it_is_due(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        kept = await tx.sheet_reviews.save(wish(made.id))
        assert await tx.sheet_reviews.get(SHIRE, made.id) == kept
        assert await tx.sheet_reviews.due(NOW - DAY, 9) == ()
        assert await tx.sheet_reviews.due(NOW, 9) == (kept,)
    results = await race(
        store, lambda tx: tx.sheet_reviews.save(replace(kept, state="asked", next_at=NOW + DAY)), times=2
    )
    assert kinds(results) == ["Conflict", "SheetReview"]
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.sheet_reviews.save(wish(made.id))
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.sheet_reviews.save(wish("no-such-sheet"))


async def test_nobody_is_asked_twice_for_one_sheet_and_each_question_has_one_answer(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        assert await tx.sheet_asks.add(asked(made.id))
        assert not await tx.sheet_asks.add(asked(made.id))
        assert await tx.sheet_asks.due(NOW + DAY, 9) == ()
        (due,) = await tx.sheet_asks.due(NOW + 2 * DAY, 9)
        assert await tx.sheet_asks.asked_since(SHIRE, NOW) == {SAM.id: 1}
        assert await tx.sheet_asks.asked_since(SHIRE, NOW + timedelta(seconds=1)) == {}
    answers = await race(
        store,
        lambda tx: tx.sheet_asks.move(due, "yes", NOW + DAY, tell="reads"),
        lambda tx: tx.sheet_asks.move(due, "silent", None),
    )
    assert kinds(answers) == ["Conflict", "NoneType"]
    async with store.begin() as tx:
        known = await tx.sheet_asks.get(SAM, made.id)
        assert known is not None
        assert known.state in {"yes", "silent"}
        if known.state == "yes":
            assert known in await tx.sheet_asks.due(NOW, 9), "its owners wait for a letter"
        await tx.sheet_asks.move(known, "ended", None, tell="")
        assert await tx.sheet_asks.add(asked(made.id)), "whose yes has ended may be asked anew"


async def test_a_block_ends_what_two_share_at_once_and_another_reader_is_looked_for(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made, theirs = await begun(tx, FRODO, PIPPIN), await begun(tx, SAM)
        await tx.sheet_people.add(SAM, made.id, "reviewer", NOW, state="in")
        await tx.sheet_people.add(MERRY, made.id, "commenter", NOW, state="in")
        await tx.sheet_people.add(FRODO, theirs.id, "co-owner", NOW)
        await tx.sheet_asks.add(replace(asked(made.id), state="yes"))
        await tx.sheet_asks.add(SheetAsk(FRODO, theirs.id, "co-owner", "new", NOW, NOW))
        await tx.sheet_asks.add(replace(asked(made.id, MERRY), part="commenter", state="yes"))
        await tx.sheet_reviews.save(replace(wish(made.id), state="reading", next_at=None))
    async with store.begin() as tx:
        await severing.block(tx, SAM, FRODO, NOW + DAY)
    async with store.begin() as tx:
        parts = {one.person: one.state for one in await tx.sheet_people.of(SHIRE, made.id)}
        assert parts == {FRODO: "in", PIPPIN: "in", SAM: "out", MERRY: "in"}
        assert [(one.person, one.state) for one in await tx.sheet_asks.of(SHIRE, theirs.id)] == [(FRODO, "ended")]
        states = {one.person: one.state for one in await tx.sheet_asks.of(SHIRE, made.id)}
        assert states == {SAM: "ended", MERRY: "yes"}
        review = await tx.sheet_reviews.get(SHIRE, made.id)
        assert review is not None
        assert (review.state, review.next_at) == ("looking", NOW + DAY)


async def test_who_is_forgotten_or_leaves_all_sheets_was_never_asked(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_asks.add(asked(made.id))
        await tx.sheet_asks.add(asked(made.id, MERRY))
        await tx.forget.here(SAM, NOW)
        await tx.forget.family(MERRY, "sheets", NOW)
        assert await tx.sheet_asks.of(SHIRE, made.id) == ()


async def test_what_was_asked_counts_ninety_days_also_when_the_sheet_is_gone(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_asks.add(asked(made.id))
        invited = SheetAsk(MERRY, made.id, "commenter", "new", NOW, NOW)
        await tx.sheet_asks.add(invited)
        assert not await tx.sheet_asks.refused(MERRY, FRODO)
        await tx.sheet_asks.refuse(invited, FRODO)
        await tx.sheets.delete(SHIRE, made.id)
        assert await tx.sheet_asks.asked_since(SHIRE, NOW) == {SAM.id: 1}
        assert await tx.sheet_asks.refused(MERRY, FRODO)
        assert not await tx.sheet_asks.refused(MERRY, PIPPIN)
        await tx.sheet_asks.refuse(asked(made.id), PIPPIN)
        await tx.forget.here(PIPPIN, NOW)
        assert not await tx.sheet_asks.refused(SAM, PIPPIN), "nothing names who is forgotten"
        await tx.forget.drafts(NOW + 89 * DAY)
        assert await tx.sheet_asks.refused(MERRY, FRODO)
        await tx.forget.drafts(NOW + 91 * DAY)
        assert not await tx.sheet_asks.refused(MERRY, FRODO)
        assert await tx.sheet_asks.asked_since(SHIRE, NOW) == {}


async def test_a_block_between_two_who_write_takes_the_later_one_off_and_a_reader_of_either(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_people.add(PIPPIN, made.id, "co-owner", NOW, state="in")
        await tx.sheet_people.add(MERRY, made.id, "co-owner", NOW + DAY, state="in")
        await tx.sheet_people.add(SAM, made.id, "reviewer", NOW, state="in")
        await tx.sheet_asks.add(replace(asked(made.id), state="yes"))
        await tx.sheet_reviews.save(replace(wish(made.id), state="reading", next_at=None))
    async with store.begin() as tx:
        await severing.block(tx, PIPPIN, MERRY, NOW + 2 * DAY)
    async with store.begin() as tx:
        await severing.block(tx, PIPPIN, SAM, NOW + 20 * DAY)
    async with store.begin() as tx:
        parts = {one.person: one.state for one in await tx.sheet_people.of(SHIRE, made.id)}
        assert parts == {FRODO: "in", PIPPIN: "in", MERRY: "out", SAM: "out"}
        assert await severing.apart(tx, SAM, made.id)
        assert not await severing.apart(tx, FRODO, made.id)
        review = await tx.sheet_reviews.get(SHIRE, made.id)
        assert review is not None
        assert (review.state, review.ends_at) == ("looking", NOW + 20 * DAY + STANDS), "as long as from the beginning"
