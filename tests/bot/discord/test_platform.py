"""The platform as the house meets it: setting up, guilds coming and going, presses in direct messages, forms again."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.discord import again
from bot.discord import platform as platform_module
from bot.discord.platform import DiscordPlatform
from chat.action import Action
from chat.errors import PlatformSetup
from chat.event import ActionTaken, CommandUsed, FormSent, SpaceJoined, SpaceLeft
from chat.form import Ask, Form
from chat.message import Button, Message, Row, short
from chat.people import Person, Space
from chat.platform import Platform, Responder
from store import Store
from tests.bot.discord.conftest import House, platform, running
from tests.bot.discord.test_tree import Cmd, Walks
from tests.bot.discord.wire import Answer, Wire, guild, until

SHIRE, ROHAN = Space("discord", "100"), Space("discord", "200")
SAM = Person(SHIRE, "9")
COMMAND: dict[str, Any] = {"type": 1, "name": "help"}
MESSAGE: dict[str, Any] = {"message": {"id": "777", "channel_id": "300"}}


@dataclass(frozen=True)
class Planted(Action, name="t-planted"):
    """A garden plan came back."""


def plan(typed: str = "") -> Form:
    return Form("Garden", (Ask("what", "What grows?", value=typed),), Planted())


async def test_it_is_a_platform(bot: DiscordPlatform) -> None:
    as_platform: Platform = bot
    assert as_platform.name == "discord"
    assert as_platform.healthy()


async def test_commands_are_registered_in_one_request(discord: Wire, store: Store, house: House) -> None:
    bot = platform(discord, store, registry=Walks(Cmd("walk", "Walk into Mordor"), Cmd("rest now", "Rest")))
    await bot.start(house)
    await bot.stop()
    [body] = discord.to("PUT", "/applications/7/commands")
    assert [command["name"] for command in body] == ["rest", "walk"]


@pytest.mark.parametrize("token", ["", "short", "no spaces are allowed here", "line\nbreak-in-the-token", "x" * 300])
async def test_what_is_no_token_is_told_before_anything_is_asked(
    discord: Wire, store: Store, house: House, token: str
) -> None:
    with pytest.raises(PlatformSetup, match="DISCORD_TOKEN"):
        await platform(discord, store, token=token).start(house)
    assert discord.asked == []


async def test_a_wrong_token_names_its_setting_and_is_tried_once(discord: Wire, store: Store, house: House) -> None:
    with pytest.raises(PlatformSetup, match="DISCORD_TOKEN"):
        await platform(discord, store, token="a-wrong-token-for-tests").start(house)
    assert len(discord.asked) == 1
    assert house.events == []


async def test_an_outage_at_start_is_outlived(discord: Wire, store: Store, house: House) -> None:
    discord.script["GET", "/users/@me"] = [Answer(503), Answer(drop=True), Answer(502)]
    async with running(discord, store, house) as bot:
        assert bot.healthy()


async def test_discord_not_there_at_all_is_a_setup_error(
    discord: Wire, store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await discord.stop()
    monkeypatch.setattr("bot.discord.login.PATIENCE", 0.3)
    with pytest.raises(PlatformSetup, match="cannot be reached"):
        await platform(discord, store).start(house)


async def test_commands_discord_refuses_are_a_setup_error(discord: Wire, store: Store, house: House) -> None:
    discord.script["PUT", "/applications/7/commands"] = [Answer(400, {"code": 50035, "message": "Invalid"})]
    bot = platform(discord, store)
    with pytest.raises(PlatformSetup, match="50035"):
        await bot.start(house)
    assert discord.identifies == 0


async def test_those_present_are_reported_and_remembered(
    discord: Wire, store: Store, house: House, bot: DiscordPlatform
) -> None:
    assert [(e.info.space, e.info.name) for e in house.heard(SpaceJoined)] == [
        (SHIRE, "The Shire"),
        (ROHAN, "Rohan"),
    ]
    async with store.begin() as tx:
        assert {row.space.id for row in await tx.spaces.all_present("discord")} == {"100", "200"}


async def test_a_new_guild_is_reported(discord: Wire, house: House, bot: DiscordPlatform) -> None:
    await discord.push("GUILD_CREATE", guild("300", "Gondor"))
    await until(lambda: house.heard(SpaceJoined)[-1].info.name == "Gondor")


async def test_an_outage_is_not_a_farewell(discord: Wire, house: House, bot: DiscordPlatform) -> None:
    await discord.push("GUILD_DELETE", {"id": "200", "unavailable": True})
    await discord.push("GUILD_CREATE", guild("200", "Rohan") | {"unavailable": False})
    await discord.push("GUILD_DELETE", {"id": "100"})
    await until(lambda: house.heard(SpaceLeft))
    assert house.heard(SpaceLeft) == [SpaceLeft(SHIRE)]
    assert len(house.heard(SpaceJoined)) == 2


async def test_a_guild_that_left_while_we_were_away_is_noticed_and_one_in_an_outage_is_kept(
    discord: Wire, store: Store, house: House
) -> None:
    async with running(discord, store, house):
        pass
    del discord.guilds["200"]
    discord.unavailable = {"100"}
    later = House(store)
    bot = platform(discord, store)
    await bot.start(later)
    await bot.stop()
    assert later.events == [SpaceLeft(ROHAN)]


async def test_a_command_from_a_guild_we_did_not_hear_of_is_still_recorded_first(
    discord: Wire, house: House, bot: DiscordPlatform
) -> None:
    await discord.interact(2, COMMAND, guild_id="400")
    await until(lambda: house.heard(CommandUsed))
    assert [type(event) for event in house.events[-2:]] == [SpaceJoined, CommandUsed]


async def test_one_user_in_two_guilds_is_two_persons(discord: Wire, house: House, bot: DiscordPlatform) -> None:
    await discord.interact(2, COMMAND, guild_id="100")
    await discord.interact(2, COMMAND, guild_id="200")
    await until(lambda: len(house.heard(CommandUsed)) == 2)
    assert {event.person for event in house.heard(CommandUsed)} == {Person(SHIRE, "9"), Person(ROHAN, "9")}


async def test_a_button_we_sent_comes_back_to_its_guild_after_a_restart(
    discord: Wire, store: Store, house: House
) -> None:
    await house.meet(Person(ROHAN, "9"))
    async with running(discord, store, house) as bot:
        await bot.send(Person(ROHAN, "9"), Message("", (Row((Button("Grow", Planted()),)),)), key="k")
        [body] = discord.to("POST", "/messages")
    [button] = body["components"][0]["components"][0]["components"]
    again_up = House(store)
    async with running(discord, store, again_up):
        data = {"component_type": 2, "custom_id": button["custom_id"]}
        await discord.interact(3, data, dm=True, **MESSAGE)
        await until(lambda: again_up.heard(ActionTaken))
    [event] = again_up.heard(ActionTaken)
    assert (event.person, event.wire, event.on.message) == (Person(ROHAN, "9"), "t-planted", "777")


async def test_a_stranger_to_that_guild_is_turned_away_in_words(
    discord: Wire, house: House, bot: DiscordPlatform
) -> None:
    await house.meet(SAM)
    await discord.interact(3, {"component_type": 2, "custom_id": "200~t-planted"}, dm=True, **MESSAGE)
    await until(lambda: discord.asked)
    assert house.heard(ActionTaken) == []
    assert discord.asked[0].body["type"] == 4
    assert discord.asked[0].body["data"]["flags"] & 64


async def test_a_control_without_a_guild_is_turned_away_in_words(
    discord: Wire, house: House, bot: DiscordPlatform
) -> None:
    await discord.interact(3, {"component_type": 2, "custom_id": "t-planted"}, dm=True, **MESSAGE)
    await until(lambda: discord.asked)
    assert house.heard(ActionTaken) == []
    assert discord.asked[0].body["type"] == 4


async def correct(discord: Wire, house: House, *, sealed: bool = False) -> tuple[Any, str]:
    """A form comes back wrong; gives the answer's body and the custom_id of its button."""
    await house.meet(SAM)

    async def gardener(event: Any, responder: Responder) -> None:
        if isinstance(event, FormSent) and event.answers.text("what") != "potatoes":
            typed = event.answers.text("what")
            await responder.correct(replace(plan(typed), sealed=sealed), {"what": "Only *potatoes*."}, event.answers)
        else:
            await responder.show(short("Planted."), private=True)

    house.answer = gardener
    await submit(discord, "taters")
    await until(lambda: discord.asked)
    body = discord.asked[-1].body
    [button] = body["data"]["components"][0]["components"][1]["components"]
    return body, button["custom_id"]


