"""Every way to answer an interaction, as the bytes that reach Discord."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.discord.platform import DiscordPlatform
from chat.action import Action
from chat.errors import Rejected, Throttled, Uncertain
from chat.event import Completing
from chat.form import Ask, Form
from chat.message import Button, Message, Row, short
from chat.platform import Responder
from tests.bot.discord.conftest import House
from tests.bot.discord.wire import Answer, Wire, until

pytestmark = pytest.mark.usefixtures("bot")

COMMAND: dict[str, Any] = {"type": 1, "name": "help", "options": []}
BUTTON: dict[str, Any] = {"component_type": 2, "custom_id": "100~t-horn"}
SUBMIT: dict[str, Any] = {"custom_id": "100~t-horn", "components": []}
MESSAGE: Mapping[str, Any] = {"message": {"id": "777", "channel_id": "300"}}
ORIGINAL = "/messages/@original"
EPHEMERAL, V2 = 64, 32768


@dataclass(frozen=True)
class Horn(Action, name="t-horn"):
    """The horn of Helm Hammerhand."""


FORM = Form("A horn", (Ask("who", "Who blows it?"),), Horn())


def text_of(body: Any) -> str:
    data = body.get("data", body)
    return data["components"][0]["components"][0]["content"]


async def test_a_private_answer_is_one_callback(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.show(short("Hello"), private=True)
    id_ = await discord.interact(2, COMMAND)
    await until(lambda: discord.asked)
    [asked] = discord.asked
    assert asked.path == f"/interactions/{id_}/token-{id_}/callback"
    assert asked.body["type"] == 4
    assert asked.body["data"]["flags"] == EPHEMERAL | V2
    assert asked.body["data"]["allowed_mentions"] == {"parse": []}
    assert text_of(asked.body) == "Hello"


async def test_a_public_answer_is_not_ephemeral(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.show(short("Hello"), private=False)
    await discord.interact(2, COMMAND)
    await until(lambda: discord.asked)
    assert discord.asked[0].body["data"]["flags"] == V2


async def test_an_edit_replaces_the_message_of_the_button(discord: Wire, house: House) -> None:
    message = Message("", (Row((Button("Again", Horn()),)),))
    house.answer = lambda _event, responder: responder.edit(message)
    await discord.interact(3, BUTTON, **MESSAGE)
    await until(lambda: discord.asked)
    assert discord.asked[0].body["type"] == 7
    [button] = discord.asked[0].body["data"]["components"][0]["components"][0]["components"]
    assert button["custom_id"] == "100~t-horn"


async def test_an_edit_of_nothing_is_a_private_message(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.edit(short("Hello"))
    await discord.interact(2, COMMAND)
    await until(lambda: discord.asked)
    assert (discord.asked[0].body["type"], discord.asked[0].body["data"]["flags"]) == (4, EPHEMERAL | V2)


async def test_a_form_opens(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.open(FORM)
    await discord.interact(2, COMMAND)
    await until(lambda: discord.asked)
    body = discord.asked[0].body
    assert (body["type"], body["data"]["custom_id"], body["data"]["title"]) == (9, "100~t-horn", "A horn")


async def test_suggestions_are_cut_to_what_discord_takes(discord: Wire, house: House) -> None:
    many = [(f"value {n}", "label " + "x" * 120) for n in range(30)]
    house.answer = lambda _event, responder: responder.suggest(many)
    focused = {"type": 3, "name": "name", "value": "ml", "focused": True}
    await discord.interact(4, {"type": 1, "name": "role", "options": [focused]})
    await until(lambda: discord.asked)
    choices = discord.asked[0].body["data"]["choices"]
    assert discord.asked[0].body["type"] == 8
    assert len(choices) == 25
    assert max(len(choice["name"]) for choice in choices) == 100
    assert house.heard(Completing)[0].partial == "ml"


async def test_nothing_leaves_a_button_as_it_was(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.nothing()
    await discord.interact(3, BUTTON, **MESSAGE)
    await until(lambda: discord.asked)
    assert [asked.body for asked in discord.asked] == [{"type": 6}]


async def test_nothing_after_a_command_leaves_no_trace(discord: Wire, house: House) -> None:
    house.answer = lambda _event, responder: responder.nothing()
    await discord.interact(2, COMMAND)
    await until(lambda: len(discord.asked) == 2)
    assert discord.asked[0].body == {"type": 5, "data": {"flags": EPHEMERAL}}
    assert (discord.asked[1].method, discord.asked[1].path[-10:]) == ("DELETE", "/@original")


async def answer(house: House, *, defer_private: bool, show: Message, private: bool) -> None:
    async def slowly(_event: Any, responder: Responder) -> None:
        await responder.defer(private=defer_private)
        await responder.show(show, private=private)

    house.answer = slowly


@pytest.mark.parametrize(("private", "flags"), [(True, EPHEMERAL), (False, 0)])
async def test_a_command_shows_thinking_and_then_the_answer_in_its_place(
    discord: Wire, house: House, private: bool, flags: int
) -> None:
    await answer(house, defer_private=private, show=short("Hello"), private=private)
    id_ = await discord.interact(2, COMMAND)
    await until(lambda: len(discord.asked) == 2)
    assert discord.asked[0].body == {"type": 5, "data": {"flags": flags}}
    assert (discord.asked[1].method, discord.asked[1].path) == ("PATCH", f"/webhooks/7/token-{id_}{ORIGINAL}")
    assert text_of(discord.asked[1].body) == "Hello"
    assert discord.asked[1].body["allowed_mentions"] == {"parse": []}


async def test_private_words_never_take_the_place_of_public_thinking(discord: Wire, house: House) -> None:
    await answer(house, defer_private=False, show=short("A mistake of yours"), private=True)
    await discord.interact(2, COMMAND)
    await until(lambda: len(discord.asked) == 3)
    assert [asked.method for asked in discord.asked] == ["POST", "DELETE", "POST"]
    assert discord.asked[2].body["flags"] == EPHEMERAL | V2


async def test_a_slow_button_can_still_edit_its_message(discord: Wire, house: House) -> None:
    async def slowly(_event: Any, responder: Responder) -> None:
        await responder.defer(private=True)
        await responder.edit(short("Done"))

    house.answer = slowly
    await discord.interact(3, BUTTON, **MESSAGE)
    await until(lambda: len(discord.asked) == 2)
    assert discord.asked[0].body == {"type": 6}
    assert (discord.asked[1].method, discord.asked[1].path[-10:]) == ("PATCH", "/@original")


@pytest.mark.parametrize(("kind", "data"), [(3, BUTTON), (5, SUBMIT)])
async def test_a_slow_button_or_its_form_can_still_show_a_new_message(
    discord: Wire, house: House, kind: int, data: dict[str, Any]
) -> None:
    await answer(house, defer_private=True, show=short("New"), private=True)
    id_ = await discord.interact(kind, data, **MESSAGE)
    await until(lambda: len(discord.asked) == 2)
    assert discord.asked[0].body == {"type": 6}
    assert (discord.asked[1].method, discord.asked[1].path) == ("POST", f"/webhooks/7/token-{id_}")
    assert discord.asked[1].body["flags"] == EPHEMERAL | V2
    assert discord.asked[1].body["allowed_mentions"] == {"parse": []}


async def test_a_slow_form_of_a_command_shows_thinking(discord: Wire, house: House) -> None:
    await answer(house, defer_private=True, show=short("Kept"), private=True)
    await discord.interact(5, SUBMIT)
    await until(lambda: len(discord.asked) == 2)
    assert [asked.method for asked in discord.asked] == ["POST", "PATCH"]
    assert discord.asked[0].body["type"] == 5


async def test_a_form_cannot_follow(discord: Wire, house: House) -> None:
    async def slowly(_event: Any, responder: Responder) -> None:
        await responder.defer(private=True)
        await responder.open(FORM)

    house.answer = slowly
    await discord.interact(2, COMMAND)
    await until(lambda: house.failures)
    assert isinstance(house.failures[0], Rejected)
    assert len(discord.asked) == 1


async def ask(bot: DiscordPlatform, discord: Wire, house: House, *answers: Answer) -> None:
    """One command whose callbacks are answered so."""
    done: list[bool] = []

    async def reply(_event: Any, responder: Responder) -> None:
        done.append(True)
        try:
            await responder.show(short("Hello"), private=True)
        finally:
            done.append(False)

    house.answer = reply
    discord.script[discord.next_callback()] = list(answers)
    await discord.interact(2, COMMAND)
    await until(lambda: len(done) == 2)
    await until(bot.healthy)


async def test_too_late_is_told_to_the_dispatcher(bot: DiscordPlatform, discord: Wire, house: House) -> None:
    await ask(bot, discord, house, Answer(404, {"code": 10062, "message": "Unknown interaction"}))
    [error] = house.failures
    assert isinstance(error, Rejected)
    assert error.reason == "10062"


async def test_a_lost_answer_is_tried_once_more_because_it_cannot_arrive_twice(
    bot: DiscordPlatform, discord: Wire, house: House
) -> None:
    already = Answer(400, {"code": 40060, "message": "already acknowledged"})
    await ask(bot, discord, house, Answer(drop=True), already)
    assert house.failures == []
    assert len(discord.asked) == 2


async def test_but_not_for_ever(bot: DiscordPlatform, discord: Wire, house: House) -> None:
    await ask(bot, discord, house, Answer(502), Answer(502))
    assert isinstance(house.failures[0], Uncertain)
    assert len(discord.asked) == 2


async def test_throttling_is_not_hammered(bot: DiscordPlatform, discord: Wire, house: House) -> None:
    await ask(bot, discord, house, Answer(429, {"retry_after": 9.0}))
    assert isinstance(house.failures[0], Throttled)
    assert len(discord.asked) == 1
