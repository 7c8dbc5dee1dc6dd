"""The gateway connection comes back by itself, and never at the price of the token."""

from __future__ import annotations

import asyncio
import logging
import threading
import time

import discord as library
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.platform import DiscordPlatform
from chat.errors import PlatformSetup
from chat.event import CommandUsed, SpaceJoined
from store import Store
from tests.bot.discord.conftest import House, platform, running
from tests.bot.discord.wire import Wire, until, wire
from tests.kit.wires import discord_bot

COMMAND = {"type": 1, "name": "help"}


async def test_zero_privileged_intents(bot: DiscordPlatform, discord: Wire) -> None:
    assert bot.healthy()
    assert discord.intents == library.Intents(guilds=True).value == 1


@pytest.mark.parametrize("code", [4000, 4008, 1000, 1012])
async def test_a_lost_connection_is_resumed_without_a_new_start(bot: DiscordPlatform, discord: Wire, code: int) -> None:
    await discord.hang_up(code)
    await until(lambda: discord.resumes == 1 and bot.healthy())
    assert discord.identifies == 1


async def test_it_is_deaf_to_nothing_after_resuming(bot: DiscordPlatform, discord: Wire, house: House) -> None:
    await discord.hang_up()
    await until(lambda: discord.resumes == 1 and bot.healthy())
    await discord.interact(2, COMMAND)
    await until(lambda: house.heard(CommandUsed))


async def test_discords_wish_to_reconnect_is_followed(bot: DiscordPlatform, discord: Wire) -> None:
    await discord.op(7, None)
    await until(lambda: discord.resumes == 1 and bot.healthy())


async def test_an_invalid_session_starts_anew_and_knows_its_guilds(
    bot: DiscordPlatform, discord: Wire, house: House
) -> None:
    discord.guilds["300"] = "Gondor"
    await discord.op(9, False)
    await until(lambda: discord.identifies == 2 and bot.healthy())
    await until(lambda: "300" in {event.info.space.id for event in house.heard(SpaceJoined)})
    assert len(house.heard(SpaceJoined)) == 3


async def test_a_session_that_became_invalid_is_never_resumed_again(bot: DiscordPlatform, discord: Wire) -> None:
    await discord.hang_up()
    await until(lambda: discord.resumes == 1 and bot.healthy())
    await discord.op(9, False)
    await until(lambda: discord.identifies == 2 and bot.healthy())
    assert discord.resumes == 1


async def test_an_outage_of_the_gateway_is_outlived(bot: DiscordPlatform, discord: Wire) -> None:
    discord.refuse_sockets = 4
    await discord.hang_up()
    await until(lambda: not bot.healthy())
    await until(lambda: discord.refuse_sockets == 0 and bot.healthy(), seconds=10)
    assert discord.identifies == 1


async def test_the_very_first_connection_may_fail(discord: Wire, store: Store, house: House) -> None:
    discord.refuse_sockets = 2
    async with running(discord, store, house) as bot:
        assert bot.healthy()


