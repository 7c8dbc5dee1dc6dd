"""Letters a member asked for about a sheet: one of each, moved by a save, dropped without a reason."""

from __future__ import annotations

import pytest

from store import Conflict, Store
from tests.store.racing import kinds, race
from tests.store.samples import begun
from tests.store.shire import DAY, FRODO, NOW, SAM, gather


async def test_one_is_asked_for_moved_and_taken_back(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        assert await tx.sheet_follows.ask(FRODO, made.id, "unfinished", NOW + 3 * DAY)
        assert await tx.sheet_follows.ask(FRODO, made.id, "unfinished", NOW + 4 * DAY)
        assert await tx.sheet_follows.of(FRODO, made.id) == {"unfinished": NOW + 4 * DAY}
        assert await tx.sheet_follows.due(NOW + 3 * DAY, 9) == ()
        assert await tx.sheet_follows.drop(FRODO, made.id, "unfinished")
        assert not await tx.sheet_follows.drop(FRODO, made.id, "unfinished")
        assert await tx.sheet_follows.due(NOW + 9 * DAY, 9) == ()


async def test_one_that_is_due_is_written_once_and_never_asked_for_again(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_follows.ask(FRODO, made.id, "unfinished", NOW)
        (due,) = await tx.sheet_follows.due(NOW, 9)
    assert kinds(await race(store, lambda tx: tx.sheet_follows.done(due), times=2)) == ["Conflict", "NoneType"]
    async with store.begin() as tx:
        assert await tx.sheet_follows.due(NOW + 9 * DAY, 9) == ()
        assert not await tx.sheet_follows.ask(FRODO, made.id, "unfinished", NOW + DAY)
        assert await tx.sheet_follows.of(FRODO, made.id) == {"unfinished": None}
        assert not await tx.sheet_follows.drop(FRODO, made.id, "unfinished")


async def test_a_save_moves_those_of_everybody_and_drops_what_has_no_reason_any_more(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made, other = await begun(tx, FRODO, SAM), await begun(tx, FRODO)
        for person in (FRODO, SAM):
            for key in ("unfinished", "date"):
                await tx.sheet_follows.ask(person, made.id, key, NOW)
        await tx.sheet_follows.ask(FRODO, other.id, "unfinished", NOW)
        sams = next(one for one in await tx.sheet_follows.due(NOW, 9) if (one.person, one.key) == (SAM, "date"))
        await tx.sheet_follows.done(sams)
        await tx.sheet_follows.touch(made, {"date": NOW + 5 * DAY})
        assert await tx.sheet_follows.of(FRODO, made.id) == {"date": NOW + 5 * DAY}
        assert await tx.sheet_follows.of(SAM, made.id) == {"date": None}, "what was written stays written"
        assert await tx.sheet_follows.of(FRODO, other.id) == {"unfinished": NOW}
        await tx.sheet_follows.touch(made, {})
        assert await tx.sheet_follows.of(FRODO, made.id) == {}


async def test_whoever_read_one_before_it_moved_is_told(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_follows.ask(FRODO, made.id, "unfinished", NOW)
        (due,) = await tx.sheet_follows.due(NOW, 9)
        await tx.sheet_follows.move(due, NOW + DAY)
    for late in ("done", "move"):
        with pytest.raises(Conflict):
            async with store.begin() as tx:
                await (tx.sheet_follows.done(due) if late == "done" else tx.sheet_follows.move(due, NOW))
