"""Cases 7 to 10: platforms that throttle, refuse, revoke a token, or close their doors."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.discord import errors as discord
from bot.slack import errors as slack
from faults._town import OPEN, POST, Inhabitant, Town, settle
from sandbox.world import Fault
from tests.kit.house import START, house
from tests.kit.waiting import until

MOMENT = START + timedelta(minutes=1)
PLATFORMS = ("slack", "discord")
TOLD: tuple[tuple[str, float], ...] = (
    ("0", 1.0), ("1", 1.0), ("2.5", 2.5), ("3600", 3600.0), ("", 30.0), ("soon", 30.0), ("-7", 1.0), ("nan", 30.0),
)  # fmt: skip
"""(Retry-After as the platform sends it, seconds to wait at least); "" is none at all."""
BUSY = 0.5  # seconds in which what was under way at a refusal may still arrive


@asynccontextmanager
async def town(
    spaces: int = 2,
    each: int = 3,
    platforms: Iterable[str] = PLATFORMS,
    opened: Callable[[int], bool] = lambda _: True,
    moments: Callable[[int], timedelta] = lambda _: timedelta(0),
) -> AsyncGenerator[Town]:
    """A house in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        async with house(Path(folder)) as home:
            yield await settle(
                home, MOMENT, spaces=spaces, each=each, platforms=platforms, opened=opened, moments=moments
            )


def match(platform: str, one: Inhabitant) -> str:
    """What a fault must match to hit whatever is meant for this person: their workspace, or their conversation."""
    return f"{POST['slack']} {one.person.space.id}" if platform == "slack" else f"/channels/{one.place}/messages"


async def storm(home: Town, platform: str, told: str, waits: float, *, times: int = 2) -> list[float]:
    """One space is throttled again and again. Gives back, for everybody else, the seconds from the moment on. `home` is
    frozen just before the moment."""
    space = home.spaces(platform)[0]
    throttled, others = home.of(space), [one for one in home.people[platform] if one.person.space != space]
    for target in dict.fromkeys(match(platform, one) for one in throttled):
        home.world(platform).faults().add(Fault(target, "rate_limit", times=times, retry_after=told))
    home.home.sandbox.clock.set(MOMENT)
    began = time.monotonic()
    await until(lambda: home.count(platform, others)[1] == len(others), "the others' messages", 30)
    delays = [entry["monotonic"] - began for one in others for entry in home.posts(platform)[one.place]]
    for _ in range(12):
        if not home.world(platform).faults().pending() and home.count(platform, throttled)[1] == len(throttled):
            break
        await asyncio.sleep(BUSY)
        asked = len(home.log(platform, [POST[platform]]))
        home.home.sandbox.clock.advance(timedelta(seconds=waits - 0.9))
        await asyncio.sleep(0.4)
        early = len(home.log(platform, [POST[platform]])) - asked
        pending = bool(home.world(platform).faults().pending())
        assert early == 0 or not pending, f"{early} requests came before a Retry-After of {told!r} was over"
        home.home.sandbox.clock.advance(timedelta(seconds=1.5))
        await asyncio.sleep(0.4)
    await until(lambda: home.count(platform, throttled)[1] == len(throttled), "those who were throttled", 20)
    assert home.count(platform) == {1: len(home.people[platform])}, "one each"
    return delays


async def throttled() -> dict[str, Any]:
    """7: 429 with every Retry-After one may meet, one space after the other, twice in a row."""
    figures: dict[str, Any] = {}
    for platform in PLATFORMS:
        delays: list[float] = []
        for told, waits in TOLD:
            async with town(spaces=6, each=3, platforms=[platform]) as home:
                delays += await storm(home, platform, told, waits)
        p99 = statistics.quantiles(delays, n=100)[98]
        figures[f"{platform}: others' delay, p99 of {len(delays)}, s"] = round(p99, 2)
        assert p99 < 2, figures
    return figures | {"kinds of Retry-After": len(TOLD), "early": 0, "lost": 0, "twice": 0}


@dataclass(frozen=True, slots=True)
class Refusals:
    """What Discord counted of our requests; seconds until everybody had theirs whose conversation existed, and all."""

    messages: int
    throttled: int
    invalid: int
    known_after: float
    all_after: float


