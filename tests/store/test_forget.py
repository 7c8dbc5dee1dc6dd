"""Deletion deletes: not a row, and on SQLite not a byte, of the person stays; nobody else loses anything."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Person, Profile, Sent, Space, SpaceInfo
from content.data_words import words
from content.say import speaker
from store import Store, StoreError, Tx
from store.budget import Wish
from store.circles import Circle
from store.claims import Result
from store.deliveries import NewDelivery
from store.kept import KEPT, KEYS, NOBODYS, Kept
from store.notes import Note
from store.participants import Participant
from store.programmes import Programme
from store.proposals import Terms
from store.recalls import Learned
from store.reflections import Reflection
from store.rounds import Group
from store.sheet_asks import SheetAsk
from store.sheet_drafts import SheetDraft
from store.tables import deliveries, metadata
from tests.store.samples import a_sheet
from tests.store.shire import a_round, host, seeker

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SHIRE, ROHAN = Space("discord", "1"), Space("discord", "2")
FRODO, SAM = Person(Space("slack", "TSHIRE"), "UFRODO"), Person(Space("slack", "TSHIRE"), "USAM")
PIPPIN, PIPPIN_AWAY = Person(SHIRE, "77"), Person(ROHAN, "77")
SECRET = "the-ring-is-mine"
GROUPS = count(1)
SHARED = {("notes", "day"), *(("letters", column.name) for column in deliveries.columns)}
"""Of the ledger's rows some are letters, and a note stands below its day."""
WITH = {
    "steps": ("notes",), "talks": ("said",), "programmes": ("rounds",),
    "sheets": ("sheet_parts", "sheet_comments", "sheet_follows", "sheet_asks", "sheet_drafts"),
}  # fmt: skip
"""What goes with another family."""


async def settle(tx: Tx, person: Person, word: str = SECRET) -> str:
    """Something in every family, a word of their own in every text."""
    await tx.spaces.joined(SpaceInfo(person.space, "somewhere"), NOW)
    await tx.members.meet(person, Profile("en-GB", "Europe/London"), NOW)
    await tx.members.consented(person, 1, NOW)
    await tx.members.set_quiz(person, word)
    await tx.nudges.save(
        person, anchor=word, tiny=word, celebrate=word, schedule=Schedule(time(8), "Europe/London"),
        next=Occurrence(date(2026, 11, 21), NOW), now=NOW,
    )  # fmt: skip
    made = await tx.deliveries.plan_one(NewDelivery(person, "prompt", NOW.date(), NOW, subject="prompt.x"))
    assert made is not None
    await tx.deliveries.note(person, made.id, word)
    await tx.deliveries.plan([NewDelivery(person, "letter", NOW.date(), NOW, subject=f"gone {word}", state="sent")])
    await tx.drafts.keep(person, "recipe-given", {"anchor": word}, NOW)
    await tx.recalls.keep(Learned(person, "prompt.x", 1, "{}", NOW.date()))
    await tx.reflections.keep(person, Reflection(NOW.date(), word, word, word, "q"))
    await tx.budget.take([Wish(person.account, NOW.date(), "prompt", NOW)])
    await mingle(tx, person, word)
    return made.id


async def mingle(tx: Tx, person: Person, word: str) -> None:
    """Something in every family of matching, shared with a friend who stays."""
    space, friend = person.space, Person(person.space, "GAFFER")
    await tx.members.meet(friend, NOTHING_SAID, NOW)
    await tx.seekers.save(replace(seeker(person), call_me=word, curiosities=(word,)), NOW)
    await tx.hosts.save(replace(host(person), call_me=word, about=word), NOW)
    await tx.conducts.accept(person, "2026-11", NOW)
    if await tx.programmes.get(space, "p") is None:
        await tx.programmes.save(Programme(space=space, name="p", zone="UTC"), NOW)
    await tx.participants.save(Participant(person=person, programme="p", since=NOW, profile={"goal": word}), NOW)
    this = replace(a_round(), space=space, programme="p")
    await tx.rounds.plan(this)
    await tx.rounds.join(this, {person: 0})
    await tx.rounds.place(this, [Group(1, (person,), 1, (word,))], [])
    terms = Terms(next=None, reasons=(word,))
    made = await tx.proposals.gather(space, "coffee", "p", next(GROUPS), [person], terms, NOW)
    assert made is not None
    await tx.introductions.heard(person, made.id, "met", NOW)
    await tx.met.remember([(person, friend)], "p", NOW)
    await tx.circles.form(Circle(space=space, id="c", programme="p", theme="x", language="en"), [], None, NOW)
    await tx.circles.join(person, "c", NOW)
    await tx.circles.set_goal(person, "c", word)
    await tx.notes.save(Note(person, made.id, "prep", word), NOW)
    sheet = await tx.sheets.add(replace(a_sheet(word), space=space), person, NOW)
    await tx.sheet_comments.add(person, sheet.id, "problem", word, NOW)
    await tx.sheet_follows.ask(person, sheet.id, word, NOW)
    await tx.sheet_asks.add(SheetAsk(person, sheet.id, "reviewer", "asked", NOW, NOW))
    await tx.sheet_drafts.keep(person, sheet.id, word, SheetDraft(word, {"who": word}, NOW))


