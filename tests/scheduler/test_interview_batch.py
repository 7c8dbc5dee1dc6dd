"""A community too large to look at everybody all the time: one batch a day, in another process; newcomers at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from chat.people import NOTHING_SAID, Person, Space
from matching.week import WAKING, span
from scheduler import failpoints
from scheduler._rooms import Rooms
from scheduler.interview_pool import hours_of, paths_of
from scheduler.jobs import propose_batches, propose_interviews
from scheduler.jobs.propose_interviews import SMALL, propose_in
from scheduler.pacer import Pacer
from store import open_store
from store.hosts import Host
from store.programmes import Programme
from store.seekers import Seeker
from tests.kit import migrated, postgres
from tests.kit.house import shipped

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHIRE = Space("slack", "TSHIRE")
HALF = SMALL // 2 + 1


class Hand:
    """A clock a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        """As it was set."""
        return self.time


@pytest.fixture
async def clock() -> Hand:
    """At noon."""
    return Hand()


@pytest.fixture
async def rooms(tmp_path: Path, clock: Hand) -> AsyncGenerator[Rooms]:
    """Without platforms: what is planned is not sent."""
    await migrated.sqlite(tmp_path / "store.sqlite3")
    store = await open_store(str(tmp_path / "store.sqlite3"))
    yield Rooms(store, shipped(), clock, {}, Pacer({}))
    await store.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without anybody."""
    if request.param == "sqlite":
        await migrated.sqlite(tmp_path / "shared.sqlite3")
        return str(tmp_path / "shared.sqlite3")
    server: postgres.Server = request.getfixturevalue("pg")
    return await migrated.postgres(server)


def person(name: str) -> Person:
    return Person(SHIRE, name)


async def crowd(rooms: Rooms, seekers: int = HALF, hosts: int = HALF) -> None:
    """So many of each, all of whom may meet."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        for n in range(seekers):
            await tx.members.meet(who := person(f"S{n:03}"), NOTHING_SAID, now)
            await tx.seekers.save(seeker(who, now), now)
        for n in range(hosts):
            await tx.members.meet(who := person(f"H{n:03}"), NOTHING_SAID, now)
            await tx.hosts.save(host(who, now), now)


def seeker(who: Person, now: datetime) -> Seeker:
    return Seeker(
        person=who, call_me=who.id, languages=frozenset({"en"}), role="role.ml-engineer", state="open", since=now,
        rules_at=now,
    )  # fmt: skip


def host(who: Person, now: datetime) -> Host:
    return Host(
        person=who, call_me=who.id, languages=frozenset({"en"}), role="role.ml-engineer", state="open", rules_at=now
    )


async def proposed(rooms: Rooms) -> dict[str, str]:
    """Seeker -> host."""
    async with rooms.store.begin() as tx:
        pairs = await tx.introductions.paired(SHIRE)
    return {b: a for a, b in pairs}  # H before S


async def look(rooms: Rooms, clock: Hand) -> int:
    """What the jobs do here."""
    async with rooms.store.begin() as tx:
        waiting = await tx.seekers.waiting_in(clock.now().date())
    at_once = await propose_in(rooms, SHIRE, clock.now(), waiting[SHIRE]) if SHIRE in waiting else 0
    return at_once + await propose_batches.batch_in(rooms, SHIRE, clock.now())


async def fact(rooms: Rooms) -> dict[str, object]:
    async with rooms.store.begin() as tx:
        return json.loads(await tx.house.fact(f"interviews {SHIRE.key}") or "{}")


async def test_a_large_community_is_matched_once_a_day_all_together(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms)
    clock.time += timedelta(hours=1)  # nobody is new any more
    assert await look(rooms, clock) == HALF
    assert len(set((await proposed(rooms)).values())) == HALF, "one seat each, one question each"
    kept = await fact(rooms)
    assert (kept["date"], kept["done"]) == ("2026-11-20", True)
    assert isinstance(kept["seed"], int)
    assert await look(rooms, clock) == 0


