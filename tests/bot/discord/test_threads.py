"""Private threads: one for each key whatever breaks in between, and a clear reason where there can be none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.discord.threads import NAME, mark_of
from chat.errors import Rejected, Throttled, Unavailable
from chat.message import File, Message, Picture, Text, short
from chat.people import Person, Space
from chat.platform import OpensGroupChat
from sandbox.discord.model import Channel
from sandbox.discord.world import DiscordWorld
from sandbox.world import Fault
from tests.kit.house import House, house
from tests.kit.pictures import png

GUILD, OTHER_GUILD, PLACE = "900000000000000001", "900000000000000002", "700000000000000002"
ADA, KOFI = (Person(Space("discord", GUILD), f"80000000000000000{n}") for n in (1, 3))
KEY = "introduction-1"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, changes={"slack_app_token": "", "slack_bot_tokens": ""}) as running:
        running.sandbox.discord.enforce_limits = False
        yield running


@pytest.fixture
def discord(home: House) -> DiscordWorld:
    return home.sandbox.discord


def platform(home: House) -> OpensGroupChat:
    assert home.app is not None
    known = home.app.platforms["discord"]
    assert isinstance(known, OpensGroupChat)
    return known


async def gather(home: House, key: str = KEY, *, title: str = "Ada & Kofi", place: str | None = PLACE) -> str:
    return await platform(home).gather((ADA, KOFI), title=title, key=key, home=place)


async def send(home: House, place: str, message: Message) -> None:
    assert home.app is not None
    await home.app.platforms["discord"].send(ADA, message, key="k", place=place)


def threads(discord: DiscordWorld) -> list[Channel]:
    return [channel for channel in discord.channels.values() if channel.kind == "thread"]


def created(discord: DiscordWorld) -> int:
    """How many the bot was given."""
    return sum(1 for e in discord.ledger() if e["method"] == "POST /channels/{channel}/threads" and e["ok"])


async def test_it_is_private_stays_a_week_and_nobody_is_brought_along(home: House, discord: DiscordWorld) -> None:
    place = await gather(home, title="Ada\n& Kofi @everyone " + "x" * 100)
    (thread,) = threads(discord)
    assert (thread.id, thread.private, thread.invitable, thread.archive_after) == (place, True, False, 7 * 24 * 60)
    assert (thread.parent, thread.members) == (PLACE, {ADA.id, KOFI.id, discord.bot.id})
    assert thread.name.startswith("Ada & Kofi")
    assert thread.name.endswith(mark_of(KEY))
    assert len(thread.name) <= NAME


async def test_another_key_is_another_thread_for_the_same_two(home: House, discord: DiscordWorld) -> None:
    assert await gather(home) != await gather(home, "introduction-2")
    assert created(discord) == 2


async def test_two_tries_at_once_make_one_thread(home: House, discord: DiscordWorld) -> None:
    first, second = await asyncio.gather(gather(home), gather(home))
    assert first == second
    assert created(discord) == 1


@pytest.mark.parametrize(
    "match",
    [
        "GET /channels/",
        "POST /channels/",
        "threads/active",
        "archived/private",
        f"thread-members/{ADA.id}",
        f"members/{KOFI.id}",
    ],
)
@pytest.mark.parametrize("kind", ["lose", "status"])  # aiohttp itself repeats a GET or PUT that was cut off
async def test_whatever_is_cut_off_is_finished_by_the_next_try(
    home: House, discord: DiscordWorld, match: str, kind: str
) -> None:
    discord.faults().add(Fault(match, kind))  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        await gather(home)
    await gather(home)
    (thread,) = threads(discord)
    assert thread.members == {ADA.id, KOFI.id, discord.bot.id}


async def test_being_throttled_says_when_to_come_back(home: House, discord: DiscordWorld) -> None:
    discord.faults().add(Fault("POST /channels", "rate_limit", seconds=30))
    with pytest.raises(Throttled):
        await gather(home)
    assert threads(discord) == []


async def test_a_thread_that_fell_asleep_is_found_and_woken(home: House, discord: DiscordWorld) -> None:
    place = await gather(home)
    (thread,) = threads(discord)
    thread.archived = True
    await send(home, place, short("Hello again"))
    assert not thread.archived
    thread.archived = True
    thread.members.discard(KOFI.id)
    assert await gather(home) == place
    assert (thread.archived, thread.members) == (False, {ADA.id, KOFI.id, discord.bot.id})
    assert created(discord) == 1


async def test_a_members_own_thread_is_never_taken_for_ours(home: House, discord: DiscordWorld) -> None:
    theirs = Channel("123", "mine" + mark_of(KEY), "thread", GUILD, KOFI.id, PLACE, {KOFI.id, discord.bot.id})
    theirs.private = True
    discord.channels[theirs.id] = theirs
    assert await gather(home) != theirs.id


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (None, "no_home"),
        ("404404404404404404", "no_home"),
        ("700000000000001002", "no_home"),  # of the other guild
    ],
)
async def test_without_a_home_of_this_guild_there_is_none(
    home: House, discord: DiscordWorld, place: str | None, reason: str
) -> None:
    with pytest.raises(Rejected) as raised:
        await gather(home, place=place)
    assert raised.value.reason == reason
    assert threads(discord) == []


@pytest.mark.parametrize(
    ("denied", "reason"), [("CREATE_PRIVATE_THREADS", "missing_permissions"), ("VIEW_CHANNEL", "missing_access")]
)
async def test_a_missing_permission_has_its_name(home: House, discord: DiscordWorld, denied: str, reason: str) -> None:
    discord.deny_bot(PLACE, denied)
    with pytest.raises(Rejected) as raised:
        await gather(home)
    assert raised.value.reason == reason
    assert threads(discord) == []


async def test_a_thread_below_a_thread_is_no_home(home: House, discord: DiscordWorld) -> None:
    place = await gather(home)
    with pytest.raises(Rejected, match="wrong_home"):
        await gather(home, "introduction-2", place=place)


async def test_when_somebody_has_left_nobody_stays_alone_in_a_thread(home: House, discord: DiscordWorld) -> None:
    await discord.leave(f"{GUILD}/{KOFI.id}")
    with pytest.raises(Rejected, match="unknown_person"):
        await gather(home)
    (thread,) = threads(discord)
    assert (thread.archived, thread.members) == (True, {discord.bot.id})


async def test_a_living_conversation_is_not_dissolved_when_one_left_the_guild(
    home: House, discord: DiscordWorld
) -> None:
    place = await gather(home)
    await discord.leave(f"{GUILD}/{KOFI.id}")
    with pytest.raises(Rejected, match="unknown_person"):
        await gather(home)
    assert [room.id for room in home.person("discord", "Ada").groups()] == [place]


async def test_who_leaves_an_archived_thread_leaves_it_archived(home: House, discord: DiscordWorld) -> None:
    place = await gather(home)
    (thread,) = threads(discord)
    thread.archived = True
    await platform(home).leave(place, KOFI)
    assert (thread.archived, thread.members) == (True, {ADA.id, discord.bot.id})
    await platform(home).leave("404404404404404404", KOFI)


async def test_where_files_are_forbidden_their_words_go_once(home: House, discord: DiscordWorld) -> None:
    place = await gather(home)
    discord.deny_bot(PLACE, "ATTACH_FILES")
    carried = (Picture(png(1), "A grey square"), Text("and"), File(b"BEGIN:VCALENDAR", "talk.ics", "The talk"))
    await send(home, place, Message("", carried))
    (seen,) = home.person("discord", "Ada").inside(place)
    assert (seen.text, seen.files) == ("A grey square\nand\nThe talk", ())


async def test_where_nothing_may_be_said_the_refusal_stands(home: House, discord: DiscordWorld) -> None:
    place = await gather(home)
    discord.deny_bot(PLACE, "SEND_MESSAGES_IN_THREADS")
    with pytest.raises(Rejected, match="50013"):
        await send(home, place, Message("", (File(b"BEGIN:VCALENDAR", "talk.ics", "The talk"),)))
