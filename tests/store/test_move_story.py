"""The bot stops on SQLite with messages on their way and goes on from PostgreSQL: nobody gets a step twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chat.people
from chat.moment import Schedule
from chat.people import NOTHING_SAID, Space
from sandbox.world import Fault
from scheduler.when import next_moment
from store import Store, open_store
from store.move import move
from tests.acceptance.steps import go_to, local, nudges, steps
from tests.kit import postgres
from tests.kit.house import House, house
from tests.kit.people import Person

UNDER_WAY = ("planned", "claimed", "retry")


async def turn_on(home: House, person: Person, then: datetime) -> None:
    """A daily step at that moment of the person's day."""
    platform = "slack" if person.world is home.sandbox.slack else "discord"
    space, _, member = person.id.partition("/")
    who, zone = chat.people.Person(Space(platform, space), member), person.resident.zone
    schedule = Schedule(then.astimezone(ZoneInfo(zone)).time(), zone, frozenset(range(7)))
    now = home.sandbox.clock.now()
    assert home.app is not None
    async with home.app.store.begin() as tx:
        await tx.members.meet(who, NOTHING_SAID, now)
        await tx.members.set_zone(who, zone, "member")
        await tx.nudges.save(who, anchor="pour my coffee", tiny="open the course", celebrate="", schedule=schedule,
                             next=next_moment(schedule, now), now=now)  # fmt: skip


async def under_way(store: Store) -> dict[str, int]:
    """How many rows of the ledger are not settled, by state."""
    async with store.begin() as tx:
        return {state: n for state, n in (await tx.deliveries.counts_by_state()).items() if state in UNDER_WAY}


async def settled(home: House) -> None:
    """Waits until the bot has done everything that is due."""
    assert home.app is not None
    for _ in range(400):
        if not await under_way(home.app.store):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"still under way: {await under_way(home.app.store)}")


async def test_a_bot_with_steps_on_their_way_goes_on_from_postgresql(
    tmp_path: Path, pg: postgres.Server, platform: str
) -> None:
    async with house(tmp_path) as home:
        sam, ada = home.person(platform, "Sam"), home.person(platform, "Ada")
        then = local(home, sam).replace(hour=8, minute=30, second=0, microsecond=0)
        await turn_on(home, sam, then)
        await turn_on(home, ada, then)

        # Their moment comes while the platform is away; one was tried in vain, the other waits.
        faults = home.worlds[platform].faults()
        faults.add(Fault("chat.postMessage" if platform == "slack" else "/messages", "status", times=999, status=503))
        home.sandbox.clock.set(then)
        assert home.app is not None
        for _ in range(400):
            if sum((await under_way(home.app.store)).values()) == 2:
                break
            await asyncio.sleep(0.02)
        await home.stop()
        faults.clear()

        # A process that was killed had taken one of them: this is all it leaves behind.
        old, new, soon = home.settings.database, await pg.new_database(), then + timedelta(minutes=1)
        store = await open_store(old)
        async with store.begin() as tx:
            (space,) = await tx.claims.due_spaces(soon)
            (taken,) = await tx.claims.claim(space, "killed", soon, limit=1)
        left = await under_way(store)
        await store.close()
        assert left["claimed"] == 1
        assert sum(left.values()) == 2
        assert steps(sam) == steps(ada) == []
        doubted, other = (sam, ada) if sam.id.endswith(taken.person.id) else (ada, sam)

        assert (await move(old, new, progress=lambda _table, _rows: None))["nudges"] == 2
        home.settings = replace(home.settings, database=new)
        home.sandbox.clock.set(then + timedelta(seconds=90))
        await home.start()

        await nudges(other, 1)
        await settled(home)
        async with home.app.store.begin() as tx:
            row = await tx.deliveries.get(taken.person, taken.id)
        assert home.app.store.dialect == "postgresql"
        assert row is not None
        assert row.state == ("sent" if platform == "discord" else "ambiguous"), "Slack cannot say; it is not repeated"
        assert len(steps(doubted)) == (1 if row.state == "sent" else 0)
        celebrated = await other.press(steps(other)[0], "Done")
        assert "1 day shown up" in celebrated.text, "an old message's button works on the new database"

        # The next day both get their next one, once.
        before = len(steps(doubted))
        await go_to(home, sam, 8, 30)
        await nudges(doubted, before + 1)
        await nudges(other, 2)
        await settled(home)
        await asyncio.sleep(0.5)  # several ticks more
        assert (len(steps(doubted)), len(steps(other))) == (before + 1, 2)
