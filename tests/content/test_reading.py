"""A pack's slips are told line by line; what reads a large pack fast reads the same and hides nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.fast import NOT_UNDERSTOOD, FastFiles
from content.library import SHIPPED, load
from content.read import PackError, Problems, Value, read_entries
from content.words import suspicious


def _read(tmp_path: Path, text: str | bytes) -> tuple[list[Value], list[str]]:
    path = tmp_path / "a.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems()
    return list(read_entries(path, "a.yaml", problems)), problems.found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: 'a' is given twice"),
        ("- id: a\n  b: [1\n", "not readable as YAML"),
        ("\t- a\n", "a.yaml:1: not readable as YAML"),
        ("- a\nb: 1\n", "not readable as YAML"),
        (b"a: \xff\xfe\n", "not UTF-8"),
        ("- {id: x}\n- &a {id: *a}\n", "a.yaml:2: anchors and aliases"),
        ("- x\n- *a\n", "a.yaml:2: anchors and aliases"),
        ("a: 1:30\n", "'1:30' was read as int: put it in quotes"),
        ("a: .inf\n", "'.inf' was read as float: put it in quotes"),
        ("a: 2026-01-01\n", "put it in quotes"),
        ("[" * 5_000, "not readable as YAML"),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, text: str | bytes, told: str) -> None:
    _entries, found = _read(tmp_path, text)
    assert told in "\n".join(found)


def test_words_that_yaml_would_make_truths_stay_words(tmp_path: Path) -> None:
    entries, found = _read(tmp_path, "- {a: yes, b: no, c: true, d: '3', e: 3, f: null}\n")
    assert found == []
    only = entries[0]
    assert [only.string(key) for key in "abd"] == ["yes", "no", "3"]
    assert (only.get("c").data, only.get("e").number, only.get("f").data) == (True, 3, None)


def test_windows_line_endings_are_fine(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    for path in (folder / "asked" / "math.txt", folder / "cards" / "math.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder) == load()


def test_the_fast_way_reads_the_same() -> None:
    assert load(fast_from=0) == load()


@pytest.mark.parametrize(
    "broken",
    [
        b"- &a {id: *a}\n",
        b"- {id: card.x, id: card.y}\n",
        b"- id: a\n  b: [1\n",
        b"\xff\xfe",
        b"- {a: [\x00 ? - \n  - - &a",
    ],
)
def test_what_stops_the_fast_way_is_explained_all_the_same(tmp_path: Path, broken: bytes) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    (folder / "cards" / "zz.yaml").write_bytes(broken)
    with pytest.raises(PackError, match=r"pack/cards/zz\.yaml:\d+: "):
        load(folder, fast_from=0)


def test_a_child_that_dies_leaves_everything_to_the_careful_way(tmp_path: Path) -> None:
    good = tmp_path / "good.yaml"
    good.write_text("a: 1\n", encoding="utf-8")
    files = FastFiles([str(tmp_path / "missing.yaml"), str(good)])  # a path that is not there ends the child
    try:
        assert files.get(str(good)) == NOT_UNDERSTOOD
    finally:
        files.close()


@pytest.mark.parametrize(
    "text",
    [
        "You must",
        "you MUST",
        "a streak of",
        "don't\n  forget",
        "we\n   noticed",
        "<b>",
        "必须",
        "断签",
        "a@b",
        "a\u202eb",
    ],
)
def test_no_word_that_is_refused_slips_through_the_quick_look(text: str) -> None:
    assert suspicious(text.encode())


def test_words_that_members_type_make_nothing_suspicious() -> None:
    assert not suspicious("- id: a\n  aliases: [i failed, 失败了, must i]\n  title: Fine\n".encode())
