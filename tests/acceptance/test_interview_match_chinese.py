"""The same talks in Chinese: every kind of card, from the wish to what came of it, with no word left untranslated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest

from sandbox.world import Dialog, Seen
from tests.acceptance.days import Life, labels
from tests.acceptance.talks import Two, comes, offer, plain, press, seek
from tests.kit.house import House, until

ZH = "zh-CN"
ASKS = "想向你请教"
WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = {"Ada", "Kofi", "Sam", "ics", "talk", "UTC"}
COMMAND = re.compile(r"/[a-z][a-z-]*( [a-z]+(:[a-z]+)?)*|\bU0\d\d\b")


@pytest.fixture
async def two(home: House, platform: str) -> Two:
    """Ada, Kofi and Sam, who all read Chinese and whose clocks are known."""
    made = Two(home, platform)
    for life in (made.ada, made.kofi, made.sam):
        await life.person.type("/language 中文")
        async with made.rooms.store.begin() as tx:
            await tx.members.set_zone(life.someone, life.person.resident.zone, "member")
    await made.ada.person.type("/admin talks place:here")
    return made


def foreign(texts: Iterable[str]) -> set[str]:
    """Words in Latin letters that are no names and no commands."""
    return {word for text in texts for word in WORD.findall(COMMAND.sub("", text))} - NAMES


def said(seen: Iterable[Seen]) -> list[str]:
    """All that is read on these, with what their buttons and choices say."""
    found: list[str] = []
    for one in seen:
        found += [one.text, *labels(one), *(label for control in one.controls for _value, label in control.options)]
    return found


def asked(form: Dialog) -> list[str]:
    """All that is read on a form, but for Discord's own button."""
    texts = [form.title, "" if form.submit == "Submit" else form.submit]
    for field in form.fields:
        texts += [field.label, field.hint, *(label for _value, label in field.options)]
    return texts


def everything(life: Life) -> list[Seen]:
    """What somebody sees of the bot in their channel, in direct messages and with others; the first answer of all said
    that the language is set."""
    rooms = [seen for room in life.person.groups() for seen in life.person.inside(room.id)]
    return [*life.person.here()[1:], *life.person.dms(), *rooms]


async def form_of(life: Life) -> Dialog:
    """The form that opens."""
    await until(lambda: life.person.world.dialog(life.person.id) is not None, "a form")
    return life.person.dialog()


def later(two: Two, **by: float) -> None:
    """Time goes by."""
    two.home.sandbox.clock.advance(timedelta(**by))


async def introduced(two: Two) -> Seen:
    """From the wish to the conversation of both; gives back its first message."""
    await offer(two.kofi.person, ZH)
    await seek(two.ada.person, "您是怎么开始的？\n接下来学什么？", ZH)
    question = await comes(two.kofi, f"Ada {ASKS}")
    assert "想了解：\n• 您是怎么开始的？\n• 接下来学什么？" in question.text
    assert "我就介绍你们认识" in (await press(two.kofi, question, "好")).text
    await until(lambda: bool(two.ada.person.groups()), "a conversation of both")
    [room] = two.ada.person.groups()
    await until(lambda: bool(two.ada.person.inside(room.id)), "the introduction")
    return two.ada.person.inside(room.id)[0]


