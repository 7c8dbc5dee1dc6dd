"""The weekly lines: one row a day, the newest of many persons with one look, nobody else's ever."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from store import Store
from store.reflections import Reflection

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
HERE, THERE = Space("slack", "T1"), Space("slack", "T2")
ADA, KOFI, TWIN = Person(HERE, "U1"), Person(HERE, "U2"), Person(THERE, "U1")


def lines(day: int, wanted: str) -> Reflection:
    """Of a day in November."""
    return Reflection(date(2026, 11, day), "", "", wanted, "keys.8.ask")


async def test_the_newest_lines_of_many_with_one_look(store: Store) -> None:
    async with store.begin() as tx:
        for person in (ADA, KOFI, TWIN):
            await tx.spaces.joined(SpaceInfo(person.space, "shire"), NOW)
            await tx.members.meet(person, NOTHING_SAID, NOW)
        for person, kept in ((ADA, lines(8, "old")), (ADA, lines(15, "new")), (TWIN, lines(15, "other"))):
            await tx.reflections.keep(person, kept)
        await tx.reflections.keep(KOFI, lines(1, "long ago"))
        await tx.reflections.keep(ADA, lines(15, "newer"))

        found = await tx.reflections.of([ADA, KOFI], date(2026, 11, 8))
        assert found == {ADA: lines(15, "newer")}
        assert await tx.reflections.of([], date(2026, 11, 8)) == {}
        assert [one.next for one in await tx.reflections.recent(ADA)] == ["newer", "old"]
        assert await tx.reflections.get(TWIN, date(2026, 11, 15)) == lines(15, "other")
