"""The page looks as it looked when somebody last looked: `make screenshots` takes the pictures anew, read them then."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Literal

import pytest
from playwright.async_api import Browser, Page

from tests.browser.compare import FOLDER, differences, kept, look
from tests.browser.gallery import gallery
from tests.browser.test_first_morning import DESKTOP, PHONE, half
from tests.kit.browser import chromium, watched

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[str, dict[str, int], Scheme]] = [
    ("desktop-light", DESKTOP, "light"), ("desktop-dark", DESKTOP, "dark"), ("phone-light", PHONE, "light"),
]  # fmt: skip


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A headless Chromium."""
    async with chromium() as running:
        yield running


async def at_rest(browser: Browser, url: str, size: dict[str, int], scheme: Scheme) -> Page:
    """The page, both worlds drawn and read from the top."""
    page, _ = await watched(browser, url, size)
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for platform in ("slack", "discord"):
        await half(page, platform).locator(".log article").first.wait_for()
        await half(page, platform).locator(".log").evaluate("(log) => { log.scrollTop = 0; }")
    await page.wait_for_timeout(400)
    return page


@pytest.mark.parametrize(("name", "size", "scheme"), LOOKS, ids=[one[0] for one in LOOKS])
async def test_it_looks_as_it_did(browser: Browser, name: str, size: dict[str, int], scheme: Scheme) -> None:
    async with gallery() as full:
        seen = await look(await at_rest(browser, full.sandbox.url, size, scheme))
    told = await differences(await browser.new_page(), kept(name), seen)
    if told:
        (FOLDER / f"{name}.seen.png").write_bytes(seen.picture)
    assert told == [], f"see {name}.png and {name}.seen.png in {FOLDER.name}; `make screenshots` keeps the new look"


ROOMS = "document.querySelector('section.slack nav')"
CHANGES = {
    "an emptied log": "document.querySelector('section.discord .log').replaceChildren()",
    "missing rooms": f"{ROOMS}.style.display = 'none'",
    "missing words": f"{ROOMS}.replaceChildren()",
    "another palette": "document.querySelector('section.slack header').style.background = '#611f69'",
    "a moved box": "document.querySelector('section.discord form:has([role=combobox])').style.translate = '0 -300px'",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_another_look_is_noticed(browser: Browser, change: str) -> None:
    async with gallery() as full:
        page = await at_rest(browser, full.sandbox.url, DESKTOP, "light")
        before = await look(page)
        await page.evaluate(CHANGES[change])
        assert await differences(await browser.new_page(), before, await look(page)) != []


@pytest.mark.parametrize("font", ["serif", "monospace", "Noto Sans CJK SC"])
async def test_another_font_is_not(browser: Browser, font: str) -> None:
    async with gallery() as full:
        page = await at_rest(browser, full.sandbox.url, DESKTOP, "light")
        before = await look(page)
        await page.evaluate(f"document.body.style.fontFamily = {font!r}")
        assert await differences(await browser.new_page(), before, await look(page)) == []
