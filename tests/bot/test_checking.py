"""`bot check` tells an editor what is wrong, where and how to mend it; `bot preview` shows an entry as it will look."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.checking import check_pack, render
from bot.preview import NoSuchEntry, as_text, in_the_page
from chat.form import Form
from commands._every import views
from content.library import SHIPPED
from content.say import speaker
from sandbox.discord.components import check_components, check_modal
from sandbox.slack.blocks import check_blocks, check_view
from tests.kit.house import shipped

ROOT = Path(__file__).parents[2]
LIBRARY = shipped().library


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be damaged."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def _damage(pack: Path, file: str, old: str, new: str) -> list[str]:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_pack(pack)[1]


def test_the_shipped_pack_has_no_problem() -> None:
    assert check_pack(None)[1] == []


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_screen_of_every_entry_passes_both_platforms_own_checks(lang: str) -> None:
    seen = 0
    for view in views(speaker(lang), LIBRARY):
        made = view.make()
        shown = render(made)
        if isinstance(made, Form):
            problems = [*check_view(shown["slack"]), *check_modal(shown["discord"])]
        else:
            problems = [*check_blocks(shown["slack"]), *check_components(shown["discord"])]
        assert problems == [], f"{view.entry} as {view.name}"
        seen += 1
    assert seen > 4 * len(LIBRARY.prompts)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("ideas.yaml", "- {id: intro.literacy,", "- {id: intro.lonely, from: [ebook.1]}\n- {id: intro.literacy,",
         r"pack/ideas\.yaml:\d+: idea intro\.lonely: no live entry cites this idea"),
        ("topics.yaml", "- id: days",
         "- {id: empty, name: {en: Empty, zh-CN: 空空}, about: {en: Nothing, zh-CN: 没有}}\n- id: days",
         r"pack/topics\.yaml:\d+: empty: no live entry has this topic"),
        ("prompts/role.yaml", 'next: "/role"', 'next: "/roll"',
         r"pack/prompts/role\.yaml:\d+: prompt\.\S+: next is '/roll'"),
        ("prompts/role.yaml", 'next: "/role"', 'next: "/role nurse"', r"next is '/role nurse'"),
        ("prompts/role.yaml", 'next: "/role"', 'next: "/step nowhere"', r"next is '/step nowhere'"),
    ],
)  # fmt: skip
def test_what_an_editor_overlooks_is_told_with_its_place(pack: Path, file: str, old: str, new: str, told: str) -> None:
    found = _damage(pack, file, old, new)
    assert any(re.search(told, line) for line in found), found


def test_twins_and_equal_titles_are_told(pack: Path) -> None:
    text = (pack / "prompts" / "habit.yaml").read_text(encoding="utf-8")
    twin = text.split("\n- id: ")[0] + "\n- id: " + text.split("\n- id: ")[1]
    (pack / "prompts" / "twin.yaml").write_text(re.sub(r"- id: (\S+)", r"- id: \1-twin", twin), encoding="utf-8")
    found = check_pack(pack)[1]
    assert any("has the same title as prompt.habit" in line for line in found), found
    assert any("reads almost like prompt.habit" in line for line in found), found


def test_texts_that_are_legal_alone_but_too_long_together_are_told(pack: Path) -> None:
    tasks = "\n".join(f'    - {{id: t{n}, main: true, en: "{"long " * 30}", zh-CN: "很长"}}' for n in range(25))
    found = _damage(pack, "roles/data-analyst.yaml", "  tasks:", f"  tasks:\n{tasks}\n  # ")
    told = r"pack/roles/data-analyst\.yaml:2: role\.data-analyst: as card in en: a Text has \d+ characters"
    assert any(re.match(told, line) for line in found), found


def _bot(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_command_lines_exit_tells_a_script(pack: Path) -> None:
    good = _bot("check", str(pack))
    assert (good.returncode, good.stdout.count("no problem")) == (0, 1)
    _damage(pack, "prompts/role.yaml", 'next: "/role"', 'next: "/roll"')
    wrong = _bot("check", str(pack))
    assert wrong.returncode == 1
    assert "1 problem" in wrong.stdout
    (pack / "pack.yaml").write_text("slug: [", encoding="utf-8")
    broken = _bot("check", str(pack))
    assert broken.returncode == 2
    assert "pack/pack.yaml:" in broken.stderr


def test_preview_shows_both_platforms_in_both_languages_and_names_near_ids() -> None:
    text = "\n".join(as_text(LIBRARY, "card.keys.eight", LIBRARY.languages))
    for words in (
        "· en · slack",
        "· zh-CN · discord",
        "# The eight keys",
        "## AI 职业的八把钥匙",
        "[Where is this from?]",
    ):
        assert words in text
    assert "Personal discipline" in _bot("preview", "card.keys.eight", "--language", "en").stdout
    with pytest.raises(NoSuchEntry, match=r"card\.keys\.eight"):
        list(as_text(LIBRARY, "card.keys.eigth", ["en"]))
    assert "[Look ▾" not in "\n".join(as_text(LIBRARY, "roles", ["en"]))


async def test_preview_stands_in_the_sandboxs_page() -> None:
    async with in_the_page(None, "card.keys.eight", 0) as sandbox:
        for world in (sandbox.slack, sandbox.discord):
            everything = [
                seen.text
                for reader in world.residents()
                for room in world.rooms(reader.id)
                if room.kind == "dm"
                for seen in world.messages(reader.id, room.id)
            ]
            assert any("The eight keys to an AI career" in text for text in everything)
            assert any("AI 职业的八把钥匙" in text for text in everything)
