"""Private words: a member's notes and reports are sealed to their row, conflict when two windows write, and rotate."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from chat.errors import LimitError
from store import Conflict, Keyring, SecretUnreadable, Store, StoreError, open_store
from store.circles import Circle
from store.introduction_tables import notes, reports
from store.notes import Note
from store.sealed import BATCH
from tests.store.conftest import KEY
from tests.store.racing import kinds, race
from tests.store.shire import BILBO, DAY, FRODO, MERRY, NOW, SAM, SHIRE, gather

WORDS = "Ask about the second breakfast"


async def test_a_note_is_its_authors_and_stands_sealed_in_the_database(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        kept = await tx.notes.save(Note(FRODO, "i1", "prep", WORDS), NOW)
        await tx.notes.save(Note(FRODO, "own:1", "after", "another"), NOW + DAY)
        assert await tx.notes.get(FRODO, "i1", "prep") == kept
        assert await tx.notes.get(SAM, "i1", "prep") is None
        assert [note.introduction for note in await tx.notes.of(FRODO)] == ["own:1", "i1"]
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        assert all(b"breakfast" not in body for body in (await db.execute(sa.select(notes.c.body))).scalars())
        await tx.notes.drop(FRODO, "i1")
        assert [note.body for note in await tx.notes.of(FRODO)] == ["another"]


async def test_a_sealed_note_opens_in_no_other_row(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.notes.save(Note(FRODO, "i1", "prep", WORDS), NOW)
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.update(notes).values(member=SAM.id))
        with pytest.raises(SecretUnreadable):
            await tx.notes.get(SAM, "i1", "prep")


async def test_of_two_windows_on_one_note_the_second_is_told(store: Store) -> None:
    await gather(store)
    assert kinds(await race(store, lambda tx: tx.notes.save(Note(FRODO, "i1", "prep", WORDS), NOW), times=2)) == [
        "Conflict",
        "Note",
    ]
    async with store.begin() as tx:
        read = await tx.notes.get(FRODO, "i1", "prep")
        assert read is not None
        assert (await tx.notes.save(replace(read, body="better"), NOW)).version == 2
        with pytest.raises(Conflict):
            await tx.notes.save(replace(read, body="older"), NOW)


async def test_moderators_see_whom_a_report_is_about_and_never_who_wrote_it(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        id_ = await tx.reports.file(FRODO, SAM, "rude", WORDS, NOW, introduction="i1")
        (report,) = await tx.reports.queue(SHIRE)
        assert (report.about, report.words, report.state, report.introduction) == (SAM, WORDS, "open", "i1")
        assert FRODO.id not in repr(report)
        assert await tx.reports.counts(SAM) == 1
        assert await tx.reports.reporter(SHIRE, id_) == FRODO
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        assert b"breakfast" not in (await db.execute(sa.select(reports.c.words))).scalar_one()
        with pytest.raises(LimitError):
            await tx.reports.file(FRODO, SAM, "rude", "x" * 1_001, NOW)
    assert kinds(
        await race(
            store,
            lambda tx: tx.reports.handle(SHIRE, id_, ["open", "seen"], "closed", BILBO, NOW, outcome="talked"),
            times=2,
        )
    ) == ["Conflict", "NoneType"]
    async with store.begin() as tx:
        assert await tx.reports.queue(SHIRE) == ()
        handled = await tx.reports.get(SHIRE, id_)
        assert handled is not None
        assert (handled.state, handled.handled_by, handled.outcome) == ("closed", BILBO, "talked")


async def test_after_a_change_of_keys_every_private_word_opens_with_the_new_one_alone(url: str) -> None:
    new = Keyring.generate()
    store = await open_store(url, keyring=Keyring.parse(KEY))
    await gather(store)
    async with store.begin() as tx:
        for n in range(BATCH + 3):  # more than one batch
            await tx.notes.save(Note(FRODO, f"own:{n}", "prep", f"{WORDS} {n}"), NOW)
        id_ = await tx.reports.file(FRODO, SAM, "rude", WORDS, NOW)
        lonely = Circle(space=SHIRE, id="c1", programme="circles", theme="x", language="en")
        await tx.circles.form(lonely, [MERRY, FRODO], None, NOW)
        await tx.circles.set_goal(MERRY, "c1", WORDS)
        await tx.secrets.put(SHIRE, "bot_token", "xoxb-1")
    await store.close()

    rotating = await open_store(url, keyring=Keyring.parse(f"{new},{KEY}"))
    async with rotating.begin() as tx:
        assert await tx.secrets.reencrypt_all() == BATCH + 6
    await rotating.close()

    later = await open_store(url, keyring=Keyring.parse(new))
    async with later.begin() as tx:
        assert {note.body for note in await tx.notes.of(FRODO)} == {f"{WORDS} {n}" for n in range(BATCH + 3)}
        found = await tx.reports.get(SHIRE, id_)
        assert found is not None
        assert found.words == WORDS
        assert await tx.circles.goal(MERRY, "c1") == WORDS
        assert await tx.secrets.get(SHIRE, "bot_token") == "xoxb-1"
    await later.close()

    keyless = await open_store(url)
    with pytest.raises(StoreError, match="new-key"):
        async with keyless.begin() as tx:
            await tx.notes.of(FRODO)
    await keyless.close()


async def test_the_code_of_conduct_is_accepted_by_edition_and_the_first_time_counts(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        assert await tx.conducts.accepted(FRODO, "2026-11") is None
        await tx.conducts.accept(FRODO, "2026-11", NOW)
        await tx.conducts.accept(FRODO, "2026-11", NOW + DAY)
        assert await tx.conducts.accepted(FRODO, "2026-11") == NOW
        assert await tx.conducts.accepted(FRODO, "2027-01") is None
        assert await tx.conducts.accepted(SAM, "2026-11") is None