async def test_who_is_left_out_has_waited_a_round_and_a_newcomer_is_looked_at_at_once(
    rooms: Rooms, clock: Hand
) -> None:
    await crowd(rooms, seekers=SMALL, hosts=3)
    clock.time += timedelta(hours=1)
    assert await look(rooms, clock) == 3
    async with rooms.store.begin() as tx:
        waiting = await tx.seekers.open(SHIRE, NOON.date())
        assert {row.waited for row in waiting} == {1}
        assert len(waiting) == SMALL - 3
        await tx.members.meet(new := person("H999"), NOTHING_SAID, clock.now())
        await tx.hosts.save(host(new, clock.now()), clock.now())
    clock.time += timedelta(hours=1)
    assert await look(rooms, clock) == 0, "those who wait are looked at tomorrow"
    async with rooms.store.begin() as tx:
        await tx.members.meet(new := person("S999"), NOTHING_SAID, clock.now())
        await tx.seekers.save(seeker(new, clock.now()), clock.now())
    assert await look(rooms, clock) == 1
    assert (await proposed(rooms))["S999"] == "H999"
    clock.time += timedelta(minutes=2)
    await look(rooms, clock)
    before = await fact(rooms)
    clock.time += timedelta(minutes=2)
    assert await look(rooms, clock) == 0
    assert await fact(rooms) == before, "with nobody new nothing is read or written"


async def test_a_batch_that_is_cut_off_goes_on_with_its_own_seed(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms, HALF + 3, HALF + 3)
    clock.time += timedelta(hours=1)
    left = [3]

    def dies(name: str) -> None:
        if name == "asking":
            left[0] -= 1
            if left[0] == 0:
                raise RuntimeError("cut off")

    failpoints.listen(dies)
    try:
        with pytest.raises(RuntimeError):
            await look(rooms, clock)
    finally:
        failpoints.listen(None)
    begun = await fact(rooms)
    assert (len(await proposed(rooms)), begun["done"]) == (2, False)
    assert await look(rooms, clock) == 0, "who died may still be at work"
    clock.time += propose_batches.LEASE
    assert await look(rooms, clock) == HALF + 1
    after = await fact(rooms)
    assert (after["seed"], after["done"]) == (begun["seed"], True)
    async with rooms.store.begin() as tx:
        letters = [len(await tx.deliveries.recent(person(f"H{n:03}"), 5)) for n in range(HALF + 3)]
    assert letters == [1] * (HALF + 3)


async def test_two_processes_do_a_days_batch_once(url: str, clock: Hand) -> None:
    stores = [await open_store(url)]
    stores += [await open_store(url)] if stores[0].dialect == "postgresql" else stores
    both = [Rooms(store, shipped(), clock, {}, Pacer({})) for store in stores]
    await crowd(both[0], seekers=SMALL, hosts=3)
    clock.time += timedelta(hours=1)
    await asyncio.gather(*(propose_interviews.run(rooms) for rooms in both))
    asked = await asyncio.gather(*(propose_batches.batch_in(rooms, SHIRE, clock.now()) for rooms in both))
    assert sorted(asked) == [0, 3]
    async with stores[0].begin() as tx:
        waiting = await tx.seekers.open(SHIRE, NOON.date())
    assert {row.waited for row in waiting} == {1}, "left out of one round"
    for store in {id(store): store for store in stores}.values():
        await store.close()


async def test_a_batch_under_way_keeps_no_other_community_waiting(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms)
    bree = Space("slack", "TBREE")
    now = clock.now()
    async with rooms.store.begin() as tx:
        for name in ("A", "B"):
            await tx.members.meet(Person(bree, name), NOTHING_SAID, now)
        await tx.seekers.save(seeker(Person(bree, "A"), now), now)
        await tx.hosts.save(host(Person(bree, "B"), now), now)
    await propose_interviews.run(rooms)
    assert await proposed(rooms) == {}, "the batch has a job of its own"
    async with rooms.store.begin() as tx:
        assert await tx.introductions.paired(bree) == {("A", "B")}


