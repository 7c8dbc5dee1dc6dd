"""Pictures on Discord, as the bytes that reach it: files beside the message, shown by a gallery with their words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.discord.platform import DiscordPlatform
from chat.errors import Uncertain
from chat.message import Message, Picture, Text, short
from chat.people import Person, Space
from chat.platform import Responder
from tests.bot.discord.conftest import House
from tests.bot.discord.test_responder import BUTTON, COMMAND, MESSAGE, ORIGINAL
from tests.bot.discord.wire import Answer, Asked, Wire, until
from tests.kit.pictures import png

pytestmark = pytest.mark.usefixtures("bot")
SAM = Person(Space("discord", "100"), "9")
CREATE = ("POST", "/channels/559/messages")
DOTS = Message("", (Text("Look:"), Picture(png(1), "28 *dots*", "dots.png"), Picture(png(2), "more", "more.png")))


def shown(asked: Asked) -> None:
    """Both pictures came, whole, and stand in the message with their words."""
    data = asked.body.get("data", asked.body)
    galleries = [part for part in data["components"][0]["components"] if part["type"] == 12]
    media = [(item["media"]["url"], item["description"]) for gallery in galleries for item in gallery["items"]]
    assert media == [("attachment://dots.png", "28 *dots*"), ("attachment://more.png", "more")]
    described = [(file["id"], file["filename"], file["description"]) for file in data["attachments"]]
    assert described == [(0, "dots.png", "28 *dots*"), (1, "more.png", "more")]
    assert asked.files == {"dots.png": png(1), "more.png": png(2)}


async def test_a_direct_message_brings_them_under_its_key(bot: DiscordPlatform, discord: Wire) -> None:
    await bot.send(SAM, DOTS, key="delivery-1")
    (asked,) = (one for one in discord.asked if one.path.endswith("/messages"))
    shown(asked)
    assert (asked.body["nonce"], asked.body["enforce_nonce"], asked.body["allowed_mentions"]) == (
        "delivery-1", True, {"parse": []}
    )  # fmt: skip


async def test_a_message_without_pictures_is_as_it_always_was(bot: DiscordPlatform, discord: Wire) -> None:
    await bot.send(SAM, short("Hello"), key="delivery-1")
    [body] = discord.to("POST", "/messages")
    assert "attachments" not in body


async def test_a_connection_lost_with_a_picture_is_as_uncertain_as_any(bot: DiscordPlatform, discord: Wire) -> None:
    discord.script[CREATE].append(Answer(drop=True))
    with pytest.raises(Uncertain):
        await bot.send(SAM, DOTS, key="delivery-1")
    assert len(discord.to("POST", "/messages")) == 1


async def test_an_answer_that_is_tried_again_brings_them_whole_again(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.show(DOTS, private=True)
    discord.script[discord.next_callback()].append(Answer(502))
    await discord.interact(2, COMMAND)
    await until(lambda: len(discord.asked) == 2)
    for asked in discord.asked:
        shown(asked)
        assert (asked.body["type"], asked.body["data"]["flags"]) == (4, 64 | 32768)


async def test_an_edit_brings_its_own_and_leaves_none_of_the_old(discord: Wire, house: House) -> None:
    for message, names in ((DOTS, ["dots.png", "more.png"]), (short("Words."), [])):
        house.answer = lambda _event, responder, message=message: responder.edit(message)
        await discord.interact(3, BUTTON, **MESSAGE)
        await until(lambda: discord.asked)
        asked = discord.asked.pop()
        assert asked.body["type"] == 7
        assert [file["filename"] for file in asked.body["data"]["attachments"]] == names
        assert list(asked.files) == names


async def test_after_a_deferral_too(discord: Wire, house: House) -> None:
    async def later(event: Any, responder: Responder) -> None:
        await responder.defer(private=True)
        await responder.show(DOTS, private=True)

    house.answer = later
    await discord.interact(2, COMMAND)
    await until(lambda: len(discord.asked) == 2)
    assert (discord.asked[1].method, discord.asked[1].path[-len(ORIGINAL) :]) == ("PATCH", ORIGINAL)
    shown(discord.asked[1])
    discord.asked.clear()
    await discord.interact(3, BUTTON, **MESSAGE)  # a control defers without a trace, so this is a follow-up
    await until(lambda: len(discord.asked) == 2)
    assert (discord.asked[1].method, discord.asked[1].body["flags"]) == ("POST", 64 | 32768)
    shown(discord.asked[1])
