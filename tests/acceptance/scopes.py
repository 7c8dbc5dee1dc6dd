"""What stories about sheets begin with: a member who fills them in, by the words they read in their own language."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from content.say import Say, speaker
from content.worksheet import Step, Worksheet
from sandbox.world import Dialog, File, Seen
from tests.acceptance.talks import plain
from tests.kit.house import House, shipped
from tests.kit.people import THINKING, Person

NOTHING = Seen("", "", "", False, "", (), True, False, datetime.min.replace(tzinfo=UTC), {})
NAMES = {"en": "Ada", "zh-CN": "林雨"}
PROBLEM = {
    "en": {
        "who": "Night-shift nurses", "wishes": "Warnings that do not come too late",
        "why_not": "Nobody reads forty charts at once", "asked": "A ward sister", "field": "other",
    },
    "zh-CN": {
        "who": "夜班护士", "wishes": "病情恶化能早点知道，别总是太晚", "why_not": "没有人能同时看四十张表",
        "asked": "一位护士长", "field": "other",
    },
}  # fmt: skip
IDEAS = {
    "en": {"ideas": "A checklist at every bed\nA score from the charts", "baseline": "Sum up five signs by hand"},
    "zh-CN": {"ideas": "每张病床放一份清单\n从图表里算出一个分数", "baseline": "手工把五项体征加起来"},
}
METRICS = {
    "en": {
        "ml": "Warnings that were right", "ml_values": "40 % → 70 %", "business": "Minutes until somebody comes",
        "business_values": "35 → 10 minutes", "date": "2027-05-31",
    },
    "zh-CN": {
        "ml": "预警的准确率", "ml_values": "40% → 70%", "business": "多少分钟有人赶到",
        "business_values": "35 → 10 分钟", "date": "2027年5月31日",
    },
}  # fmt: skip
HARM = {
    "en": {"harm": "A patient nobody is called to", "reviewer": "The ward's senior nurse"},
    "zh-CN": {"harm": "有病人没人去看", "reviewer": "病区护士长"},
}
BUDGET = {
    "en": {
        "data": "Charts of two years", "people": "One engineer, one nurse a day a week",
        "time": "8 weeks, 3 of them for further tries", "integrations": "The ward's screen",
        "help": "Half a day a month to look for drift after launch",
    },
    "zh-CN": {
        "data": "两年的图表", "people": "一名工程师，一名护士每周一天", "time": "8 周，其中 3 周留给反复尝试",
        "integrations": "病区的屏幕", "help": "上线后每月半天，看看数据有没有变",
    },
}  # fmt: skip


@dataclass(slots=True)
class Writer:
    """Somebody who fills in a sheet. `card`: what the bot wrote or changed last; `slug`: of the worksheet."""

    home: House
    person: Person
    lang: str
    slug: str = "scope"
    card: Seen = NOTHING

    @property
    def say(self) -> Say:
        """What buttons say to them."""
        return speaker(self.lang)

    @property
    def worksheet(self) -> Worksheet:
        """As it is shipped."""
        return shipped().library.worksheets[self.slug]

    def step(self, key: str) -> Step:
        """One of its steps."""
        found = self.worksheet.step(key)
        assert found is not None
        return found

    def short(self, key: str, part: str = "") -> str:
        """What a step, or a part of it, is called on buttons."""
        found = self.step(key).part(part) if part else self.step(key)
        assert found is not None
        return found.short.get(self.lang)

    def colleague(self, name: str) -> Person:
        """Somebody else of the same community."""
        platform = next(name for name, world in self.home.worlds.items() if world is self.person.world)
        return self.home.person(platform, name)

    @property
    def form(self) -> Dialog | None:
        """The open one."""
        return self.person.world.dialog(self.person.id)

    @property
    def labels(self) -> list[str]:
        """What can be pressed on the card."""
        return [control.label for control in self.card.controls]

    @property
    def text(self) -> str:
        """What is read on the card."""
        return plain(self.card)

    async def type(self, line: str) -> str:
        """Into the channel; gives back what the answer says."""
        await self._does(self.person.world.say(self.person.id, self.person.place, line))
        return self.text

    async def press(self, label: str, nth: int = 0) -> str:
        """The nth control of the card that says so, or a choice that begins with it; gives back what is read then."""
        buttons = [one for one in self.card.controls if one.kind == "button" and one.label == label]
        if len(buttons) > nth:
            await self._does(self.person.world.press(self.person.id, self.card.id, buttons[nth].id))
            return self.text
        for control in self.card.controls:
            for value, text in control.options:
                if text.startswith(label):
                    await self._does(self.person.world.press(self.person.id, self.card.id, control.id, [value]))
                    return self.text
        raise AssertionError(f"nothing says {label!r}: {[(one.label, one.options) for one in self.card.controls]}")

    async def fill(self, step: str, answers: Mapping[str, str]) -> str:
        """The open form, by the keys of its fields, a line by how it begins; gives back what is read then, mistakes of
        the form too."""
        await self.send(self._labelled(step, answers))
        return self.text

    def _labelled(self, step: str, answers: Mapping[str, str]) -> dict[str, str]:
        found = {key: self.step(step).field(key) for key in answers}
        return {known.label.get(self.lang): answers[key] for key, known in found.items() if known is not None}

    async def send(self, answers: Mapping[str, str]) -> None:
        """The open form, by its labels."""
        dialog = self.person.dialog()
        fields = {one.label.removeprefix("⚠ "): one for one in dialog.fields}
        given = {fields[label].id: _value(fields[label].options, words) for label, words in answers.items()}
        await self._does(self.person.world.submit(self.person.id, given))

    @property
    def wrong(self) -> str:
        """What the form says is wrong: at its fields, or in the message that Discord shows in its place."""
        return " ".join(self.form.errors.values()) if self.form is not None and self.form.errors else self.text

    def typed(self, step: str, key: str) -> str:
        """What stands in a field of the open form."""
        known = self.step(step).field(key)
        assert known is not None
        value = next(one.value for one in self.person.dialog().fields if one.label.endswith(known.label.get(self.lang)))
        return value if isinstance(value, str) else ", ".join(value)

    async def on_to(self, step: str, part: str = "") -> None:
        """To the form of a step: Slack has turned the window to it, on Discord a button opens it."""
        if self.form is None or self.form.errors or self.form.title != self.short(step, part):
            onward = self.say("Next step: {step}", step=self.short(step))
            await self.press(onward if onward in self.labels else self.short(step, part))
        assert self.person.dialog().title == self.short(step, part)

    async def away(self) -> None:
        """Closes an open window."""
        while self.form is not None:
            await self.person.world.dismiss(self.person.id)

    def set_aside(self) -> Callable[[], None]:
        """The open form stays open on another device, of which the sandbox knows nothing: gives back how to turn to
        that one again."""
        sandbox, (_, _, user) = self.home.sandbox, self.person.id.rpartition("/")
        if self.person.world is sandbox.discord:
            modal = sandbox.discord.modals.pop(user)
            return lambda: sandbox.discord.modals.update({user: modal})
        stack = sandbox.slack.open_views[self.person.id]
        view = stack.pop()
        return lambda: sandbox.slack.open_views[self.person.id].append(view)

    async def _does(self, act: Awaitable[None]) -> None:
        """What somebody does, and the answer to it: a message that is new or changed, a form that is new or changed."""
        before = {one.id: one for one in self._seen()}
        form = self.form
        await act

        def changed() -> list[Seen]:
            return [one for one in self._seen() if before.get(one.id) != one]

        await _until(lambda: bool(changed()) or (self.form is not None and self.form != form))
        await _until(lambda: all(one.text != THINKING for one in self._seen()[-3:]))
        if found := changed():
            self.card = found[-1]

    def _seen(self) -> Sequence[Seen]:
        return [*self.person.dms(), *self.person.here()]


def _value(options: Sequence[tuple[str, str]], words: str) -> str:
    """A choice by its value, or by how it begins."""
    return next((value for value, text in options if words and text.startswith(words)), words)


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("no answer came")


async def given(writer: Writer, kind: str, nth: int = 1) -> tuple[File, bytes]:
    """The nth file of a kind that the bot gave to somebody, and what is in it."""

    def found() -> list[File]:
        seen = sorted([*writer.person.here(), *writer.person.dms()], key=lambda one: one.at)
        return [file for one in seen for file in one.files if file.name.endswith(f".{kind}")]

    await _until(lambda: len(found()) == nth)
    asking = aiohttp.ClientSession(headers={"Sec-Fetch-Site": "same-origin"})  # as the page does
    async with asking as session, session.get(found()[-1].url) as answer:
        assert answer.status == 200
        return found()[-1], await answer.read()


async def to_the_end(ada: Writer) -> None:
    """All five steps of a scope sheet, what the checks ask left as it is."""
    await to_the_ideas(ada)
    await weighed(ada)
    await ada.on_to("milestones")
    await ada.fill("milestones", METRICS[ada.lang])
    await ada.on_to("harm")
    await ada.fill("harm", HARM[ada.lang])
    await ada.on_to("budget")
    await ada.fill("budget", BUDGET[ada.lang])


async def to_the_second(ada: Writer, changes: Mapping[str, str] | None = None) -> None:
    """The gate and the problem, other words in some of its fields."""
    await ada.type("/scope new")
    for question, answer in (("good", "yes"), ("harm", "no"), ("allowed", "yes")):
        known = ada.step("gate").field(question)
        assert known is not None
        assert known.label.get(ada.lang) in ada.text
        await ada.press(next(one.label.get(ada.lang) for one in known.options if one.value == answer))
    await ada.on_to("problem")
    await ada.fill("problem", {**PROBLEM[ada.lang], **(changes or {})})


async def to_the_ideas(ada: Writer) -> None:
    """Those, and the ideas."""
    await to_the_second(ada)
    await ada.on_to("ideas")
    await ada.fill("ideas", IDEAS[ada.lang])


async def weighed(ada: Writer) -> None:
    """Step three: evidence for both ideas by a tap each, and one of them picked."""
    await ada.press(ada.say("Next step: {step}", step=ada.short("value")))
    known = ada.step("value").field("evidence")
    assert known is not None
    for nth, option in enumerate(known.options[:2]):
        await ada.press(option.label.get(ada.lang), nth)
    await ada.press(ada.say("To the step"))
    await ada.on_to("value", "pick")
    await ada.fill("value", {"picked": IDEAS[ada.lang]["ideas"].split("\n")[1]})
    while ada.say("Keep it as it is") in ada.labels:
        await ada.press(ada.say("Keep it as it is"))
