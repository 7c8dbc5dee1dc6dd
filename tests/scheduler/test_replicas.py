"""Two whole bots on one PostgreSQL: each step once, each press once, and one goes on when the other dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, build
from tests.acceptance.steps import go_to, nudges, opt_in, steps
from tests.kit import migrated, postgres
from tests.kit.house import House, house, shipped, until


@pytest.fixture
async def home(pg: postgres.Server, tmp_path: Path) -> AsyncGenerator[House]:
    """A house on PostgreSQL."""
    async with house(tmp_path, changes={"database": await migrated.postgres(pg)}) as running:
        yield running


@pytest.fixture
async def twin(home: House) -> AsyncGenerator[App]:
    """A second process's whole bot on the same database and platforms."""
    from commands._registry import load

    app = await build(home.settings, home.sandbox.clock, load(), shipped())
    await app.start()
    yield app
    await app.stop()


async def test_each_step_comes_once_and_each_press_counts_once(home: House, twin: App, platform: str) -> None:
    ada, kofi, sam = people = [home.person(platform, name) for name in ("Ada", "Kofi", "Sam")]
    for person in people:
        await opt_in(person)
    await go_to(home, ada, 8, 30)  # London, and Accra the same minute
    await ada.press(await nudges(ada, 1), "Done")
    await kofi.press(await nudges(kofi, 1), "Done")
    await go_to(home, sam, 8, 30)  # Los Angeles, eight hours later
    await sam.press(await nudges(sam, 1), "Done")
    home.sandbox.clock.advance(timedelta(hours=2))
    await asyncio.sleep(1.0)  # both processes tick several times
    assert [len(steps(person)) for person in people] == [1, 1, 1]
    await until(lambda: all("1 day shown up" in person.dms()[-1].text for person in people), "each counted once")
    await ada.type("/help")
    await asyncio.sleep(0.5)
    assert sum("One tiny step a day" in seen.text for seen in ada.here()) == 1, "one of the two answers"


async def test_one_process_goes_on_alone(home: House, twin: App, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await home.stop()
    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 1)
    await ada.press(step, "Done")
    await until(lambda: "1 day shown up" in ada.dms()[-1].text, "the other process answers")
