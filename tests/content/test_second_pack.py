"""docs/write-a-pack.md tells the truth: its pack loads, passes every check, and runs on both platforms without code."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.checking import check_pack
from content.library import load
from tests.kit.house import house

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "write-a-pack.md"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack as the guide prints it."""
    guide = GUIDE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:yaml|text) (\S+)\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    assert len(blocks) >= 9
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "my-pack"


def test_the_pack_of_the_guide_has_no_problem(pack: Path) -> None:
    library, problems = check_pack(pack)
    assert problems == []
    assert (library.slug, len(library.prompts), len(library.cards), len(library.roles)) == ("sourdough", 1, 1, 0)
    assert [step.key for step in library.worksheets["loaf"].steps] == ["eaters", "bake"]


def test_its_commands_are_those_that_run(pack: Path) -> None:
    told = re.findall(r"^python -m (bot (?:check|preview) [^#\n]*)", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == 3
    for line in told:
        if "--page" in line:
            continue
        words = [sys.executable, "-m", *line.split()]
        done = subprocess.run(words, cwd=pack.parent, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert "Steam" in done.stdout.decode() or "no problem" in done.stdout.decode()


def test_an_entry_may_exist_in_one_language_more(pack: Path) -> None:
    card = pack / "cards" / "baking.yaml"
    both = (
        card.read_text(encoding="utf-8")
        .replace('{en: "Steam for a crisp crust"}', '{en: "Steam for a crisp crust", zh-CN: "蒸汽让面包皮更脆"}')
    )  # fmt: skip
    card.write_text(both, encoding="utf-8")
    with pytest.raises(Exception, match=r"short\.zh-CN has 0 characters"):
        load(pack)  # begun in Chinese, so all of it


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_a_new_pack_needs_no_code(pack: Path, tmp_path: Path, platform: str) -> None:
    async with house(tmp_path, changes={"pack": str(pack)}) as home:
        ada = home.person(platform, "Ada")
        listed = await ada.type("/step")
        assert "The starter" in listed.text
        assert "How much maths" not in listed.text
        card = await ada.type("/step why is my bread pale")
        opened = await ada.press(card, "Steam for a crisp crust")
        assert "1. Heat a tray with the oven." in opened.text
        origin = await ada.press(opened, "Where is this from?")
        assert "Grandmother's kitchen notes" in origin.text
        assert "page 2, on the oven" in origin.text
        assert "Rosa Bianchi" in origin.text
        sheet = await ada.type("/step loaf plan")
        assert "Bread plan" in sheet.text
        step = await ada.type("/nudge now")
        assert "Look at the jar" in step.text
        lin = home.person(platform, "林雨")
        assert "Baking day" in (await lin.type("/step baking")).text, "what a pack does not have in Chinese is English"


def test_the_loaded_pack_is_the_one_on_disk_and_not_a_copy(pack: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.move(pack, moved)
    assert load(moved).slug == "sourdough"
