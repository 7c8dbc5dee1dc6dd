"""A populated sandbox on the wall clock, because bolt refuses signatures from another day; no bot of ours in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from sandbox.demo import populate
from sandbox.server import Sandbox
from tests.conformance.node import Unavailable, modules
from tests.kit.openapi import Conformance
from tests.kit.postgres import skip_or_fail


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    """The demo's people, once the JavaScript modules are there."""
    try:
        await asyncio.to_thread(modules)
    except Unavailable as error:
        skip_or_fail(str(error))
    described = Conformance()
    async with Sandbox() as running:
        populate(running)
        running.discord.exchanges.append(described.heard)
        yield running
    described.check()
