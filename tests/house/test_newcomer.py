"""CONTRIBUTING's example is real: taken from the page as it stands, it is a command on both platforms."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.discord import tree
from bot.slack.manifest import manifest
from commands import _registry
from content.say import speaker
from tests.kit.house import house

ROOT = Path(__file__).parents[2]


def _example() -> str:
    found = re.search(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_it_is_about_twenty_five_lines() -> None:
    assert 15 <= len(_example().strip().splitlines()) <= 30


async def test_one_file_is_a_command_in_help_manifest_and_tree(
    tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("commands.coin")
    monkeypatch.setitem(sys.modules, "commands.coin", module)
    exec(compile(_example(), "commands/coin.py", "exec"), module.__dict__)  # noqa: S102  # our own page
    known, more = _registry.load(), _registry.collect([module])
    registry = _registry.Registry({**known.commands, **more.commands}, {**known.answers, **more.answers})

    assert "/coin" in {entry["command"] for entry in manifest(registry)["features"]["slash_commands"]}
    names = {dict(entry)["name"] for entry in tree.payload(registry, chinese=speaker("zh-CN").look_up)}
    assert "coin" in names
    async with house(tmp_path, registry) as home:
        ada = home.person(platform, "Ada")
        assert "/coin <heads> <tails>" in (await ada.type("/help")).text
        flipped = await ada.type("/coin heads:tea tails:coffee")
        assert "It says: " in flipped.text
        assert "tea" in flipped.text or "coffee" in flipped.text
