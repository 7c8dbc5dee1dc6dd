"""Fixtures every room may use."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.kit.house import House, house


@pytest.fixture(params=["slack", "discord"])
def platform(request: pytest.FixtureRequest) -> str:
    """Each story is told on both platforms."""
    return str(request.param)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    """The sandbox and the real bot in it, both platforms connected."""
    async with house(tmp_path) as running:
        yield running