async def submit(discord: Wire, what: str) -> None:
    typed = {"type": 18, "component": {"type": 4, "custom_id": "what", "value": what}}
    await discord.interact(5, {"custom_id": "100~t-planted", "components": [typed]})


async def press(discord: Wire, custom_id: str, user: str = "9") -> Any:
    count = len(discord.asked)
    await discord.interact(3, {"component_type": 2, "custom_id": custom_id}, user=user, **MESSAGE)
    await until(lambda: len(discord.asked) > count)
    return discord.asked[-1].body


async def test_the_mistake_is_told_and_the_form_opens_again_with_every_word(
    discord: Wire, house: House, bot: DiscordPlatform
) -> None:
    told, button = await correct(discord, house)
    assert told["data"]["flags"] & 64
    assert told["data"]["components"][0]["components"][0]["content"] == r"**What grows?** Only \*potatoes\*."
    opened = await press(discord, button)
    assert opened["type"] == 9
    assert opened["data"]["custom_id"] == "100~t-planted"
    assert opened["data"]["components"][0]["component"]["value"] == "taters"


async def test_words_whose_command_keeps_them_sealed_are_written_down_nowhere_else(
    discord: Wire, store: Store, house: House, bot: DiscordPlatform
) -> None:
    _, button = await correct(discord, house, sealed=True)
    async with store.begin() as tx:
        assert await tx.drafts.get(SAM, "t-planted") is None
    opened = await press(discord, button)
    assert opened["data"]["components"][0]["component"]["value"] == "taters"


