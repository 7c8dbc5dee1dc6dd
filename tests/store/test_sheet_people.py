"""Who owns a sheet, writes on it and comments: one pen at a time, and the sheet belongs to whoever stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chat.errors import LimitError
from chat.people import Person
from store import Conflict, Store, Tx
from store.sheet_comments import LONGEST
from store.sheet_people import PEN, SheetPerson
from tests.store.racing import Work, kinds, race
from tests.store.samples import begun, read, rewritten
from tests.store.shire import BILBO, DAY, FRODO, MERRY, NOW, PIPPIN, ROSIE, SAM, SHIRE, gather


async def parts(store: Store, sheet: str) -> dict[Person, str]:
    """Who has which part, of those who are in it."""
    async with store.begin() as tx:
        return {one.person: one.part for one in await tx.sheet_people.of(SHIRE, sheet) if one.state == "in"}


def forgetting(who: Person) -> Work:
    """Everything of theirs."""
    return lambda tx: tx.forget.here(who, NOW)


async def test_somebody_is_asked_says_yes_and_may_be_asked_again_after_a_no(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        assert await tx.sheet_people.add(SAM, made.id, "commenter", NOW)
        assert not await tx.sheet_people.add(SAM, made.id, "co-owner", NOW), "asked already"
        assert await tx.sheet_people.set(SAM, made.id, state="out")
        assert await tx.sheet_people.add(SAM, made.id, "reviewer", NOW + DAY)
        assert await tx.sheet_people.set(SAM, made.id, state="in")
        assert await tx.sheet_people.get(SAM, made.id) == SheetPerson(SAM, made.id, "reviewer", "in", None, NOW + DAY)
        assert [one.sheet for one in await tx.sheet_people.shared_with(SAM)] == [made.id]
        assert await tx.sheet_people.shared_with(FRODO) == ()
        assert not await tx.sheet_people.set(ROSIE, made.id, state="in")
        assert not await tx.sheet_people.set(FRODO, made.id, part="commenter"), "an owner leaves, or owns"
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.sheet_people.add(ROSIE, "no-such-sheet", "commenter", NOW)


async def test_one_of_them_writes_at_a_time_and_ten_minutes_after_the_last_save_another_may(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO, SAM, MERRY)
        await tx.sheet_people.add(ROSIE, made.id, "reviewer", NOW, state="in")
        await tx.sheet_people.add(PIPPIN, made.id, "co-owner", NOW, state="asked")
        for stranger in (ROSIE, PIPPIN, BILBO):
            assert not await tx.sheet_people.take_pen(stranger, made.id, NOW)
    taken = await race(
        store,
        lambda tx: tx.sheet_people.take_pen(SAM, made.id, NOW),
        lambda tx: tx.sheet_people.take_pen(MERRY, made.id, NOW),
    )
    assert sorted(map(str, taken)) == ["False", "True"]
    writer, other = (SAM, MERRY) if taken[0] else (MERRY, SAM)
    async with store.begin() as tx:
        again = NOW + timedelta(minutes=9)
        assert await tx.sheet_people.take_pen(writer, made.id, again), "each save is ten minutes more"
        assert not await tx.sheet_people.take_pen(other, made.id, NOW + PEN)
        assert not await tx.sheet_people.take_pen(FRODO, made.id, again + PEN - timedelta(seconds=1))
        assert await tx.sheet_people.take_pen(FRODO, made.id, again + PEN)
        assert not await tx.sheet_people.take_pen(writer, made.id, again + PEN)


async def test_a_co_owner_leaves_and_the_others_go_on(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO, SAM)
        await tx.sheet_people.take_pen(SAM, made.id, NOW)
        await tx.sheet_follows.ask(SAM, made.id, "unfinished", NOW)
        await tx.sheet_comments.add(SAM, made.id, "problem", "mine", NOW)
        assert await tx.sheet_people.leave(SAM, made.id)
        assert not await tx.sheet_people.leave(SAM, made.id)
        assert await tx.sheet_people.take_pen(FRODO, made.id, NOW), "the pen does not leave with them"
        assert await tx.sheet_follows.of(SAM, made.id) == {}
        assert len(await tx.sheet_comments.of(SHIRE, made.id)) == 1, "what they said stays until they are forgotten"
    assert await parts(store, made.id) == {FRODO: "owner"}


async def test_an_owner_leaves_and_whoever_co_owns_it_longest_is_the_owner(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO, MERRY, SAM)
        await tx.sheet_people.add(ROSIE, made.id, "commenter", NOW - DAY, state="in")
        await tx.sheet_people.add(PIPPIN, made.id, "co-owner", NOW - DAY, state="asked")
        await tx.leaving.left([MERRY], NOW)  # gone from the community, and not forgotten yet
        assert await tx.sheet_people.leave(FRODO, made.id)
    assert await parts(store, made.id) == {SAM: "owner", MERRY: "co-owner", ROSIE: "commenter"}
    kept = await read(store, made)
    assert kept == made, "it opens for its new owner as it was"


async def test_an_owner_leaves_alone_and_the_sheet_goes_with_all_about_it(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_people.add(ROSIE, made.id, "commenter", NOW, state="in")
        await tx.sheet_comments.add(ROSIE, made.id, "problem", "hm", NOW)
        await tx.sheet_follows.ask(FRODO, made.id, "unfinished", NOW)
        assert await tx.sheet_people.leave(FRODO, made.id)
        assert await tx.sheet_people.shared_with(ROSIE) == ()
        assert (await tx.having.counts(ROSIE))["sheet_comments"] == 0
        assert await tx.sheet_follows.due(NOW, 9) == ()
    assert await read(store, made) is None


async def test_of_two_owners_who_are_forgotten_at_once_nobody_inherits_from_the_other(store: Store) -> None:
    for _ in range(5):
        await gather(store)
        async with store.begin() as tx:
            made = [await begun(tx, FRODO, SAM), await begun(tx, SAM, FRODO)]
        done = await race(store, forgetting(FRODO), forgetting(SAM))
        assert kinds(done) == ["NoneType", "NoneType"]
        assert [await read(store, one) for one in made] == [None, None]


async def test_who_is_forgotten_leaves_nothing_and_the_others_lose_nothing(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        own, shared, theirs = await begun(tx, FRODO), await begun(tx, FRODO, SAM), await begun(tx, SAM)
        await tx.sheet_people.add(FRODO, theirs.id, "commenter", NOW, state="in")
        for sheet in (own, shared, theirs):
            await tx.sheet_comments.add(FRODO, sheet.id, "problem", "from the Shire", NOW)
            await tx.sheet_comments.add(SAM, sheet.id, "problem", "potatoes", NOW)
            await tx.sheet_follows.ask(SAM, sheet.id, "unfinished", NOW)
    async with store.begin() as tx:
        await tx.forget.here(FRODO, NOW)
    assert await read(store, own) is None
    assert await parts(store, shared.id) == {SAM: "owner"}
    assert await parts(store, theirs.id) == {SAM: "owner"}
    async with store.begin() as tx:
        said = [one.text for sheet in (shared, theirs) for one in await tx.sheet_comments.of(SHIRE, sheet.id)]
        assert said == ["potatoes", "potatoes"]
        assert len(await tx.sheet_follows.due(NOW, 9)) == 2


async def test_who_deletes_their_sheets_alone_keeps_what_they_said_on_those_of_others(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        own, shared, theirs = await begun(tx, FRODO), await begun(tx, SAM, FRODO), await begun(tx, SAM)
        await tx.sheet_comments.add(FRODO, theirs.id, "problem", "from the Shire", NOW)
        assert (await tx.having.counts(FRODO))["sheets"] == 2
        rows = await tx.having.rows(FRODO)
        assert all("seed cakes" in row["body"] for row in rows["sheets"]), "opened for who wrote it"
        assert [row["text"] for row in rows["sheet_comments"]] == ["from the Shire"]
        assert await tx.forget.family(FRODO, "sheets", NOW) == 2
        assert (await tx.having.counts(FRODO))["sheets"] == 0
        assert len(await tx.sheet_comments.of(SHIRE, theirs.id)) == 1
        assert await tx.forget.family(FRODO, "sheet_comments", NOW) == 1
        assert await tx.sheet_comments.of(SHIRE, theirs.id) == ()
    assert await read(store, own) is None
    assert await parts(store, shared.id) == {SAM: "owner"}


async def test_sheets_are_written_while_their_people_come_and_go(store: Store) -> None:
    """On PostgreSQL whoever waits in a circle is thrown out after a second; here nobody is."""
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO, SAM, MERRY)

    async def write(tx: Tx) -> object:
        found = await tx.sheets.get(SHIRE, made.id, lock=True)
        if found is None or not await tx.sheet_people.take_pen(MERRY, made.id, NOW):
            return None
        saved = await tx.sheets.save(rewritten(found, "again"), NOW)
        return await tx.sheet_follows.touch(saved, {"unfinished": NOW + DAY})

    results = await race(
        store,
        *(write, write, write),
        lambda tx: tx.sheet_people.add(PIPPIN, made.id, "co-owner", NOW, state="in"),
        lambda tx: tx.sheet_follows.ask(MERRY, made.id, "unfinished", NOW),
        forgetting(FRODO),
        forgetting(SAM),
    )
    assert [result for result in results if isinstance(result, BaseException)] == []
    kept = await read(store, made)
    assert kept is not None
    assert kept.version == 4
    assert (await parts(store, made.id)).keys() == {MERRY, PIPPIN}
    assert sorted((await parts(store, made.id)).values()) == ["co-owner", "owner"]


async def test_comments_are_sealed_in_order_and_shown_when_the_owner_says_so(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        second = await tx.sheet_comments.add(SAM, made.id, "problem", "who counts?", NOW + DAY)
        first = await tx.sheet_comments.add(ROSIE, made.id, "", "a fine sheet", NOW)
        assert await tx.sheet_comments.of(SHIRE, made.id) == (first, second)
        assert await tx.sheet_comments.show(SHIRE, second.id)
        assert await tx.sheet_comments.of(SHIRE, made.id, shown=True) == (replace(second, shown=True),)
        assert await tx.sheet_comments.drop(SHIRE, second.id)
        assert not await tx.sheet_comments.drop(SHIRE, second.id)
        assert await tx.sheet_comments.of(SHIRE, made.id, shown=False) == (first,)
        with pytest.raises(LimitError):
            await tx.sheet_comments.add(SAM, made.id, "problem", "x" * (LONGEST + 1), NOW)
