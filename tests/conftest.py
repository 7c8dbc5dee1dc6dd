"""Fixtures every room may use."""

from __future__ import annotations

import zoneinfo
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from bot.collector import settle
from tests.kit import postgres
from tests.kit.house import House, house

zoneinfo.reset_tzpath(())  # as `python -m bot` does, before anything reads a zone


def pytest_collection_finish() -> None:
    """Thousands of collected tests are what the collector would look through again and again, a third of a second each
    time and with the loop standing still. The bot settles its collector as well, once it is started."""
    settle()


@pytest.fixture(params=["slack", "discord"])
def platform(request: pytest.FixtureRequest) -> str:
    """Each story is told on both platforms."""
    return str(request.param)


@pytest.fixture(scope="session")
def pg() -> Generator[postgres.Server]:
    """One PostgreSQL server for the whole run."""
    if reason := postgres.missing():
        postgres.skip_or_fail(reason)
    with postgres.server() as running:
        yield running


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    """The sandbox and the real bot in it, both platforms connected."""
    async with house(tmp_path) as running:
        yield running