async def everything(store: Store) -> str:
    """All tables as one text."""
    async with store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        return "\n".join([repr(tuple(row)) for t in metadata.sorted_tables for row in await db.execute(sa.select(t))])


def test_every_column_of_every_table_is_somebodys_or_nobodys() -> None:
    for table in metadata.sorted_tables:
        families = [kept for kept in KEPT if kept.table is table]
        assert bool(families) != (table.name in NOBODYS), f"declare {table.name} in store/kept.py"
        declared = [name for kept in families for name in kept.columns if (kept.family, name) not in SHARED]
        own = [column.name for column in table.columns if column.name not in KEYS]
        assert table.name in NOBODYS or sorted(declared) == sorted(own), f"{table.name}: each column in one family"
    assert set(NOBODYS) <= set(metadata.tables)
    for lang in ("en", "zh-CN"):
        for kept in KEPT:
            said = words(speaker(lang), kept.family)
            assert all((said.name, said.what, said.source, said.until))


async def test_nothing_of_the_person_is_left_and_nothing_of_others_is_gone(store: Store) -> None:
    async with store.begin() as tx:
        await settle(tx, FRODO)
        await settle(tx, SAM, "potatoes")
        assert set((await tx.having.counts(FRODO)).values()) == {1}, "the test itself reaches every family"
    async with store.begin() as tx:
        await tx.forget.here(FRODO, NOW)
        assert set((await tx.having.counts(SAM)).values()) == {1}
        assert set((await tx.having.counts(FRODO)).values()) == {0}
    left = await everything(store)
    assert SECRET not in left
    assert "UFRODO" not in left


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_not_a_byte_is_left_in_the_file_either(store: Store, url: str) -> None:
    async with store.begin() as tx:
        await settle(tx, FRODO)
        await settle(tx, SAM, "potatoes")
    await store.scrub()
    assert SECRET.encode() in Path(url).read_bytes(), "the test would see it"
    async with store.begin() as tx:
        await tx.forget.here(FRODO, NOW)
    await store.scrub()
    for file in (Path(url), Path(url + "-wal")):
        held = file.read_bytes() if file.exists() else b""
        assert SECRET.encode() not in held
        assert b"UFRODO" not in held


@pytest.mark.parametrize("kept", [kept for kept in KEPT if kept.alone], ids=lambda kept: str(kept.family))
async def test_one_family_goes_alone(store: Store, kept: Kept) -> None:
    family = kept.family
    async with store.begin() as tx:
        await settle(tx, FRODO)
        assert await tx.forget.family(FRODO, family, NOW) == 1
        counts = await tx.having.counts(FRODO)
        rows = await tx.having.rows(FRODO)
        gone: set[str] = {family, *WITH.get(family, ())} - {"you"}
        assert {name for name, count in counts.items() if count == 0} == gone
        if family == "you":
            assert set(rows["you"][0].values()) == {None, "auto", "any", ""}


async def test_what_belongs_to_the_whole_goes_with_the_whole(store: Store) -> None:
    async with store.begin() as tx:
        await settle(tx, FRODO)
        for kept in KEPT:
            if not kept.alone:
                with pytest.raises(StoreError):
                    await tx.forget.family(FRODO, kept.family, NOW)


