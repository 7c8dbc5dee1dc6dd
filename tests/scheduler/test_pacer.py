"""How many messages may be under way: for a platform's ceiling, for a space that fails, for one that wants quiet."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord.platform import DiscordPlatform
from bot.slack.platform import SlackPlatform
from chat.people import Person, Space
from chat.platform import Pace, Platform
from commands._registry import load
from scheduler.pacer import UNPACED, Pacer
from store import open_store
from tests.kit import migrated

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ONE, OTHER = Space("slack", "T1"), Space("slack", "T2")
GUILD, SECOND = Space("discord", "1"), Space("discord", "2")


@pytest.fixture
async def platforms(tmp_path: Path) -> AsyncGenerator[dict[str, Platform]]:
    """Both, not started: a pacer only asks for their ceilings."""
    await migrated.sqlite(tmp_path / "store.sqlite3")
    store = await open_store(str(tmp_path / "store.sqlite3"))
    slack = SlackPlatform(app_token="", bot_tokens=[], store=store, clock=lambda: NOW)
    discord = DiscordPlatform(token="x" * 30, registry=load(), store=store, clock=lambda: NOW)
    yield {"slack": slack, "discord": discord}
    await store.close()


def test_a_workspace_has_room_of_its_own_and_guilds_share_one_account(platforms: dict[str, Platform]) -> None:
    pacer = Pacer(platforms)
    for space in (ONE, GUILD):
        for _ in range(pacer.room(space)):
            pacer.begin([space])
    assert (pacer.room(ONE), pacer.room(GUILD)) == (0, 0)
    assert pacer.room(OTHER) > 0
    assert pacer.room(SECOND) == 0


def test_room_is_about_a_second_of_the_ceiling_and_this_processs_share_of_it(platforms: dict[str, Platform]) -> None:
    pacer = Pacer(platforms)
    alone = pacer.room(GUILD)
    pacer.share = 0.25
    assert 40 <= alone <= 50
    assert pacer.room(GUILD) == alone // 4
    assert pacer.room(ONE) == 1  # a share of a little is still one at a time
    assert Pacer(platforms, enabled=False).room(GUILD) == UNPACED


def test_room_comes_back_in_halves_so_that_claims_are_many_at_once(platforms: dict[str, Platform]) -> None:
    pacer = Pacer(platforms)
    most = pacer.room(GUILD)
    for _ in range(most):
        pacer.begin([GUILD])
    rooms: list[int] = []
    for _ in range(most):
        pacer.end(GUILD)
        rooms.append(pacer.room(GUILD))
    assert next(room for room in rooms if room) == -(-most // 2)
    assert rooms[-1] == most


def test_a_space_that_failed_is_tried_with_one_message_until_it_answers(platforms: dict[str, Platform]) -> None:
    pacer = Pacer(platforms)
    pacer.failed(ONE)
    assert (pacer.room(ONE), pacer.failures(ONE)) == (1, 1)
    pacer.begin([ONE])
    assert pacer.room(ONE) == 0
    assert pacer.room(OTHER) > 1
    pacer.end(ONE)
    pacer.answered(ONE)
    assert pacer.room(ONE) > 1


def test_a_space_or_a_whole_platform_rests_until_its_moment(platforms: dict[str, Platform]) -> None:
    pacer, later = Pacer(platforms), NOW + timedelta(seconds=20)
    pacer.rest("slack:T1", later)
    assert pacer.rests(ONE, NOW) == later
    assert pacer.rests(OTHER, NOW) is None
    pacer.rest("slack", later)
    assert pacer.rests(OTHER, NOW) == later
    assert pacer.rests(ONE, later) is None
    pacer.close_openings("discord", later)
    assert pacer.openings_rest("discord", NOW) == later
    assert pacer.openings_rest("discord", later) is None


async def test_only_so_many_are_sent_at_once_however_many_are_claimed(platforms: dict[str, Platform]) -> None:
    pacer, inside, most = Pacer(platforms, enabled=False), 0, 0

    async def send() -> None:
        nonlocal inside, most
        async with pacer.gate(ONE):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(send() for _ in range(20)))
    assert most == 3


class Turtle:
    """A platform whose ceiling a test can reach."""

    at_once = 5

    def paces(self, to: Person) -> Sequence[tuple[str, Pace]]:
        """A hundred a second a space, twenty a conversation."""
        return ((to.space.key, Pace(100.0)), (f"{to.space.key}/{to.id}", Pace(20.0)))


async def test_turns_of_a_space_and_of_a_conversation_are_never_closer_than_their_pace() -> None:
    pacer = Pacer({"slack": Turtle()})  # type: ignore[dict-item]  # it need not send
    started = time.monotonic()
    for n in range(8):
        await pacer.turn(Person(ONE, f"U{n}"))
    assert time.monotonic() - started >= 0.06  # seven pauses of ten milliseconds, less the clock's grain
    started = time.monotonic()
    for _ in range(3):
        await pacer.turn(Person(OTHER, "U1"))
    assert time.monotonic() - started >= 0.09
