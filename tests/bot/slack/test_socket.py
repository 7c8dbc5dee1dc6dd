"""Socket Mode heals: no gap while a connection is replaced, no dead ticket twice, no loop where Slack says no."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bot.slack.socket import Socket
from chat.errors import PlatformSetup
from sandbox.world import Fault
from tests.kit.waiting import until
from tests.kit.wires import ADA, Slack, slack_bot


async def test_a_warned_connection_is_replaced_before_it_goes() -> None:
    async with slack_bot() as bot:
        await bot.slack.trouble("warning")
        await until(lambda: bot.slack.sockets.most_live == 2, "a second connection while the first is still open")
        assert all([await bot.say_go() for _ in range(4)])
        await until(lambda: bot.slack.connected() == 1, "the old one to go")
        assert await bot.say_go()
        assert bot.slack.sockets.most_live == 2


async def test_what_is_being_handled_is_acknowledged_while_its_connection_is_refreshed() -> None:
    async with slack_bot() as bot:
        bot.slow = 0.3
        said = asyncio.create_task(bot.say_go())
        await until(lambda: bot.heard, "the command under way")
        await bot.slack.trouble("refresh")
        assert await said
        await until(bot.socket.connected, "a connection")
        assert await bot.say_go()


async def test_refreshes_every_few_moments_lose_nothing_and_never_need_a_third_connection() -> None:
    async with slack_bot(started=False) as bot:
        bot.slack.sockets.life, bot.slack.sockets.warning = 0.4, 0.18
        await bot.socket.start()
        async with asyncio.timeout(90):
            while bot.slack.sockets.opened < 15:
                await bot.say_go()
                assert bot.slack.deliveries(1)[-1]["error"] != "http_timeout"
                await asyncio.sleep(0.01)  # a command that nobody can hear is answered without a pause
        assert bot.slack.sockets.most_live == 2


async def test_a_refresh_without_a_warning_is_survived_too() -> None:
    async with slack_bot() as bot:
        for number in range(30):
            await until(lambda: bot.slack.connected() and bot.socket.connected(), "a connection")
            assert number % 3 or await bot.say_go()
            await bot.slack.trouble("refresh")
        assert bot.slack.sockets.most_live <= 2
        assert bot.socket.failure is None


async def test_a_dead_ticket_is_used_once_and_another_asked_for() -> None:
    async with slack_bot() as bot:
        bot.slack.sockets.dead_tickets = 3
        await bot.slack.trouble("drop")
        await until(lambda: not bot.socket.connected(), "the loss")
        await until(bot.socket.connected, "a connection")
        assert len(bot.tickets()) == 5  # one at the start, three dead, one good


async def test_a_silent_connection_is_found_and_what_was_lost_comes_again() -> None:
    async with slack_bot(silence=0.5) as bot:
        await bot.slack.trouble("half_open")
        await bot.slack.change_member(ADA, zone="Europe/Berlin")
        await until(lambda: len(bot.tickets()) == 2 and bot.socket.connected(), "a new connection")
        assert bot.socket.health().reason == "silent"
        await until(lambda: bot.events == 1, "the event again")
        assert await bot.say_go()


async def test_a_connection_where_nothing_happens_is_left_alone() -> None:
    async with slack_bot(silence=0.4) as bot:
        await asyncio.sleep(1.5)
        assert len(bot.tickets()) == 1
        assert await bot.say_go()


@pytest.mark.parametrize("code", ["missing_scope", "invalid_auth", "token_revoked", "account_inactive"])
async def test_a_refusal_that_no_try_can_change_ends_it(code: str) -> None:
    async with slack_bot() as bot:
        bot.slack.sockets.refusal = code
        await bot.slack.trouble("drop")
        await asyncio.wait_for(bot.socket.ended.wait(), 5)
        assert "connections:write" in str(bot.socket.failure)
        assert bot.socket.health().failure
        asked = len(bot.tickets())
        await asyncio.sleep(0.2)  # twenty of its first pauses
        assert len(bot.tickets()) == asked == 2
        assert bot.slack.connected() == 0


async def test_socket_mode_switched_off_ends_it() -> None:
    async with slack_bot() as bot:
        await bot.slack.trouble("link_disabled")
        await asyncio.wait_for(bot.socket.ended.wait(), 5)
        assert "switch Socket Mode on" in str(bot.socket.failure)
        assert not bot.socket.connected()
        assert len(bot.tickets()) == 1


async def test_a_refusal_at_the_start_says_what_to_change() -> None:
    async with slack_bot(started=False) as bot:
        bot.slack.sockets.refusal = "missing_scope"
        with pytest.raises(PlatformSetup, match=r"missing_scope.*connections:write"):
            await bot.socket.start()
        assert len(bot.tickets()) == 1


async def test_trouble_of_slacks_own_is_outlived() -> None:
    async with slack_bot() as bot:
        bot.slack.faults().add(Fault("apps.connections.open", "status", times=5, status=503))
        bot.slack.sockets.refusal = "internal_error"
        await bot.slack.trouble("drop")
        await until(lambda: not bot.slack.faults().pending() and len(bot.tickets()) > 7, "all of the trouble")
        bot.slack.sockets.refusal = ""
        await until(bot.socket.connected, "a connection")
        assert await bot.say_go()
        assert bot.socket.failure is None


async def test_slacks_wish_to_wait_is_honoured() -> None:
    async with slack_bot() as bot:
        bot.slack.faults().add(Fault("apps.connections.open", "rate_limit", seconds=1))
        await bot.slack.trouble("drop")
        await until(lambda: len(bot.tickets()) == 3, "another try")
        _first, refused, again = bot.tickets()
        assert again - refused >= 1.0


async def test_more_connections_than_slack_allows_are_not_insisted_on() -> None:
    async with slack_bot() as bot, running_beside(bot, 9):
        await bot.slack.trouble("warning")
        await until(lambda: bot.socket.health().reason == "too_many_websockets", "the refusal")
        assert bot.socket.connected()
        assert bot.socket.failure is None


@asynccontextmanager
async def running_beside(bot: Slack, count: int) -> AsyncGenerator[None]:
    """Other processes of the same app, up to Slack's limit."""
    web = bot.app.client
    others = [Socket(bot.app, bot.slack.app_token, web, pace=0.01) for _ in range(count)]
    try:
        for other in others:
            await other.start()
        bot.slack.sockets.most_live = 0
        yield
    finally:
        for other in others:
            await other.stop()