async def own_pace(guilds: int, each: int, opened: Callable[[int], bool] = lambda _: True) -> Refusals:
    """A peak on Discord with its limits on; the hashes of its buckets change all the time. With pacing as in production
    the bot is to stay below all of them by itself. Conversations that are not `opened` are opened first."""
    async with town(spaces=guilds, each=each, platforms=["discord"], opened=opened) as home:
        world, clock = home.home.sandbox.discord, home.home.sandbox.clock
        places = {one.place for one in home.people["discord"] if one.place}
        clock.set(MOMENT)
        clock.run(1.0)
        began, total, known_after = time.monotonic(), guilds * each, 0.0
        while len(posts := home.posts("discord")) < total:
            known_after = known_after or (places <= set(posts)) * (time.monotonic() - began)
            world.rates.hashes = str(time.monotonic())
            await asyncio.sleep(0.2)
            assert time.monotonic() - began < 180, f"{len(posts)} of {total}"
        took = time.monotonic() - began
        assert all(len(messages) == 1 for messages in home.posts("discord").values())
        log = home.log("discord")
        limited = sum("limited" in str(e["error"]) for e in log)
        refused = sum(str(e["error"]).partition(" ")[0] in {"401", "403", "40003", "50007"} for e in log)
        return Refusals(total, limited, limited + refused, round(known_after or took, 1), round(took, 1))


async def below_the_ceiling() -> dict[str, Any]:
    """8: fifty a second for the bot and buckets whose hash changes; then with conversations to be opened among them."""
    known = await own_pace(20, 30)
    mixed = await own_pace(4, 20, opened=lambda n: n % 2 > 0)
    for found in (known, mixed):
        assert found.throttled <= 1, found
        assert found.invalid < 100, found
    return {"messages": known.messages, "429s": known.throttled, "invalid": known.invalid, "took, s": known.all_after,
            "with 40 openings: 429s": mixed.throttled, "invalid of them": mixed.invalid,
            "known conversations after, s": mixed.known_after, "all after, s": mixed.all_after}  # fmt: skip


async def revoke(home: Town, platform: str, code: str, *, rejoin: bool) -> int:
    """A token dies in the middle of the day; gives back how often it was tried. `home` is frozen just before the moment
    and stays so with everything sent. The token works again: after the park, or (`rejoin`) at a new start."""
    space = home.spaces(platform)[0]
    told = POST[platform] if platform == "discord" else f"{POST[platform]} {space.id}"
    dead = home.of(space) if platform == "slack" else home.people[platform]
    alive = [one for other in PLATFORMS for one in home.people[other] if one not in dead]
    faults = home.world(platform).faults()
    faults.add(Fault("/messages" if platform == "discord" else told, "refuse", times=1_000, status=401, code=code))
    home.home.sandbox.clock.set(MOMENT)
    await until(lambda: all(home.posts(a.person.space.platform).get(a.place) for a in alive), "the others", 20)
    await asyncio.sleep(1.0)
    await home.step(timedelta(minutes=50), timedelta(minutes=10), 0.2)
    calls = 1_000 - faults.pending()[0].times
    scope = space.key if platform == "slack" else platform
    assert (await home.resting())[scope][1] == f"revoked:{code if platform == 'slack' or int(code) else 'http 401'}"
    assert not any(home.posts(platform).get(one.place) for one in dead)
    faults.clear()
    if rejoin:
        await home.home.restart()
    else:
        await home.step(timedelta(minutes=11), timedelta(minutes=1), 0.2)
    await until(lambda: home.count(platform, dead)[1] == len(dead), "those whose token works again", 20)
    assert home.count(platform) == {1: len(home.people[platform])}
    return calls


REVOKED = {"slack": ("invalid_auth", "token_revoked", "account_inactive", "token_expired"), "discord": ("0", "40001")}
CALLS = {"slack": 3, "discord": 8}  # at most, until it is known


async def revoked() -> dict[str, Any]:
    """9: tokens that die."""
    figures: dict[str, Any] = {}
    for platform in PLATFORMS:
        for number, code in enumerate(REVOKED[platform]):
            async with town(spaces=3, each=12) as home:
                calls = await revoke(home, platform, code, rejoin=bool(number % 2))
                assert calls <= CALLS[platform], f"{calls} calls after {code}"
                figures[f"{platform} {code}: calls"] = calls
    return figures


