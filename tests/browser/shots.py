"""Pictures for the documents, and the looks the tests compare with: `make screenshots`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.compare import look
from tests.browser.gallery import SLACK_PLACE, gallery
from tests.browser.test_first_morning import DESKTOP, PHONE, half, opened, opt_in
from tests.browser.test_look import LOOKS, Scheme, at_rest
from tests.kit.browser import chromium
from tests.kit.house import house

FOLDER = Path(__file__).parents[2] / "docs" / "images"
SHOTS: tuple[tuple[str, Scheme, dict[str, int]], ...] = (
    ("desktop-light", "light", DESKTOP),
    ("desktop-dark", "dark", DESKTOP),
    ("phone", "light", PHONE),
)


async def first_morning(browser: Browser, folder: Path) -> None:
    """Both platforms opted in; the morning's step has come."""
    async with house(folder) as home:
        page, _ = await opened(browser, home, DESKTOP)
        for platform in ("slack", "discord"):
            await opt_in(page, platform)
        await page.get_by_role("button", name="next morning").click()
        await half(page, "slack").locator(".badge").wait_for()
        for name, scheme, size in SHOTS:
            page, _ = await opened(browser, home, size)
            await page.emulate_media(color_scheme=scheme)
            await half(page, "slack").locator('[data-kind="dm"]').click()
            await half(page, "discord").locator(".log h2, .log h3").first.wait_for()
            await page.wait_for_timeout(400)
            await page.screenshot(path=FOLDER / f"{name}.png")


async def trouble(browser: Browser) -> None:
    """A thread, an armed fault, a timeline with problems; on the other side a form."""
    async with gallery() as full:
        page = await at_rest(browser, full.sandbox.url, DESKTOP, "light")
        slack, discord = half(page, "slack"), half(page, "discord")
        for kind in ("rate_limit", "lose"):
            await slack.get_by_role("button", name="Make trouble").click()
            await slack.get_by_label("what happens").select_option(kind)
            await slack.get_by_role("button", name="Add this fault").click()
            await slack.get_by_role("button", name="Make trouble").click()
        await full.web.slack("chat.postMessage", channel=SLACK_PLACE, text="x")
        await slack.get_by_role("button", name="1 reply").click()
        await slack.get_by_role("button", name="Deliveries and faults").click()
        await discord.get_by_role("combobox", name="Message on").fill("/form ")
        await discord.get_by_role("combobox", name="Message on").press_sequentially("c")
        await page.wait_for_timeout(500)
        await page.screenshot(path=FOLDER / "sandbox-trouble.png")


async def looks(browser: Browser) -> None:
    """What `test_look.py` compares with."""
    async with gallery() as full:
        for name, size, scheme in LOOKS:
            (await look(await at_rest(browser, full.sandbox.url, size, scheme))).keep(name)


async def main() -> None:
    """All of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with chromium() as browser:
            await first_morning(browser, Path(folder))
            await trouble(browser)
            await looks(browser)


if __name__ == "__main__":
    asyncio.run(main())
