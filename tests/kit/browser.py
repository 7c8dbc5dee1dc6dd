"""Debian's Chromium, headless, driven by Playwright; skipped loudly without it, an error in CI."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright, expect

from tests.kit.postgres import skip_or_fail

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds: the first page after an installation builds the fonts' cache


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """A browser, closed at the end."""
    path = shutil.which("chromium")
    if path is None:
        skip_or_fail("Chromium is not installed: `apt-get install chromium`, or run `make test` as root")
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()