async def test_from_the_wish_to_what_came_of_it(two: Two) -> None:
    intro = await introduced(two)
    assert "Ada，这位是 Kofi" in intro.text
    assert "11月21日 星期六 12:00" in intro.text
    [prepare] = [control for control in intro.controls if control.label == "为聊天做准备"]
    await two.ada.person.world.press(two.ada.person.id, intro.id, prepare.id)
    form = await form_of(two.ada)
    assert foreign(asked(form)) == set()
    await two.ada.fill({"聊完之后你想知道什么": "第一年怎样"})
    await until(lambda: "和 Kofi 聊的准备页" in str(two.ada.person.inside(intro.place)), "the page")

    later(two, days=4)
    when = await press(two.ada, await comes(two.ada, "你和 Kofi 约好时间了吗？"), "约好时间了")
    assert "11月24日 星期二" in said([when])
    assert "你们约好了时间" in plain(await two.ada.person.type("/interview-match status"))
    later(two, days=8)
    hers, his = await comes(two.ada, "和 Kofi 聊得怎么样？"), await comes(two.kofi, "和 Ada 聊得怎么样？")
    assert "你们聊过了" in (await press(two.ada, hers, "聊过了")).text
    assert "谢谢你的时间" in (await press(two.kofi, his, "聊过了")).text
    later(two, days=1)
    thanks = await comes(two.ada, "趁还记得，谢谢 Kofi")
    await press(two.ada, thanks, "给我看草稿")
    assert foreign(asked(two.ada.person.dialog())) == set()
    await two.ada.fill({"对方说的、我记住的": "从小处开始", "我会怎么做": "每天写一页"})
    draft = await comes(two.ada, "Kofi，你好，谢谢你抽出时间。让我记住的是：从小处开始。我会这样去做：每天写一页。")
    assert "有一天" in (await press(two.ada, draft, "我发出去了")).text
    later(two, days=14)
    await comes(two.ada, "有人正走到你当时的地方")
    later(two, days=17)
    came = await comes(two.ada, "和 Kofi 聊过之后，有什么后续吗？")
    await press(two.ada, came, "给我看草稿")
    await comes(two.ada, "几周前你抽时间和我聊过。当时我想做的是：每天写一页。")
    assert foreign(said([*everything(two.ada), *everything(two.kofi)])) == set()


async def test_a_no_a_reminder_three_tries_and_an_honest_rest(two: Two) -> None:
    await offer(two.kofi.person, ZH)
    await seek(two.ada.person, "您是怎么开始的？", ZH)
    later(two, hours=6)  # Los Angeles is awake
    await press(two.kofi, await comes(two.kofi, f"Ada {ASKS}"), "不太合适")
    await two.ada.person.type("/interview-match status")
    await offer(two.sam.person, ZH)
    await comes(two.sam, f"Ada {ASKS}")
    later(two, days=3)
    assert "11月25日 星期三" in (await comes(two.sam, f"Ada 还{ASKS}")).text
    later(two, days=2)
    lin = Life(two.home, two.home.person(two.platform, "林雨"), two.platform)
    await offer(lin.person, ZH)
    later(two, hours=16.5)  # Shanghai is awake
    await press(lin, await comes(lin, f"Ada {ASKS}"), "现在不用")
    rest = await comes(two.ada, "这次没有人有空")
    assert "11月21日" not in rest.text
    assert foreign(said(life for one in (two.ada, two.kofi, two.sam) for life in everything(one))) == set()


async def test_paused_gone_reported_and_blocked(two: Two) -> None:
    intro = await introduced(two)
    ada, kofi = two.ada.person, two.kofi.person
    for words in ("status", "rules", "pause", "pause 1w", "prep", "pause 明天以前", "leave"):
        for person in (ada, kofi):
            await person.type(f"/interview-match {words}")
            if person.world.dialog(person.id) is not None:
                assert foreign(asked(person.dialog())) == set()
                await person.world.dismiss(person.id)
    await kofi.press(kofi.here()[-1], "退出")
    gone = await comes(two.ada, "原本要和你聊的那一位不再方便了。")
    assert "我来找人" in plain(await press(two.ada, gone, "再找一位"))
    for label in ("举报", "屏蔽"):
        [control] = [one for one in intro.controls if one.label == label]
        before = len(ada.inside(intro.place))
        await ada.world.press(ada.id, intro.id, control.id)
        await until(
            lambda n=before: ada.world.dialog(ada.id) is not None or len(ada.inside(intro.place)) > n, "an answer"
        )
        if ada.world.dialog(ada.id) is not None:
            assert foreign(asked(ada.dialog())) == set()
            await ada.world.dismiss(ada.id)
    assert foreign(said([*everything(two.ada), *everything(two.kofi)])) == set()
