"""A scope sheet on the page as a person fills it in: English on Slack, Chinese on Discord, up to the card in the
channel."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, expect

from tests.acceptance.scopes import BUDGET, HARM, IDEAS, METRICS, NAMES, PROBLEM
from tests.browser.sheets import Desk, sit_down
from tests.browser.test_first_morning import opened
from tests.kit.browser import chromium
from tests.kit.house import House, shipped

WINDOW = {"width": 1360, "height": 900}
WIDE = "(image) => [image.naturalWidth, image.naturalHeight]"


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A headless Chromium."""
    async with chromium() as running:
        yield running


async def filled_in(desk: Desk) -> None:
    """From the first tap to the last step."""
    lang, say = desk.lang, desk.say
    await desk.type("/scope new")
    await desk.tap("gate", {"good": "yes", "harm": "no", "allowed": "yes"})
    await desk.fill("problem", PROBLEM[lang])
    await desk.fill("ideas", IDEAS[lang])
    await desk.press(say("Next step: {step}", step={"en": "3 Can it, is it worth it", "zh-CN": "3 可行性与价值"}[lang]))
    evidence = {"en": ("Published work", "A competitor"), "zh-CN": ("公开发表", "同行在用")}[lang]
    for nth, label in zip((-2, -1), evidence, strict=True):
        await desk.press(label, nth)
        words = desk.world.locator(".log").get_by_text(label)
        await expect(words).to_have_count(3)  # a button each, and what stands at the line
    await desk.press(say("To the step"))
    await desk.fill("value", {"picked": IDEAS[lang]["ideas"].split("\n")[1]}, "pick")
    keep = desk.world.get_by_role("button", name=say("Keep it as it is"), exact=True)
    while await keep.count():
        left = await keep.count()
        await keep.last.click()
        await expect(keep).to_have_count(left - 1)
    await desk.fill("milestones", METRICS[lang])
    await desk.fill("harm", HARM[lang])
    await desk.fill("budget", BUDGET[lang])
    await desk.reads(shipped().library.worksheets["scope"].finish.get(lang)[:40])


@pytest.mark.parametrize(("platform", "lang"), [("slack", "en"), ("discord", "zh-CN")], ids=["slack-en", "discord-zh"])
async def test_from_the_first_tap_to_the_card_in_the_channel(
    home: House, browser: Browser, platform: str, lang: str
) -> None:
    page, errors = await opened(browser, home, WINDOW)
    desk = await sit_down(page, home, platform, home.person(platform, NAMES[lang]), lang)
    await filled_in(desk)
    await desk.type("/scope share")
    await desk.reads("#general")
    await desk.press(desk.say("Post it there"))
    other, more = await opened(browser, home, WINDOW)
    kofi = await sit_down(other, home, platform, home.person(platform, "Kofi"), "en")
    picture = kofi.world.locator(".log img").last
    await expect(picture).to_be_visible()
    assert await picture.evaluate(WIDE) == [1200, 630]
    await kofi.reads(PROBLEM[lang]["wishes"])
    for one in (page, other):
        await expect(one.locator(".unknown")).to_have_count(0)
    assert errors + more == []
