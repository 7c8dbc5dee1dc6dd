"""The fast reader and the careful one read the same; what only one of them can tell is told all the same."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from content.library import SHIPPED
from content.read import Problems, Value, read_entries
from content.words import suspicious

FILES = sorted(SHIPPED.rglob("*.yaml"))


def _plain(value: object) -> object:
    """A value without its places."""
    if isinstance(value, Value):
        return _plain(value.data)
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, object]", value).items()}
    return value


def _both(path: Path) -> tuple[list[object], list[object], Problems, Problems]:
    fast, careful = Problems(careful=False), Problems()
    return (
        [_plain(entry) for entry in read_entries(path, path.name, fast)],
        [_plain(entry) for entry in read_entries(path, path.name, careful)],
        fast,
        careful,
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_both_readers_agree_on_every_shipped_file(path: Path) -> None:
    fast, careful, fast_problems, careful_problems = _both(path)
    assert fast == careful
    assert fast
    assert (fast_problems.found, careful_problems.found) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, n: 3, yes: true, no: false, nothing: null, quoted: \"3\"}\n",
        "- id: a\n  text: >-\n    one\n    two\n\n    three\n",
        "- id: a\n  text: |\n    one\n    two\n",
        "- &base {id: a, n: 1}\n- {id: b, like: *base}\n",
        "# only a comment\n",
        "",
        "a: 'it''s'\nb: \"tab\\tand \\u4e2d\"\n",
    ],
)  # fmt: skip
def test_both_readers_agree_on_what_authors_may_write(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    fast, careful, fast_problems, careful_problems = _both(path)
    assert fast == careful
    assert (fast_problems.found, careful_problems.found) == ([], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: 'a' is given twice"),
        ("- id: a\n  b: [1\n", "not readable as YAML"),
        ("\t- a\n", "not readable as YAML"),
        ("- a\nb: 1\n", "not readable as YAML"),
    ],
)
def test_what_the_fast_reader_stumbles_over_the_careful_one_explains(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    _fast, _careful, fast_problems, careful_problems = _both(path)
    assert fast_problems.found
    assert told in "\n".join(careful_problems.found)


def test_a_file_that_is_not_utf8_or_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: \xff\xfe\n")
    _fast, _careful, fast_problems, careful_problems = _both(path)
    assert fast_problems.found
    assert "not UTF-8" in careful_problems.found[0]
    missing = Problems()
    assert list(read_entries(tmp_path / "gone.yaml", "gone.yaml", missing)) == []
    assert missing.found


@pytest.mark.parametrize(
    "text", ["You must", "you MUST", "a streak of", "don't\n  forget", "we\n   noticed", "<b>", "必须", "断签", "a@b"]
)
def test_no_word_that_is_refused_slips_through_the_quick_look(text: str) -> None:
    assert suspicious(text.encode())


def test_words_that_members_type_make_nothing_suspicious() -> None:
    assert not suspicious("- id: a\n  aliases: [i failed, 失败了, must i]\n  title: Fine\n".encode())
