"""The labelled questions; one is answered when an entry that carries a wanted idea is among the first three."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from content.index import Index
from content.library import Library

FILE = Path(__file__).with_name("questions.yaml")
FIRST = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What a member types, and the ideas of which any one answers it; none for a question about something else."""

    ask: str
    lang: Literal["en", "zh-CN"]
    ideas: frozenset[str]
    half: Literal["tuned", "held_out", "other"]


def read() -> list[Question]:
    """All of them, in the order of the file."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [
        Question(row["ask"], row["lang"], frozenset(row["ideas"]), half) for half, part in rows.items() for row in part
    ]


def success(library: Library, index: Index, question: Question) -> bool:
    """Whether one of the first three entries carries a wanted idea; worksheets, which cite many, do not count."""
    entries = {**library.prompts, **library.cards, **library.roles}
    hits = index.search(question.ask, FIRST)
    found = (entries[hit.id] for hit in hits if hit.id in entries)
    return any(question.ideas.intersection(entry.sources) for entry in found)
