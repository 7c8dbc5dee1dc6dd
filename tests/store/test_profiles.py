"""What seekers, hosts and participants typed: kept whole, and never overwritten by a second open window."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from chat.errors import LimitError
from store import Conflict, Store, round_tables
from store.circles import Circle, CircleMember
from store.hosts import Host
from store.introduction_tables import hosts, introductions, notes, reports, seekers, sides
from store.introductions import Introduction, Side
from store.notes import Note
from store.participants import Participant
from store.programmes import Programme
from store.reports import Report
from store.rounds import Present, Round
from store.seekers import Seeker
from tests.store.racing import kinds, race
from tests.store.shire import BILBO, COFFEE, DAY, EVERYBODY, FRODO, MERRY, NOW, PIPPIN, SAM, SHIRE, gather, host, seeker

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("kind", "table", "elsewhere"),
    [
        (Seeker, seekers, set[str]()),
        (Host, hosts, set[str]()),
        (Introduction, introductions, {"sides"}),
        (Side, sides, {"introduction", "open"}),
        (Note, notes, set[str]()),
        (Report, reports, {"reporter"}),
        (Programme, round_tables.programmes, set[str]()),
        (Participant, round_tables.programme_members, set[str]()),
        (Round, round_tables.rounds, {"plan"}),
        (Present, round_tables.round_members, {"programme", "number"}),
        (Circle, round_tables.circles, set[str]()),
        (CircleMember, round_tables.circle_members, {"goal"}),
    ],
)
def test_a_dataclass_has_the_columns_of_its_table(kind: type, table: sa.Table, elsewhere: set[str]) -> None:
    named = {field.name for field in fields(kind)} - {"person", "space"} - elsewhere
    assert named == {column.name for column in table.columns} - {"space", "member"} - elsewhere


async def test_every_answer_comes_back_as_it_was_typed(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        mine = await tx.seekers.save(replace(seeker(FRODO), team="茶", school="Hobbiton, East", second="ml"), NOW)
        theirs = await tx.hosts.save(replace(host(SAM, 4), paths=frozenset({"first_job", "same_school"})), NOW)
        part = Participant(person=MERRY, programme=COFFEE.name, since=NOW, profile={"stage": 2, "goals": ("ship",)})
        programme = await tx.programmes.save(replace(COFFEE, settings={"quiet": (1, 2)}), NOW)
        joined = await tx.participants.save(part, NOW)
    async with store.begin() as tx:
        assert await tx.seekers.get(FRODO) == mine
        assert await tx.hosts.get(SAM) == theirs
        assert await tx.participants.get(MERRY, COFFEE.name) == joined
        assert await tx.participants.of(MERRY) == (joined,)
        assert await tx.programmes.get(SHIRE, COFFEE.name) == programme
        assert await tx.programmes.all(SHIRE) == (programme,)
    assert (mine.version, mine.updated_at) == (1, NOW)
    assert (mine.asked_since(TODAY), mine.asked_since(TODAY + DAY)) == (1, 0)


async def test_of_two_open_windows_the_second_is_told_to_read_again(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        read = await tx.seekers.save(seeker(FRODO), NOW)
    one, other = replace(read, call_me="Mr Underhill"), replace(read, state="off")
    results = await race(store, lambda tx: tx.seekers.save(one, NOW), lambda tx: tx.seekers.save(other, NOW))
    assert kinds(results) == ["Conflict", "Seeker"]
    # both windows were opened when there was nothing
    assert kinds(await race(store, lambda tx: tx.hosts.save(host(SAM), NOW), times=2)) == ["Conflict", "Host"]
    async with store.begin() as tx:
        await tx.programmes.save(COFFEE, NOW)
        with pytest.raises(Conflict):
            await tx.programmes.save(COFFEE, NOW)
        await tx.hosts.talked(SAM, NOW + DAY, shown_up=False)  # what the clock writes counts as a change too
        with pytest.raises(Conflict):
            await tx.hosts.save(replace(host(SAM), version=1), NOW)
        sam = await tx.hosts.get(SAM)
        assert sam is not None
        assert (sam.no_shows, sam.idle_since, sam.version) == (1, NOW + DAY, 2)


async def test_who_waits_longest_comes_first_and_a_pause_ends_by_itself(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.seekers.save(replace(seeker(FRODO), since=NOW), NOW)
        await tx.seekers.save(replace(seeker(SAM), since=NOW - DAY), NOW)
        await tx.seekers.save(replace(seeker(MERRY), state="paused", paused_until=TODAY + DAY), NOW)
        await tx.seekers.save(replace(seeker(PIPPIN), state="off"), NOW)
        await tx.hosts.save(replace(host(BILBO), state="paused"), NOW)  # until they say
        assert [found.person for found in await tx.seekers.open(SHIRE, TODAY)] == [SAM, FRODO]
        assert [found.person for found in await tx.seekers.open(SHIRE, TODAY + DAY)] == [SAM, FRODO, MERRY]
        assert await tx.hosts.open(SHIRE, TODAY + 99 * DAY) == ()
        await tx.seekers.matched(SAM, NOW)
        await tx.seekers.left_out([FRODO, MERRY], NOW)
        await tx.seekers.left_out([FRODO], NOW)
        assert [found.waited for found in await tx.seekers.open(SHIRE, TODAY)] == [2]
        await tx.seekers.searching(SAM, NOW + DAY)
        await tx.seekers.searching(BILBO, NOW + DAY)  # no seeker: nothing happens
        (first, _) = await tx.seekers.open(SHIRE, TODAY)
        assert (first.person, first.since) == (SAM, NOW - DAY), "the time waited so far counts on"


async def test_a_programme_knows_who_takes_part_and_who_was_left_out(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.programmes.save(COFFEE, NOW)
        for person in EVERYBODY:
            await tx.participants.save(Participant(person=person, programme=COFFEE.name, since=NOW), NOW)
        sam = await tx.participants.get(SAM, COFFEE.name)
        assert sam is not None
        await tx.participants.save(replace(sam, state="out"), NOW)
        await tx.participants.matched(COFFEE.name, [FRODO, MERRY], NOW)
        await tx.participants.left_out(COFFEE.name, [BILBO], NOW)
        found = {one.person: (one.waited, one.new) for one in await tx.participants.in_(SHIRE, COFFEE.name, TODAY)}
        assert len(found) == 5
        assert (found[FRODO], found[BILBO], found[PIPPIN]) == ((0, False), (1, True), (0, True))


async def test_a_programmes_next_round_is_found_when_it_is_due_and_on(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        kept = await tx.programmes.save(replace(COFFEE, state="on", next_round_at=NOW), NOW)
        await tx.programmes.save(replace(COFFEE, name="circles", next_round_at=NOW), NOW)  # off
        assert await tx.programmes.due(NOW - timedelta(seconds=1)) == ()
        assert await tx.programmes.due(NOW) == (kept,)


def test_what_no_form_would_let_through_is_refused_with_advice() -> None:
    for wrong in ({"curiosities": ("a", "b", "c", "d")}, {"curiosities": ("x" * 141,)}, {"hours": ((7, 0, 60),)}):
        with pytest.raises(LimitError):
            replace(seeker(FRODO), **wrong)
    for wrong in ({"capacity": 5}, {"capacity": 0}, {"about": "x" * 201}, {"topics": ("a", "b", "c", "d")},
                  {"hours": ((0, 60, 60),)}, {"hours": ((0, 60, 1_441),)}):  # fmt: skip
        with pytest.raises(LimitError):
            replace(host(SAM), **wrong)
    for wrong in ({"size": 6}, {"cadence": 0}, {"weekday": 7}):
        with pytest.raises(LimitError):
            replace(COFFEE, **wrong)
