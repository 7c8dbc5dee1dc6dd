"""Owners hear of rounds until they say otherwise, and what is kept of it goes with them."""

from __future__ import annotations

from store import Store
from store.owners import looks_after, owners_of, set_notices, wants_notices
from tests.store.shire import FRODO, NOW, SAM, SHIRE, gather


async def test_whoever_looked_at_a_round_hears_of_them_until_they_say_otherwise(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        assert await owners_of(tx, SHIRE, NOW) == ()
        await looks_after(tx, FRODO, NOW)
        await looks_after(tx, FRODO, NOW)
        await looks_after(tx, SAM, NOW)
        assert await owners_of(tx, SHIRE, NOW) == (FRODO, SAM)
        await set_notices(tx, FRODO, NOW, wanted=False)
        await looks_after(tx, FRODO, NOW)
        assert await owners_of(tx, SHIRE, NOW) == (SAM,), "a no stays a no"
        assert not await wants_notices(tx, FRODO)
        await set_notices(tx, FRODO, NOW, wanted=True)
        assert await wants_notices(tx, FRODO)


async def test_it_is_deleted_with_what_is_kept_of_their_programmes(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await looks_after(tx, FRODO, NOW)
    async with store.begin() as tx:
        assert (await tx.having.counts(FRODO))["programmes"] == 1
        await tx.forget.here(FRODO, NOW)
    async with store.begin() as tx:
        assert await owners_of(tx, SHIRE, NOW) == ()
