"""The registry as Discord's application commands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.discord import tree

CHINESE = {"Walk into Mordor": "走进魔多", "who goes": "谁去", "Rest a while": "休息一下", "Short": "短"}


@dataclass(frozen=True)
class Opt:
    name: str
    summary: str = "who goes"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    completes: bool = False
    person: bool = False


@dataclass(frozen=True)
class Cmd:
    name: str
    summary: str
    options: tuple[Opt, ...] = ()
    owner: bool = False


class Walks:
    """A registry of these commands."""

    def __init__(self, *commands: Cmd) -> None:
        self._commands = commands

    def groups(self) -> Mapping[str, Sequence[Cmd]]:
        groups: dict[str, list[Cmd]] = defaultdict(list)
        for command in self._commands:
            groups[command.name.partition(" ")[0]].append(command)
        return groups


def payload(*commands: Cmd) -> list[dict[str, Any]]:
    return tree.payload(Walks(*commands), chinese=lambda english: CHINESE.get(english, english))


def test_a_command_of_one_word() -> None:
    [walk] = payload(Cmd("walk", "Walk into Mordor", (Opt("name", completes=True),)))
    assert (walk["type"], walk["name"], walk["description"]) == (1, "walk", "Walk into Mordor")
    assert walk["description_localizations"] == {"zh-CN": "走进魔多"}
    [name] = walk["options"]
    assert name == {
        "type": 3,
        "name": "name",
        "description": "who goes",
        "description_localizations": {"zh-CN": "谁去"},
        "required": False,
        "autocomplete": True,
    }


def test_commands_belong_to_guilds_only() -> None:
    for command in payload(Cmd("walk", "Walk into Mordor"), Cmd("rest now", "Rest a while")):
        assert (command["contexts"], command["integration_types"]) == ([0], [0])


def test_two_words_become_a_group_of_sub_commands() -> None:
    rest, walk = payload(Cmd("rest now", "Rest a while"), Cmd("walk", "Walk into Mordor"), Cmd("rest later", "Later"))
    assert [(option["type"], option["name"]) for option in rest["options"]] == [(1, "now"), (1, "later")]
    assert rest["options"][0]["description_localizations"] == {"zh-CN": "休息一下"}
    assert walk["options"] == []


def test_a_group_of_one_stays_a_group() -> None:
    [rest] = payload(Cmd("rest now", "Rest a while"))
    assert [option["name"] for option in rest["options"]] == ["now"]


def test_required_options_come_first_as_discord_demands() -> None:
    [walk] = payload(Cmd("walk", "Walk into Mordor", (Opt("pace"), Opt("way", required=True))))
    assert [option["name"] for option in walk["options"]] == ["way", "pace"]


def test_choices_are_localised_and_exclude_autocomplete() -> None:
    [walk] = payload(Cmd("walk", "Walk into Mordor", (Opt("way", choices=(("s", "Short"),), completes=True),)))
    [way] = walk["options"]
    assert way["choices"] == [{"name": "Short", "value": "s", "name_localizations": {"zh-CN": "短"}}]
    assert "autocomplete" not in way


def test_a_person_is_picked_by_name() -> None:
    [walk] = payload(Cmd("walk", "Walk into Mordor", (Opt("who", person=True),)))
    assert walk["options"][0]["type"] == 6


def test_every_description_is_within_discords_limits() -> None:
    many = [Cmd(f"rest w{n}", "a long summary " * 5) for n in range(9)]
    for node in walk_nodes(payload(*many)):
        assert 1 <= len(node["description"]) <= 100
        assert re.fullmatch(r"[-_a-z0-9]{1,32}", node["name"])


def walk_nodes(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from walk_nodes(node.get("options", []))
