"""The demo's people in a sandbox whose clock stands still, and a raw HTTP client."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox.demo import populate
from sandbox.server import Sandbox
from tests.kit.openapi import Conformance
from tests.sandbox.raw import Web

START = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    """No bot is connected."""
    described = Conformance()
    async with Sandbox(START, frozen=True) as running:
        populate(running)
        running.discord.exchanges.append(described.heard)
        yield running
    described.check()


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncGenerator[Web]:
    """Says anything to either platform."""
    async with aiohttp.ClientSession() as session:
        yield Web(sandbox, session)
