"""A letter that a command plans rings nobody: the ledger is looked at, on PostgreSQL the sweep gives it its turn."""

from __future__ import annotations

from chat.people import NOTHING_SAID
from tests.acceptance.talks import Two, comes
from tests.kit.house import House, until


async def test_what_moderators_answer_reaches_who_reported_without_any_ring(home: House) -> None:
    two = Two(home, "slack")
    async with two.rooms.store.begin() as tx:
        now = home.sandbox.clock.now()
        for life in (two.ada, two.kofi, two.sam):
            await tx.members.meet(life.someone, NOTHING_SAID, now)
        await tx.reports.file(two.kofi.someone, two.sam.someone, "selling", "zebra", now)
    owner = two.ada.person
    await owner.press(await owner.type("/admin reports"), "Close it")
    await owner.fill({"What was done about it?": "", "What may whoever wrote it read?": "spoke"})
    await until(lambda: any("No report waits for you." in one.text for one in owner.here()), "the queue is empty")
    await comes(two.kofi, "Thank you for telling the moderators.")
