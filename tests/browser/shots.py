"""Pictures for the documents, and the looks the tests compare with: `make screenshots`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, ViewportSize

from content.document_pages import card_png, pdf
from content.say import speaker
from sheets.printing import card_of, document_of, example_of
from tests.acceptance.days import Life
from tests.acceptance.scopes import BUDGET, HARM, METRICS, NAMES, Writer, to_the_ideas, weighed
from tests.acceptance.talks import Two, comes, offer, press, seek
from tests.browser.compare import look
from tests.browser.gallery import SLACK_PLACE, gallery
from tests.browser.sheets import sit_down
from tests.browser.test_first_morning import DESKTOP, PHONE, half, opened, opt_in
from tests.browser.test_look import LOOKS, Scheme, at_rest
from tests.kit.browser import chromium
from tests.kit.house import House, house, shipped, until

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


async def _keep(page: Page, name: str, height: int, *, whole: bool = False) -> None:
    await page.set_viewport_size({"width": DESKTOP["width"], "height": height})
    await page.wait_for_timeout(600)
    picture = page if whole else page.locator("#worlds")
    await picture.screenshot(path=FOLDER / f"{name}.png")


PAPER: ViewportSize = {"width": 794, "height": 1123}  # A4 at 96 pixels an inch
SHEETS: dict[str, Literal["en", "zh-CN"]] = {"slack": "en", "discord": "zh-CN"}


async def scopes(browser: Browser, folder: Path) -> None:
    """A scope sheet in the chat, a form of it, its card in the channel: in English on one side, in Chinese on the
    other. The card and the page on paper are the example's."""
    folder.mkdir()
    async with house(folder) as home:
        page, _ = await opened(browser, home, DESKTOP)
        await page.locator("#try summary").click()
        writers = [Writer(home, home.person(platform, NAMES[lang]), lang) for platform, lang in SHEETS.items()]
        for platform, ada in zip(SHEETS, writers, strict=True):
            await sit_down(page, home, platform, ada.person, ada.lang)
            await to_the_ideas(ada)
            await weighed(ada)
            await ada.press(ada.say("The whole sheet"))
        await _keep(page, "scope-sheet", 1330)
        ada = writers[0]
        await ada.press(f"● {ada.step('problem').title.get(ada.lang)}")
        await ada.press(ada.say("Change: {part}", part=ada.short("problem", "form")))
        await page.get_by_role("dialog").wait_for()
        await _keep(page, "scope-form", 900, whole=True)
        await ada.away()
        for platform, ada in zip(SHEETS, writers, strict=True):
            await ada.type("/scope open")
            await ada.press(ada.say("Go on: {step}", step=ada.short("milestones")))
            for step, typed in (("milestones", METRICS), ("harm", HARM), ("budget", BUDGET)):
                await ada.on_to(step)
                await ada.fill(step, typed[ada.lang])
            await ada.type("/scope share")
            await ada.press(ada.say("Post it there"))
            await sit_down(page, home, platform, ada.colleague("Kofi"), "en")
        await _keep(page, "scope-shared", 1000)
    worksheet = shipped().library.worksheets["scope"]
    for lang in SHEETS.values():
        card = card_of(speaker(lang), worksheet, example_of(worksheet, lang))
        (FOLDER / f"scope-card-{lang}.png").write_bytes(card_png(card))
    (folder / "page.pdf").write_bytes(pdf(document_of(speaker("en"), worksheet, example_of(worksheet, "en"))))
    page = await browser.new_page(viewport=PAPER)
    await page.goto((folder / "page.pdf").as_uri() + "#toolbar=0&navpanes=0&view=Fit")
    await page.wait_for_timeout(1500)
    await page.screenshot(path=FOLDER / "scope-page.png", clip={"x": 5, "y": 3, "width": 784, "height": 1110})


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
            await scopes(browser, Path(folder) / "scopes")
            await trouble(browser)
            await looks(browser)


if __name__ == "__main__":
    asyncio.run(main())
