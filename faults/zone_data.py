"""Case 27: the zone data changes under members with moments to come. Two processes, two folders of rules: the first
plans, is stopped, and the second goes on from what the first left, as after an update and a restart."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from chat.moment import Occurrence, Schedule
from scheduler.when import instant, next_of, replan
from scheduler.zone_data import zone_data_version

HOME = Path(__file__).parents[1]
CHANGES = {
    "Europe/London": "Europe/Berlin", "Europe/Berlin": "Atlantic/Azores", "America/New_York": "America/Bogota",
    "Asia/Kolkata": "Australia/Lord_Howe", "Pacific/Apia": "Pacific/Pago_Pago", "Pacific/Midway": "Pacific/Kiritimati",
    "Africa/Casablanca": "Africa/Abidjan",
}  # fmt: skip
"""The zone named first gets the rules of the second: an hour, a season, half an hour, a whole day either way."""
FIRST, CHANGED, LAST = (datetime(2027, 10, 1, tzinfo=UTC), datetime(2027, 10, 20, 7, tzinfo=UTC),
                        datetime(2027, 11, 20, tzinfo=UTC))  # fmt: skip
ATS = ("00:00", "02:30", "06:50", "08:30", "12:00", "23:59")


async def lived_through_updates() -> dict[str, float]:
    """Every nominal date once, before and after, and every instant by the rules of its time."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        for zone, other in CHANGES.items():
            _put(old, zone, zone)
            _put(new, zone, other)
        asked: dict[str, Any] = {"members": [[zone, at, None] for zone in CHANGES for at in ATS]}
        before = await _live(old, asked | {"from": FIRST.isoformat(), "until": CHANGED.isoformat()})
        asked["members"] = before["members"]
        after = await _live(new, asked | {"from": CHANGED.isoformat(), "until": LAST.isoformat()})
    assert before["version"] != after["version"]
    figures = {
        "members": len(before["members"]),
        "delivered": 0,
        "missed": 0,
        "double": 0,
        "moved": 0,
        "due at once": 0,
    }
    for one, other, left in zip(before["days"], after["days"], before["members"], strict=True):
        days = [date.fromisoformat(day) for day, _ in one + other]
        figures["delivered"] += len(days)
        figures["double"] += len(days) - len(set(days))
        figures["missed"] += (days[-1] - days[0]).days + 1 - len(set(days))
        figures["moved"] += other[0] != left[2]
        figures["due at once"] += datetime.fromisoformat(other[0][1]) <= CHANGED
    assert figures["missed"] == figures["double"] == 0, figures
    assert min(figures["moved"], figures["due at once"]) > 0, figures  # or the change was none
    assert before["drift"] == after["drift"] == 0
    return dict(figures)


def _put(folder: Path, zone: str, rules_of: str) -> None:
    target = folder / zone
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(resources.files("tzdata").joinpath("zoneinfo", *rules_of.split("/")).read_bytes())


async def _live(folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "faults.zone_data", cwd=HOME, env={"PYTHONTZPATH": str(folder)},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await process.communicate(json.dumps(asked).encode())
    assert process.returncode == 0
    return json.loads(told)


def _one(
    zone: str, at: str, planned: list[str] | None, start: datetime, end: datetime
) -> tuple[list[list[str]], list[str], float]:
    """A member's messages from `start` to `end`, the moment planned next, and how far the messages were off, in
    seconds, by the rules of this process."""
    schedule = Schedule(time.fromisoformat(at), zone)
    found = (
        replan([schedule], Occurrence(date.fromisoformat(planned[0]), datetime.fromisoformat(planned[1])))
        if planned
        else next_of([schedule], start)
    )
    days: list[list[str]] = []
    drift = 0.0
    while found.at < end:
        days.append(_told(found))
        drift = max(drift, abs((found.at - instant(schedule, found.day)).total_seconds()))
        found = next_of([schedule], max(start, found.at), first_day=found.day + timedelta(days=1))
    return days, _told(found), drift


def _told(occurrence: Occurrence) -> list[str]:
    return [occurrence.day.isoformat(), occurrence.at.isoformat()]


def _child(asked: dict[str, Any]) -> dict[str, Any]:
    start, end = datetime.fromisoformat(asked["from"]), datetime.fromisoformat(asked["until"])
    days: list[list[list[str]]] = []
    members: list[list[Any]] = []
    drifts: list[float] = []
    for zone, at, planned in asked["members"]:
        messages, following, drift = _one(zone, at, planned, start, end)
        days.append(messages)
        members.append([zone, at, following])
        drifts.append(drift)
    return {"days": days, "members": members, "drift": max(drifts), "version": zone_data_version()}


if __name__ == "__main__":
    print(json.dumps(_child(json.load(sys.stdin))))  # the other process reads it
