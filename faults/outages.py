"""Case 22: a platform is away for six hours and comes back; what became of everybody's message."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from faults._town import POST, Inhabitant, Town
from faults.platforms import BUSY, MOMENT, PLATFORMS, town
from sandbox.world import Fault

HALF = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What an outage did. `first`: seconds from the return to the first message; `due` those still in time then."""

    first: float
    due: int
    sent: int
    stale: int
    unknown: int


async def outage(home: Town, platform: str, hours: float, *, status: int, by: timedelta) -> Aftermath:
    """The platform answers every request with `status` from before the first moment on; then it is back. Everybody's
    moment is half an hour after that of the one before. Whoever is at most three hours late then gets the message."""
    faults, clock = home.world(platform).faults(), home.home.sandbox.clock
    faults.add(Fault(POST[platform] if platform == "slack" else "/", "status", times=1_000_000, status=status))
    clock.set(MOMENT)
    await home.step(timedelta(hours=hours), by, 0.04)
    await asyncio.sleep(BUSY)
    assert not home.posts(platform)
    faults.clear()
    back = home.now
    while not home.posts(platform) and home.now - back < timedelta(seconds=60):
        clock.advance(timedelta(seconds=5))
        await asyncio.sleep(0.3)
    first = (home.now - back).total_seconds()
    moment = {one.person: MOMENT + HALF * n for space in home.spaces(platform) for n, one in enumerate(home.of(space))}
    missed = [one for one in home.people[platform] if moment[one.person] <= back]
    wanted = [one for one in missed if back - moment[one.person] < timedelta(hours=3) and 8 <= back.hour < 21]
    states: dict[str, list[Inhabitant]] = {}
    for _ in range(60):
        states = {}
        for one in missed:
            rows = [row for row in await home.rows(one) if row.kind == "prompt"]
            states.setdefault(rows[0].state, []).append(one)
        if not {"planned", "retry", "claimed"} & set(states):
            break
        await home.step(timedelta(seconds=5), timedelta(seconds=5), 0.2)
    sent, stale, unknown = (states.get(name, []) for name in ("sent", "skipped_late", "ambiguous"))
    assert set(states) <= {"sent", "skipped_late", "ambiguous"}, states.keys()
    assert {one.person for one in sent} | {one.person for one in unknown} >= {one.person for one in wanted}
    assert {one.person for one in sent} <= {one.person for one in wanted}, "a stale one was sent"
    posts = home.posts(platform)
    assert {one.place for one in sent} == set(posts), "the ledger and the platform agree"
    assert all(len(messages) == 1 for messages in posts.values()), "nobody twice"
    return Aftermath(first, len(wanted), len(sent), len(stale), len(unknown))


async def outages() -> dict[str, Any]:
    """22: six hours away; 503 (surely not accepted) and 500 (nobody knows); one that ends at night."""
    figures: dict[str, Any] = {}
    for platform in PLATFORMS:
        for status, hours in ((503, 6.25), (500, 6.25), (503, 9.25)):
            async with town(spaces=2, each=18, platforms=[platform], moments=lambda n: HALF * n) as home:
                found = await outage(home, platform, hours, status=status, by=timedelta(minutes=1))
                if found.due:
                    assert found.first <= 60, found
                else:
                    assert not found.sent, found
                figures[f"{platform}, {status} for {hours} h"] = (
                    f"first after {found.first:.0f} s, {found.sent} of {found.due} sent, {found.stale} skipped late, "
                    f"{found.unknown} unknown"
                )
    return figures


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {22: outages}
