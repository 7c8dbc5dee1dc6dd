"""docs/coverage.md is what the pack really carries, and nobody writes a fact in somebody else's words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from content.coverage import as_markdown, coverage
from content.library import Library, load
from content.text import Localised

ROOT = Path(__file__).parents[2]
INVENTORY = ROOT.parent / "shared" / "content" / "inventory.md"
WORDS, CHARACTERS = 6, 10  # a run of so many shared with a source is a copy


def test_the_document_is_made_from_the_pack() -> None:
    document = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert document == as_markdown(load()), "run `make coverage`"


def test_every_entry_cites_known_ideas_and_every_idea_has_a_row() -> None:
    library = load()
    rows = coverage(library)
    assert set(rows) == set(library.ideas)
    assert [id_ for id_, found in rows.items() if not found] == [], "every idea reaches a member"
    assert all(reached.way for found in rows.values() for reached in found)


NAMES = (
    "eight keys to an ai career",
    "ai career pathways: put yourself on the right track",
    "how to build your career in ai",
    "the small changes that change everything",
    "为什么伟大不能被计划",
)  # titles stay as they are


def _texts(library: Library) -> Iterator[tuple[str, str, str]]:
    """(entry, English, Chinese) of every text of the pack, whatever it is called."""
    everything = (
        library.prompts, library.cards, library.roles, library.topics, library.anchors, library.celebrations,
        dict(enumerate(library.quiz)), library.areas,
    )  # fmt: skip
    for entries in everything:
        for id_, entry in entries.items():
            for text in texts_of(entry):
                yield str(id_), text.en, text.zh


def texts_of(value: object) -> Iterator[Localised]:
    """Every localised text inside a value."""
    if isinstance(value, Localised):
        yield value
    elif isinstance(value, tuple | list):
        for item in cast("tuple[object, ...]", value):
            yield from texts_of(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_of(getattr(value, field.name))


def _runs(words: list[str]) -> set[str]:
    return {" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}


def test_the_words_are_our_own() -> None:
    if not INVENTORY.is_file():
        pytest.skip("the inventory stands beside the project only at the founders' desks")
    source = INVENTORY.read_text(encoding="utf-8").lower()
    theirs = _runs(re.findall(r"[a-z']+", source))
    chinese = "".join(re.findall(r"[\u4e00-\u9fff]", source))
    for entry, english, mandarin in _texts(load()):
        own = english.lower()
        for name in NAMES:
            own, mandarin = own.replace(name, "…"), mandarin.replace(name, "…")  # noqa: PLW2901
        copied = _runs(re.findall(r"[a-z'…]+", own)) & theirs
        assert copied == set(), f"{entry}: {min(copied)}"
        for run in re.findall(rf"[\u4e00-\u9fff]{{{CHARACTERS},}}", mandarin):
            parts = {run[at : at + CHARACTERS] for at in range(len(run) - CHARACTERS + 1)}
            assert not [part for part in parts if part in chinese], entry
