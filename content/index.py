"""Finds entries by what people type: names first, then the words of all texts; typos and synonyms allowed.

SQLite's FTS5 does the searching (BM25, Porter stemming; Chinese by pairs of characters), in memory, built once a pack.
Two tables: `entry` holds the texts of an entry as a whole, `phrase` one row for each of its names and for each question
it answers, because a short question is nearest to a short phrase.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from content.cards import Card
from content.fold import fold, is_han, terms
from content.library import Library
from content.prompts import Prompt
from content.roles import Role
from content.stop import without_filler
from content.text import Localised

LONGEST = 200  # characters of a question that are read at all
MOST_TERMS = 24  # words of a question that are looked for
NEAREST = 200  # rows of each table that are looked at
NAME, TEXT = 3.0, 1.0  # what a word counts in an entry's names, and in its texts
PHRASE, WHOLE = 1.0, 1.0  # what the best phrase counts, and what the entry as a whole
NEXT = 0.2  # what the second to fourth best phrase of an entry count beside its best
MEANT = 0.5  # what a synonym counts beside the typed word
PROMPT = 0.8  # a step is a weaker answer to a question than a card
COMMON = 0.15  # a word in more than this share of entries says nothing while there are rarer ones

Entry = Card | Role | Prompt


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, and how well it answers; `named`: what was typed is one of its names."""

    id: str
    score: float
    named: bool


class Index:
    """One library's index. `search` takes a few milliseconds; one thread at a time."""

    def __init__(self, library: Library) -> None:
        self._entries: dict[str, Entry] = {
            **library.cards,
            **library.roles,
            **{id_: prompt for id_, prompt in library.prompts.items() if not prompt.requires_optin},
        }
        self._ids, self._asked = list(self._entries), library.asked
        self._synonyms = [tuple(map(fold, group)) for group in library.synonyms]
        self._names: dict[str, list[str]] = {}
        for id_, entry in self._entries.items():
            for name in _names_of(entry):
                self._names.setdefault(_tight(fold(name)), []).append(id_)
        self._vocabulary: Sequence[str] = ()
        self._db = _filled(self._rows(library), self._phrases())
        limit = COMMON * max(len(self._ids), 20)
        self._common = frozenset(
            str(term) for (term,) in self._db.execute("SELECT term FROM word WHERE doc > ?", (limit,))
        )

    def search(self, words: str, limit: int = 8) -> list[Hit]:
        """Best first; [] when nothing is near."""
        folded = fold(words[:LONGEST])
        if not folded:
            return []
        named = self._names.get(_tight(folded), [])
        typed = self._spelled(terms(without_filler(folded))[:MOST_TERMS])
        scores: dict[int, float] = {}
        for share, group in ((1.0, typed), (MEANT, self._meant(folded, typed))):
            for row, score in self._match(group):
                scores[row] = scores.get(row, 0.0) + share * score
        for row in list(scores):
            if isinstance(self._entries[self._ids[row]], Prompt):
                scores[row] *= PROMPT
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        by_id = {self._ids[row]: score for row, score in best}
        ordered = dict.fromkeys([*named, *by_id])
        return [Hit(id_, by_id.get(id_, 0.0), id_ in named) for id_ in self._varied(ordered, limit)]

    def complete(self, partial: str, limit: int = 25) -> list[str]:
        """Ids of entries whose names hold words that begin like the typed ones."""
        asked = terms(fold(partial[:LONGEST]))[:MOST_TERMS]
        if not asked:
            return []
        query = " AND ".join(f'name : "{term}"' + ("" if is_han(term) else " *") for term in asked)
        found = self._db.execute("SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT ?", (query, limit))
        return [self._ids[row] for (row,) in found]

    def _match(self, group: Sequence[str]) -> Iterator[tuple[int, float]]:
        """(row, score) of entries that hold any of the terms; a row may come from both tables."""
        rare = [term for term in group if term.removesuffix("*") not in self._common] or group
        if not rare:
            return
        query = " OR ".join(f'"{term}"' if term[-1] != "*" else f'"{term[:-1]}" *' for term in rare)
        for row, score in self._db.execute(WHOLE_QUERY, (NAME, TEXT, query, NEAREST)):
            yield row, WHOLE * score
        count: dict[int, int] = {}
        for row, score in self._db.execute(PHRASE_QUERY, (query, NEAREST)):
            nth = count[row] = count.get(row, 0) + 1
            if nth <= 4:
                yield row, PHRASE * score * (1.0 if nth == 1 else NEXT)

    def _spelled(self, typed: Sequence[str]) -> list[str]:
        """Words nobody here uses become the nearest one that is used, or the beginning of a longer one."""
        found: list[str] = []
        for term in typed:
            if is_han(term) or self._known(f'"{term}"'):
                found.append(term)
            elif len(term) >= 4 and (
                near := process.extractOne(term, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=0.7)
            ):
                found.append(near[0])
            elif len(term) >= 3 and self._known(f'"{term}" *'):
                found.append(f"{term}*")
        return found

    def _known(self, query: str) -> bool:
        found = self._db.execute("SELECT 1 FROM phrase WHERE phrase MATCH ? LIMIT 1", (query,)).fetchone()
        found = found or self._db.execute("SELECT 1 FROM entry WHERE entry MATCH ? LIMIT 1", (query,)).fetchone()
        return found is not None

    def _meant(self, folded: str, typed: Sequence[str]) -> list[str]:
        """The other words of every synonym group that the question touches."""
        said, words = f" {folded} ", set(typed)
        found: dict[str, None] = {}
        for group in self._synonyms:
            if any((word in said if is_han(word) else word in words or f" {word} " in said) for word in group):
                found |= dict.fromkeys(term for word in group for term in terms(word))
        return [term for term in found if term not in words]

    def _varied(self, ids: Iterable[str], limit: int) -> list[str]:
        """Leaves out steps that say what an entry above them says already."""
        kept: list[str] = []
        carried: set[str] = set()
        for id_ in ids:
            entry = self._entries[id_]
            if isinstance(entry, Prompt) and carried.issuperset(entry.sources):
                continue
            carried.update(entry.sources)
            kept.append(id_)
            if len(kept) == limit:
                break
        return kept

    def _rows(self, library: Library) -> Iterator[tuple[int, str, str]]:
        for row, entry in enumerate(self._entries.values()):
            topic = library.topics.get(entry.topic) if not isinstance(entry, Role) else None
            names = [*_names_of(entry), *(_both(topic.name) if topic else ())]
            yield row, _joined(names), _joined([*_texts_of(entry), *entry.sources])

    def _phrases(self) -> Iterator[tuple[int, str]]:
        vocabulary: set[str] = set()
        for row, entry in enumerate(self._entries.values()):
            for phrase in (*_names_of(entry), *self._asked.get(entry.id, ())):
                found = terms(fold(phrase))
                vocabulary.update(term for term in found if len(term) > 3 and term.isascii())
                yield row, " ".join(found)
        self._vocabulary = sorted(vocabulary)


