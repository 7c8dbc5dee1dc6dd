"""Everything Block Kit and components can say is drawn, on a desktop and on a phone, in dark and in light."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.slack.model import Msg
from tests.browser.gallery import DISCORD_PLACE, SLACK_PLACE, START, Gallery, gallery
from tests.browser.test_first_morning import DESKTOP, PHONE, half
from tests.kit.browser import chromium, watched
from tests.sandbox.raw import Json
from tests.sandbox.slack.test_blocks import ELEMENTS, plain


@pytest.fixture
async def full() -> AsyncGenerator[Gallery]:
    """A sandbox full of things to draw."""
    async with gallery() as made:
        yield made


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A headless Chromium."""
    async with chromium() as running:
        yield running


async def opened(browser: Browser, made: Gallery, size: dict[str, int]) -> tuple[Page, list[str]]:
    """The page once both worlds are drawn."""
    page, errors = await watched(browser, made.sandbox.url, size)
    for platform in ("slack", "discord"):
        await expect(half(page, platform).get_by_role("combobox", name="Message on")).to_be_enabled()
    return page, errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_everything_is_drawn_and_fits(
    full: Gallery, browser: Browser, size: dict[str, int], scheme: Literal["light", "dark"]
) -> None:
    page, errors = await opened(browser, full, size)
    await page.emulate_media(color_scheme=scheme)
    slack, discord = half(page, "slack").locator(".log"), half(page, "discord").locator(".log")
    for words in ("Title", "words", "with a picture", "root"):
        await expect(slack.get_by_text(words).first).to_be_attached()
    for words in ("Title", "Embed", "Section"):
        await expect(discord.get_by_text(words).first).to_be_attached()
    await expect(page.locator(".unknown")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    broken = "[...document.images].filter((i) => i.complete && !i.naturalWidth && i.offsetParent).map((i) => i.src)"
    await page.wait_for_timeout(300)
    assert [src for src in await page.evaluate(broken) if "b.org" not in src] == []
    assert [error for error in errors if "b.org" not in error and "ERR_" not in error] == []


async def test_every_control_of_slack_can_be_used_in_the_page(full: Gallery, browser: Browser) -> None:
    page, _ = await opened(browser, full, DESKTOP)
    log = half(page, "slack").locator(".log")
    await log.locator('[data-control="all/button"]').click()
    await page.get_by_role("dialog").get_by_role("button", name="y", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    used = {payload["actions"][0]["type"] for payload in full.slack.payloads if payload.get("actions")}
    assert used == {"button"}, "after the bot's own question whether one is sure"
    await log.locator('input[type="date"]').first.fill("2026-12-24")
    await log.locator('input[type="date"]').first.blur()
    for _ in range(100):
        last = full.slack.payloads[-1]["actions"][0]
        if last.get("selected_date") == "2026-12-24":
            break
        await page.wait_for_timeout(30)
    assert full.slack.payloads[-1]["actions"][0]["selected_date"] == "2026-12-24"


async def test_what_the_page_does_not_know_is_visible(full: Gallery, browser: Browser) -> None:
    slack, discord = full.sandbox.slack, full.sandbox.discord
    space = slack.spaces["T01MAKERS"]
    msg = Msg("1.5", SLACK_PLACE, space.bot_user, True, START, "", [{"type": "hologram", "block_id": "h"}])
    slack.post(space, space.channels[SLACK_PLACE], msg)
    newest = list(discord.channels[DISCORD_PLACE].messages.values())[-1]
    newest.components = [{"type": 77, "id": 1}]
    page, _ = await opened(browser, full, DESKTOP)
    await expect(half(page, "slack").locator(".unknown")).to_contain_text("hologram")
    await expect(half(page, "discord").locator(".unknown")).to_contain_text("77")


async def test_a_thread_is_read_and_answered_beside_the_channel(full: Gallery, browser: Browser) -> None:
    page, errors = await opened(browser, full, DESKTOP)
    world = half(page, "slack")
    await world.get_by_role("button", name="1 reply").click()
    pane = world.get_by_role("complementary", name="Thread")
    await expect(pane.get_by_text("first reply")).to_be_visible()
    await pane.get_by_role("combobox").or_(pane.locator("input")).first.fill("and mine")
    await page.keyboard.press("Enter")
    await expect(pane.get_by_text("and mine")).to_be_visible()
    await expect(world.locator(".log").get_by_text("and mine")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(pane).to_be_hidden()
    await expect(world.get_by_role("button", name="2 replies")).to_be_focused()
    other = half(page, "discord")
    await other.locator('[data-kind="thread"]').click()
    await expect(other.get_by_text("hello in here")).to_be_visible()
    assert [error for error in errors if "b.org" not in error and "ERR_" not in error] == []


async def test_the_home_tab_is_a_page_with_buttons(full: Gallery, browser: Browser) -> None:
    page, _ = await opened(browser, full, DESKTOP)
    world = half(page, "slack")
    await world.locator('[data-kind="home"]').click()
    await expect(world.get_by_text("Your page")).to_be_visible()
    await world.get_by_role("button", name="Change it").click()
    await expect(world.get_by_text("Your page")).to_be_visible()
    assert full.slack.payloads[-1]["container"]["type"] == "view"


async def test_a_form_of_slack_with_every_question_stacks_and_tells_mistakes(full: Gallery, browser: Browser) -> None:
    def asked(kind: str) -> Json:
        full_element = {"type": kind, "action_id": "a"} | ELEMENTS[kind]
        element = {key: value for key, value in full_element.items() if not key.startswith("initial")}
        optional = kind != "plain_text_input"
        return {
            "type": "input",
            "block_id": kind,
            "optional": optional,
            "label": plain(f"About {kind}"),
            "element": element,
        }

    kinds = [kind for kind in ELEMENTS if kind not in {"button", "overflow", "feedback_buttons", "icon_button"}]
    more = {
        "type": "actions",
        "block_id": "m",
        "elements": [{"type": "button", "action_id": "m", "text": plain("One more")}],
    }
    view = {"type": "modal", "title": plain("All questions"), "submit": plain("Keep"), "close": plain("Leave it"),
            "blocks": [{"type": "section", "text": plain("Read this first")}, more, *map(asked, kinds)]}  # fmt: skip
    page, errors = await opened(browser, full, DESKTOP)
    world = half(page, "slack")
    box = world.get_by_role("combobox", name="Message on")
    await box.fill("/form")
    await box.press("Enter")
    await page.wait_for_timeout(200)
    opened_view = await full.web.slack("views.open", trigger_id=full.slack.payloads[-1]["trigger_id"], view=view)
    assert opened_view["ok"], opened_view
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Read this first")).to_be_visible()
    for kind in kinds:
        await expect(dialog.get_by_text(f"About {kind}").first).to_be_attached()
    await expect(dialog.locator(".unknown")).to_have_count(0)
    await dialog.get_by_label("About plain_text_input").fill("four")
    full.slack.answer = lambda payload: (
        {"response_action": "errors", "errors": {"plain_text_input": "Say a little more"}}
        if payload.get("type") == "view_submission"
        else None
    )
    await dialog.get_by_role("button", name="Keep").click()
    await expect(dialog.get_by_text("Say a little more")).to_be_visible()
    await expect(dialog.get_by_label("About plain_text_input")).to_have_value("four")
    await dialog.get_by_role("button", name="One more").click()
    await page.wait_for_timeout(200)
    top = {"type": "modal", "title": plain("On top"), "blocks": [{"type": "divider"}]}
    pushed = await full.web.slack("views.push", trigger_id=full.slack.payloads[-1]["trigger_id"], view=top)
    assert pushed["ok"], pushed
    await expect(page.get_by_role("dialog").get_by_text("On top")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog").get_by_text("All questions")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert [error for error in errors if "b.org" not in error and "ERR_" not in error and "400" not in error] == []


async def test_options_are_hinted_and_completed_and_a_form_of_discord_is_sent(full: Gallery, browser: Browser) -> None:
    page, _ = await opened(browser, full, DESKTOP)
    world = half(page, "discord")
    box = world.get_by_role("combobox", name="Message on")
    await box.press_sequentially("/form ")
    await expect(world.locator(".hints")).to_contain_text("city")
    await expect(world.locator(".hints")).to_contain_text("Where you live")
    await expect(world.locator(".hints")).to_contain_text("optional")
    await box.press_sequentially("city:lis")
    await expect(world.locator(".hints li").first).to_contain_text("Lisbon, Portugal")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("/form city:Europe/Lisbon")
    await page.keyboard.press("Escape")
    await box.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("first")).to_be_visible()
    await dialog.locator("button[type=submit]").click()
    await expect(dialog.get_by_text("required").first).to_be_visible()
    await dialog.get_by_label("Your city").fill("Lisbon")
    await dialog.get_by_label("Gently").check()
    await dialog.locator("button[type=submit]").click()
    await expect(world.get_by_text("Thank you")).to_be_visible()
    data = full.discord.events("INTERACTION_CREATE")[-1]["data"]
    assert data["components"][1]["component"]["value"] == "Lisbon"
    assert data["components"][3]["component"]["value"] == "g"


async def test_trouble_is_made_and_shown(full: Gallery, browser: Browser) -> None:
    page, _ = await opened(browser, full, DESKTOP)
    world = half(page, "slack")
    await world.get_by_role("button", name="Make trouble").click()
    await world.get_by_label("what happens").select_option("rate_limit")
    await world.get_by_role("button", name="Add this fault").click()
    await expect(world.get_by_role("button", name="Deliveries and faults")).to_contain_text("1 waiting")
    await full.web.slack("chat.postMessage", channel=SLACK_PLACE, text="x")
    await world.get_by_role("button", name="Deliveries and faults").click()
    await world.get_by_label("only problems").check()
    await expect(world.get_by_role("list", name="Timeline").or_(world.locator(".timeline"))).to_contain_text(
        "ratelimited"
    )
    await world.get_by_role("button", name="Make trouble").click()
    await world.get_by_role("button", name="Cut the sockets").click()
    await expect(world.get_by_text("bot not connected")).to_be_visible()
    await world.get_by_role("button", name="This person").click()
    await world.get_by_role("button", name="Close my direct messages").click()
    await expect(world.get_by_text("direct messages closed")).to_be_visible()
    assert not full.sandbox.slack.residents()[0].dms_open


async def test_the_clock_is_moved_from_the_page(full: Gallery, browser: Browser) -> None:
    page, _ = await opened(browser, full, DESKTOP)
    await page.get_by_role("button", name="+1 week").click()
    await expect(page.locator("#clock")).to_contain_text("27 Nov")
    await page.get_by_role("button", name="×86400").click()
    await expect(page.locator("#clock")).not_to_contain_text("27 Nov", timeout=8000)
    assert full.sandbox.clock.speed == 86_400
    await page.get_by_role("group", name="Speed of the clock").get_by_role("button").first.click()
    await expect(page.locator("#clock")).to_be_visible()
    for _ in range(100):
        if full.sandbox.clock.speed == 0:
            break
        await page.wait_for_timeout(20)
    assert full.sandbox.clock.speed == 0