async def test_the_words_are_kept_until_the_form_is_accepted(
    discord: Wire, store: Store, house: House, bot: DiscordPlatform
) -> None:
    await correct(discord, house)
    async with store.begin() as tx:
        assert await tx.drafts.get(SAM, "t-planted") == {"what": "taters"}
    await submit(discord, "potatoes")

    async def forgotten() -> bool:
        async with store.begin() as tx:
            return await tx.drafts.get(SAM, "t-planted") is None

    async with asyncio.timeout(5):
        while not await forgotten():  # noqa: ASYNC110  # the answer is seen before the draft is dropped
            await asyncio.sleep(0.01)


async def test_nobody_else_can_open_it(discord: Wire, house: House, bot: DiscordPlatform) -> None:
    _told, button = await correct(discord, house)
    refused = await press(discord, button, user="10")
    assert refused["type"] == 4
    assert "taters" not in str(refused)


async def test_after_a_restart_the_words_are_still_there_and_the_member_knows_what_to_do(
    discord: Wire, store: Store, house: House
) -> None:
    async with running(discord, store, house):
        _told, button = await correct(discord, house)
    async with running(discord, store, House(store)):
        told = await press(discord, button)
    assert told["type"] == 4
    assert "once more" in str(told)
    async with store.begin() as tx:
        assert await tx.drafts.get(SAM, "t-planted") == {"what": "taters"}


async def test_the_memory_of_forms_is_bounded(
    discord: Wire, house: House, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "FORMS_KEPT", 1)
    _told, oldest = await correct(discord, house)
    discord.asked.clear()
    _told, newest = await correct(discord, house)
    assert (await press(discord, oldest))["type"] == 4
    assert (await press(discord, newest))["type"] == 9


async def test_a_handler_under_way_may_finish(discord: Wire, store: Store, house: House) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_event: Any, responder: Responder) -> None:
        begun.set()
        await go_on.wait()
        await responder.show(short("At last"), private=True)

    async with running(discord, store, house) as bot:
        house.answer = slow
        await discord.interact(2, COMMAND)
        await begun.wait()
        stopping = asyncio.create_task(bot.stop())
        await until(lambda: discord.connected() == 0)
        go_on.set()
        await stopping
    assert house.failures == []
    assert discord.asked[-1].body["type"] == 4


async def test_a_handler_that_hangs_is_ended(
    discord: Wire, store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_module, "HANDLERS_PATIENCE", 0.1)
    begun = asyncio.Event()

    async def hanging(_event: Any, _responder: Responder) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with running(discord, store, house) as bot:
        house.answer = hanging
        await discord.interact(2, COMMAND)
        await begun.wait()
        async with asyncio.timeout(3):
            await bot.stop()


async def test_memory_stays_flat_over_many_interactions(discord: Wire, house: House, bot: DiscordPlatform) -> None:
    """discord.py keeps views, messages and rate-limit buckets when asked in its usual way; we must not."""
    form = Message("", (Row((Button("Grow", Planted()),)),))
    house.answer = lambda _event, responder: responder.show(form, private=True)

    async def rounds(count: int) -> None:
        before = len(discord.asked)
        for _ in range(count):
            await discord.interact(2, COMMAND)
        await until(lambda: len(discord.asked) == before + count, seconds=20)
        await until(lambda: not vars(bot)["_tasks"], seconds=20)  # asked is not yet answered
        house.events.clear()

    def library_objects() -> int:
        gc.collect()
        return sum(str(type(thing).__module__).startswith("discord.") for thing in gc.get_objects())

    await rounds(50)
    discord.asked.clear()
    before = library_objects()
    await rounds(200)
    discord.asked.clear()
    assert library_objects() - before < 20


async def test_a_failing_answer_is_logged_by_id_and_never_by_word(
    discord: Wire, house: House, bot: DiscordPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    discord.script[discord.next_callback()] = [Answer(404, {"code": 10062, "message": "x"})]
    await discord.interact(3, {"component_type": 2, "custom_id": "secret-words"}, dm=True, **MESSAGE)
    await until(lambda: "refused an answer" in caplog.text)
    assert "secret-words" not in caplog.text
    assert "token-" not in caplog.text