CLOSED: dict[str, tuple[str, ...]] = {
    "slack": tuple(sorted(slack.UNREACHABLE)),
    "discord": tuple(str(code) for code in sorted(discord.UNREACHABLE)),
}
"""Every code by which a platform says that a person cannot be written to."""


async def closed(home: Town, platform: str) -> None:
    """Each of as many people as there are codes is met by one of them. `home` is frozen just before the moment."""
    people, faults = home.people[platform], home.world(platform).faults()
    codes = CLOSED[platform][: len(people)]
    where = POST["slack"] if platform == "slack" else "/messages"
    for code in codes:
        faults.add(Fault(where, "refuse", status=403, code=code))
    home.home.sandbox.clock.set(MOMENT)
    await until(lambda: not faults.pending(), "every code was met", 20)
    await asyncio.sleep(BUSY)
    asked = len(home.log(platform, [POST[platform], OPEN[platform]]))
    met: list[str] = []
    for one in people:
        (row,) = await home.rows(one)
        if row.state == "sent":  # there are more people than codes
            continue
        met.append(str(row.error))
        async with home.store.begin() as tx:
            member, nudge = await tx.members.get(one.person), await tx.nudges.get(one.person)
        assert member is not None
        assert nudge is not None
        assert (row.state, member.reachable, nudge.next_at) == ("dead", False, None), row.error
    assert sorted(met) == sorted(codes)
    told = len(people) - len(met)
    await home.step(timedelta(days=2), timedelta(hours=6), 0.1)
    again = len(home.log(platform, [POST[platform], OPEN[platform]])) - asked
    assert again <= 2 * told, f"{again} requests in two days, for {told} who can be reached"


async def openings(home: Town, *, restart: bool) -> int:
    """40003: Discord wants no new conversations. The first of each space has none yet; the others are known, some have
    their moment five minutes later. Gives back how many were tried before the halt was known."""
    new = [one for one in home.people["discord"] if not one.place]
    known = [one for one in home.people["discord"] if one.place]
    faults = home.world("discord").faults()
    faults.add(Fault("/users/@me/channels", "refuse", times=100, status=403, code="40003"))
    home.home.sandbox.clock.set(MOMENT)
    await until(lambda: home.log("discord", [OPEN["discord"]]), "the first opening", 20)
    await asyncio.sleep(BUSY)
    tried = len(home.log("discord", [OPEN["discord"]]))
    await home.step(timedelta(minutes=5), timedelta(minutes=1), 0.15)
    if restart:
        await home.home.restart()
    await home.step(timedelta(minutes=4, seconds=50), timedelta(seconds=30), 0.1)
    await until(lambda: home.count("discord", known)[1] == len(known), "those we know", 20)
    assert len(home.log("discord", [OPEN["discord"]])) == tried, "none for ten minutes"
    faults.clear()
    await home.step(timedelta(seconds=30), timedelta(seconds=5), 0.2)
    for _ in range(20):  # a few at a time
        if len(home.posts("discord")) == len(known) + len(new):
            break
        await home.step(timedelta(seconds=12), timedelta(seconds=3), 0.1)
    assert len(home.posts("discord")) == len(known) + len(new)
    assert all(len(posts) == 1 for posts in home.posts("discord").values())
    return tried


async def unreachable() -> dict[str, Any]:
    """10: every code of both platforms; and the one that halts all openings."""
    figures: dict[str, Any] = {}
    for platform in PLATFORMS:
        each = -(-len(CLOSED[platform]) // 2)
        async with town(spaces=2 if platform == "slack" else 1, each=each if platform == "slack" else 5,
                        platforms=[platform]) as home:  # fmt: skip
            await closed(home, platform)
        figures[f"{platform}: codes"] = len(CLOSED[platform])
    for restart in (False, True):
        async with town(
            spaces=4, each=4, platforms=["discord"], opened=lambda n: n > 0,
            moments=lambda n: timedelta(minutes=5 * (n == 2)),
        ) as home:  # fmt: skip
            figures[f"openings tried before the halt{', restarted' if restart else ''}"] = await openings(
                home, restart=restart
            )
    return figures


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {
    7: throttled, 8: below_the_ceiling, 9: revoked, 10: unreachable,
}  # fmt: skip
