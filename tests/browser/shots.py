"""Pictures for the documents: `make screenshots`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Literal

from tests.browser.test_first_morning import DESKTOP, PHONE, half, opened, opt_in
from tests.kit.browser import chromium
from tests.kit.house import house

FOLDER = Path(__file__).parents[2] / "docs" / "images"
SHOTS: tuple[tuple[str, Literal["light", "dark"], dict[str, int]], ...] = (
    ("desktop-light", "light", DESKTOP),
    ("desktop-dark", "dark", DESKTOP),
    ("phone", "light", PHONE),
)


async def main() -> None:
    """Both platforms opted in; the morning's step has come."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as home, chromium() as browser:
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


if __name__ == "__main__":
    asyncio.run(main())
