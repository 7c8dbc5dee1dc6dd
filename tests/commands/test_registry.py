"""Commands are found by walking the folder; what is declared wrongly says how to declare it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, Any

import pytest

from bot.discord import tree
from bot.discord.again import FormAgain
from bot.slack.manifest import manifest
from chat import action as actions
from chat.action import Action
from chat.errors import LimitError
from chat.message import Message
from chat.platform import Reply
from commands._call import Call
from commands._dispatch import RunAgain
from commands._registry import Option, answers, collect, command, home, load
from commands.nudge_welcome import CONSENT, kept_text
from content.say import speaker
from sandbox.discord.commands import check_commands


def _module(*functions: Any) -> ModuleType:
    module = ModuleType("made_here")
    for function in functions:
        function.__module__ = "made_here"
        setattr(module, function.__name__, function)
    return module


def test_the_folder_holds_these_commands() -> None:
    assert set(load().commands) == {
        "admin help", "admin reload", "admin reports", "admin round", "admin rounds", "admin talks",
        "circle guide", "circle host", "circle join", "circle leave", "circle pause", "coffee join", "coffee leave",
        "coffee pause", "coffee skip", "coffee status", "help", "interview-match find", "interview-match leave",
        "interview-match offer", "interview-match pause", "interview-match prep", "interview-match rules",
        "interview-match status", "language", "mydata delete", "mydata export", "mydata forget",
        "mydata see", "nudge dose", "nudge easier", "nudge harder", "nudge history", "nudge home",
        "nudge now", "nudge off", "nudge on", "nudge pause", "nudge recipe", "nudge reflect", "nudge rhythm",
        "nudge show", "nudge time", "nudge week", "nudge why", "nudge zone", "reflect", "role", "scope aim",
        "scope back", "scope example", "scope ideas", "scope list", "scope new", "scope open", "scope pick",
        "scope share", "step",
    }  # fmt: skip


def test_every_action_of_the_house_is_answered_by_somebody() -> None:
    registry = load()
    ours = {
        cls for cls in actions._names.values()  # pyright: ignore[reportPrivateUsage]
        if cls.__module__.partition(".")[0] in {"commands", "content", "scheduler", "sheets", "bot"}
    }  # fmt: skip
    assert ours - set(registry.answers) == {RunAgain, FormAgain}, "the dispatcher and Discord answer these two"


def test_both_platforms_learn_the_same_commands_from_it() -> None:
    registry = load()
    payload = [dict(entry) for entry in tree.payload(registry, chinese=speaker("zh-CN").look_up)]
    assert check_commands(payload) == {}
    assert {entry["name"] for entry in payload} == {
        "admin", "circle", "coffee", "help", "interview-match", "language", "mydata", "nudge", "reflect", "role",
        "scope", "step",
    }  # fmt: skip
    admin = next(entry for entry in payload if entry["name"] == "admin")
    assert admin["default_member_permissions"] == "32", "Discord hides it from those who may not manage the guild"
    made = manifest(registry)["features"]["slash_commands"]
    assert {entry["command"] for entry in made} == {
        "/admin",
        "/circle",
        "/coffee",
        "/help",
        "/interview-match",
        "/language",
        "/mydata",
        "/nudge",
        "/reflect",
        "/role",
        "/scope",
        "/step",
    }
    assert next(e for e in made if e["command"] == "/nudge")["usage_hint"].startswith(
        "dose | easier | harder | history | home | now"
    )
    role = next(entry for entry in payload if entry["name"] == "role")
    assert role["description_localizations"]["zh-CN"]
    assert role["options"][0]["autocomplete"] is True


def test_two_of_one_name_are_refused() -> None:
    @command("twin", "One")
    async def one(call: Call) -> Reply: ...

    @command("twin", "Two")
    async def two(call: Call) -> Reply: ...

    with pytest.raises(LimitError, match="declared twice"):
        collect([_module(one, two)])


def test_a_command_cannot_be_a_group_too() -> None:
    @command("plant", "Plant")
    async def plant(call: Call) -> Reply: ...

    @command("plant tree", "Plant a tree")
    async def tree_(call: Call) -> Reply: ...

    with pytest.raises(LimitError, match="give it a second word"):
        collect([_module(plant, tree_)])


def test_an_option_without_its_summary_is_refused() -> None:
    with pytest.raises(LimitError, match="write Annotated"):

        @command("plant", "Plant")
        async def plant(call: Call, what: str) -> Reply: ...

    with pytest.raises(LimitError, match="lower-case"):

        @command("Plant!", "Plant")
        async def bad(call: Call) -> Reply: ...

    with pytest.raises(LimitError, match="allowed 100"):

        @command("plant", "P" * 101)
        async def long(call: Call, what: Annotated[str, Option("x")] = "") -> Reply: ...


def test_one_action_has_one_answer() -> None:
    @dataclass(frozen=True)
    class Poked(Action, name="test-poked"):
        pass

    @answers(Poked)
    async def one(call: Call, poked: Poked) -> Reply: ...

    @answers(Poked)
    async def two(call: Call, poked: Poked) -> Reply: ...

    with pytest.raises(LimitError, match="two answers"):
        collect([_module(one, two)])


def test_there_is_one_home_page() -> None:
    async def page(call: Call) -> Message:
        return Message("Home")

    async def other(call: Call) -> Message:
        return Message("Another")

    assert load().home is not None
    assert collect([_module(page)]).home is None
    assert collect([_module(home(page))]).home is page
    with pytest.raises(LimitError, match="made_here: keep one"):
        collect([_module(home(page), home(other))])


def test_the_text_somebody_agrees_to_changes_only_with_its_version() -> None:
    told = hashlib.sha256(kept_text(speaker("en")).encode()).hexdigest()[:12]
    assert (CONSENT, told) == (2, "9c2de95ced18"), (
        "if something else is kept, raise CONSENT; then put the new hash here"
    )
