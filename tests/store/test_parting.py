"""Somebody is forgotten: no trace of them but blocks and reports, and those they shared something with can be told."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import sqlalchemy as sa

from chat.people import Person
from content.data_words import Family
from store import Conflict, Keyring, Store, Tx
from store.circles import Circle
from store.introductions import TELL_GONE, Introduction
from store.kept import Having
from store.notes import Note
from store.participants import Participant
from store.proposals import Terms
from store.rounds import Group
from store.tables import metadata
from tests.store.shire import (
    BILBO,
    COFFEE,
    DAY,
    FRODO,
    MERRY,
    NOW,
    PIPPIN,
    ROSIE,
    SAM,
    SHIRE,
    a_round,
    gather,
    host,
    offers,
    propose,
    seeker,
)

FOND = ({"term": "topics", "tags": ("walking", "Frodo's ring")},)
PLAIN = ({"term": "stage", "points": 250},)
OUTLIVE = {"blocks", "reports"}


async def everything(tx: Tx) -> dict[str, list[str]]:
    """All rows of all tables, as text."""
    db = tx.members._db  # pyright: ignore[reportPrivateUsage]
    return {
        table.name: [str(tuple(row)) for row in await db.execute(sa.select(table))] for table in metadata.sorted_tables
    }


async def live(tx: Tx) -> dict[str, Introduction]:
    """Frodo does everything there is to do with others."""
    await tx.seekers.save(seeker(FRODO), NOW)
    await tx.hosts.save(host(FRODO, 4), NOW)
    await tx.conducts.accept(FRODO, "2026-11", NOW)
    await tx.programmes.save(COFFEE, NOW)
    await tx.participants.save(Participant(person=FRODO, programme=COFFEE.name, since=NOW, profile={"a": "b"}), NOW)
    await tx.rounds.plan(a_round())
    await tx.rounds.join(a_round(), dict.fromkeys((FRODO, SAM, MERRY, PIPPIN, ROSIE), 0))
    groups = [Group(1, (FRODO, SAM), 800, FOND), Group(2, (MERRY, PIPPIN), 500, PLAIN)]
    await tx.rounds.place(a_round(), groups, [ROSIE])
    asked = await propose(tx, FRODO, SAM)
    given = await propose(tx, MERRY, FRODO)
    await tx.proposals.accept(FRODO, given.id, NOW, next=("introduce", NOW))
    over = await propose(tx, PIPPIN, FRODO)
    await tx.proposals.accept(FRODO, over.id, NOW, next=None)
    step = tx.introductions.transition
    await step(SHIRE, over.id, ["accepted"], "introduced", NOW, next=None)
    await step(SHIRE, over.id, ["introduced"], "met", NOW, next=("thank", NOW + DAY), met_on=NOW.date())
    terms = Terms(next=("introduce", NOW), reasons=FOND, slots=("Tue",), round=1)
    pair = await tx.proposals.gather(SHIRE, "coffee", COFFEE.name, 1, [FRODO, SAM], terms, NOW)
    trio = await tx.proposals.gather(SHIRE, "coffee", COFFEE.name, 2, [FRODO, ROSIE, BILBO], terms, NOW)
    assert pair is not None
    assert trio is not None
    await tx.introductions.heard(FRODO, pair.id, "met", NOW)
    await tx.met.remember([(FRODO, SAM), (BILBO, FRODO), (SAM, MERRY)], COFFEE.name, NOW, number=1)
    circle = Circle(space=SHIRE, id="c1", programme="circles", theme="learning", language="en")
    await tx.circles.form(circle, [FRODO, SAM, ROSIE], FRODO, NOW)
    await tx.circles.set_goal(FRODO, "c1", "a goal")
    await tx.notes.save(Note(FRODO, asked.id, "prep", "words"), NOW)
    await tx.notes.save(Note(SAM, asked.id, "prep", "words"), NOW)
    await tx.reports.file(FRODO, SAM, "rude", "words", NOW)
    await tx.blocks.block(FRODO, BILBO, NOW)
    return {"asked": asked, "given": given, "over": over, "pair": pair, "trio": trio}


async def test_no_table_but_blocks_and_reports_still_knows_them(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        await live(tx)
        before = await everything(tx)
        named = {name for name, rows in before.items() if any("frodo" in row.lower() for row in rows)}
        assert named >= {"members", "seekers", "hosts", "sides", "introductions", "rounds", "round_members",
                         "programme_members", "met", "circle_members", "notes", "conducts"} | OUTLIVE  # fmt: skip
        await tx.forget.here(FRODO, NOW)
        after = await everything(tx)
    assert {name for name, rows in after.items() if any("frodo" in row.lower() for row in rows)} <= OUTLIVE
    assert len(after["blocks"]) == len(after["reports"]) == 1
    assert len(after["notes"]) == 1, "Sam's own stay his"
    assert len(after["met"]) == 1
    assert len(after["introductions"]) == 5, "shared with others"


async def test_the_one_who_stays_alone_is_found_by_the_clock_and_the_others_go_on(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        was = await live(tx)
        await tx.forget.here(FRODO, NOW + DAY)
    async with store.begin() as tx:
        now_is = {name: await tx.introductions.get(SHIRE, one.id) for name, one in was.items()}
        states = {name: (one.state, one.persons, one.next_step) for name, one in now_is.items() if one}
        assert states == {
            "asked": ("gone", (SAM,), TELL_GONE),
            "given": ("gone", (MERRY,), TELL_GONE),
            "pair": ("gone", (SAM,), TELL_GONE),
            "over": ("met", (PIPPIN,), ""),  # it was; nobody is left to be thanked
            "trio": ("accepted", (BILBO, ROSIE), "introduce"),
        }
        due = {found.id for found in await tx.introductions.due(NOW + DAY) if found.next_step == TELL_GONE}
        assert due == {was["asked"].id, was["given"].id, was["pair"].id}
        assert await tx.hosts.seats_left(SAM, NOW + DAY) == 1, "no seat is kept for who is gone"
        await tx.hosts.save(host(BILBO), NOW)
        assert (await propose(tx, MERRY, BILBO)).state == "proposed", "Merry may be introduced to somebody else"
        alone, others = await tx.rounds.groups(a_round())
        assert (alone.persons, alone.reasons, others.persons, others.reasons) == ((SAM,), (), (MERRY, PIPPIN), PLAIN)


async def test_when_both_sides_are_forgotten_nobody_is_left_to_tell(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        made = await propose(tx, FRODO, SAM)
        await tx.forget.here(SAM, NOW)
        await tx.forget.here(FRODO, NOW)
        found = await tx.introductions.get(SHIRE, made.id)
        assert found is not None
        assert (found.state, found.persons, found.next_at) == ("gone", (), None)
        await tx.forget.here(Person(SHIRE, "UNOBODY"), NOW)  # nothing to do


@pytest.mark.parametrize("turn", range(4))
async def test_being_forgotten_while_a_host_says_yes_ends_in_one_of_two_ways(store: Store, turn: int) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        made = await propose(tx, FRODO, SAM)

    async def forget() -> None:
        await asyncio.sleep(0.004 * (turn % 2))
        async with store.begin() as tx:
            await tx.forget.here(FRODO if turn < 2 else SAM, NOW)

    async def accept() -> None:
        await asyncio.sleep(0.004 * (1 - turn % 2))
        async with store.begin() as tx:
            await tx.proposals.accept(SAM, made.id, NOW, next=("introduce", NOW))

    done = await asyncio.gather(forget(), accept(), return_exceptions=True)
    assert done[0] is None
    assert done[1] is None or isinstance(done[1], Conflict)
    async with store.begin() as tx:
        found = await tx.introductions.get(SHIRE, made.id)
    assert found is not None
    assert (found.state, found.next_step, len(found.persons)) == ("gone", TELL_GONE, 1)


async def test_who_comes_back_begins_anew(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        await live(tx)
        await tx.forget.here(FRODO, NOW)
    await gather(store, FRODO)
    async with store.begin() as tx:
        assert await tx.seekers.get(FRODO) is None
        assert await tx.notes.of(FRODO) == ()
        assert await tx.circles.of(FRODO) == ()
        assert await tx.conducts.accepted(FRODO, "2026-11") is None
        assert (await tx.seekers.save(replace(seeker(FRODO), state="open"), NOW)).version == 1
        assert await tx.blocks.between([FRODO, BILBO]) == {("UBILBO", "UFRODO")}


@pytest.mark.parametrize(("family", "told"), [("seeking", "asked"), ("hosting", "given")])
async def test_who_takes_back_a_search_or_an_offer_ends_what_is_open_for_it_alone(
    store: Store, family: Family, told: str
) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        was = await live(tx)
        assert await tx.forget.family(FRODO, family, NOW + DAY) == 1
    async with store.begin() as tx:
        now_is = {name: await tx.introductions.get(SHIRE, one.id) for name, one in was.items()}
        gone = {name for name, one in now_is.items() if one and one.state == "gone"}
        assert gone == {told}
        closed = now_is[told]
        assert closed is not None
        assert (closed.next_step, FRODO in closed.persons, closed.reasons) == (TELL_GONE, False, ())
        assert {one.id for one in await tx.introductions.due(NOW + DAY) if one.next_step == TELL_GONE} == {closed.id}
        seeks, hosts = await tx.seekers.get(FRODO), await tx.hosts.get(FRODO)
        assert (seeks is None, hosts is None) == (family == "seeking", family == "hosting")
        assert len((await tx.having.rows(FRODO))["talks"]) == 4, "the others are still theirs"


async def test_who_deletes_introductions_is_out_of_all_and_nobody_is_looked_for(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        was = await live(tx)
        await tx.seekers.matched(FRODO, NOW)
        assert await tx.forget.family(FRODO, "talks", NOW + DAY) == len(was)
    async with store.begin() as tx:
        seeks = await tx.seekers.get(FRODO)
        assert seeks is not None
        assert (seeks.state, seeks.call_me) == ("off", "Frodo")
        assert await tx.hosts.seats_left(SAM, NOW + DAY) == 1
        told = {one.id for one in await tx.introductions.due(NOW + DAY) if one.next_step == TELL_GONE}
        assert told == {was["asked"].id, was["given"].id, was["pair"].id}
        over, trio = [await tx.introductions.get(SHIRE, was[name].id) for name in ("over", "trio")]
        assert over is not None
        assert trio is not None
        assert (over.state, over.persons, trio.state, trio.persons) == ("met", (PIPPIN,), "accepted", (BILBO, ROSIE))
        assert {name: count for name, count in (await tx.having.counts(FRODO)).items() if not count} == {
            "recipe": 0, "steps": 0, "notes": 0, "questions": 0, "weeks": 0, "drafts": 0, "day": 0, "talks": 0,
            "said": 0, "letters": 0, "sheets": 0, "sheet_parts": 0, "sheet_comments": 0, "sheet_follows": 0,
            "sheet_asks": 0, "sheet_asked": 0, "sheet_drafts": 0,
        }  # fmt: skip


async def test_who_leaves_circles_and_coffee_leaves_no_trace_in_a_round(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        await live(tx)
        assert await tx.forget.family(FRODO, "programmes", NOW) == 1
        assert await tx.participants.get(FRODO, COFFEE.name) is None
        alone, others = await tx.rounds.groups(a_round())
        assert (alone.persons, alone.reasons, others.persons, others.reasons) == ((SAM,), (), (MERRY, PIPPIN), PLAIN)
        assert (await tx.having.counts(FRODO))["rounds"] == 0
        assert await tx.circles.goal(FRODO, "c1") == "a goal", "their circle is another thing"


async def test_sealed_words_are_given_out_open_and_to_their_author_alone(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        await live(tx)
        his, hers = await tx.having.rows(FRODO), await tx.having.rows(SAM)
        assert ([row["body"] for row in his["talk_notes"]], his["circles"][0]["goal"]) == (["words"], "a goal")
        assert hers["circles"][0]["goal"] is None
        assert "a goal" not in str(hers)
        assert "reporter" not in str(hers), "nobody learns who reported them"
        for other in (Keyring.parse(Keyring.generate()), None):  # the key was lost
            db = tx.members._db  # pyright: ignore[reportPrivateUsage]
            rows = await Having(db, other).rows(FRODO)
            assert ([row["body"] for row in rows["talk_notes"]], rows["circles"][0]["goal"]) == ([None], None)
            assert rows["seeking"][0]["call_me"] == "Frodo", "what was not sealed is given out all the same"
