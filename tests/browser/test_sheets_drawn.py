"""Every message about sheets and their readers is drawn by the page, on a phone, in both languages."""

from __future__ import annotations

from dataclasses import replace

from playwright.async_api import Browser, expect

from bot.discord import render as discord
from bot.slack import render as slack
from chat.message import Message, People
from chat.people import Person, Space
from content.say import speaker
from sandbox.demo import GUILDS
from tests.browser.gallery import DISCORD_PLACE, SLACK_PLACE, Gallery
from tests.browser.test_first_morning import PHONE, half
from tests.browser.test_gallery import browser, full, opened
from tests.golden.sheet_letters import sheet_letters
from tests.golden.sheet_sharing import sheet_sharing
from tests.golden.sheets import sheets
from tests.kit.house import shipped

__all__ = ["browser", "full"]
DISCORD_ADA = "800000000000000001"
FITS = "document.documentElement.scrollWidth <= window.innerWidth"


async def test_every_message_about_sheets_is_drawn(full: Gallery, browser: Browser) -> None:
    for lang in ("en", "zh-CN"):
        say, library = speaker(lang), shipped().library
        every = {**sheets(say, library), **sheet_letters(say, library), **sheet_sharing(say, library)}
        for message in every.values():
            if isinstance(message, Message) and not message.pictures() and not message.files():
                await post(full, message)
    page, errors = await opened(browser, full, PHONE)
    for platform in ("slack", "discord"):
        articles = half(page, platform).locator(".log article")
        await expect(articles.last).to_be_attached()
        assert await articles.count() > 100
    await expect(page.locator(".unknown")).to_have_count(0)
    assert await page.evaluate(FITS)
    assert [error for error in errors if "b.org" not in error and "ERR_" not in error] == []


async def post(full: Gallery, message: Message) -> None:
    """In both worlds, as the bot renders it."""
    told = await full.web.slack(
        "chat.postMessage", channel=SLACK_PLACE, text=slack.fallback(message), blocks=slack.blocks(message)
    )
    assert told["ok"], told
    people = People((Person(Space("discord", GUILDS[0]), DISCORD_ADA),))
    parts = tuple(people if isinstance(part, People) else part for part in message.parts)
    made = {"flags": 32768, "components": discord.payload(replace(message, parts=parts), space=GUILDS[0])}
    told = await full.web.discord("POST", f"/channels/{DISCORD_PLACE}/messages", made)
    assert full.web.status == 200, told
