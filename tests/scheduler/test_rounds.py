"""The life of a coffee round: dates by the calendar, every step once, nothing written too late."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chat.people import NOTHING_SAID, Person, Space
from scheduler import failpoints
from scheduler._rooms import Rooms
from scheduler.jobs import run_rounds
from scheduler.pacer import Pacer
from scheduler.round_dates import dates, first_opening
from store import open_store
from store.introductions import Introduction
from store.participants import Participant
from store.programmes import Programme
from store.rounds import Round
from tests.kit import postgres
from tests.kit.house import shipped

SHIRE = Space("slack", "TSHIRE")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
COFFEE = Programme(
    space=SHIRE, name="coffee:C1", zone="Europe/London", state="on", cadence=1, weekday=1, at=time(9),
    next_round_at=MONDAY,
)  # fmt: skip
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRODO, SAM, MERRY, PIPPIN, ROSIE = (Person(SHIRE, name) for name in ("FRODO", "SAM", "MERRY", "PIPPIN", "ROSIE"))
FOUR = (FRODO, SAM, MERRY, PIPPIN)
POINTS = ("planning", "opening", "matching", "introducing", "following", "closing")


class Hand:
    """A clock a test sets."""

    def __init__(self) -> None:
        self.time = MONDAY

    def now(self) -> datetime:
        """As it was set."""
        return self.time


class Killed(BaseException):
    """The process is no more."""


@pytest.fixture
async def clock() -> Hand:
    """When the first round opens."""
    return Hand()


@pytest.fixture(params=["sqlite", "postgres"])
async def rooms(request: pytest.FixtureRequest, tmp_path: Path, clock: Hand) -> AsyncGenerator[Rooms]:
    """Without platforms: what is planned is not sent."""
    address = str(tmp_path / "store.sqlite3")
    if request.param == "postgres":
        server: postgres.Server = request.getfixturevalue("pg")
        address = await server.new_database()
    store = await open_store(address)
    yield Rooms(store, shipped(), clock, {}, Pacer({}))
    await store.close()


@pytest.fixture
async def light(tmp_path: Path, clock: Hand) -> AsyncGenerator[Rooms]:
    """On SQLite alone, for what does not hang on the database."""
    store = await open_store(str(tmp_path / "store.sqlite3"))
    yield Rooms(store, shipped(), clock, {}, Pacer({}))
    await store.close()


async def begin(rooms: Rooms, *people: Person, programme: Programme = COFFEE) -> None:
    """A programme, and who takes part."""
    async with rooms.store.begin() as tx:
        for person in people or FOUR:
            await tx.members.meet(person, NOTHING_SAID, MONDAY)
        await tx.programmes.save(programme, MONDAY)
    for person in people or FOUR:
        await joins(rooms, person)


async def joins(rooms: Rooms, person: Person) -> None:
    """Somebody who can always talk."""
    profile = {"call_me": person.id, "languages": ("en",), "availability": "any"}
    async with rooms.store.begin() as tx:
        await tx.members.meet(person, NOTHING_SAID, MONDAY)
        part = Participant(person=person, programme=COFFEE.name, since=MONDAY, profile=profile)
        await tx.participants.save(part, MONDAY)


async def joins_late(rooms: Rooms, person: Person) -> None:
    """As `/coffee join` does it when the round has been matched."""
    await joins(rooms, person)
    this = await newest(rooms)
    async with rooms.store.begin() as tx:
        await tx.rounds.join(this, {person: 0}, "late")
        await tx.rounds.look_again(this, rooms.clock.now())


async def at(rooms: Rooms, clock: Hand, moment: datetime) -> Round:
    """What is due at a moment is done; the newest round afterwards."""
    clock.time = moment
    await run_rounds.run(rooms)
    return await newest(rooms)


async def newest(rooms: Rooms) -> Round:
    async with rooms.store.begin() as tx:
        return (await tx.rounds.newest(SHIRE, COFFEE.name))[0]


async def introductions(rooms: Rooms, number: int = 1) -> tuple[Introduction, ...]:
    """Of a round, those that go on."""
    async with rooms.store.begin() as tx:
        found = await tx.introductions.in_round(SHIRE, COFFEE.name, number)
    return tuple(one for one in found if one.state != "closed")


async def letters(rooms: Rooms, *people: Person) -> list[str]:
    """What was planned for them, by name of letter and member."""
    async with rooms.store.begin() as tx:
        rows = [row for person in people or FOUR for row in await tx.deliveries.recent(person, 50)]
    return sorted(f"{row.subject.partition(' ')[0]} {row.person.id}" for row in rows if row.kind == "letter")


def pairs(found: Collection[Introduction]) -> set[frozenset[str]]:
    """Who meets whom."""
    return {frozenset(person.id for person in one.persons) for one in found}


def london(moment: datetime) -> str:
    """On a clock there."""
    return f"{moment.astimezone(ZoneInfo('Europe/London')):%m-%d %H:%M}"


def test_rounds_stay_on_their_weekday_and_hour_when_the_clocks_change() -> None:
    now, seen = datetime(2026, 10, 12, 7, tzinfo=UTC), list[str]()
    programme = replace(COFFEE, next_round_at=first_opening(COFFEE, now))
    for _ in range(3):
        found = dates(programme, programme.next_round_at or now)
        seen.append(london(found.matches_at))
        programme = replace(programme, next_round_at=found.next_opens_at)
    assert seen == ["10-13 09:00", "10-20 09:00", "10-27 09:00"]  # 25 October: an hour more


def test_an_hour_that_the_clocks_skip_moves_one_round_and_no_other() -> None:
    zone = "America/New_York"
    programme = replace(COFFEE, zone=zone, weekday=6, at=time(2, 30), next_round_at=None, notice_hours=0)
    programme = replace(programme, next_round_at=first_opening(programme, datetime(2026, 2, 28, 12, tzinfo=UTC)))
    seen: list[str] = []
    for _ in range(3):
        found = dates(programme, programme.next_round_at or MONDAY)
        seen.append(f"{found.matches_at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}")
        programme = replace(programme, next_round_at=found.next_opens_at)
    assert seen == ["03-01 02:30", "03-08 03:30", "03-15 02:30"]


def test_who_switches_on_too_late_for_the_notice_begins_a_week_later() -> None:
    tuesday = MONDAY + DAY
    assert first_opening(COFFEE, tuesday - 25 * HOUR) == MONDAY
    assert first_opening(COFFEE, tuesday - 23 * HOUR) == MONDAY + 7 * DAY


def test_missed_rounds_are_left_out_and_the_rhythm_stays() -> None:
    every_second = replace(COFFEE, cadence=2)
    found = dates(every_second, MONDAY + 30 * DAY)
    assert (found.matches_at - MONDAY).days == 29, "14 days each: the one of yesterday is not too late"
    assert dates(every_second, MONDAY + 31 * DAY).matches_at - found.matches_at == 14 * DAY


def test_an_owner_who_looks_first_has_two_days() -> None:
    found = dates(replace(COFFEE, approve=True), MONDAY)
    assert found.introduces_at - found.matches_at == 2 * DAY
    assert found.matches_at < found.introduces_at < found.follows_at < found.closes_at


async def test_killed_at_every_point_and_begun_again_every_step_is_done_once(rooms: Rooms, clock: Hand) -> None:
    await begin(rooms)
    alive: list[str] = []

    def reached(name: str) -> None:
        if name not in alive:
            alive.append(name)
            raise Killed

    failpoints.listen(reached)
    try:
        for moment in (MONDAY, MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 7 * DAY - HOUR, MONDAY + 15 * DAY):
            clock.time = moment
            for _ in range(4):
                try:
                    await run_rounds.run(rooms)
                except Killed:
                    continue
    finally:
        failpoints.listen(None)
    assert alive == [f"round-{name}" for name in POINTS]
    async with rooms.store.begin() as tx:
        first = await tx.rounds.get(SHIRE, COFFEE.name, 1)
        assert first is not None
        parts = await tx.participants.in_(SHIRE, COFFEE.name, MONDAY.date())
        met = await tx.met.before(SHIRE, [COFFEE.name])
        rows = [row for person in FOUR for row in await tx.deliveries.recent(person, 50)]
    assert first.state == "closed"
    assert first.report["placed"] == first.report["placed_at_last"] == 4
    assert len(await introductions(rooms)) == 2
    assert len([one for one in met if one.round == 1]) == 2
    assert {(part.waited, part.new) for part in parts} == {(0, False)}
    assert [row.subject for row in rows].count("coffee-soon coffee:C1/1") == 4
    assert (await newest(rooms)).number == 2, "the week that was slept through is not made up for"


async def test_three_rounds_of_four_bring_everybody_together_once(light: Rooms, clock: Hand) -> None:
    await begin(light)
    seen: list[set[frozenset[str]]] = []
    for week in range(3):
        await at(light, clock, MONDAY + 7 * week * DAY)
        this = await at(light, clock, MONDAY + 7 * week * DAY + DAY)
        assert (this.number, this.state) == (week + 1, "introduced")
        seen.append(pairs(await introductions(light, week + 1)))
    assert len(set[frozenset[str]]().union(*seen)) == 6, "all pairs there are, none twice"


async def test_three_people_are_one_group_and_two_who_blocked_each_other_are_none(light: Rooms, clock: Hand) -> None:
    await begin(light, FRODO, SAM, MERRY)
    await at(light, clock, MONDAY)
    await at(light, clock, MONDAY + DAY)
    assert pairs(await introductions(light)) == {frozenset({"FRODO", "SAM", "MERRY"})}
    async with light.store.begin() as tx:
        await tx.blocks.block(FRODO, SAM, clock.time)
    await at(light, clock, MONDAY + 7 * DAY)
    await at(light, clock, MONDAY + 8 * DAY)
    (one,) = await introductions(light, 2)
    assert MERRY in one.persons
    assert len(one.persons) == 2


async def test_a_block_or_a_goodbye_between_plan_and_introduction_is_seen(light: Rooms, clock: Hand) -> None:
    await begin(light, programme=replace(COFFEE, approve=True))
    await at(light, clock, MONDAY)
    this = await at(light, clock, MONDAY + DAY)
    assert this.state == "matched"
    async with light.store.begin() as tx:
        one, other = await tx.rounds.groups(this)
        await tx.blocks.block(one.persons[0], one.persons[1], clock.time)
        gone = other.persons[0]
        await tx.leaving.left([gone], clock.time)
    this = await at(light, clock, this.introduces_at)
    assert this.state == "introduced"
    (made,) = await introductions(light)
    assert other.persons[1] in made.persons, "whose partner left is free for one of those whose group was dissolved"
    assert gone not in made.persons
    assert not set(one.persons) <= set(made.persons)


async def test_who_joins_within_the_day_is_introduced_and_later_is_not(light: Rooms, clock: Hand) -> None:
    await begin(light)
    await at(light, clock, MONDAY)
    await at(light, clock, MONDAY + DAY)
    before = pairs(await introductions(light))
    clock.time = MONDAY + DAY + HOUR
    await joins_late(light, ROSIE)
    await run_rounds.run(light)
    after = pairs(await introductions(light))
    (three,) = [group for group in after if "ROSIE" in group]
    assert len(three) == 3, "alone they become the third of a pair"
    assert after - {three} < before
    assert three - {"ROSIE"} in before
    async with light.store.begin() as tx:
        met = [one for one in await tx.met.before(SHIRE, [COFFEE.name]) if "ROSIE" in one[:2]]
    assert len(met) == 2
    await at(light, clock, MONDAY + 2 * DAY + HOUR)
    assert "coffee-left ROSIE" not in await letters(light, ROSIE)


async def test_two_who_come_late_meet_each_other_and_one_whom_nobody_may_meet_waits(light: Rooms, clock: Hand) -> None:
    await begin(light, FRODO, SAM)
    await at(light, clock, MONDAY)
    await at(light, clock, MONDAY + DAY)
    clock.time = MONDAY + DAY + HOUR
    await joins_late(light, MERRY)
    await joins_late(light, PIPPIN)
    await run_rounds.run(light)
    assert frozenset({"MERRY", "PIPPIN"}) in pairs(await introductions(light))

    async with light.store.begin() as tx:
        for other in FOUR:
            await tx.members.meet(ROSIE, NOTHING_SAID, MONDAY)
            await tx.blocks.block(other, ROSIE, clock.time)
    await joins_late(light, ROSIE)
    await run_rounds.run(light)
    assert await letters(light, ROSIE) == [], "the day is not over"
    await at(light, clock, MONDAY + 2 * DAY + HOUR)
    assert await letters(light, ROSIE) == ["coffee-left ROSIE"]
    async with light.store.begin() as tx:
        part = await tx.participants.get(ROSIE, COFFEE.name)
        assert part is not None
        assert part.waited == 1
        (row,) = await tx.deliveries.recent(ROSIE, 1)
    assert row.why == "taken", "a block looks like a round that did not work out"


async def test_who_skips_is_in_the_next_round_and_nobody_is_told(light: Rooms, clock: Hand) -> None:
    await begin(light, FRODO, SAM, MERRY)
    this = await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        await tx.rounds.mark(this, [MERRY], "skipped")
    await at(light, clock, MONDAY + DAY)
    assert pairs(await introductions(light)) == {frozenset({"FRODO", "SAM"})}
    await at(light, clock, MONDAY + 7 * DAY)
    await at(light, clock, MONDAY + 8 * DAY)
    assert "MERRY" in {person.id for one in await introductions(light, 2) for person in one.persons}


async def test_a_bot_that_was_away_for_weeks_writes_nothing_of_what_is_over(light: Rooms, clock: Hand) -> None:
    await begin(light)
    await at(light, clock, MONDAY)
    before = await letters(light)
    clock.time = MONDAY + 40 * DAY
    await run_rounds.run(light)
    async with light.store.begin() as tx:
        first = await tx.rounds.get(SHIRE, COFFEE.name, 1)
    assert first is not None
    assert (first.state, first.next_at) == ("closed", None)
    assert await introductions(light) == ()
    assert await letters(light) == before
    this = await newest(light)
    assert this.number == 2, "one new round, none made up for"
    assert this.matches_at >= clock.time - DAY


async def test_a_programme_that_is_switched_off_ends_what_was_not_matched(light: Rooms, clock: Hand) -> None:
    await begin(light)
    await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        programme = await tx.programmes.get(SHIRE, COFFEE.name)
        assert programme is not None
        await tx.programmes.save(replace(programme, state="off"), clock.time)
    this = await at(light, clock, MONDAY + DAY)
    assert this.state == "closed"
    assert await introductions(light) == ()
