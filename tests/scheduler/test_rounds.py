"""The life of a coffee round: dates by the calendar, every step once, nothing written too late."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from chat.people import NOTHING_SAID, Person, Space
from matching import apart
from scheduler import failpoints
from scheduler import rounds as machine
from scheduler._rooms import Rooms
from scheduler.coffee_letters import coffee_letter
from scheduler.jobs import introduce_coffees, run_rounds
from scheduler.pacer import Pacer
from scheduler.round_dates import dates, first_opening
from store import Conflict, open_store
from store.budget import Wish
from store.introductions import Introduction
from store.participants import Participant
from store.programmes import Programme
from store.rounds import Round
from tests.kit import migrated, postgres
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
FRODOS = """update programme_members set profile = '{{"languages": {}}}' where member = 'FRODO'"""
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
        address = await migrated.postgres(server)
    else:
        await migrated.sqlite(Path(address))
    store = await open_store(address)
    yield Rooms(store, shipped(), clock, {}, Pacer({}))
    await store.close()


@pytest.fixture
async def light(tmp_path: Path, clock: Hand) -> AsyncGenerator[Rooms]:
    """On SQLite alone, for what does not hang on the database."""
    await migrated.sqlite(tmp_path / "store.sqlite3")
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


async def takes_part(rooms: Rooms, person: Person) -> Participant:
    """As it is kept."""
    async with rooms.store.begin() as tx:
        part = await tx.participants.get(person, COFFEE.name)
    assert part is not None
    return part


async def says(rooms: Rooms, person: Person, **profile: object) -> None:
    """Something else of themselves."""
    part = await takes_part(rooms, person)
    async with rooms.store.begin() as tx:
        await tx.participants.save(replace(part, profile={**part.profile, **profile}), MONDAY)


async def pauses(rooms: Rooms, person: Person, until: date) -> None:
    """Quiet until a day."""
    part = await takes_part(rooms, person)
    async with rooms.store.begin() as tx:
        await tx.participants.save(replace(part, state="paused", paused_until=until), MONDAY)


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


async def test_a_round_and_a_programme_that_cannot_be_read_keep_no_other_from_its_step(
    light: Rooms, clock: Hand
) -> None:
    await begin(light)
    other = Space("slack", "TROHAN")
    them = [Person(other, name) for name in ("EOWYN", "EOMER")]
    async with light.store.begin() as tx:
        for person in them:
            await tx.members.meet(person, NOTHING_SAID, MONDAY)
        await tx.programmes.save(replace(COFFEE, space=other), MONDAY)
        await tx.programmes.save(replace(COFFEE, space=other, name="coffee:C2"), MONDAY)
        for person in them:
            part = Participant(person=person, programme=COFFEE.name, since=MONDAY, profile={"languages": ("en",)})
            await tx.participants.save(part, MONDAY)
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.text("update programmes set size = 9 where name = 'coffee:C2'"))
    await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.text(FRODOS.format("5")))
    broken = await at(light, clock, MONDAY + DAY)
    assert (broken.state, broken.next_at) == ("opened", clock.time + run_rounds.BROKEN)
    async with light.store.begin() as tx:
        ((one,), unread) = [await tx.rounds.newest(other, name) for name in (COFFEE.name, "coffee:C2")]
        assert (one.state, unread) == ("introduced", ())
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.text(FRODOS.format('["en"]')))
    assert (await at(light, clock, MONDAY + DAY + run_rounds.BROKEN)).state == "introduced"


async def test_two_more_days_hold_against_a_clock_that_looked_before(rooms: Rooms, clock: Hand) -> None:
    await begin(rooms, programme=replace(COFFEE, approve=True))
    await at(rooms, clock, MONDAY)
    this = await at(rooms, clock, MONDAY + DAY)
    clock.time = this.introduces_at
    async with rooms.store.begin() as tx:
        (due,) = await tx.rounds.due(clock.time)
        held = await tx.rounds.hold_back(due, 2 * DAY)
    with pytest.raises(Conflict):
        await machine.step(rooms, due, clock.time)
    assert (await newest(rooms)).next_at == held.next_at == clock.time + 2 * DAY


async def test_two_processes_at_the_end_of_the_day_make_who_came_late_wait_once(rooms: Rooms, clock: Hand) -> None:
    await begin(rooms, FRODO, SAM)
    await at(rooms, clock, MONDAY)
    await at(rooms, clock, MONDAY + DAY)
    await joins_late(rooms, ROSIE)
    await says(rooms, ROSIE, languages=("ja",))
    clock.time = MONDAY + 2 * DAY + HOUR
    this = await newest(rooms)
    await machine.step(rooms, this, clock.time)
    with pytest.raises(Conflict):
        await machine.step(rooms, this, clock.time)
    assert (await takes_part(rooms, ROSIE)).waited == 1


async def test_whose_day_has_its_message_is_told_of_the_round_beside_it(light: Rooms, clock: Hand) -> None:
    await begin(light)
    async with light.store.begin() as tx:
        for person in FOUR:
            await tx.members.set_zone(person, "Europe/London", "member")
        await tx.budget.take([Wish(FRODO.account, MONDAY.date(), "nudge", MONDAY - HOUR / 2)])
    this = await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        rows = [row for person in FOUR for row in await tx.deliveries.recent(person, 5)]
        tuesday = [Wish(person.account, MONDAY.date() + DAY, "nudge", MONDAY + DAY) for person in FOUR]
        free = await tx.budget.take(tuesday)
        letters_ = [await coffee_letter(tx, row, "coffee-soon", "coffee:C1/1", MONDAY + HOUR / 60) for row in rows]
    assert {(row.person, row.planned_at) for row in rows} == {(person, MONDAY) for person in FOUR}
    assert len(free) == 4, "the next day's message is not theirs to take"
    assert all(one.message is not None for one in letters_)
    assert this.matches_at == MONDAY + DAY


async def test_a_notice_that_is_late_waits_for_no_day_after_the_round(light: Rooms, clock: Hand) -> None:
    await begin(light)
    await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        (row,) = await tx.deliveries.recent(FRODO, 5)
        tuesday = MONDAY.date() + DAY
        await tx.budget.take([Wish(FRODO.account, tuesday, "nudge", MONDAY + DAY)])
        late = await coffee_letter(tx, row, "coffee-soon", "coffee:C1/1", MONDAY + DAY - HOUR / 2)
        wednesday = await tx.budget.take([Wish(FRODO.account, tuesday + DAY, "nudge", MONDAY + 2 * DAY)])
    assert late.message is not None
    assert wednesday, "it is still free"


async def test_a_notice_that_goes_out_while_others_still_join_is_true(light: Rooms, clock: Hand) -> None:
    await begin(light)
    hits: list[str] = []

    def reached(name: str) -> None:
        hits.append(name)
        if hits.count("round-opening") == 2:
            raise Killed

    failpoints.listen(reached)
    try:
        with pytest.raises(Killed):
            await at(light, clock, MONDAY)
    finally:
        failpoints.listen(None)
    assert (await newest(light)).state == "planned"
    async with light.store.begin() as tx:
        (row,) = await tx.deliveries.recent(FRODO, 5)
        letter = await coffee_letter(tx, row, "coffee-soon", "coffee:C1/1", MONDAY + HOUR / 60)
    assert letter.message is not None


async def test_who_is_back_from_a_pause_and_finds_nobody_is_told(light: Rooms, clock: Hand) -> None:
    await begin(light, FRODO)
    await pauses(light, FRODO, MONDAY.date())
    await at(light, clock, MONDAY)
    part = await takes_part(light, FRODO)
    assert (part.state, part.paused_until) == ("in", None)
    await at(light, clock, MONDAY + DAY)
    async with light.store.begin() as tx:
        row = next(row for row in await tx.deliveries.recent(FRODO, 9) if row.subject.startswith("coffee-left"))
        letter = await coffee_letter(tx, row, "coffee-left", "coffee:C1/1", clock.time)
    assert letter.message is not None


async def test_a_pause_ends_with_the_members_own_day(light: Rooms, clock: Hand) -> None:
    tuesday_in_london = datetime(2026, 11, 24, 1, tzinfo=UTC)  # and Monday in Los Angeles
    programme = replace(COFFEE, notice_hours=0, at=time(1), next_round_at=tuesday_in_london)
    await begin(light, FRODO, SAM, MERRY, programme=programme)
    async with light.store.begin() as tx:
        await tx.members.set_zone(FRODO, "America/Los_Angeles", "member")
        await tx.members.set_zone(SAM, "Pacific/Auckland", "member")
    await pauses(light, FRODO, date(2026, 11, 24))
    await pauses(light, SAM, date(2026, 11, 24))
    await at(light, clock, tuesday_in_london)
    assert pairs(await introductions(light)) == {frozenset({"SAM", "MERRY"})}
    assert (await takes_part(light, FRODO)).state == "paused"


async def test_who_leaves_or_pauses_before_the_morning_is_introduced_to_nobody(light: Rooms, clock: Hand) -> None:
    at_three = MONDAY - 6 * HOUR
    programme = replace(COFFEE, at=time(3), next_round_at=at_three)
    await begin(light, FRODO, SAM, MERRY, PIPPIN, ROSIE, programme=programme)
    async with light.store.begin() as tx:
        for person in (FRODO, SAM, MERRY, PIPPIN, ROSIE):
            await tx.members.set_zone(person, "Europe/London", "member")
    await at(light, clock, at_three)
    await at(light, clock, at_three + DAY)
    cast("dict[str, object]", light.platforms)["slack"] = object()  # it opens no conversations
    await introduce_coffees.run(light)
    (two, three) = sorted((one.persons for one in await introductions(light)), key=len)
    for person in (two[0], three[0]):
        part = await takes_part(light, person)
        async with light.store.begin() as tx:
            await tx.participants.save(replace(part, state="out" if person == two[0] else "paused"), clock.time)
    clock.time = MONDAY + DAY
    for _ in range(2):
        await introduce_coffees.run(light)
        await run_rounds.run(light)
    await introduce_coffees.run(light)
    made = await introductions(light)
    assert {one.state for one in made} == {"introduced"}
    assert pairs(made) == {frozenset({two[1].id, three[1].id, three[2].id})}
    assert not {"coffee-alone", "coffee-intro"} & {
        line.split()[0] for line in await letters(light, two[0], three[0])
    }, "who is out reads of nobody"


async def test_a_pair_that_is_touched_while_it_is_computed_undoes_nothing_of_another(
    rooms: Rooms, clock: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(rooms)
    for person, language in ((FRODO, "ja"), (SAM, "ja"), (MERRY, "de"), (PIPPIN, "de")):
        await says(rooms, person, languages=(language,))
    await at(rooms, clock, MONDAY)
    await at(rooms, clock, MONDAY + DAY)
    before = {one.id for one in await introductions(rooms)}
    bilbo = Person(SHIRE, "BILBO")
    for person, language in ((ROSIE, "ja"), (bilbo, "de")):
        await joins_late(rooms, person)
        await says(rooms, person, languages=(language,))
    run = apart.run

    async def slow(*args: Any, **more: Any) -> Any:
        seated = await run(*args, **more)
        for one in await introductions(rooms):
            if MERRY in one.persons:
                async with rooms.store.begin() as tx:
                    await tx.introductions.heard(MERRY, one.id, "not_yet", clock.time)
        return seated

    monkeypatch.setattr(apart, "run", slow)
    clock.time = MONDAY + DAY + HOUR
    with pytest.raises(Conflict):
        await machine.step(rooms, await newest(rooms), clock.time)
    assert {one.id for one in await introductions(rooms)} == before
    monkeypatch.undo()
    await run_rounds.run(rooms)
    groups = pairs(await introductions(rooms))
    assert groups == {frozenset({"FRODO", "SAM", "ROSIE"}), frozenset({"MERRY", "PIPPIN"})}


async def test_who_cannot_be_reached_neither_waits_nor_is_late(light: Rooms, clock: Hand) -> None:
    await begin(light, FRODO, SAM, MERRY, PIPPIN, programme=replace(COFFEE, approve=True))
    await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        await tx.members.unreachable([MERRY])
    this = await at(light, clock, MONDAY + DAY)
    async with light.store.begin() as tx:
        states = {one.person: one.state for one in await tx.rounds.present(this)}
        await tx.rounds.mark(this, [PIPPIN], "waiting")
        await tx.members.unreachable([PIPPIN])
    assert states[MERRY] == "skipped"
    await at(light, clock, this.introduces_at)
    async with light.store.begin() as tx:
        assert "waiting" not in {one.state for one in await tx.rounds.present(this)}


async def test_who_counted_on_a_round_is_told_that_it_was_switched_off(light: Rooms, clock: Hand) -> None:
    await begin(light)
    this = await at(light, clock, MONDAY)
    async with light.store.begin() as tx:
        await tx.rounds.mark(this, [SAM], "skipped")
        programme = await tx.programmes.get(SHIRE, COFFEE.name)
        assert programme is not None
        await tx.programmes.save(replace(programme, state="off", next_round_at=None), clock.time)
    await at(light, clock, MONDAY + DAY)
    told = [line for line in await letters(light) if line.startswith("coffee-off")]
    assert told == ["coffee-off FRODO", "coffee-off MERRY", "coffee-off PIPPIN"]
    async with light.store.begin() as tx:
        row = next(row for row in await tx.deliveries.recent(FRODO, 9) if row.subject.startswith("coffee-off"))
        letter = await coffee_letter(tx, row, "coffee-off", "coffee:C1/1", clock.time)
    assert letter.message is not None


async def test_a_third_one_is_explained_to_those_who_were_introduced_already_and_in_their_language(
    light: Rooms, clock: Hand
) -> None:
    await begin(light, FRODO, SAM)
    cast("dict[str, object]", light.platforms)["slack"] = object()  # it opens no conversations
    for person in (FRODO, SAM):
        await says(light, person, languages=("zh",))
    async with light.store.begin() as tx:
        for person in (FRODO, SAM, ROSIE):
            await tx.members.meet(person, NOTHING_SAID, MONDAY)
            await tx.members.set_zone(person, "Europe/London", "member")
        await tx.members.set_language(FRODO, "en")
        await tx.members.set_language(SAM, "zh-CN")
    await at(light, clock, MONDAY)
    await at(light, clock, MONDAY + DAY)
    await introduce_coffees.run(light)
    clock.time = MONDAY + DAY + HOUR
    await joins_late(light, ROSIE)
    await says(light, ROSIE, languages=("zh",))
    await run_rounds.run(light)
    await introduce_coffees.run(light)
    (three,) = await introductions(light)
    assert len(three.persons) == 3
    async with light.store.begin() as tx:
        rows = [row for row in await tx.deliveries.recent(FRODO, 9) if row.subject.startswith("coffee-alone")]
        new = next(row for row in rows if three.id in row.subject)
        alone = await coffee_letter(tx, new, "coffee-alone", three.id, clock.time)
        together = await coffee_letter(tx, replace(new, place="G1"), "coffee-intro", three.id, clock.time)
    assert "you are three now" in str(alone.message)
    assert "现在你们是三个人" in str(together.message), "the language the three talk in"
