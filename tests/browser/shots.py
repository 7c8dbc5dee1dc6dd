"""Pictures for the documents, and the looks the tests compare with: `make screenshots`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.acceptance.days import Life
from tests.acceptance.talks import Two, comes, offer, press, seek
from tests.browser.compare import look
from tests.browser.gallery import SLACK_PLACE, gallery
from tests.browser.test_first_morning import DESKTOP, PHONE, half, opened, opt_in
from tests.browser.test_look import LOOKS, Scheme, at_rest
from tests.kit.browser import chromium
from tests.kit.house import House, house, until

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


SEEKERS = {
    "slack": ("Ada", "en", "How did you move from teaching into this work?\nWhich maths do you really use?"),
    "discord": ("林雨", "zh-CN", "您是怎么从教书转到这一行的？\n平时真正用到的数学有哪些？"),
}
YES = {"en": "Yes", "zh-CN": "好"}


async def talks(browser: Browser, folder: Path) -> None:
    """A host is asked, and both are introduced: in English on one side, in Chinese on the other."""
    folder.mkdir()
    async with house(folder) as home:
        for platform in SEEKERS:
            await _ask(home, platform)
        page, _ = await opened(browser, home, DESKTOP)
        await page.locator("#try summary").click()
        for platform in SEEKERS:
            await _sit(page, home, platform, "Kofi", "dm")
        await _keep(page, "talk-question", 860)
        for platform, (name, _lang, _ask_for) in SEEKERS.items():
            await _meet(home, platform)
            await _sit(page, home, platform, name, {"slack": "group", "discord": "thread"}[platform])
        await _keep(page, "talk-introduction", 1280)


async def _ask(home: House, platform: str) -> None:
    name, lang, ask = SEEKERS[platform]
    two, seeker = Two(home, platform), Life(home, home.person(platform, name), platform)
    await two.ada.person.type("/admin talks place:here")
    await two.kofi.person.world.change_member(two.kofi.person.id, locale=lang, zone="Asia/Kolkata")
    await offer(two.kofi.person, lang)
    await seek(seeker.person, ask, lang)
    async with two.rooms.store.begin() as tx:
        for life, zone in ((seeker, seeker.person.resident.zone), (two.kofi, "Asia/Kolkata")):
            await tx.members.set_zone(life.someone, zone, "member")
    await comes(two.kofi, name)


async def _meet(home: House, platform: str) -> None:
    name, lang, _ask_for = SEEKERS[platform]
    kofi, seeker = Two(home, platform).kofi, home.person(platform, name)
    await press(kofi, await comes(kofi, name), YES[lang])
    await until(lambda: any(seeker.inside(room.id) for room in seeker.groups()), "the introduction", 30)


async def _sit(page: Page, home: House, platform: str, name: str, kind: str) -> None:
    world = half(page, platform)
    await world.get_by_label("Who you are on").select_option(value=home.person(platform, name).id)
    await world.locator(f'[data-kind="{kind}"]').last.click()
    await world.locator(".log h2, .log h3").first.wait_for()


async def _keep(page: Page, name: str, height: int) -> None:
    await page.set_viewport_size({"width": DESKTOP["width"], "height": height})
    await page.wait_for_timeout(600)
    await page.locator("#worlds").screenshot(path=FOLDER / f"{name}.png")


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
            await talks(browser, Path(folder) / "talks")
            await trouble(browser)
            await looks(browser)


if __name__ == "__main__":
    asyncio.run(main())