WHOLE_QUERY = "SELECT rowid, -bm25(entry, ?, ?) AS score FROM entry WHERE entry MATCH ? ORDER BY score DESC LIMIT ?"
PHRASE_QUERY = "SELECT entry, -bm25(phrase) AS score FROM phrase WHERE phrase MATCH ? ORDER BY score DESC LIMIT ?"


def _filled(rows: Iterable[tuple[int, str, str]], phrases: Iterable[tuple[int, str]]) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", check_same_thread=False)
    db.execute("CREATE VIRTUAL TABLE entry USING fts5(name, text, tokenize = 'porter unicode61')")
    db.execute("CREATE VIRTUAL TABLE phrase USING fts5(entry UNINDEXED, words, tokenize = 'porter unicode61')")
    db.execute("CREATE VIRTUAL TABLE word USING fts5vocab(entry, 'row')")
    db.executemany("INSERT INTO entry(rowid, name, text) VALUES (?, ?, ?)", rows)
    db.executemany("INSERT INTO phrase(entry, words) VALUES (?, ?)", phrases)
    return db


def _tight(folded: str) -> str:
    return folded.replace(" ", "")


def _joined(texts: Iterable[str]) -> str:
    return " ".join([term for text in texts for term in terms(fold(text))])


def _both(*texts: Localised | None) -> list[str]:
    return [text for localised in texts if localised for text in (localised.en, localised.zh) if text]


def _names_of(entry: Entry) -> list[str]:
    match entry:
        case Card():
            person = [entry.person.name] if entry.person else []
            return [*_both(entry.title, entry.short), *entry.aliases, *person, *([entry.site] if entry.site else [])]
        case Role():
            return [*_both(entry.name, entry.short), *entry.aliases]
        case Prompt():
            return _both(entry.title)


def _texts_of(entry: Entry) -> list[str]:
    match entry:
        case Card():
            return _both(entry.body, *entry.points, entry.ask, entry.note, entry.person.role if entry.person else None)
        case Role():
            tools = [item for group in entry.tools for item in group.items]
            return [*_both(entry.summary, *(task.text for task in entry.tasks), *entry.skills, entry.surprise), *tools]
        case Prompt():
            recall = (entry.recall.question, entry.recall.answer) if entry.recall else ()
            return _both(entry.body, entry.action, entry.tiny, *recall)
