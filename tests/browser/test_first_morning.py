"""What a newcomer does in the first minute, as they do it: pick, type, fill, move the clock, press Done."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.kit.browser import chromium, watched
from tests.kit.house import House

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1360, "height": 900}


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A headless Chromium."""
    async with chromium() as running:
        yield running


async def opened(browser: Browser, home: House, size: dict[str, int]) -> tuple[Page, list[str]]:
    """The page, and every error it ever logs."""
    return await watched(browser, home.sandbox.url, size)


def half(page: Page, platform: str) -> Locator:
    """One platform's half of the page."""
    return page.locator(f"section.{platform}")


async def opt_in(page: Page, platform: str) -> None:
    """Typing, choosing from the list, the zone where it is asked, the form."""
    world = half(page, platform)
    box = world.get_by_role("combobox", name="Message on")
    await expect(box).to_be_enabled()
    await box.press_sequentially("/nudge o")
    await expect(world.locator(".hints li").first).to_be_visible()
    await box.press_sequentially("n")
    await box.press("Enter")
    await walk_to_form(page, world)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("After I …").fill("pour my coffee")
    await dialog.get_by_label("I will …").fill("open the course tab")
    await dialog.locator("button[type=submit]").click()
    await expect(world.get_by_text("Kept").first).to_be_visible()


async def walk_to_form(page: Page, world: Locator) -> None:
    """Through the welcome by its plainest way: one's own city where it is asked, everything else skipped."""
    dialog = page.get_by_role("dialog")
    onward = [world.get_by_role("button", name=name, exact=True) for name in ("In my own words", "Start", "Yes, go on")]
    city = world.get_by_role("combobox", name="Choose a city")
    skip = world.get_by_role("button", name="Skip", exact=True)
    anything = dialog.or_(city).or_(skip)
    for button in onward:
        anything = anything.or_(button)
    for _ in range(10):
        await expect(anything.first).to_be_visible()
        if await dialog.count():
            return
        before = await world.inner_text()
        for button in onward:
            if await button.count():
                await button.last.click()
                break
        else:
            if await city.count():
                await city.select_option(label="London, United Kingdom")
            else:
                await skip.last.click()
        await page.wait_for_function(
            "([world, before]) => world.innerText !== before || document.querySelector('dialog, [role=dialog]')",
            arg=[await world.element_handle(), before],
        )
    raise AssertionError("no form opened")


async def test_the_first_morning(home: House, browser: Browser, platform: str) -> None:
    page, errors = await opened(browser, home, DESKTOP)
    world = half(page, platform)
    await opt_in(page, platform)
    await expect(world.get_by_text("Only you can see this").first).to_be_visible()
    await page.get_by_role("button", name="next morning").click()
    await expect(world.locator(".badge")).to_have_text("2")
    await world.locator('[data-kind="dm"]').click()
    await world.get_by_role("button", name="Done").click()
    await expect(world.get_by_text("1 day shown up")).to_be_visible()
    await expect(world.get_by_role("button", name="Done")).to_have_count(0)
    await expect(page.locator(".unknown")).to_have_count(0)
    assert errors == []


async def test_a_mistake_is_told_at_its_field_and_a_required_one_before_sending(home: House, browser: Browser) -> None:
    page, _errors = await opened(browser, home, DESKTOP)
    await opt_in(page, "slack")
    box = half(page, "slack").get_by_role("combobox", name="Message on")
    await box.fill("/nudge on")
    await box.press("Enter")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("After I …").fill("")
    await dialog.locator("button[type=submit]").click()
    await expect(dialog.get_by_text("please complete this required field")).to_be_visible()
    await dialog.get_by_label("After I …").fill("feed the cat")
    await dialog.get_by_label("When is that, usually?").fill("never")
    await dialog.locator("button[type=submit]").click()
    await expect(dialog.get_by_text("I read times such as")).to_be_visible()
    await expect(dialog.get_by_label("After I …")).to_have_value("feed the cat")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_the_page_fits_a_phone_and_goes_by_keyboard_alone(home: House, browser: Browser) -> None:
    page, errors = await opened(browser, home, PHONE)
    world = half(page, "discord")
    await expect(world.get_by_text("Nothing here yet")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = world.get_by_role("combobox", name="Message on")
    await expect(box).to_be_enabled()
    await box.focus()
    await page.keyboard.type("/ro")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type("name:mle")
    await page.keyboard.press("Enter")
    await expect(world.get_by_text("Machine learning engineer").first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert errors == []
