"""A round's life: planned once, each step once, its plan kept with its people; pairs remembered."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from store import Conflict, Store, Tx
from store.met import Encounter
from store.rounds import Group, Round
from tests.store.racing import kinds, race
from tests.store.shire import (
    BILBO,
    COFFEE,
    DAY,
    EVERYBODY,
    FRODO,
    MERRY,
    NOW,
    PIPPIN,
    ROSIE,
    SAM,
    SHIRE,
    a_round,
    gather,
)


async def opened(store: Store) -> Round:
    """The first round, everybody in it."""
    await gather(store)
    async with store.begin() as tx:
        await tx.programmes.save(COFFEE, NOW)
        assert await tx.rounds.plan(a_round()) is True
        await tx.rounds.join(a_round(), {person: n for n, person in enumerate(EVERYBODY)})
        return await tx.rounds.advance(a_round(), "planned", "opened", next_at=NOW + DAY)


async def test_a_number_is_planned_once_and_the_seed_comes_back_to_the_bit(store: Store) -> None:
    this = await opened(store)
    async with store.begin() as tx:
        assert await tx.rounds.plan(replace(a_round(), seed=7)) is False
        assert this.seed == 2**62 + 1
        assert await tx.rounds.get(SHIRE, COFFEE.name, 1, lock=True) == this
        assert await tx.rounds.plan(a_round(2)) is True
        assert [found.number for found in await tx.rounds.newest(SHIRE, COFFEE.name, 5)] == [2, 1]
        assert [found.number for found in await tx.rounds.due(NOW)] == [2]
        await tx.rounds.look_again(a_round(2), NOW + 3 * DAY)
        assert [found.number for found in await tx.rounds.due(NOW + DAY)] == [1]


async def test_of_processes_that_match_one_round_at_once_one_does_and_what_it_wrote_stands(store: Store) -> None:
    this = await opened(store)
    pairs = [(FRODO, SAM), (MERRY, PIPPIN), (ROSIE, BILBO)]

    def match(shift: int) -> object:
        async def work(tx: Tx) -> Round:
            groups = [Group(n, (pairs[n - 1][0], pairs[(n + shift) % 3][1]), 100 * n) for n in (1, 2, 3)]
            done = await tx.rounds.advance(this, "opened", "matched", next_at=NOW + 2 * DAY)
            await tx.rounds.place(this, groups, [])
            return done

        return work

    results = await race(store, *(match(shift) for shift in (0, 1, 2)))  # pyright: ignore[reportArgumentType]
    assert kinds(results) == ["Conflict", "Conflict", "Round"]
    async with store.begin() as tx:
        assert [len(group.persons) for group in await tx.rounds.groups(this)] == [2, 2, 2]
        found = await tx.rounds.get(SHIRE, COFFEE.name, 1)
        assert found is not None
        assert (found.state, found.next_at) == ("matched", NOW + 2 * DAY)


async def test_a_step_that_fails_half_way_was_never_taken(store: Store) -> None:
    this = await opened(store)

    async def die() -> None:
        async with store.begin() as tx:
            await tx.rounds.advance(this, "opened", "matched", next_at=None)
            await tx.rounds.place(this, [Group(1, (FRODO, SAM), 9)], [MERRY])
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await die()
    async with store.begin() as tx:
        assert await tx.rounds.get(SHIRE, COFFEE.name, 1) == this
        assert {one.state for one in await tx.rounds.present(this)} == {"in"}


async def test_an_owners_swap_replaces_the_plan_and_late_ones_join(store: Store) -> None:
    this = await opened(store)
    async with store.begin() as tx:
        await tx.rounds.mark(this, [BILBO], "skipped")
        reasons = ({"term": "stage", "points": 250},)
        await tx.rounds.place(this, [Group(1, (FRODO, SAM), 800, reasons), Group(2, (MERRY, PIPPIN), 500)], [ROSIE])
        assert {one.person: one.state for one in await tx.rounds.present(this)} == {
            FRODO: "placed", SAM: "placed", MERRY: "placed", PIPPIN: "placed", ROSIE: "waiting", BILBO: "skipped",
        }  # fmt: skip
        swapped = [Group(1, (FRODO, PIPPIN), 600, reasons), Group(2, (MERRY, ROSIE), 400)]
        await tx.rounds.place(this, swapped, [SAM])
        assert await tx.rounds.groups(this) == tuple(swapped)
        sam = next(one for one in await tx.rounds.present(this) if one.person == SAM)
        assert (sam.state, sam.wait, sam.group_no) == ("waiting", 1, None)
        assert await tx.rounds.join(this, {SAM: 9, BILBO: 9}, "late") == (), "they are in it"
        await tx.rounds.place(this, swapped[:1], [SAM])
        assert await tx.rounds.groups(this) == tuple(swapped[:1])
        states = {one.person: (one.state, one.group_no) for one in await tx.rounds.present(this)}
        assert states[MERRY] == states[ROSIE] == ("in", None), "they are in no group any more"
        with pytest.raises(ValueError, match="two groups"):
            await tx.rounds.place(this, [Group(1, (FRODO, SAM), 1)], [SAM])
        with pytest.raises(ValueError, match="names nobody"):
            await tx.rounds.advance(this, "opened", "matched", next_at=None, report={"waits": ({"who": SAM.id},)})
        done = await tx.rounds.advance(this, "opened", "matched", next_at=None, report={"met": 4, "waits": (1, 2)})
        assert done.report == {"met": 4, "waits": (1, 2)}
        with pytest.raises(Conflict):
            await tx.rounds.advance(done, "opened", "matched", next_at=None)


async def test_pairs_are_remembered_by_programme_and_the_newest_meeting_counts(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.met.remember([(SAM, FRODO), (MERRY, PIPPIN)], COFFEE.name, NOW, number=1)
        await tx.met.remember([(FRODO, SAM)], COFFEE.name, NOW + DAY, number=2)
        await tx.met.remember([(FRODO, SAM)], COFFEE.name, NOW - DAY, number=0)
        await tx.met.remember([(FRODO, BILBO)], "interviews", NOW)
        await tx.met.remember([], "interviews", NOW)
        assert await tx.met.before(SHIRE, [COFFEE.name]) == (
            Encounter("UFRODO", "USAM", COFFEE.name, 2, NOW + DAY),
            Encounter("UMERRY", "UPIPPIN", COFFEE.name, 1, NOW),
        )
        assert await tx.met.before(SHIRE, ["interviews", COFFEE.name], since=2) == (
            Encounter("UBILBO", "UFRODO", "interviews", None, NOW),
            Encounter("UFRODO", "USAM", COFFEE.name, 2, NOW + DAY),
        )
        assert [await tx.met.ever(*pair) for pair in ((SAM, FRODO), (SAM, MERRY))] == [True, False]
        with pytest.raises(ValueError, match="two members of one space"):
            await tx.met.remember([(SAM, SAM)], COFFEE.name, NOW)
