"""A token dies in the middle of the day: hardly asked again, everybody else is served, and it comes back by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.operating import answer, printed
from chat.event import SpaceJoined
from chat.nobody import Nobody
from chat.people import SpaceInfo
from faults._town import settle
from faults.platforms import CALLS, MOMENT, match, revoke
from sandbox.world import Fault
from tests.kit.house import House, until


@pytest.mark.parametrize("rejoin", [False, True], ids=["after its hour", "at a new start"])
async def test_a_dead_token_parks_what_it_served_until_it_works_again(home: House, platform: str, rejoin: bool) -> None:
    town = await settle(home, MOMENT, spaces=2, each=5)
    calls = await revoke(town, platform, {"slack": "invalid_auth", "discord": "0"}[platform], rejoin=rejoin)
    assert 1 <= calls <= CALLS[platform]


async def test_whoever_runs_the_bot_is_told_which_token_is_dead_and_joining_again_ends_it_at_once(home: House) -> None:
    town = await settle(home, MOMENT, spaces=2, each=2)
    space = town.spaces("slack")[0]
    faults = town.world("slack").faults()
    faults.add(Fault(match("slack", town.of(space)[0]), "refuse", times=100, code="token_revoked"))
    home.sandbox.clock.set(MOMENT)
    await until(lambda: len(town.posts("slack")) == 2, "the other workspace")
    for _ in range(100):
        if (await town.states()).get("retry") == 2:
            break
        await asyncio.sleep(0.05)
    assert home.app is not None
    told = "\n".join(printed(await answer(home.app.store, {}, town.now)))
    assert f"resting: {space.key} until" in told
    assert "(revoked:token_revoked)" in told
    faults.clear()
    await home.app._dispatcher(SpaceJoined(SpaceInfo(space, "Town")), Nobody())  # pyright: ignore[reportPrivateUsage]
    for _ in range(60):  # what the process remembers of the park follows the store within seconds
        if len(town.posts("slack")) == 4:
            break
        await town.step(timedelta(seconds=5), timedelta(seconds=5), 0.3)
    assert len(town.posts("slack")) == 4
    assert town.now - MOMENT < timedelta(minutes=5)


async def test_a_rest_a_platform_asked_for_is_not_ended_by_joining_again(home: House) -> None:
    town = await settle(home, MOMENT, spaces=1, each=1, platforms=["slack"])
    (one,) = town.people["slack"]
    town.world("slack").faults().add(Fault(match("slack", one), "rate_limit", seconds=600))
    home.sandbox.clock.set(MOMENT)
    await until(lambda: not town.world("slack").faults().pending(), "the 429")
    for _ in range(100):
        if one.person.space.key in await town.resting():
            break
        await asyncio.sleep(0.05)
    async with town.store.begin() as tx:
        assert not await tx.claims.unrest(one.person.space, town.now)
    assert one.person.space.key in await town.resting()
