"""Two people side by side on the page, each in a window of their own: from a wish, past a no, to a thank-you."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.test_first_morning import half, opened
from tests.kit.browser import chromium
from tests.kit.house import House
from tests.kit.people import Person

WINDOW = {"width": 1180, "height": 900}
ENGLISH = {
    "agree": "I agree", "name": "What shall others call you?", "role": "Which role are you curious about?",
    "mine": "Which role comes nearest to your work?", "engineer": "Machine learning engineer",
    "ask": "What would you ask? Up to three lines", "looking": "I look for somebody", "offering": "You offer talks",
    "question": "Ada would like to ask you something", "not now": "Not now", "no": "Nobody is told",
    "waiting": "I have asked somebody", "yes": "Yes", "accepted": "I introduce you and Ada", "meet": "Ada, meet Kofi",
    "time?": "Have you and Kofi found a time?", "found": "We found a time", "when": "On which day is it?",
    "how": "How did it go with Kofi?", "met": "We met", "you met": "You met", "thanks": "A thank-you to Kofi",
    "draft": "Show me a draft", "stayed": "What they said that stayed with me", "will": "What I will do with it",
    "yours": "Hello Kofi, thank you for your time.", "sent": "I have sent it", "on": "One day somebody will be",
}  # fmt: skip
CHINESE = {
    "agree": "我同意", "name": "别人怎么称呼你？", "role": "你对哪个岗位好奇？", "mine": "哪个岗位最接近你的工作？",
    "engineer": "机器学习工程师", "ask": "你想问什么？最多三行", "looking": "我来找人", "offering": "你愿意聊",
    "question": "Ada 想向你请教", "not now": "现在不用", "no": "不会告诉任何人", "waiting": "我已经问了一位",
    "yes": "好", "accepted": "我就介绍你们认识", "meet": "Ada，这位是 Kofi", "time?": "你和 Kofi 约好时间了吗？",
    "found": "约好时间了", "when": "是哪一天？", "how": "和 Kofi 聊得怎么样？", "met": "聊过了",
    "you met": "你们聊过了", "thanks": "趁还记得，谢谢 Kofi", "draft": "给我看草稿", "stayed": "对方说的、我记住的",
    "will": "我会怎么做", "yours": "Kofi，你好，谢谢你抽出时间。", "sent": "我发出去了", "on": "有一天",
}  # fmt: skip


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A headless Chromium."""
    async with chromium() as running:
        yield running


@dataclass(frozen=True, slots=True)
class Seat:
    """A window, one platform's half of it, and the words of the language that is read in it."""

    page: Page
    errors: list[str]
    world: Locator
    words: Mapping[str, str]

    async def become(self, person: Person) -> None:
        """Somebody else sits down here."""
        await self.world.get_by_label("Who you are on").select_option(value=person.id)

    async def type(self, line: str) -> None:
        """Into the box of the open room."""
        box = self.world.get_by_role("combobox", name="Message on")
        await expect(box).to_be_enabled()
        await box.fill(line)
        await box.press("Enter")

    async def reads(self, key: str) -> None:
        """It stands somewhere in the open room."""
        await expect(self.world.locator(".log").get_by_text(self.words[key]).last).to_be_visible()

    async def press(self, key: str) -> None:
        """The newest button that says so."""
        await self.world.get_by_role("button", name=self.words[key], exact=True).last.click()

    async def go(self, kind: str) -> None:
        """Into the newest room of a kind."""
        await self.world.locator(f'[data-kind="{kind}"]').last.click()

    async def fill(self, **answers: str) -> None:
        """The open form, and sends it."""
        dialog = self.page.get_by_role("dialog")
        for key, words in answers.items():
            field = dialog.get_by_label(self.words[key])
            if key in {"role", "mine"}:
                await field.select_option(label=words)
            else:
                await field.fill(words)
        await dialog.locator("button[type=submit]").click()
        await expect(dialog).to_have_count(0)

    async def day(self, times: int) -> None:
        """So many days go by, by the page's own buttons."""
        for _ in range(times):
            await self.page.get_by_role("button", name="+1 day").click()


async def offers(host: Seat, name: str) -> None:
    """The rules, the form, and the answer that it is kept."""
    await host.type("/interview-match offer")
    await host.press("agree")
    await host.fill(name=name, mine=host.words["engineer"])
    await host.reads("offering")


async def story(ada: Seat, host: Seat, sam: Person, kofi: Person, room: str) -> None:
    """Sam says no, Kofi says yes; Ada and Kofi meet."""
    await host.become(sam)
    await offers(host, "Sam")
    await ada.type("/interview-match find")
    await ada.press("agree")
    await ada.fill(name="Ada", role=ada.words["engineer"], ask="How did you start?\nWhat next?")
    await ada.reads("looking")
    await host.go("dm")
    await host.reads("question")
    await host.press("not now")
    await host.reads("no")
    await host.become(kofi)
    await offers(host, "Kofi")
    await host.go("dm")
    await host.reads("question")
    await ada.type("/interview-match status")
    await ada.reads("waiting")
    await expect(ada.world.locator(".log")).not_to_contain_text("Sam")
    await host.press("yes")
    await host.reads("accepted")
    for one in (ada, host):
        await one.go(room)
        await one.reads("meet")
    await ada.day(4)
    await ada.go("dm")
    await ada.reads("time?")
    await ada.press("found")
    await ada.reads("when")
    await ada.day(7)
    await ada.reads("how")
    await ada.press("met")
    await ada.reads("you met")
    await ada.day(1)
    await ada.reads("thanks")
    await ada.press("draft")
    await ada.fill(stayed="start small", will="one page a day")
    await ada.reads("yours")
    await ada.press("sent")
    await ada.reads("on")


@pytest.mark.parametrize(
    ("platform", "words", "room"),
    [("slack", ENGLISH, "group"), ("discord", CHINESE, "thread")],
    ids=["slack-en", "discord-zh"],
)
async def test_two_people_side_by_side(
    home: House, browser: Browser, platform: str, words: Mapping[str, str], room: str
) -> None:
    ada, sam, kofi = (home.person(platform, name) for name in ("Ada", "Sam", "Kofi"))
    for person in (ada, sam, kofi):
        locale = "zh-CN" if words is CHINESE else "en-GB"
        await person.world.change_member(person.id, locale=locale, zone="Europe/London")
    windows = [await opened(browser, home, WINDOW) for _ in range(2)]
    seats = [Seat(page, errors, half(page, platform), words) for page, errors in windows]
    await seats[0].become(ada)
    await seats[0].type("/admin talks place:here")
    await story(seats[0], seats[1], sam, kofi, room)
    for seat in seats:
        await expect(seat.page.locator(".unknown")).to_have_count(0)
        assert seat.errors == []
