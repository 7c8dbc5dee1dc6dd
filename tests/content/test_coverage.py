"""docs/coverage.md is what the pack really carries, and nobody writes a fact in somebody else's words."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import cast

from content.coverage import as_markdown, coverage
from content.library import Library
from content.text import Localised
from tests.kit.house import shipped

ROOT = Path(__file__).parents[2]
INVENTORY = ROOT.parent / "shared" / "content" / "inventory.md"
RUNS, DIGEST = Path(__file__).with_name("source_runs.bin"), 6
WORDS, CHARACTERS = 6, 10  # a run of so many shared with a source is a copy


def test_the_document_is_made_from_the_pack() -> None:
    document = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert document == as_markdown(shipped().library), "run `make coverage`"


def test_every_entry_cites_known_ideas_and_every_idea_has_a_row() -> None:
    library = shipped().library
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
        dict(enumerate(library.quiz)), library.areas, library.worksheets,
    )  # fmt: skip
    for entries in everything:
        for id_, entry in entries.items():
            for text in texts_of(entry):
                yield str(id_), text.en, text.zh


def texts_of(value: object) -> Iterator[Localised]:
    """Every localised text inside a value."""
    if isinstance(value, Localised):
        yield value
    elif isinstance(value, Mapping):
        yield from texts_of(tuple(cast("Mapping[str, object]", value).values()))
    elif isinstance(value, tuple | list):
        for item in cast("tuple[object, ...]", value):
            yield from texts_of(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_of(getattr(value, field.name))


def _runs(words: Sequence[str], length: int) -> Iterator[bytes]:
    """Every run of so many words or characters, as six bytes: enough to be told apart, too little to be read."""
    for at in range(len(words) - length + 1):
        yield blake2b(" ".join(words[at : at + length]).encode(), digest_size=DIGEST).digest()


def _english(text: str) -> list[str]:
    return re.findall(r"[a-z'…]+", text.lower())


def _source_runs(source: str) -> set[bytes]:
    """What nobody may repeat: all runs of the inventory, which is written from the seeds and quotes their words."""
    chinese = re.findall(r"[\u4e00-\u9fff]", source)
    return {*_runs(_english(source), WORDS), *_runs(chinese, CHARACTERS)}


def test_the_kept_runs_are_the_inventorys() -> None:
    """`REWRITE_RUNS=1` makes the file anew where the inventory stands beside the project."""
    kept = RUNS.read_bytes()
    assert len(kept) % DIGEST == 0
    assert len(kept) // DIGEST > 10_000
    if INVENTORY.is_file():
        runs = b"".join(sorted(_source_runs(INVENTORY.read_text(encoding="utf-8"))))
        if os.environ.get("REWRITE_RUNS"):
            RUNS.write_bytes(runs)
        assert RUNS.read_bytes() == runs


def test_the_words_are_our_own() -> None:
    kept = RUNS.read_bytes()
    theirs = {kept[at : at + DIGEST] for at in range(0, len(kept), DIGEST)}
    looked_at = 0
    for entry, english, mandarin in _texts(shipped().library):
        own = english.lower()
        for name in NAMES:
            own, mandarin = own.replace(name, "…"), mandarin.replace(name, "…")  # noqa: PLW2901
        assert theirs.isdisjoint(_runs(_english(own), WORDS)), f"{entry}: {english}"
        for run in re.findall(rf"[\u4e00-\u9fff]{{{CHARACTERS},}}", mandarin):
            assert theirs.isdisjoint(_runs(run, CHARACTERS)), f"{entry}: {run}"
            looked_at += 1
    assert looked_at > 1000


def test_a_copied_sentence_would_be_noticed() -> None:
    kept = RUNS.read_bytes()
    theirs = {kept[at : at + DIGEST] for at in range(0, len(kept), DIGEST)}
    inventory_says = "Reading and writing were once a minority skill"
    assert not theirs.isdisjoint(_runs(_english(inventory_says), WORDS))
