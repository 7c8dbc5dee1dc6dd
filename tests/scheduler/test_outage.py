"""A platform is away for hours: back within a minute, no burst of stale messages, nobody twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from faults._town import settle
from faults.outages import HALF, outage
from faults.platforms import MOMENT
from tests.kit.house import House


@pytest.mark.parametrize("status", [503, 500])
async def test_after_six_hours_only_what_is_not_late_is_sent(home: House, platform: str, status: int) -> None:
    town = await settle(home, MOMENT, spaces=1, each=14, platforms=[platform], moments=lambda n: HALF * n)
    found = await outage(town, platform, 6.25, status=status, by=timedelta(minutes=15))
    assert found.first <= 60
    if platform == "slack" and status == 500:  # each try may have arrived, and Slack cannot be asked
        assert found.unknown > 0
    else:
        assert (found.sent, found.due, found.unknown) == (6, 6, 0)
        assert found.stale == 7
