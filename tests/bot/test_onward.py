"""One form after the other: in the same window where a platform can replace it, else by a button of a message."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest

from chat.action import Action
from chat.errors import Mistakes
from chat.form import Answers, Ask, Form
from chat.message import Button, Message, Row, Text, short
from chat.platform import Edit, Onward, Reply
from commands._call import Call
from commands._registry import Option, answers, collect, command
from tests.kit.house import House, house
from tests.kit.people import Person

MILES = 7
"""More than Slack lets one message be replaced for one press (five times)."""


@dataclass(frozen=True)
class Walked(Action, name="t-walked"):
    """So many forms were sent."""

    n: int


@dataclass(frozen=True)
class WalksOn(Action, name="t-walks-on"):
    """Open this one."""

    n: int


def window(n: int, typed: str = "") -> Form:
    """Each asks the same, under the same name."""
    return Form(
        f"Mile {n}", (Ask("word", "What do you see?", value=typed),), Walked(n), intro=f"The *road* to mile {n}."
    )


def card(n: int) -> Message:
    """Where the walk is, and the way on."""
    return Message("", (Text(f"{n} miles behind us"), Row((Button("Walk on", WalksOn(n + 1)),))))


@command("walk", "Walk mile after mile")
async def walk(call: Call, _how: Annotated[str, Option("how")] = "") -> Reply:
    """A card with the way to the first mile."""
    return card(0)


@answers(WalksOn)
async def on(call: Call, walked: WalksOn) -> Reply:
    """A mile."""
    return window(walked.n)


@answers(Walked)
async def walked(call: Call, walked: Walked, typed: Answers) -> Reply:
    """The next mile."""
    word = typed.text("word")
    if word == "fog":
        raise Mistakes({"word": "Nobody sees fog"}, window(walked.n, word))
    if word == "a snail":
        await asyncio.sleep(1.5)
    return Onward(window(walked.n + 1), card(walked.n)) if walked.n < MILES else Edit(short("home"))


@pytest.fixture
async def road(tmp_path: Path) -> AsyncGenerator[House]:
    """A house whose only command this is."""
    async with house(tmp_path, collect([sys.modules[__name__]])) as running:
        yield running


async def begin(road: House, platform: str) -> Person:
    """The first form is open."""
    ada = road.person(platform, "Ada")
    await ada.press(await ada.type("/walk"), "Walk on")
    return ada


async def test_slack_turns_its_window_and_leaves_no_answer_standing_in_it(road: House) -> None:
    ada, names = await begin(road, "slack"), set[str]()
    for n in range(1, MILES + 1):
        assert ada.dialog().title == f"Mile {n}"
        assert ada.dialog().depth == 1
        assert ada.dialog().fields[0].value == ""
        assert ada.dialog().fields[0].id not in names, "under the same name Slack would keep what was typed"
        names.add(ada.dialog().fields[0].id)
        await ada.world.submit(ada.id, {ada.dialog().fields[0].id: f"tree {n}"})
    assert ada.world.dialog(ada.id) is None
    assert [message.text for message in ada.here()] == ["home"], "one message, and no pile of them"


async def test_who_closes_the_turned_window_finds_a_message_that_knows_how_far_they_are(road: House) -> None:
    ada = await begin(road, "slack")
    for n in (1, 2):
        await ada.world.submit(ada.id, {ada.dialog().fields[0].id: f"tree {n}"})
    await ada.world.dismiss(ada.id)
    assert ada.world.dialog(ada.id) is None
    (seen,) = ada.here()
    assert "2 miles behind us" in seen.text
    await ada.press(seen, "Walk on")
    assert ada.dialog().title == "Mile 3"


async def test_slack_shows_mistakes_in_a_window_that_was_turned(road: House) -> None:
    ada = await begin(road, "slack")
    await ada.world.submit(ada.id, {ada.dialog().fields[0].id: "a tree"})
    field = ada.dialog().fields[0]
    await ada.world.submit(ada.id, {field.id: "fog"})
    assert ada.dialog().errors == {field.id: "Nobody sees fog"}
    await ada.world.submit(ada.id, {field.id: "a brook"})
    assert ada.dialog().title == "Mile 3"


async def test_discord_turns_the_message_whose_button_opens_the_next(road: House) -> None:
    ada = await begin(road, "discord")
    first = ada.here()[-1]
    for n in (1, 2):
        assert ada.dialog().title == f"Mile {n}"
        await ada.fill({"What do you see?": f"tree {n}"})
        assert ada.world.dialog(ada.id) is None
        (seen,) = [one for one in ada.here() if one.id == first.id]
        assert f"{n} miles behind us" in seen.text
        await ada.press(seen, "Walk on")
    assert len(ada.here()) == 1, "no pile of messages"


async def test_who_comes_too_late_for_a_window_gets_the_message(road: House, platform: str) -> None:
    ada = await begin(road, platform)
    await ada.world.submit(ada.id, {ada.dialog().fields[0].id: "a snail"})
    for _ in range(200):
        if "1 miles behind us" in ada.here()[-1].text:
            break
        await asyncio.sleep(0.02)
    assert "1 miles behind us" in ada.here()[-1].text
    assert ada.world.dialog(ada.id) is None


async def test_an_intro_stands_above_the_questions_word_for_word(road: House, platform: str) -> None:
    ada = await begin(road, platform)
    native = json.dumps(ada.dialog().native)
    shown = "The *road* to mile 1." if platform == "slack" else r"The \\*road\\* to mile 1."
    assert shown in native
