"""Filling in a scope sheet on the sandbox's page, by the words that are read there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from content.say import Say, speaker
from content.worksheet import Part, Step
from tests.browser.test_first_morning import half
from tests.kit.house import House, shipped
from tests.kit.people import Person


@dataclass(frozen=True, slots=True)
class Desk:
    """A window, one platform's half of it, and the language that is read in it."""

    page: Page
    world: Locator
    lang: str

    @property
    def say(self) -> Say:
        """What buttons say."""
        return speaker(self.lang)

    @property
    def form(self) -> Locator:
        """The open one."""
        return self.page.get_by_role("dialog")

    async def type(self, line: str) -> None:
        """Into the box of the open room."""
        box = self.world.get_by_role("combobox", name="Message on")
        await expect(box).to_be_enabled()
        await box.fill(line)
        await box.press("Enter")

    async def reads(self, words: str) -> None:
        """It stands somewhere in the open room."""
        await expect(self.world.locator(".log").get_by_text(words).last).to_be_visible()

    async def press(self, label: str, nth: int = -1) -> None:
        """A button that says so, the newest one unless another is meant."""
        await self.world.get_by_role("button", name=label, exact=True).nth(nth).click()

    async def tap(self, step: str, answers: Mapping[str, str]) -> None:
        """Questions one after the other, each read before it is answered."""
        for key, value in answers.items():
            field = _step(step).field(key)
            assert field is not None
            await self.reads(field.label.get(self.lang))
            await self.press(next(one.label.get(self.lang) for one in field.options if one.value == value))

    async def fill(self, step: str, answers: Mapping[str, str], part: str = "") -> None:
        """The form of a step, once it is open, which a button opens where the window does not turn to it by itself."""
        title = _part(step, part).short.get(self.lang)
        button = self.world.get_by_role("button", name=_onward(self, step, part), exact=True)
        named = self.form.get_by_text(title, exact=True)
        await expect(named.or_(button).first).to_be_visible()
        if not await named.count():
            await button.last.click()
        await expect(named.first).to_be_visible()
        for key, words in answers.items():
            field = _step(step).field(key)
            assert field is not None
            box = self.form.get_by_label(field.label.get(self.lang))
            if field.kind == "choice":
                await box.select_option(value=words)
            elif field.kind == "item":
                await box.select_option(label=words)
            else:
                await box.fill(words)
        await self.form.locator("button[type=submit]").click()
        await expect(named).to_have_count(0)


async def sit_down(page: Page, home: House, platform: str, person: Person, lang: str) -> Desk:
    """Somebody at one half of the page."""
    desk = Desk(page, half(page, platform), lang)
    await desk.world.get_by_label("Who you are on").select_option(value=person.id)
    return desk


def _onward(desk: Desk, step: str, part: str) -> str:
    """The button to a step, or to a later part of it."""
    if part:
        return _part(step, part).short.get(desk.lang)
    return desk.say("Next step: {step}", step=_step(step).short.get(desk.lang))


def _step(key: str) -> Step:
    found = shipped().library.worksheets["scope"].step(key)
    assert found is not None
    return found


def _part(step: str, part: str) -> Step | Part:
    found = _step(step).part(part) if part else _step(step)
    assert found is not None
    return found
