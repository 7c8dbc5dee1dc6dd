"""Four weeks of a member's life on the page, in fast time: good days, small days, a pause, silence, return, goodbye."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.acceptance.days import Life
from tests.browser.test_first_morning import DESKTOP, half, opened, opt_in
from tests.kit.browser import chromium
from tests.kit.house import House, until


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A headless Chromium."""
    async with chromium() as running:
        yield running


class Weeks:
    """One member's page: mornings pass, buttons are pressed where they stand."""

    def __init__(self, page: Page, world: Locator, life: Life) -> None:
        self.page, self.world, self.life = page, world, life

    async def morning(self) -> int:
        """The next one; gives back how many direct messages it brought."""
        before, clock = len(self.life.person.dms()), self.life.home.sandbox.clock
        earlier = clock.now()
        await self.page.get_by_role("button", name="next morning").click()
        await until(lambda: clock.now() > earlier, "the clock should move")
        await self.life.settled()
        return len(self.life.person.dms()) - before

    async def press(self, label: str) -> None:
        """The newest button of that name."""
        await self.world.get_by_role("button", name=label, exact=True).last.click()

    async def take(self) -> None:
        """Whatever the morning brought is done: a step, or a question with its answer."""
        newest = self.life.person.dms()[-1].controls
        last = next(label for label in ("Show answer", "Done") if label in {control.label for control in newest})
        if last == "Show answer":
            await self.press("Show answer")
            await expect(self.world.get_by_role("button", name="Good", exact=True)).to_be_visible()
            await self._answer("Good")
        else:
            await self._answer("Done")

    async def _answer(self, label: str) -> None:
        """Presses it and waits until it is gone; older messages may keep theirs."""
        buttons = self.world.get_by_role("button", name=label, exact=True)
        count = sum(control.label == label for seen in self.life.person.dms() for control in seen.controls)
        await expect(buttons).to_have_count(count)
        await buttons.last.click()
        await expect(buttons).to_have_count(count - 1)

    async def says(self, words: str) -> None:
        """Somewhere on the screen."""
        await expect(self.world.get_by_text(words).last).to_be_visible()


async def test_four_weeks(home: House, browser: Browser, platform: str) -> None:
    page, errors = await opened(browser, home, DESKTOP)
    world = half(page, platform)
    await opt_in(page, platform)
    await world.locator('[data-kind="dm"]').click()
    weeks = Weeks(page, world, Life(home, home.person(platform, "Ada"), platform))

    # The first week: done, smaller, not today, and done again.
    assert await weeks.morning() == 1
    await weeks.take()
    await weeks.says("1 day shown up")
    assert await weeks.morning() == 1
    if await world.get_by_role("button", name="Shrink it", exact=True).count():
        await weeks.press("Shrink it")
        await expect(world.get_by_role("button", name="Shrink it", exact=True)).to_have_count(0)
    await weeks.take()
    assert await weeks.morning() == 1
    await weeks.press("Not today")
    await weeks.says("Noted. Tomorrow is fine.")
    for _ in range(4):
        assert await weeks.morning() == 1
        await weeks.take()

    # The second: a pause of three days, which ends by itself.
    assert await weeks.morning() == 1
    await weeks.press("Pause")
    await weeks.press("3 days")
    await weeks.says("Quiet until")
    assert [await weeks.morning() for _ in range(3)] == [0, 0, 1]
    await weeks.take()
    for _ in range(3):
        assert await weeks.morning() == 1
        await weeks.take()

    # The third: nothing is pressed. Fewer messages, then one that asks about the design; a tap is a return.
    assert [await weeks.morning() for _ in range(5)] == [1, 1, 1, 0, 1]
    await weeks.says("Shall we fix the design?")
    await weeks.press("Make it smaller")
    await weeks.says("Good to see you. Ten seconds it is")
    assert await weeks.morning() == 1
    await weeks.take()
    assert await weeks.morning() == 1
    await weeks.take()

    # The fourth, of somebody who has done so for four months: it runs by itself.
    today = weeks.life.today
    await weeks.life.set(started_on=today - timedelta(days=120), offered={})
    await weeks.life.done_on(today - timedelta(days=n) for n in range(2, 60))
    stop = world.get_by_text("Shall I stop here?")
    for _ in range(3):  # at most two of three mornings bring a question, whose answer carries no offer
        assert await weeks.morning() == 1
        question = "Show answer" in {control.label for control in weeks.life.person.dms()[-1].controls}
        await weeks.take()
        if not question:
            break
    await expect(stop.last).to_be_visible()
    await weeks.press("Yes")
    await weeks.says("It runs without me. Well built.")
    assert [await weeks.morning() for _ in range(3)] == [0, 0, 0]
    assert (await weeks.life.nudge()).state == "graduated"
    await expect(page.locator(".unknown")).to_have_count(0)
    assert errors == []