async def test_one_account_in_two_guilds_stays_at_one_message_a_day_until_it_is_forgotten_in_both(store: Store) -> None:
    async with store.begin() as tx:
        await settle(tx, PIPPIN)
        await settle(tx, PIPPIN_AWAY)
        await settle(tx, Person(Space("slack", "T"), "77"))  # the same digits, another human
        assert await tx.members.accounts(PIPPIN_AWAY) == (PIPPIN_AWAY, PIPPIN)
        assert await tx.members.accounts(FRODO) == (FRODO,)
        await tx.forget.here(PIPPIN, NOW)
        assert (await tx.having.counts(PIPPIN_AWAY))["day"] == 1
        assert set((await tx.having.counts(PIPPIN_AWAY)).values()) == {1}
        await tx.forget.here(PIPPIN_AWAY, NOW)
        assert (await tx.having.counts(PIPPIN_AWAY))["day"] == 0


async def test_what_is_written_down_after_a_deletion_brings_nobody_back(store: Store) -> None:
    """A message was on its way: its choice and its record come late."""
    async with store.begin() as tx:
        await settle(tx, FRODO)
        [claimed] = await tx.claims.claim(FRODO.space, "w", NOW, limit=9)
    async with store.begin() as tx:
        await tx.forget.here(FRODO, NOW)
    async with store.begin() as tx:
        await tx.deliveries.chosen([claimed])
        await tx.members.reached([(FRODO, "D1")])
        await tx.nudges.arrived([FRODO])
        await tx.claims.record([Result(claimed, "sent", sent=Sent("D1", "1"), at=NOW)])
        await tx.members.unreachable([FRODO])
        await tx.nudges.halt([FRODO], NOW)
    assert "UFRODO" not in await everything(store)


async def test_planners_and_recorders_and_deletions_do_not_wait_in_a_circle(store: Store) -> None:
    """On PostgreSQL whoever waits in a circle is thrown out after a second; here nobody is."""
    people = [Person(FRODO.space, f"U{n}") for n in range(8)]

    async def plan_and_record() -> None:
        for _ in range(25):
            async with store.begin() as tx:
                due = await tx.moments.due(NOW + DAY, limit=9)
                await tx.deliveries.plan(
                    [NewDelivery(Person(FRODO.space, d.member), "prompt", date(2026, 11, 22), NOW) for d in due]
                )
            async with store.begin() as tx:
                claimed = await tx.claims.claim(FRODO.space, "w", NOW + DAY, limit=9)
            async with store.begin() as tx:
                await tx.members.reached([(one.person, "D") for one in claimed])
                await tx.nudges.arrived([one.person for one in claimed])
                await tx.claims.record([Result(one, "sent", sent=Sent("D", "1"), at=NOW) for one in claimed])

    async def come_and_go(person: Person) -> None:
        for _ in range(6):
            async with store.begin() as tx:
                await settle(tx, person)
            async with store.begin() as tx:
                await tx.forget.here(person, NOW)

    async with store.begin() as tx:
        await settle(tx, SAM)  # so that their programme and circle are there
    await asyncio.gather(plan_and_record(), *map(come_and_go, people))
    assert "UFRODO" not in await everything(store)


async def test_forms_half_typed_go_after_half_a_year(store: Store) -> None:
    async with store.begin() as tx:
        await tx.members.meet(FRODO, NOTHING_SAID, NOW)
        await tx.drafts.keep(FRODO, "old", {}, NOW - 180 * DAY - timedelta(minutes=1))
        await tx.drafts.keep(FRODO, "young", {}, NOW - 179 * DAY)
        assert await tx.forget.drafts(NOW) == 1
        assert await tx.drafts.get(FRODO, "young") is not None


async def test_who_only_looks_is_not_written_down(store: Store) -> None:
    async with store.begin() as tx:
        seen = await tx.members.glance(FRODO, Profile("zh-CN", "Asia/Shanghai"), NOW)
        assert (seen.locale, seen.zone) == ("zh-CN", "Asia/Shanghai")
        assert await tx.members.get(FRODO) is None


async def test_consent_has_a_version_and_moves_only_with_it(store: Store) -> None:
    async with store.begin() as tx:
        await tx.members.meet(FRODO, NOTHING_SAID, NOW)
        for version, day in ((1, 0), (1, 1), (2, 2)):
            await tx.members.consented(FRODO, version, NOW + day * DAY)
            member = await tx.members.get(FRODO)
            assert member is not None
            assert (member.consent_version, member.consent_at) == (version, NOW + (0 if version == 1 else 2) * DAY)
