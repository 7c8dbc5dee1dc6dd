"""Sheets: sealed, saved under a version, ten open ones a member, kept until nobody wants them any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from content.library import load
from sheets.fullest import fullest
from sheets.sheet import OPEN_MOST, Filled, Sheet
from store import Conflict, Keyring, SecretUnreadable, Store, StoreError, TooLarge, TooMany, Tx, open_store
from store.sheet_tables import sheets
from store.sheets import LARGEST
from tests.store.conftest import KEY
from tests.store.racing import Work, kinds, race
from tests.store.samples import WORDS, a_sheet, begun, read, rewritten
from tests.store.shire import DAY, FRODO, MERRY, NOW, ROSIE, SAM, SHIRE, gather

SECOND = timedelta(seconds=1)
HALF_A_YEAR = 180 * DAY


async def test_a_sheet_comes_back_as_it_was_and_stands_sealed_in_the_database(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await tx.sheets.add(a_sheet(), FRODO, NOW)
        assert (made.version, made.created_at, made.updated_at) == (1, NOW, NOW)
    assert await read(store, made) == made
    async with store.begin() as tx:
        saved = await tx.sheets.save(replace(rewritten(made, "potatoes"), lang="zh-CN", state="done"), NOW + DAY)
        assert await tx.sheets.get(SHIRE, made.id) == saved
        assert (saved.version, saved.created_at, saved.updated_at) == (2, NOW, NOW + DAY)
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        assert b"potatoes" not in (await db.execute(sa.select(sheets.c.body))).scalar_one()


async def test_a_sheet_that_was_moved_to_another_row_does_not_open(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        one, other = await begun(tx, FRODO), await begun(tx, SAM)
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        body = (await db.execute(sa.select(sheets.c.body).where(sheets.c.id == one.id))).scalar_one()
        await db.execute(sa.update(sheets).where(sheets.c.id == other.id).values(body=body))
        with pytest.raises(SecretUnreadable):
            await tx.sheets.get(SHIRE, other.id)


async def test_without_keys_nothing_is_written_down_rather_than_openly(url: str) -> None:
    keyless = await open_store(url)
    await gather(keyless)
    with pytest.raises(StoreError, match="new-key"):
        async with keyless.begin() as tx:
            await tx.sheets.add(a_sheet(), FRODO, NOW)
    async with keyless.begin() as tx:
        assert await tx.sheets.count_open(FRODO) == 0
    await keyless.close()


async def test_after_a_change_of_keys_sheets_and_comments_open_with_the_new_one_alone(url: str) -> None:
    new = Keyring.generate()
    store = await open_store(url, keyring=Keyring.parse(KEY))
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        await tx.sheet_comments.add(SAM, made.id, "problem", "Who counts them today?", NOW)
    await store.close()
    rotating = await open_store(url, keyring=Keyring.parse(f"{new},{KEY}"))
    async with rotating.begin() as tx:
        assert await tx.secrets.reencrypt_all() == 2
    await rotating.close()
    later = await open_store(url, keyring=Keyring.parse(new))
    assert await read(later, made) == made
    async with later.begin() as tx:
        (said,) = await tx.sheet_comments.of(SHIRE, made.id)
        assert said.text == "Who counts them today?"
    await later.close()


async def test_two_open_windows_cannot_overwrite_each_other(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
    results = await race(
        store,
        lambda tx: tx.sheets.save(rewritten(made, "the first"), NOW + SECOND),
        lambda tx: tx.sheets.save(rewritten(made, "the second"), NOW + SECOND),
    )
    assert kinds(results) == ["Conflict", "Sheet"]
    kept = await read(store, made)
    assert kept in results
    assert kept is not None
    assert kept.version == 2


async def test_who_reads_under_lock_merges_what_another_window_saved(store: Store) -> None:
    """As commands save: read, change one step, store. Nothing that came in between is lost."""
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)

    def fill(step: str) -> Work:
        async def work(tx: Tx) -> Sheet:
            found = await tx.sheets.get(SHIRE, made.id, lock=True)
            assert found is not None
            filled = Filled(values={"said": step}, version=found.version + 1)
            return await tx.sheets.save(replace(found, steps={**found.steps, step: filled}), NOW)

        return work

    steps = [f"step-{n}" for n in range(6)]
    results = await race(store, *map(fill, steps))
    assert kinds(results) == ["Sheet"] * 6
    kept = await read(store, made)
    assert kept is not None
    assert (set(kept.steps), kept.version) == ({"problem", *steps}, 7)


async def test_what_is_too_large_is_refused_in_numbers_and_the_sheet_stays_as_it_was(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
    with pytest.raises(TooLarge, match=r"of \d{3},\d{3} bytes, 524,288 is the most"):
        async with store.begin() as tx:
            await tx.sheets.save(rewritten(made, "茶" * (LARGEST // 3)), NOW)
    assert await read(store, made) == made


async def test_a_sheet_filled_in_to_its_limits_is_kept(store: Store) -> None:
    await gather(store)
    for worksheet in load().worksheets.values():
        full = replace(fullest(worksheet), space=SHIRE, id=f"full-{worksheet.slug}", state="done")
        async with store.begin() as tx:
            made = await tx.sheets.add(full, FRODO, NOW)
        assert await read(store, made) == made


async def test_ten_are_open_at_most_also_when_two_windows_begin_the_tenth(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        for _ in range(OPEN_MOST - 1):
            await begun(tx, FRODO)
        await begun(tx, SAM, FRODO)  # to co-own one is not to own it
        assert await tx.sheets.count_open(FRODO) == 9
    results = await race(store, lambda tx: tx.sheets.add(a_sheet(), FRODO, NOW), times=3)
    assert kinds(results) == ["Sheet", "TooMany", "TooMany"]
    async with store.begin() as tx:
        assert await tx.sheets.count_open(FRODO) == OPEN_MOST
        assert len(await tx.sheets.of(FRODO)) == OPEN_MOST + 1
        await begun(tx, SAM)  # others have their own ten


async def test_one_that_is_put_away_or_done_makes_room_and_comes_out_only_where_there_is_room(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = [await begun(tx, FRODO) for _ in range(OPEN_MOST)]
        away = await tx.sheets.save(replace(made[0], state="away"), NOW + SECOND)
        done = await tx.sheets.save(replace(made[1], state="done"), NOW + 2 * SECOND)
        extra = [await begun(tx, FRODO), await begun(tx, FRODO)]
        assert [one.id for one in await tx.sheets.of(FRODO, states=("away",))] == [away.id]
    for closed in (away, done):
        with pytest.raises(TooMany):
            async with store.begin() as tx:
                await tx.sheets.reopen(closed, NOW)
        with pytest.raises(Conflict):  # nor by a save that says so
            async with store.begin() as tx:
                await tx.sheets.save(replace(closed, state="open"), NOW)
    async with store.begin() as tx:
        assert await tx.sheets.delete(SHIRE, extra[0].id)
        assert not await tx.sheets.delete(SHIRE, extra[0].id)
    opened = await race(store, lambda tx: tx.sheets.reopen(away, NOW), lambda tx: tx.sheets.reopen(done, NOW))
    assert kinds(opened) == ["Sheet", "TooMany"]


async def test_sheets_are_listed_newest_first_and_page_by_page(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        ids = [(await tx.sheets.add(a_sheet(), FRODO, NOW + n * DAY)).id for n in range(4)]
        other = await tx.sheets.add(a_sheet(worksheet="paper"), FRODO, NOW)
        await begun(tx, SAM)
        assert [one.id for one in await tx.sheets.of(FRODO, worksheet="scope")] == ids[::-1]
        assert [one.id for one in await tx.sheets.of(FRODO, worksheet="scope", limit=2, offset=2)] == ids[1::-1]
        assert [one.id for one in await tx.sheets.of(FRODO, worksheet="paper")] == [other.id]
        assert await tx.sheets.of(ROSIE) == ()


async def test_one_that_nobody_touches_is_told_once_and_goes_thirty_days_later(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        made, finished = await begun(tx, FRODO), await begun(tx, FRODO)
        await tx.sheets.save(replace(finished, state="done"), NOW)
        assert await tx.sheets.untouched(NOW + HALF_A_YEAR, 9) == ()
    late = NOW + HALF_A_YEAR + SECOND
    assert sorted(map(str, await race(store, lambda tx: tx.sheets.warn(SHIRE, made.id, late), times=2))) == [
        "False",
        "True",
    ]
    async with store.begin() as tx:
        assert await tx.sheets.untouched(late, 9) == ()
        assert await tx.sheets.warned_at(SHIRE, made.id) == late
        assert await tx.sheets.overdue(late + 30 * DAY, 9) == ()
        assert await tx.sheets.overdue(late + 30 * DAY + SECOND, 9) == ((SHIRE, made.id),)
        assert not await tx.sheets.expire(SHIRE, made.id, late + 30 * DAY)
        assert await tx.sheets.expire(SHIRE, made.id, late + 30 * DAY + SECOND)
        assert [one.id for one in await tx.sheets.of(FRODO)] == [finished.id], "what is done stays"


@pytest.mark.parametrize("touch", ["save", "stay"])
async def test_one_that_is_touched_after_its_notice_stays(store: Store, touch: str) -> None:
    await gather(store)
    async with store.begin() as tx:
        made = await begun(tx, FRODO)
        late = NOW + HALF_A_YEAR + SECOND
        assert await tx.sheets.warn(SHIRE, made.id, late)
        if touch == "save":
            await tx.sheets.save(made, late + DAY)
        else:
            assert await tx.sheets.stay(SHIRE, made.id, late + DAY)
        assert not await tx.sheets.expire(SHIRE, made.id, late + 60 * DAY)
        assert await tx.sheets.warned_at(SHIRE, made.id) is None
        assert await tx.sheets.untouched(late + DAY + HALF_A_YEAR, 9) == ()
        assert await tx.sheets.untouched(late + DAY + HALF_A_YEAR + SECOND, 9) == ((SHIRE, made.id),)
    kept = await read(store, made)
    assert kept is not None
    assert kept.version == (2 if touch == "save" else 1), "to keep it changes nothing another window reads"


async def test_somebody_of_whom_nothing_is_kept_can_own_nothing(store: Store) -> None:
    await gather(store, SAM)
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.sheets.add(a_sheet(WORDS), MERRY, NOW)
