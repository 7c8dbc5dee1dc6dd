"""Debian's Chromium, headless, driven by Playwright; skipped loudly without it, an error in CI."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.kit.postgres import skip_or_fail

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds: the first page after an installation builds the fonts' cache


async def watched(browser: Browser, url: str, size: dict[str, int]) -> tuple[Page, list[str]]:
    """A page at an address, and every error it ever logs."""
    page = await browser.new_page(viewport={"width": size["width"], "height": size["height"]})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    await page.goto(url)
    return page, errors


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
