"""A block holds both ways, in every guild of an account, for ever; nobody but its author can read it."""

from __future__ import annotations

import asyncio

import pytest

from chat.people import NOTHING_SAID, Person, Space
from store import Conflict, Store
from tests.store.shire import BILBO, DAY, FRODO, MERRY, NOW, SAM, SHIRE, gather, offers, propose

MORDOR, BREE = Space("discord", "1"), Space("discord", "2")


async def test_a_block_holds_both_ways_and_each_takes_back_only_their_own(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        assert await tx.blocks.block(FRODO, SAM, NOW) is True
        assert await tx.blocks.block(FRODO, SAM, NOW + DAY) is False, "it stands already"
        await tx.blocks.block(SAM, FRODO, NOW)
        for asked in ([FRODO, SAM], [SAM, FRODO], [MERRY, SAM, FRODO]):
            assert await tx.blocks.between(asked) == {("UFRODO", "USAM")}
        assert await tx.blocks.within(SHIRE) == {("UFRODO", "USAM")}
        assert await tx.blocks.between([FRODO, MERRY]) == frozenset()
        assert await tx.blocks.by(FRODO) == {"slack:TSHIRE/USAM"}
        assert await tx.blocks.unblock(FRODO, SAM) is True
        assert await tx.blocks.unblock(FRODO, SAM) is False
        assert await tx.blocks.between([FRODO, SAM]) == {("UFRODO", "USAM")}, "Sam's own stays"
        with pytest.raises(ValueError, match="themselves"):
            await tx.blocks.block(FRODO, FRODO, NOW)


async def test_a_block_is_still_there_when_somebody_left_was_forgotten_and_came_back(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.blocks.block(FRODO, SAM, NOW)
        await tx.forget.here(SAM, NOW)
        await tx.forget.here(FRODO, NOW)
        assert await tx.blocks.within(SHIRE) == frozenset(), "of those who are here"
    await gather(store, FRODO, SAM)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        assert await tx.blocks.within(SHIRE) == {("UFRODO", "USAM")}
        with pytest.raises(Conflict):
            await propose(tx, FRODO, SAM)


async def test_one_account_is_blocked_in_all_its_guilds_and_a_workspace_keeps_its_own(store: Store) -> None:
    here, there = [[Person(guild, n) for n in ("10", "11")] for guild in (MORDOR, BREE)]
    namesake = [Person(Space("slack", team), who) for team in ("T1", "T10") for who in ("UFRODO", "USAM")]
    async with store.begin() as tx:
        for person in (*here, *there, *namesake):
            await tx.members.meet(person, NOTHING_SAID, NOW)
        await tx.blocks.block(here[0], here[1], NOW)
        await tx.blocks.block(namesake[0], namesake[1], NOW)
        assert await tx.blocks.within(BREE) == {("10", "11")}
        assert await tx.blocks.between(there) == {("10", "11")}
        assert await tx.blocks.within(Space("slack", "T1")) == {("UFRODO", "USAM")}
        assert await tx.blocks.within(Space("slack", "T10")) == frozenset()
        assert await tx.blocks.between(namesake[2:]) == frozenset()


async def test_a_block_that_comes_between_proposal_and_answer_ends_it_without_a_word(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 2)
    async with store.begin() as tx:
        made = await propose(tx, FRODO, SAM)
        other = await propose(tx, MERRY, SAM)
        await tx.blocks.block(FRODO, SAM, NOW)
    async with store.begin() as tx:
        with pytest.raises(Conflict):
            await tx.proposals.accept(SAM, made.id, NOW, next=None)
        assert [was.id for was in await tx.introductions.part(SAM, FRODO, NOW)] == [made.id]
        closed = await tx.introductions.get(SHIRE, made.id)
        assert closed is not None
        assert (closed.state, closed.next_at, closed.decided_at) == ("closed", None, None)
        assert await tx.hosts.seats_left(SAM, NOW) == 1, "the seat is free again"
        assert await tx.introductions.part(SAM, FRODO, NOW) == ()
        assert [open_.id for open_ in await tx.introductions.of(SAM)] == [other.id]


async def test_a_proposal_under_way_and_a_block_do_not_slip_past_each_other(store: Store) -> None:
    """Whoever comes second sees the first: either nothing is proposed, or the block finds it and closes it."""
    await gather(store)
    await offers(store, SAM, 4)

    async def ask() -> None:
        async with store.begin() as tx:
            await propose(tx, FRODO, SAM)
            await asyncio.sleep(0.02)

    async def block() -> None:
        async with store.begin() as tx:
            await tx.blocks.block(SAM, FRODO, NOW)
            await asyncio.sleep(0.02)
            await tx.introductions.part(SAM, FRODO, NOW)

    for first, second in ((ask, block), (block, ask)):
        async with store.begin() as tx:
            await tx.blocks.unblock(SAM, FRODO)
        done = await asyncio.gather(first(), second(), return_exceptions=True)
        assert [error for error in done if error is not None and not isinstance(error, Conflict)] == []
        async with store.begin() as tx:
            assert await tx.introductions.of(FRODO) == ()
            assert await tx.blocks.between([FRODO, SAM]) == {("UFRODO", "USAM")}


async def test_a_whole_community_is_not_asked_for_one_by_one(store: Store) -> None:
    many = [Person(SHIRE, f"U{n}") for n in range(6_000)]
    async with store.begin() as tx:
        with pytest.raises(ValueError, match="within"):
            await tx.blocks.between([*many, BILBO])