async def test_a_row_that_cannot_be_read_keeps_nobody_else_waiting(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms, 2, 2)
    bree = Space("slack", "TBREE")
    now = clock.now()
    async with rooms.store.begin() as tx:
        for name in ("A", "B"):
            await tx.members.meet(Person(bree, name), NOTHING_SAID, now)
        await tx.seekers.save(seeker(Person(bree, "A"), now), now)
        await tx.hosts.save(host(Person(bree, "B"), now), now)
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.text("update seekers set curiosities = '[1, 2, 3, 4]' where member in ('A', 'S000')"))
    await propose_interviews.run(rooms)
    assert set(await proposed(rooms)) == {"S001"}


async def test_in_a_small_one_everybody_is_looked_at_when_somebody_is_new(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms, 1, 0)
    async with rooms.store.begin() as tx:
        await tx.members.meet(mute := person("H900"), NOTHING_SAID, clock.now())
        await tx.hosts.save(replace(host(mute, clock.now()), languages=frozenset({"zh"})), clock.now())
    clock.time += timedelta(minutes=5)
    assert await look(rooms, clock) == 0
    before = await fact(rooms)
    clock.time += timedelta(minutes=5)
    assert await look(rooms, clock) == 0
    assert await fact(rooms) == before, "nobody is new: not even read"
    async with rooms.store.begin() as tx:
        await tx.members.meet(new := person("H901"), NOTHING_SAID, clock.now())
        await tx.hosts.save(host(new, clock.now()), clock.now())
    assert await look(rooms, clock) == 1


async def test_switched_off_by_the_owner_nobody_is_asked(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms, 2, 2)
    async with rooms.store.begin() as tx:
        await tx.programmes.save(Programme(space=SHIRE, name="interviews", zone="UTC", state="off"), NOON)
    assert await look(rooms, clock) == 0


async def test_only_those_who_agreed_are_here_and_want_it_are_asked(rooms: Rooms, clock: Hand) -> None:
    await crowd(rooms, 1, 4)
    async with rooms.store.begin() as tx:
        rows = [await tx.hosts.get(person(f"H{n:03}")) for n in range(4)]
        kept = [row for row in rows if row is not None]
        await tx.hosts.save(replace(kept[0], rules_at=None), NOON)
        await tx.hosts.save(replace(kept[1], state="paused", paused_until=NOON.date() + timedelta(days=1)), NOON)
        await tx.leaving.left([person("H002")], NOON)
        await tx.members.unreachable([person("H003")])
    assert await look(rooms, clock) == 0
    clock.time += timedelta(days=1)
    await propose_interviews.run(rooms)
    assert await proposed(rooms) == {"S000": "H001"}, "a pause ends by itself"


@pytest.mark.parametrize(
    ("hours", "availability", "expected"),
    [
        (((0, 545, 660),), "stated", span([0], 9.5, 11)),
        (((0, 540, 660), (0, 600, 720)), "stated", span([0], 9, 12)),
        (((0, 545, 555),), "stated", None),
        ((), "stated", None),
        (((0, 540, 660),), "waking", None),
        ((), "any", (1 << 336) - 1),
    ],
)
def test_hours_are_whole_half_hours(hours: tuple[tuple[int, int, int], ...], availability: str, expected: int) -> None:
    assert availability in {"stated", "waking", "any"}
    assert hours_of(hours, availability) == expected  # pyright: ignore[reportArgumentType]  # looked at above
    assert span(range(7), 8, 22) == WAKING


def test_a_school_is_shared_however_it_is_typed() -> None:
    one, other = paths_of(frozenset({"same_school"}), "Bag  End"), paths_of(frozenset({"same_school"}), "bag end")
    assert one == other == {"same school: bag end"}
    assert paths_of(frozenset({"same_school"}), None) == frozenset()
    assert paths_of(frozenset({"first_job", "unknown"}), "Bag End") == {"first AI job"}
