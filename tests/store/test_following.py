"""When time asks how a talk was: by the calendar of whoever named its day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from store import following as steps


@pytest.mark.parametrize(
    ("zone", "now", "on", "asked"),
    [
        ("America/Los_Angeles", "2026-11-24T01:00", "2026-11-23", "2026-11-24T18:00"),
        ("America/Los_Angeles", "2026-11-24T01:00", "2026-11-24", "2026-11-25T18:00"),
        ("Pacific/Auckland", "2026-11-23T20:00", "2026-11-24", "2026-11-24T21:00"),
        ("Pacific/Auckland", "2026-11-23T20:00", "2026-11-30", "2026-11-30T21:00"),
        ("Europe/London", "2026-11-23T20:00", "2026-11-27", "2026-11-28T10:00"),
    ],
)
def test_how_a_talk_was_is_asked_at_ten_on_the_day_after_it(zone: str, now: str, on: str, asked: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    name, when = steps.day_known(at, date.fromisoformat(on), zone)
    assert (name, when) == (steps.HOW_WAS_IT, datetime.fromisoformat(asked).replace(tzinfo=UTC))
