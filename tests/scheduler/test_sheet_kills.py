"""A bot that is killed while it writes the letters of sheets: each comes once all the same, and nothing goes unsaid.

What becomes of a letter that is in the ledger is told in test_kills: it goes the way of every other row.
"""

from __future__ import annotations

import pytest

from scheduler.failpoints import SHEETS
from tests.kit.house import House
from tests.kit.mortal_clock import dies
from tests.scheduler.sheeting import DAY, Desk
from tests.scheduler.test_sheets import HALF_A_YEAR

FOLLOWING, WARNING = SHEETS


@pytest.fixture
def desk(home: House) -> Desk:
    """One platform for each database: a death takes its seconds."""
    assert home.app is not None
    return Desk(home, "slack" if home.app.store.dialect == "sqlite" else "discord")


async def test_killed_while_it_writes_a_letter_that_was_asked_for_it_writes_it_once(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.asks("Kofi", sheet, "unfinished")
    await desk.home.stop()
    desk.home.sandbox.clock.advance(3 * DAY)
    await dies(desk.home.settings, FOLLOWING, desk.now)
    await desk.home.start()
    await desk.jobs()
    assert await desk.sent("Kofi") == ["sheet-follow"]
    assert len(desk.reads("Kofi")) == 1
    async with desk.rooms.store.begin() as tx:
        assert await tx.sheet_follows.of(desk.someone("Kofi"), sheet.id) == {"unfinished": None}


async def test_killed_while_it_tells_that_a_sheet_goes_it_tells_so_once_and_the_sheet_waits(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.home.stop()
    desk.home.sandbox.clock.advance(HALF_A_YEAR)
    await dies(desk.home.settings, WARNING, desk.now)
    desk.home.sandbox.clock.advance(20 * DAY)
    await desk.home.start()
    await desk.jobs()
    assert await desk.sent("Kofi") == ["sheet-expires"]
    await desk.passes(29 * DAY)
    assert await desk.sheet(sheet) is not None, "thirty days from the notice that came, not from the one that did not"
    await desk.passes(2 * DAY)
    assert await desk.sheet(sheet) is None
    assert await desk.sent("Kofi") == ["sheet-expires"]
