"""A pause without an end is kept as the last of all days, apart from a halt; dormancy ends at the smallest size."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from habit.today import State
from store import Store, Tx
from store.nudges import Nudge

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
ADA = Person(Space("slack", "T1"), "U1")
NEXT = Occurrence(date(2026, 11, 21), datetime(2026, 11, 21, 8, 30, tzinfo=UTC))


async def saved(tx: Tx) -> Nudge:
    """A recipe kept, for the first time or again."""
    schedule = Schedule(time(8, 30), "UTC")
    await tx.nudges.save(ADA, anchor="a", tiny="b", celebrate="c", schedule=schedule, next=NEXT, now=NOW)
    nudge = await tx.nudges.get(ADA)
    assert nudge is not None
    return nudge


async def test_a_pause_without_an_end_is_no_halt(store: Store) -> None:
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(ADA.space, "shire"), NOW)
        await tx.members.meet(ADA, NOTHING_SAID, NOW)
        await saved(tx)
        await tx.nudges.halt([ADA], NOW)
        halted = await tx.nudges.get(ADA)
        await tx.nudges.pause(ADA, date.max, None, NOW)
        paused = await tx.nudges.get(ADA)
    assert halted is not None
    assert paused is not None
    assert (halted.paused_until, halted.next_at) == (None, None)
    assert (paused.paused_until, paused.next_at) == (date.max, None)


async def test_a_recipe_kept_out_of_dormancy_begins_at_the_smallest_size(store: Store) -> None:
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(ADA.space, "shire"), NOW)
        await tx.members.meet(ADA, NOTHING_SAID, NOW)
        await saved(tx)
        sizes: dict[State, int] = {"active": 3, "off": 3, "dormant": 0}
        for state, dose in sizes.items():
            await tx.nudges.change(ADA, NOW, state=state, dose=3)
            assert (await saved(tx)).dose == dose