async def test_an_event_the_library_cannot_read_does_not_make_us_deaf(
    bot: DiscordPlatform, discord: Wire, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await discord.push("CHANNEL_CREATE", {"no": "type"})
    await until(lambda: discord.resumes == 1 and bot.healthy())
    assert "could not be read" in caplog.text
    await discord.interact(2, COMMAND)
    await until(lambda: house.heard(CommandUsed))


async def test_a_spent_budget_refuses_to_start_and_says_why(discord: Wire, store: Store, house: House) -> None:
    discord.starts_left = 99
    bot = platform(discord, store)
    with pytest.raises(PlatformSetup, match=r"99 more session starts in the next 1\.0 hours"):
        await bot.start(house)
    assert discord.identifies == 0
    assert discord.connected() == 0
    assert not bot.healthy()


async def test_once_up_a_spent_budget_is_waited_for(bot: DiscordPlatform, discord: Wire) -> None:
    discord.starts_left = 10
    asked = len(discord.to("GET", "/gateway/bot"))
    await discord.op(9, False)
    await until(lambda: len(discord.to("GET", "/gateway/bot")) > asked)
    await until(lambda: not bot.healthy())
    assert discord.identifies == 1


async def test_a_token_reset_while_running_is_the_end(bot: DiscordPlatform, discord: Wire) -> None:
    await discord.hang_up(4004)
    await until(lambda: not bot.healthy())
    await until(lambda: discord.connected() == 0)
    assert (discord.identifies, discord.resumes) == (1, 0)


@pytest.mark.parametrize(("code", "advice"), [(4004, "DISCORD_TOKEN"), (4011, "sharded"), (4014, "intent")])
async def test_a_gateway_that_refuses_for_good_is_a_setup_error(
    discord: Wire, store: Store, house: House, code: int, advice: str
) -> None:
    discord.close_on_identify = code
    with pytest.raises(PlatformSetup, match=advice):
        await platform(discord, store).start(house)
    assert discord.identifies == 1


async def test_a_connection_whose_heartbeats_nobody_acknowledges_is_left_and_resumed(
    store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.gateway.ACK_PATIENCE", 0.3)
    monkeypatch.setattr("bot.discord.gateway.LOOK", 0.05)
    async with discord_bot(store, house, started=False) as (bot, world):
        world.heartbeat_ms = 300
        await bot.start(house)
        world.acks_heartbeats = False
        await until(lambda: bot.health().reason == "heartbeat")
        world.acks_heartbeats = True
        await until(bot.healthy)
        assert world.taken == 1


async def test_a_connection_whose_heartbeats_are_acknowledged_is_left_alone(
    store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.gateway.ACK_PATIENCE", 0.3)
    monkeypatch.setattr("bot.discord.gateway.LOOK", 0.05)
    async with discord_bot(store, house, started=False) as (bot, world):
        world.heartbeat_ms = 300
        await bot.start(house)
        await asyncio.sleep(1.5)
        assert bot.healthy()
        assert bot.health().reason == ""


async def test_a_late_hello_is_waited_for_and_one_that_never_comes_costs_no_start(
    store: Store, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.supervisor.OPENING", 0.5)
    async with discord_bot(store, house) as (bot, world):
        world.hello_delay = 0.2
        await world.invalidate()
        await until(lambda: world.taken == 2 and bot.healthy())
        world.hello_delay = 30.0
        await world.invalidate()
        await until(lambda: bot.health().reason == "TimeoutError")
        world.hello_delay = 0.0
        await until(bot.healthy)
        assert world.taken == 3


async def test_an_invalid_session_that_may_be_resumed_is_resumed(store: Store, house: House) -> None:
    async with discord_bot(store, house) as (bot, world):
        await world.invalidate(resumable=True)
        await until(lambda: bot.health().reason and bot.healthy())
        assert world.taken == 1


@pytest.mark.parametrize("code", [4003, 4007, 4009])
async def test_a_code_that_ends_the_session_is_not_answered_with_a_resume(
    store: Store, house: House, code: int
) -> None:
    async with discord_bot(store, house) as (bot, world):
        await world.close_all(code, "over")
        await until(lambda: world.taken == 2 and bot.healthy())
        assert bot.health().reason == f"closed_{code}"


@pytest.mark.parametrize("code", [4000, 4001, 4002, 4005, 4008])
async def test_every_other_code_is_answered_with_a_resume(store: Store, house: House, code: int) -> None:
    async with discord_bot(store, house) as (bot, world):
        await world.close_all(code, "come again")
        await until(lambda: bot.health().reason == f"closed_{code}" and bot.healthy())
        assert world.taken == 1


@pytest.mark.parametrize(("code", "advice"), [(4010, "shard"), (4012, "update"), (4013, "intent")])
async def test_codes_that_forbid_another_try_stop_it(store: Store, house: House, code: int, advice: str) -> None:
    async with discord_bot(store, house) as (bot, world):
        await world.close_all(code, "never again")
        await asyncio.wait_for(bot.ended(), 5)
        assert advice in str(bot.failure)
        await asyncio.sleep(0.3)  # six of its first pauses
        assert (world.taken, world.count()) == (1, 0)


async def test_a_session_outlives_an_outage_and_the_loss_of_its_own_address(store: Store, house: House) -> None:
    async with discord_bot(store, house) as (bot, world):
        world.away = True
        world.drop_all()
        await until(lambda: bot.health().reason == "http 503")
        await asyncio.sleep(0.7)
        world.away = False
        await until(bot.healthy)
        assert world.taken == 1


def heartbeats() -> list[threading.Thread]:
    """The library beats in a thread of its own."""
    return [thread for thread in threading.enumerate() if "keep-alive" in thread.name]


async def test_stopping_leaves_no_task_no_thread_no_socket(discord: Wire, store: Store, house: House) -> None:
    tasks = asyncio.all_tasks()
    bot = platform(discord, store)
    await bot.start(house)
    assert heartbeats()
    await bot.stop()
    await until(lambda: not heartbeats())
    await until(lambda: discord.connected() == 0)
    assert {task for task in asyncio.all_tasks() - tasks if "discord" in task.get_name()} == set()
    assert not bot.healthy()
    await bot.stop()  # twice does no harm


async def test_stopping_is_quick_in_the_middle_of_an_outage(bot: DiscordPlatform, discord: Wire) -> None:
    discord.refuse_sockets = 1_000
    await discord.hang_up()
    await until(lambda: discord.refuse_sockets < 998)
    began = time.monotonic()
    await bot.stop()
    assert time.monotonic() - began < 2


async def test_two_bots_in_one_process_keep_their_addresses(discord: Wire, store: Store, house: House) -> None:
    async with wire() as elsewhere, running(discord, store, house), running(elsewhere, store, House(store)):
        assert (discord.identifies, elsewhere.identifies) == (1, 1)
    assert Route.BASE == "https://discord.com/api/v10"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"


async def test_the_librarys_loggers_never_reach_debug(bot: DiscordPlatform) -> None:
    assert bot.healthy()
    assert logging.getLogger("discord.http").getEffectiveLevel() >= logging.INFO
