"""A bot that is killed at every point between a wish and an introduction: each letter comes once all the same."""

from __future__ import annotations

import ast
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.failpoints import DELIVERY, MATCHING, POINTS
from scheduler.introducing import LEASE
from store import Keyring, Tx, open_store
from store import following as steps
from store.programmes import Programme
from tests.kit.house import House
from tests.kit.mortal_clock import dies
from tests.scheduler.matchmaking import DAY, THREADS, Match


@pytest.fixture
def match(home: House) -> Match:
    """One platform for each database: a death takes its seconds."""
    assert home.app is not None
    return Match(home, "slack" if home.app.store.dialect == "sqlite" else "discord")


@asynccontextmanager
async def _asleep(match: Match) -> AsyncGenerator[Tx]:
    """No bot is up: one transaction of whoever writes meanwhile, then the house's people alone."""
    await match.home.stop()
    store = await open_store(match.home.settings.database, keyring=Keyring.parse(match.home.settings.keys))
    async with store.begin() as tx:
        yield tx
    await store.close()


async def _killed(match: Match, *points: str) -> None:
    """A bot is killed at the first of these, the next at the second; then one comes up that lives, and goes on."""
    for point in points:
        await dies(match.home.settings, point, match.home.sandbox.clock.now())
        match.home.sandbox.clock.advance(LEASE)  # nobody waits longer for who has died
    await match.home.start()
    await match.jobs()


async def _letters(match: Match) -> list[str]:
    """What went to Ada and Kofi; nothing of it is under way, in doubt or given up."""
    rows = [(name, row) for name in ("Ada", "Kofi") for row in await match.letters(name)]
    assert {row.state for _, row in rows} <= {"sent"}
    return [f"{name}: {row.subject.partition(' ')[0]}" for name, row in rows]


async def _seats(match: Match) -> tuple[str, str, int]:
    """Where their one introduction and Ada's search stand, and how many seats of two Kofi has left."""
    (talk,) = await match.talks("Ada")
    async with match.rooms.store.begin() as tx:
        left = await tx.hosts.seats_left(match.someone("Kofi"), match.home.sandbox.clock.now())
    return talk.state, (await match.seeker("Ada")).state, left


async def test_killed_at_every_point_of_an_introduction_every_letter_comes_once(match: Match) -> None:
    now = match.home.sandbox.clock.now()
    await match.hosts("Kofi", capacity=2)
    await match.seeks("Ada", state="off")
    async with _asleep(match) as tx:
        ada = await tx.seekers.get(match.someone("Ada"))
        assert ada is not None
        await tx.seekers.save(replace(ada, state="open"), now)
        programme = Programme(space=ada.person.space, name="interviews", zone="UTC", state="on", place=THREADS)
        await tx.programmes.save(programme, now)

    await _killed(match, "asking")
    assert (await _letters(match), await _seats(match)) == (["Kofi: ask-host"], ("proposed", "matched", 1))

    async with _asleep(match):
        match.home.sandbox.clock.advance(3 * DAY)
    await _killed(match, "following")
    assert (await _letters(match), await _seats(match)) == (
        ["Kofi: ask-host", "Kofi: host-reminder"], ("proposed", "matched", 1),
    )  # fmt: skip

    now, talk = match.home.sandbox.clock.now(), await match.talk("Ada")
    async with _asleep(match) as tx:
        await tx.proposals.accept(match.someone("Kofi"), talk.id, now, next=steps.accepted(now))
    await _killed(match, "gathered", "introducing")
    assert await _seats(match) == ("introduced", "matched", 1)
    assert await _letters(match) == ["Ada: intro", "Kofi: ask-host", "Kofi: host-reminder"]
    for name in ("Ada", "Kofi"):
        (room,) = match.life(name).person.groups()
        assert room.id == (await match.talk("Ada")).place
        told = [seen for seen in match.life(name).person.inside(room.id) if "Ada, meet Kofi" in seen.text]
        assert len(told) == 1, "one conversation, and one introduction in it"


def test_every_point_of_the_house_is_on_the_list() -> None:
    passed = {
        node.args[0].value
        for path in (Path(__file__).parent.parent.parent / "scheduler").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "point"
        and node.args and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    assert passed <= set(POINTS)
    assert set(DELIVERY) <= passed
    assert not set(DELIVERY) & set(MATCHING)
