"""What was typed into a form of a sheet and is not saved: sealed, each form for itself, gone with the sheet."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from store import Conflict, Keyring, Store, open_store
from store.sheet_drafts import SheetDraft
from store.sheet_tables import sheet_drafts
from tests.store.conftest import KEY
from tests.store.samples import begun
from tests.store.shire import DAY, FRODO, MERRY, NOW, SAM, SHIRE, gather

FORM, LINE = "problem.form", "value.weigh/3"
TYPED = SheetDraft("7", {"who": "hobbits who bake 茶", "field": ("other", "food")}, NOW)


async def test_a_draft_comes_back_as_it_was_typed_and_stands_sealed_in_the_database(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO, SAM)
        await tx.sheet_drafts.keep(FRODO, made.id, FORM, SheetDraft("6", {"who": "an older one"}, NOW - DAY))
        await tx.sheet_drafts.keep(FRODO, made.id, FORM, TYPED)
        await tx.sheet_drafts.keep(FRODO, made.id, LINE, SheetDraft("8", {}, NOW))
        assert await tx.sheet_drafts.get(FRODO, made.id, FORM) == TYPED
        assert await tx.sheet_drafts.get(SAM, made.id, FORM) is None, "everybody's are their own"
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        assert all(b"hobbits" not in one for one in (await db.execute(sa.select(sheet_drafts.c.answers))).scalars())
        assert [row["answers"] for row in (await tx.having.rows(FRODO))["sheet_drafts"]] == [
            '{"who": "hobbits who bake \\u8336", "field": ["other", "food"]}', "{}",
        ]  # fmt: skip
        await tx.sheet_drafts.drop(FRODO, made.id, FORM)
        assert await tx.sheet_drafts.get(FRODO, made.id, FORM) is None
        assert await tx.sheet_drafts.get(FRODO, made.id, LINE) is not None, "each form for itself"


async def test_drafts_go_with_the_sheet_with_their_author_and_after_half_a_year(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        ended, left, shared, old = [await begun(tx, FRODO, SAM) for _ in range(4)]
        for sheet in (ended, left, shared):
            await tx.sheet_drafts.keep(FRODO, sheet.id, FORM, TYPED)
            await tx.sheet_drafts.keep(SAM, sheet.id, FORM, TYPED)
        await tx.sheet_drafts.keep(SAM, old.id, FORM, SheetDraft("7", {}, NOW - 181 * DAY))
        assert await tx.sheets.delete(SHIRE, ended.id)
        assert await tx.sheet_people.leave(SAM, left.id)
        assert await tx.forget.drafts(NOW) == 1
    async with store.begin() as tx:
        kept = [(row["sheet"], who) for who in (FRODO, SAM) for row in (await tx.having.rows(who))["sheet_drafts"]]
        assert sorted(kept) == sorted([(left.id, FRODO), (shared.id, FRODO), (shared.id, SAM)])
        await tx.forget.here(SAM, NOW)
        assert (await tx.having.counts(SAM))["sheet_drafts"] == 0
        assert await tx.forget.family(FRODO, "sheet_drafts", NOW) == 2
        assert await tx.sheets.get(SHIRE, shared.id) is not None, "the sheet itself stays"


async def test_nothing_is_kept_for_a_sheet_or_a_member_that_is_gone(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO, MERRY)
        await tx.sheets.delete(SHIRE, made.id)
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.sheet_drafts.keep(MERRY, made.id, FORM, TYPED)


async def test_drafts_open_with_the_new_key_alone_after_a_change_of_keys(url: str) -> None:
    new = Keyring.generate()
    store = await open_store(url, keyring=Keyring.parse(KEY))
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_drafts.keep(FRODO, made.id, FORM, TYPED)
    await store.close()
    rotating = await open_store(url, keyring=Keyring.parse(f"{new},{KEY}"))
    async with rotating.begin() as tx:
        assert await tx.secrets.reencrypt_all() == 2
    await rotating.close()
    later = await open_store(url, keyring=Keyring.parse(new))
    async with later.begin() as tx:
        assert await tx.sheet_drafts.get(FRODO, made.id, FORM) == TYPED
    await later.close()
