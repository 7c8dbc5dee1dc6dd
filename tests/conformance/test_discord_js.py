"""discord.js, whose authors never heard of this sandbox, runs a bot in it: what works here works by the protocol."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from sandbox.server import Sandbox
from sandbox.world import World
from tests.conformance.members import judged, labels, member, refusals, sees
from tests.conformance.node import Program
from tests.kit.people import Person


@dataclass(frozen=True)
class Guild:
    """The bot is in, and Ada is there."""

    world: World
    bot: Program
    ada: Person


@pytest.fixture
async def guild(sandbox: Sandbox) -> AsyncGenerator[Guild]:
    """Logged in, commands registered."""
    async with judged("discord.mjs", {"SANDBOX": sandbox.url, "TOKEN": sandbox.discord.bot_token}) as bot:
        await bot.wait_for("ready")
        yield Guild(sandbox.discord, bot, member(sandbox.discord, "Ada"))


async def test_the_bot_logs_in_and_its_commands_are_offered(guild: Guild) -> None:
    assert guild.bot.told("ready")[0]["guilds"] == 2
    offered = {hint.name: hint for hint in guild.world.commands(guild.ada.id)}
    assert set(offered) == {"panel", "find", "level", "write", "picture", "slow", "room"}
    assert offered["find"].options == (("topic", "Which topic", True),)
    assert guild.world.connected() == 1
    assert refusals(guild.world) == []


async def test_a_half_typed_option_is_completed_by_the_bot(guild: Guild) -> None:
    choices = await guild.world.complete(guild.ada.id, "/find gra")
    assert [label for _, label in choices] == ["gradients", "graphs", "grammars"]
    answer = await guild.ada.type("/find graphs")
    assert (answer.text, answer.only_you) == ("You found graphs", True)


async def test_a_declared_choice_reaches_the_bot_as_its_value(guild: Guild) -> None:
    choices = await guild.world.complete(guild.ada.id, "/level b")
    assert ("beginner", "Beginner") in choices
    assert (await guild.ada.type("/level beginner")).text == "You are beginner"


async def test_a_private_message_with_buttons_changes_when_one_is_pressed(guild: Guild) -> None:
    panel = await guild.ada.type("/panel")
    assert (panel.text, panel.only_you) == ("Pick something", True)
    assert labels(panel) == ["Count", "Ask me", "Your level"]
    assert (await guild.ada.press(panel, "Count")).text == "Counted to 1"
    assert (await guild.ada.press(panel, "Count")).text == "Counted to 2"
    assert (await guild.ada.press(panel, "Advanced")).text == "You chose advanced"
    assert len(guild.ada.here()) == 1, "an update adds no message"
    assert member(guild.world, "Kofi").here() == []


async def test_a_form_opens_from_a_button_and_its_answers_arrive(guild: Guild) -> None:
    panel = await guild.ada.type("/panel")
    await guild.ada.press(panel, "Ask me")
    dialog = guild.ada.dialog()
    assert dialog.title == "About you"
    assert [(field.label, field.kind) for field in dialog.fields] == [("Name", "text"), ("Level", "select")]
    await guild.ada.fill({"Name": "Ada", "Level": "advanced"})
    assert (await sees(guild.ada, "Ada is advanced")).only_you
    assert guild.world.dialog(guild.ada.id) is None


async def test_a_direct_message_arrives_unless_the_person_closed_them(guild: Guild) -> None:
    kofi, priya = member(guild.world, "Kofi"), member(guild.world, "Priya")
    await guild.ada.type(f"/write {kofi.id.partition('/')[2]}")
    note = await sees(kofi, "A word in private")
    await sees(guild.ada, "Written")
    assert (await kofi.press(note, "Thanks")).text == "You are welcome"
    await guild.ada.type(f"/write {priya.id.partition('/')[2]}")
    await sees(guild.ada, "Refused with 50007")
    assert (await guild.bot.wait_for("error"))["code"] == 50007
    assert priya.dms() == []
    assert [error for error in refusals(guild.world) if "50007" in error] == refusals(guild.world)


async def test_a_file_comes_with_the_answer(guild: Guild) -> None:
    await guild.ada.type("/picture")
    (file,) = (await sees(guild.ada, "Here is the file")).files
    assert (file.name, file.size, file.alt) == ("step.txt", len("one tiny step"), "A step")
    assert file.mimetype.startswith("text/plain")


async def test_what_follows_a_private_deferral_stays_private(guild: Guild) -> None:
    await guild.ada.type("/slow")
    await sees(guild.ada, "And one more thing")
    assert [(seen.text, seen.only_you) for seen in guild.ada.here()] == [
        ("Done at last", True),
        ("And one more thing", True),
    ]
    assert member(guild.world, "Kofi").here() == []


async def test_a_private_thread_is_open_to_the_member_who_was_added(guild: Guild) -> None:
    await guild.ada.type("/room")
    await sees(guild.ada, "Made")
    (thread,) = (room for room in guild.world.rooms(guild.ada.id) if room.kind == "thread")
    assert (thread.name, thread.parent) == ("Quiet corner", guild.ada.place)
    await sees(guild.ada, "Welcome to the quiet corner", thread.id)
    assert "thread" not in {room.kind for room in guild.world.rooms(member(guild.world, "Kofi").id)}


@pytest.mark.parametrize("trouble", ["drop", "reconnect"])
async def test_a_lost_connection_is_resumed(guild: Guild, trouble: str) -> None:
    await guild.world.trouble("drop" if trouble == "drop" else "reconnect")
    await guild.bot.wait_for("resumed")
    assert (await guild.ada.type("/find graphs")).text == "You found graphs"
    assert len(guild.bot.told("session")) == 1, "the session is the old one"
    assert guild.world.connected() == 1


async def test_an_invalid_session_is_begun_anew(guild: Guild) -> None:
    await guild.world.trouble("invalid_session")
    await guild.bot.wait_for("session", 2)
    assert (await guild.ada.type("/find graphs")).text == "You found graphs"
    assert guild.world.connected() == 1
