"""What a pack's editor wants to know beyond its being readable: lone ideas, twins, doors that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from content.cards import Card
from content.coverage import coverage
from content.entries import names_of
from content.fold import fold
from content.library import Library
from content.prompts import Prompt
from content.read import Problems, read_entries
from content.text import LANGUAGES

TWINS = 80.0
"""From this likeness of two bodies on (0 to 100, words in any order) a member would feel to have read it before."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend; `entry` is the id it stands at."""

    entry: str
    text: str


def review(library: Library) -> Iterator[Finding]:
    """Everything but what needs a platform to be seen."""
    for idea, reached in coverage(library).items():
        if not reached:
            yield Finding(
                f"idea {idea}", "no live entry cites this idea, so no member can reach it: cite it, or take it out"
            )
    for topic in library.topics.values():
        cards, steps = library.cards.values(), library.prompts.values()
        if topic.id != "role" and not any(entry.topic == topic.id for entry in (*cards, *steps)):
            yield Finding(topic.id, "no live entry has this topic: its page would be empty")
    taken: dict[str, str] = {}
    for topic in library.topics.values():
        for name in {topic.id, *topic.aliases}:
            if (other := taken.setdefault(name, topic.id)) != topic.id:
                yield Finding(topic.id, f"{name!r} is a name of {other} too: only one topic can open by it")
    yield from _shared_names(library, taken)
    yield from _twins(library.prompts)
    yield from _twins(library.cards)


def _shared_names(library: Library, topics: Mapping[str, str]) -> Iterator[Finding]:
    """Names of worksheets that something else has too: `/step` would not know which is meant."""
    others = {fold(name): topic for name, topic in topics.items()}
    for entry in (*library.cards.values(), *library.roles.values()):
        others |= dict.fromkeys(map(fold, names_of(entry)), entry.id)
    for sheet in library.worksheets.values():
        for name in names_of(sheet):
            if (other := others.setdefault(fold(name), sheet.id)) != sheet.id:
                yield Finding(sheet.id, f"{name!r} is a name of {other} too: give the worksheet one of its own")
    opens: dict[str, str] = {}
    for sheet in library.worksheets.values():
        for word in sheet.words:
            if (other := opens.setdefault(fold(word), sheet.id)) != sheet.id:
                yield Finding(sheet.id, f"the word {word!r} opens {other} already: give each words of its own")


def _twins(entries: Mapping[str, Prompt] | Mapping[str, Card]) -> Iterator[Finding]:
    titles: dict[tuple[str, str], str] = {}
    for entry in entries.values():
        for lang in LANGUAGES:
            if not entry.title.has(lang):
                continue
            if (other := titles.setdefault((lang, entry.title.get(lang)), entry.id)) != entry.id:
                yield Finding(entry.id, f"has the same title as {other} in {lang}: give it one of its own")
    for one, other in combinations(entries.values(), 2):
        likes = {lang: _likeness(one.body.get(lang), other.body.get(lang), lang) for lang in LANGUAGES}
        if (lang := max(likes, key=lambda lang: likes[lang])) and likes[lang] >= TWINS:
            words = f"reads almost like {one.id} in {lang} ({likes[lang]:.0f} of 100): merge or reword them"
            yield Finding(other.id, words)


def _likeness(one: str, other: str, lang: str) -> float:
    scorer = fuzz.ratio if lang == "zh-CN" else fuzz.token_sort_ratio
    return scorer(one, other, score_cutoff=TWINS)


def places(root: Path) -> Mapping[str, str]:
    """Id, or "idea id" -> "pack/cards/math.yaml:27" of everything in a pack's folder, read slowly and with lines."""
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*.yaml")):
        shown = f"{root.name}/{path.relative_to(root)}"
        for entry in read_entries(path, shown, Problems()):
            if id_ := entry.string("id"):  # an idea and the role that carries it may have the same id
                name = f"idea {id_}" if path == root / "ideas.yaml" else id_
                found.setdefault(name, f"{shown}:{entry.get('id').line}")
    return found
