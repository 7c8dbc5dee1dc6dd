"""429 in every shape: whoever was throttled waits as long as was asked, nobody else does; see faults/platforms.py."""

from __future__ import annotations

import pytest

from faults._town import settle
from faults.platforms import CALLS, MOMENT, own_pace, storm
from tests.kit.house import House


@pytest.mark.parametrize(("told", "waits"), [("3600", 3600.0), ("", 30.0), ("2.5", 2.5)])
async def test_who_is_throttled_waits_and_nobody_else_does(home: House, platform: str, told: str, waits: float) -> None:
    town = await settle(home, MOMENT, spaces=3, each=2, platforms=[platform])
    await storm(town, platform, told, waits, times=1)


async def test_a_peak_on_discord_stays_below_its_limits_by_itself() -> None:
    found = await own_pace(4, 15)
    assert (found.throttled, found.invalid) == (0, 0)
    assert CALLS["discord"] < found.messages
