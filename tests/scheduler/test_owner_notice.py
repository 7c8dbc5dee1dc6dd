"""Who looks after several programmes hears of their rounds one by one, and of each before it goes out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from chat.people import NOTHING_SAID, Person, Space
from scheduler._rooms import Rooms
from scheduler.clock import SystemClock
from scheduler.owner_notice import tell_owners
from scheduler.pacer import Pacer
from store import open_store
from store.owners import looks_after
from store.programmes import Programme
from store.rounds import Round
from tests.kit import migrated
from tests.kit.house import shipped

SHIRE = Space("slack", "TSHIRE")
FRODO = Person(SHIRE, "FRODO")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


async def test_three_rounds_of_one_day_are_not_three_messages_of_one_day(tmp_path: Path) -> None:
    await migrated.sqlite(tmp_path / "store.sqlite3")
    store = await open_store(str(tmp_path / "store.sqlite3"))
    rooms = Rooms(store, shipped(), SystemClock(), {}, Pacer({}))
    async with store.begin() as tx:
        await tx.members.meet(FRODO, NOTHING_SAID, NOON)
        await tx.members.set_zone(FRODO, "Europe/London", "member")
        await looks_after(tx, FRODO, NOON)
        for n in range(4):
            this = Round(
                space=SHIRE, programme=f"coffee:C{n}", number=1, seed=1, state="matched", next_at=NOON + 2 * DAY,
                opens_at=NOON, matches_at=NOON, introduces_at=NOON + 2 * DAY, follows_at=NOON + 9 * DAY,
                closes_at=NOON + 16 * DAY,
            )  # fmt: skip
            await tx.programmes.save(Programme(space=SHIRE, name=this.programme, zone="UTC", state="on"), NOON)
            await tx.rounds.plan(this)
            await tell_owners(rooms, tx, SHIRE, this.programme, 1, NOON)
        rows = await tx.deliveries.recent(FRODO, 9)
    await store.close()
    days = {row.subject: (row.planned_at - NOON).days for row in rows}
    assert days == {f"round-waits coffee:C{n}/1": day for n, day in enumerate((0, 0, 1, 0))}
