"""Pictures of our own making arrive with their words, wherever a message may go, on each platform alike."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from chat.action import Action
from chat.message import Button, Message, Picture, Row, Text
from chat.people import Person as Somebody
from chat.people import Space
from chat.platform import Edit, Reply
from commands._call import Call
from commands._dispatch import PATIENCE
from commands._registry import answers, collect, command
from sandbox.world import Seen
from tests.kit.house import House, house
from tests.kit.people import Person
from tests.kit.pictures import png


@dataclass(frozen=True)
class Shaded(Action, name="test-shaded"):
    """Show this shade of grey."""

    shade: int
    slow: bool = False


@dataclass(frozen=True)
class Told(Action, name="test-told"):
    """Say it without a picture."""


def grey(shade: int) -> Message:
    again = Row((Button("Darker", Shaded(shade + 1)), Button("Slowly", Shaded(9, slow=True)), Button("Words", Told())))
    return Message("Grey", (Text("Look:"), Picture(png(shade), f"A square, shade {shade}"), again))


@command("test grey", "A grey square", bare=True)
async def show_grey(call: Call) -> Reply:
    return grey(1)


@command("test open", "A grey square for everybody", private=False)
async def show_everybody(call: Call) -> Reply:
    return grey(2)


@command("test slow", "A grey square that takes its time")
async def show_slowly(call: Call) -> Reply:
    await asyncio.sleep(PATIENCE + 0.3)
    return grey(3)


@answers(Shaded)
async def shade(call: Call, pressed: Shaded) -> Reply:
    await asyncio.sleep(PATIENCE + 0.3 if pressed.slow else 0)
    return Edit(grey(pressed.shade))


@answers(Told)
async def tell(call: Call, pressed: Told) -> Reply:
    return Edit(Message("", (Text("Only words."),)))


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, collect([sys.modules[__name__]])) as running:
        yield running


async def bytes_of(seen: Seen) -> bytes:
    """What the reader's client loads."""
    (file,) = seen.files
    async with (
        aiohttp.ClientSession(headers={"Sec-Fetch-Site": "same-origin"}) as session,
        session.get(file.url) as answer,
    ):
        assert (answer.status, answer.content_type) == (200, "image/png")
        return await answer.read()


async def shows(seen: Seen, number: int) -> None:
    """The reader sees that square where it stands in the message, and its words."""
    assert await bytes_of(seen) == png(number)
    assert f"Grey\nLook:\nA square, shade {number}" in seen.text.replace("## ", "")
    assert seen.files[0].alt == f"A square, shade {number}"


async def test_in_a_direct_message(home: House, platform: str) -> None:
    assert home.app is not None
    ada = home.person(platform, "Ada")
    place, _, id_ = ada.id.partition("/")
    await home.app.platforms[platform].send(Somebody(Space(platform, place), id_), grey(5), key="grey-5")
    await shows(ada.dms()[-1], 5)
    writes = [entry for entry in home.worlds[platform].ledger() if entry["message"] == ada.dms()[-1].id]
    assert [bool(entry["key"]) for entry in writes] == [True], "one write, under its key"


async def test_in_the_answer_to_a_command_and_in_what_a_button_makes_of_it(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    seen = await ada.type("/test grey")
    await shows(seen, 1)
    assert seen.only_you
    seen = await ada.press(seen, "Darker")
    await shows(seen, 2)
    seen = await ada.press(seen, "Slowly")
    await shows(await _until_shade(ada, seen, 9), 9)
    seen = await ada.press(seen, "Words")
    assert (seen.text, seen.files) == ("Only words.", ())
    assert len(ada.here()) == 1


async def test_for_everybody_and_after_a_while(home: House, platform: str) -> None:
    ada, kofi = home.person(platform, "Ada"), home.person(platform, "Kofi")
    await ada.type("/test open")
    await shows(kofi.here()[-1], 2)
    await ada.type("/test slow")
    await shows(await _until_shade(ada, ada.here()[-1], 3), 3)
    assert len(kofi.here()) == 1


async def _until_shade(person: Person, seen: Seen, number: int) -> Seen:
    for _ in range(300):
        now = next((one for one in person.here() if one.id == seen.id), seen)
        if f"shade {number}" in now.text:
            return now
        newest = person.here()[-1]
        if f"shade {number}" in newest.text:
            return newest
        await asyncio.sleep(0.02)
    raise AssertionError(f"shade {number} was never seen: {[one.text for one in person.here()]}")