async def test_jumps_of_the_wall_clock_neither_end_a_connection_nor_lose_an_acknowledgement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wall, ahead = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: wall() + ahead[0])
    async with slack_bot() as bot:
        bot.slow = 0.2
        for jump in (5.0, -3600.0, 315_000_000.0, -630_000_000.0):
            said = asyncio.create_task(bot.say_go())
            before = bot.heard
            await until(lambda before=before: bot.heard > before, "the command under way")
            ahead[0] += jump
            assert await said
        assert len(bot.tickets()) == 1


async def test_stopping_does_not_wait_for_a_handler_that_never_acknowledges() -> None:
    async with slack_bot() as bot:
        bot.slow = 60.0
        said = asyncio.create_task(bot.say_go())
        await until(lambda: bot.heard, "the command under way")
        await asyncio.wait_for(bot.socket.stop(), 8)
        assert not await said
        assert {task for task in asyncio.all_tasks() if task.get_name() == "slack-envelope"} == set()


async def test_stopping_leaves_nothing_behind() -> None:
    tasks = asyncio.all_tasks()
    async with slack_bot() as bot:
        await bot.slack.trouble("warning")
        await until(lambda: bot.slack.connected() == 2, "both")
        await bot.socket.stop()
        assert not bot.socket.connected()
        assert {task for task in asyncio.all_tasks() - tasks if task.get_name().startswith("slack-")} == set()
        await until(lambda: bot.slack.connected() == 0, "no connection")
        await bot.socket.stop()  # twice does no harm
