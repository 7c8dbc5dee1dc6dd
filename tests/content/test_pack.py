"""The shipped pack is whole, its facts are the inventory's, and a wrong pack says file, line and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.library import SHIPPED, load
from content.read import PackError
from tests.kit.house import shipped

INVENTORY = Path(__file__).parents[3] / "shared" / "content" / "inventory_ids.txt"
MATRIX = {  # inventory, appendix 2: exactly these tools are named for each role
    "role.data-scientist": "Python PyTorch TensorFlow R Tableau Excel Git Subversion Mercurial",
    "role.ml-engineer": "Python SQL AWS GCP Azure Git Jupyter Jira",
    "role.data-analyst": "Python SQL Tableau Excel A/B-testing",
    "role.software-engineer-ml": "Python PyTorch TensorFlow AWS GCP Azure Git Jupyter Jira",
    "role.ml-researcher": "Python SQL AWS GCP Azure Git Jupyter Jira",
    "role.software-engineer": "Python SQL Java C++ AWS GCP Azure Git Jupyter Jira",
}


def test_the_shipped_pack_holds_steps_for_every_track_and_six_roles() -> None:
    library = shipped().library
    assert len(library.prompts) >= 240
    for track in ("learn", "build", "job"):
        ways = [prompt for prompt in library.prompts.values() if {track, "any"} & prompt.tracks]
        assert len(ways) >= 60, track
        assert len({prompt.topic for prompt in ways}) >= 12, track
    assert set(library.roles) == set(MATRIX)
    assert len(library.anchors) >= 12
    assert len(library.celebrations) >= 20


def test_each_role_names_exactly_the_tools_of_the_source() -> None:
    for role in shipped().library.roles.values():
        named = {item for tools in role.tools for item in tools.items}
        short = {item.replace("Microsoft ", "").replace(" Notebooks", "").replace(" software", "") for item in named}
        assert short == set(MATRIX[role.id].split()), role.id


def test_every_role_warns_that_firms_differ_and_is_citable() -> None:
    for role in shipped().library.roles.values():
        assert "Ask someone who does the job." in role.caveat.en
        assert "pathways.overlap" in role.sources
        assert any(task.main for task in role.tasks)


def test_the_known_ideas_are_the_inventorys() -> None:
    kept = set((Path(__file__).parent / "ideas.txt").read_text(encoding="utf-8").split())
    assert len(kept) == 319
    assert set(shipped().library.ideas) == kept
    if INVENTORY.is_file():  # the designs stand beside the project only at the founders' desks
        assert kept == {line for line in INVENTORY.read_text().split() if not line.startswith("discrepancy.")}


def _pack(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the shipped pack with one text replaced."""
    for path in (path for path in SHIPPED.rglob("*") if path.is_file()):
        target = tmp_path / "pack" / path.relative_to(SHIPPED)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if str(path).endswith(f"/{name}"):
            assert old in text
            text = text.replace(old, new, 1)
        target.write_text(text, encoding="utf-8")
    return tmp_path / "pack"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("prompts/habit.yaml", "rev: 1", "rev: none", "rev is missing"),
        ("prompts/habit.yaml", "seconds: 10", "seconds: 400", "5 to 120"),
        ("prompts/habit.yaml", "topic: habit", "topic: cooking", "is not one of"),
        ("prompts/habit.yaml", "habit.ten-seconds, habit", "habit.nowhere, habit", "not a known idea"),
        ("prompts/habit.yaml", "Pick any lesson", "You must pick any lesson", "say it as an offer"),
        ("prompts/habit.yaml", "挑一份", "你应该挑一份", "say it as an offer"),
        ("prompts/habit.yaml", "Pick any lesson", "See https://x.example for a lesson", "plain text without links"),
        ("prompts/habit.yaml", '"十秒钟的课"', '""', "has 0 characters"),
        ("prompts/habit.yaml", '"十秒钟的课"', '"十秒 钟的课"', "put it on one line"),
        ("prompts/habit.yaml", "  celebrate:", "  celebrat:", "is not a field here"),
        ("prompts/habit.yaml", "  status: live", "  status: live\n  status: draft", "given twice"),
        (
            "prompts/habit.yaml",
            "id: prompt.habit.ten-seconds",
            "id: prompt.habit.one-push-up",
            "taken by an earlier entry",
        ),
        ("prompts/habit.yaml", "  rev: 1", "  rev: [1", "not readable as YAML"),
        ("data-analyst.yaml", "try_tiny: prompt.learn.one-column", "try_tiny: prompt.none", "not a live entry"),
        ("data-analyst.yaml", "aliases: [da,", "aliases: [DA,", "lower case"),
        ("pack.yaml", "version: 1", "version: 2026-01-01", "put it in quotes"),
        ("pack.yaml", "version: 1", "version: 1\nlanguages: [en, fr]", "'fr' is not one of en, zh-CN"),
        ("ai-career/ideas.yaml", "[ebook.introduction]", "[ebook.99]", "not in books.yaml"),
        ("ai-career/ideas.yaml", "id: intro.human-machine", "id: intro.literacy", "given twice"),
        ("topics.yaml", "about:", "abuot:", "is not a field here"),
        ("asked/math.txt", "[card.math.how-much]", "[card.math.how-muhc]", "is no card, role or step of this pack"),
        ("asked/math.txt", "[card.math.goals]", "[card.math.how-much]", "is given twice"),
        ("asked/math.txt", "# What", "what\n# What", "belongs to no entry"),
        ("asked/math.txt", "[card.math.goals]\n", "[card.math.goals]\nIn Capitals\n", "lower case, at most 60"),
        ("cards/math.yaml", "kind: framework", "kind: frame", "kind must be one of"),
        ("cards/math.yaml", "see: [card.math.", "see: [card.math.no-", "not a live entry of this pack"),
        ("quiz.yaml", "role.data-analyst: 3", "role.data-analyst: 9", "1 to 3"),
        ("quiz.yaml", "role.data-analyst: 3", "role.nurse: 3", "not a live entry of this pack"),
        ("titles.yaml", "near: [role.software-engineer", "near: [role.plumber", "not a live entry of this pack"),
        ("ml-engineer.yaml", "model: main", "model: perhaps", "main or also"),
    ],
)
def test_a_wrong_pack_is_refused_with_file_and_line(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    with pytest.raises(PackError) as error:
        load(_pack(tmp_path, name, old, new))
    assert told in str(error.value)
    assert re.match(r"pack/\S+:\d+: ", str(error.value)), str(error.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    pack = _pack(tmp_path, "prompts/habit.yaml", "rev: 1", "rev: none")
    (pack / "prompts" / "learn.yaml").write_text("- {id: x}\n", encoding="utf-8")
    with pytest.raises(PackError) as error:
        load(pack)
    assert len(error.value.problems) > 5
    with pytest.raises(PackError, match=r"pack\.yaml"):
        load(tmp_path / "nowhere")
