"""Both platforms go away and come back, on a loop whose waiting costs nothing; hours of it are `make faults`."""

from __future__ import annotations

from faults.connections import outage
from faults.gateway import crash_loop


async def test_after_an_outage_both_are_back_within_a_minute() -> None:
    assert (await outage(900.0))["IDENTIFYs"] <= 2


async def test_a_restart_every_hour_never_waits_but_leaves_the_last_hundred_starts_alone() -> None:
    assert (await crash_loop(starts=24))["IDENTIFYs"] == 24
