"""Conversations for several: opened below the platform's ceiling, and not where it asked for quiet."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from chat.platform import GATHERINGS, OpensGroupChat
from sandbox.world import Fault
from scheduler.jobs import introduce_pairs
from scheduler.pacer import Pacer
from store import following as steps
from tests.kit.house import House
from tests.scheduler.matchmaking import THREADS, Match

OPENING = {"slack": "conversations.open", "discord": f"POST /channels/{THREADS}/threads"}


@pytest.fixture
def match(home: House, platform: str) -> Match:
    """On this platform."""
    return Match(home, platform)


async def _agreed(match: Match) -> None:
    """Kofi has said yes, and nobody has been introduced yet."""
    await match.begin()
    now = match.home.sandbox.clock.now()
    for_both = 9  # our look and the house's own may meet
    storm = Fault(OPENING[match.platform], "rate_limit", times=for_both, seconds=600)
    match.home.worlds[match.platform].faults().add(storm)
    talk = await match.talk("Ada")
    async with match.rooms.store.begin() as tx:
        await tx.proposals.accept(match.someone("Kofi"), talk.id, now, next=steps.accepted(now))
    await introduce_pairs.run(match.rooms)


async def _resting(match: Match, scope: str, now: datetime) -> tuple[datetime, str]:
    """Until when, and why; the house's own look may still be the one that is told."""
    for _ in range(400):
        async with match.rooms.store.begin() as tx:
            if found := (await tx.claims.resting(now)).get(scope):
                return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"{scope} does not rest")


async def test_who_asks_for_quiet_there_gets_it_also_after_a_restart_and_letters_go_on(match: Match) -> None:
    await _agreed(match)
    now, space = match.home.sandbox.clock.now(), match.someone("Ada").space
    until, _ = await _resting(match, f"{space.key}{GATHERINGS}", now)
    async with match.rooms.store.begin() as tx:
        assert await tx.claims.rests_for(space, now) is None, "only conversations rest, not what is written to people"
    assert until - now >= timedelta(seconds=600)
    await match.home.restart()
    match.home.worlds[match.platform].faults().clear()
    match.home.worlds[match.platform].faults().add(Fault(OPENING[match.platform], "drop"))  # whoever asks loses
    for _ in range(5):
        match.home.sandbox.clock.advance(timedelta(minutes=1, seconds=30))
        await introduce_pairs.run(match.rooms)
    assert (await match.talk("Ada")).state == "accepted"
    assert len(match.home.worlds[match.platform].faults().pending()) == 1, "nothing was asked while it rested"
    match.home.worlds[match.platform].faults().clear()
    await match.passes(timedelta(minutes=4))
    assert (await match.talk("Ada")).state == "introduced"
    assert await match.names("Ada") == ["intro"]


async def test_no_more_are_opened_at_once_than_the_platform_takes(home: House, platform: str) -> None:
    match = Match(home, platform)
    opens = match.rooms.platforms[platform]
    assert isinstance(opens, OpensGroupChat)
    paces = opens.gathering_paces(match.someone("Ada").space)
    pacer, opened = Pacer(match.rooms.platforms), 0
    while pacer.has_turn(paces):
        await pacer.turns(paces)
        opened += 1
    narrowest = paces[-1][1]
    assert opened == narrowest.burst
    assert 60 * narrowest.per_second + narrowest.burst < 50, "Slack takes fifty a minute"
    assert Pacer(match.rooms.platforms, enabled=False).has_turn(paces)
