"""Who leaves is forgotten thirty days later, whoever comes back is not; a space that removes us is forgotten too."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sandbox.discord.world import DiscordWorld
from sandbox.slack.world import SlackWorld
from sandbox.world import Fault
from scheduler.jobs import find_leavers, tidy_members
from store.members import Member
from tests.acceptance.days import Life
from tests.acceptance.steps import opt_in
from tests.kit.house import House

DAY = timedelta(days=1)


async def member(life: Life) -> Member | None:
    """As the store knows them."""
    async with life.store.begin() as tx:
        return await tx.members.get(life.someone)


async def go_on(life: Life, days: float) -> None:
    """Time passes, and both jobs have run."""
    life.home.sandbox.clock.advance(days * DAY)
    await jobs(life)


async def jobs(life: Life) -> None:
    """Both, now."""
    assert life.home.app is not None
    await find_leavers.run(life.home.app.rooms)
    await tidy_members.run(life.home.app.rooms)


async def left(life: Life) -> None:
    """The person leaves, and it is known: Slack tells, of Discord's members each is asked about once a week."""
    await life.person.world.leave(life.person.id)
    if life.platform == "discord":
        await go_on(life, 7.1)
    await until_left(life)


async def comes_back(life: Life) -> None:
    """Joins the guild again; the account on Slack is activated again, and we missed the event of it."""
    world, resident = life.person.world, life.person.resident
    if isinstance(world, SlackWorld):
        world.spaces[life.someone.space.id].members[life.someone.id].gone = False
    else:
        await world.join(life.person.id, resident.name, resident.locale, resident.zone)


async def until_left(life: Life) -> None:
    for _ in range(200):
        known = await member(life)
        if known is not None and known.left_at is not None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody noticed")


async def test_who_left_gets_nothing_and_is_forgotten_after_thirty_days(home: House, platform: str) -> None:
    ada, kofi = Life(home, home.person(platform, "Ada"), platform), Life(home, home.person(platform, "Kofi"), platform)
    await opt_in(ada.person)
    await kofi.person.type("/language en")
    await left(ada)
    nudge = await ada.nudge()
    assert (nudge.state, nudge.next_at) == ("off", None)
    before = len(ada.person.dms())
    await go_on(ada, 29)
    assert await member(ada) is not None, "thirty days from when it was known"
    await go_on(ada, 1.1)
    assert await member(ada) is None
    assert await member(kofi) is not None
    assert len(ada.person.dms()) == before


async def test_who_comes_back_finds_everything_but_no_messages(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await left(ada)
    await go_on(ada, 20)
    await comes_back(ada)
    await go_on(ada, 20)
    known, nudge = await member(ada), await ada.nudge()
    assert known is not None, "asked once more before anything is deleted"
    assert known.left_at is None
    assert (nudge.anchor, nudge.state) == ("pour my coffee", "off")


async def test_whom_a_message_does_not_reach_is_asked_about_at_once(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    ada.person.world.set_dms_open(ada.person.id, False)
    where, code = ("chat.postMessage", "user_disabled") if platform == "slack" else ("/messages", "50278")
    ada.person.world.faults().add(Fault(where, "refuse", status=403, code=code))
    await ada.morning()
    known = await member(ada)
    assert known is not None
    assert not known.reachable
    await jobs(ada)
    known = await member(ada)
    assert known is not None
    assert known.left_at is None, "closed messages are no farewell"
    if platform == "discord":  # Slack tells by itself
        await ada.person.world.leave(ada.person.id)
        async with ada.store.begin() as tx:
            await tx.members.unreachable([ada.someone])
        await jobs(ada)
        await until_left(ada)


async def test_nobody_is_deleted_while_the_platform_does_not_answer(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await left(ada)
    where = "users.info" if platform == "slack" else "/members/"
    for _ in range(2):  # one try a job
        ada.person.world.faults().add(Fault(where, "status", status=503))
    await go_on(ada, 31)
    assert await member(ada) is not None
    await go_on(ada, 0.1)
    assert await member(ada) is None


async def test_a_space_that_removed_us_is_forgotten_with_everybody_in_it(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    world, space = ada.person.world, ada.someone.space
    if isinstance(world, DiscordWorld):
        world.kick_bot(space.id)
    else:
        assert isinstance(world, SlackWorld)
        world.uninstall(space.id)
    await until_gone(ada)
    await go_on(ada, 29)
    assert await member(ada) is not None
    await go_on(ada, 1.1)
    async with ada.store.begin() as tx:
        assert await tx.members.get(ada.someone) is None
        assert await tx.spaces.get(space) is None, "its name and its token go too"


async def until_gone(life: Life) -> None:
    for _ in range(200):
        async with life.store.begin() as tx:
            row = await tx.spaces.get(life.someone.space)
        if row is not None and row.left_at is not None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody noticed")


async def test_a_member_is_asked_about_once_a_week_and_no_more(home: House) -> None:
    ada = Life(home, home.person("discord", "Ada"), "discord")
    await ada.person.type("/language en")
    for _ in range(3):
        await jobs(ada)
    await go_on(ada, 7.1)
    await jobs(ada)
    asked = [entry for entry in ada.person.world.ledger() if "/members/" in str(entry["method"])]
    assert len(asked) == 1


async def test_the_jobs_run_by_themselves(home: House, platform: str) -> None:
    """Told by the clock alone, through the running house."""
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await left(ada)
    home.sandbox.clock.advance(31 * DAY)
    await home.restart()  # each job runs at a start, and at its interval from there
    for _ in range(300):
        if await member(ada) is None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody was forgotten")
