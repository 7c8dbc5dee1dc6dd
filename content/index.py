"""Finds entries by what people type: names first, then the words of all texts; typos and synonyms allowed.

SQLite's FTS5 does the searching (BM25, Porter stemming; Chinese by pairs of characters), in memory, built once a pack.
Its best candidates are then compared with the question as it stands, by rapidfuzz: a short question is nearest to a
name or to one of the questions an entry answers (`asked/`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from content.asked import questions
from content.entries import Entry, both, names_of, texts_of, title_of
from content.fold import fold, is_han, terms
from content.library import Library
from content.prompts import Prompt
from content.roles import Role
from content.stop import without_filler
from content.worksheet import Worksheet

LONGEST = 200  # characters of a question that are read at all
MOST_TERMS = 24  # words of a question that are looked for
RAREST = 8  # of those, at most so many at a time
NAME, TEXT, ASKED = 1.0, 1.0, 2.0  # what a word counts in a name, in a text, and in a question an entry answers
CANDIDATES = 40  # entries whose phrases are compared with the question as it stands
LIKE = 5.0  # what likeness to one phrase counts beside the words in common
REWORDINGS, REWORDED = 2, 0.9  # other ways to say the question that are compared too, and what they count
MEANT = 0.4  # what a synonym counts beside the typed word
PROMPT = 0.8  # a step is a weaker answer to a question than a card
COMMON = 0.15  # a word in more than this share of entries says nothing while there are rarer ones


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and its rank's score. `named`: what was typed is one of its names. `fit`, 0 to 1, compares between
    questions how far one of the entry's phrases says the same; 0 from the third hit on."""

    id: str
    score: float
    named: bool
    fit: float


class Index:
    """One library's index. `search` takes a few milliseconds; one thread at a time."""

    def __init__(self, library: Library) -> None:
        self._entries: dict[str, Entry] = {
            **library.cards,
            **library.roles,
            **{sheet.id: sheet for sheet in library.worksheets.values()},
            **{id_: prompt for id_, prompt in library.prompts.items() if not prompt.requires_optin},
        }
        self._ids = list(self._entries)
        self._row = {id_: row for row, id_ in enumerate(self._ids)}
        self._synonyms: dict[str, list[str]] = {}  # word or phrase -> all of its group, itself among them
        for group in library.synonyms:
            folded = [fold(word) for word in group]
            for word in folded:
                self._synonyms.setdefault(word, []).extend(folded)
        self._names: dict[str, list[str]] = {}
        for id_, entry in self._entries.items():
            for name in (*both(title_of(entry), entry.short), *(() if isinstance(entry, Prompt) else entry.aliases)):
                self._names.setdefault(_tight(fold(name)), []).append(id_)
        self._spoken: list[list[str]] = []  # of each entry: its names and the questions it answers, folded
        written: set[str] = set()
        self._db = _filled(self._rows(library, written))
        words = sorted(written)
        self._counts = _counts(self._db, words)
        self._vocabulary = [word for word in words if len(word) > 3 and word.isascii()]  # what a typo may have meant
        self._limit = COMMON * max(len(self._ids), 20)

    def search(self, words: str, limit: int = 8) -> list[Hit]:
        """Best first; [] when nothing is near."""
        folded = fold(words[:LONGEST])
        if not folded:
            return []
        named = self._names.get(_tight(folded), [])
        folded = self._corrected(folded)
        typed = self._begun(terms(without_filler(folded))[:MOST_TERMS])
        scores: dict[int, float] = {}
        for share, group in ((1.0, typed), (MEANT, self._meant(folded, typed))):
            for row, score in self._match(group):
                scores[row] = scores.get(row, 0.0) + share * score
        for row in list(scores):
            if isinstance(self._entries[self._ids[row]], Prompt):
                scores[row] *= PROMPT
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES]
        by_id = {self._ids[row]: score for row, score in self._compared(folded, best)}
        named = sorted(set(named), key=lambda id_: -by_id.get(id_, 0.0))
        ordered = dict.fromkeys([*named, *by_id])
        best_ids = self._varied(ordered, limit)
        fits = [self._fit(folded, id_) for id_ in best_ids[:2]] + [0.0] * len(best_ids)
        return [Hit(id_, by_id.get(id_, 0.0), id_ in named, fit) for id_, fit in zip(best_ids, fits, strict=False)]

    def read_as(self, words: str) -> str:
        """The question as it is looked for, misspelled words mended, folded."""
        return self._corrected(fold(words[:LONGEST]))

    def complete(self, partial: str, limit: int = 25) -> list[str]:
        """Ids of entries whose names hold words that begin like the typed ones."""
        asked = terms(fold(partial[:LONGEST]))[:MOST_TERMS]
        if not asked:
            return []
        query = " AND ".join(f'name : "{term}"' + ("" if is_han(term) else " *") for term in asked)
        found = self._db.execute("SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT ?", (query, limit))
        return [self._ids[row] for (row,) in found]

    def _match(self, group: Sequence[str]) -> Iterator[tuple[int, float]]:
        """(row, score) of the entries that hold any of the rarest terms: a question may be long."""
        counts = {term: self._counts.get(term, 0) for term in group}
        rare = sorted((term for term in group if counts[term] <= self._limit), key=lambda term: counts[term])
        rare = rare[:RAREST] or group
        if rare:
            query = " OR ".join(f'"{term}"' if term[-1] != "*" else f'"{term[:-1]}" *' for term in rare)
            yield from self._db.execute(QUERY, (NAME, TEXT, ASKED, query, CANDIDATES))

    def _compared(self, folded: str, best: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """Ranks the candidates anew: a question that reads like one of an entry's phrases is what somebody meant by it.
        Scores are at most 1."""
        ways = [(1.0, folded), *((REWORDED, other) for other in self._reworded(folded))]
        made: list[tuple[int, float]] = []
        for row, score in best:
            like = max(share * _likeness(way, self._spoken[row]) for share, way in ways)
            made.append((row, (score / best[0][1] + LIKE * like) / (1 + LIKE)))
        return sorted(made, key=lambda pair: (-pair[1], pair[0]))

    def _reworded(self, folded: str) -> list[str]:
        """The question in a few other ways: one word or phrase for another of its group, in the same language."""
        found: list[str] = []
        for word in self._said(folded):
            for other in self._synonyms[word]:
                if other != word and is_han(other) == is_han(word):
                    found.append(folded.replace(word, other) if is_han(word) else _instead(folded, word, other))
                    if len(found) == REWORDINGS:
                        return found
        return found

    def _said(self, folded: str) -> list[str]:
        """The words and phrases of the question that have synonyms, in their order."""
        found: dict[str, None] = {}
        words = folded.split()
        for at in range(len(words)):
            for end in range(at + 1, min(at + 4, len(words)) + 1):
                found[" ".join(words[at:end])] = None
            if is_han(words[at]):
                run = words[at]
                found |= dict.fromkeys(
                    run[a:b] for a in range(len(run)) for b in range(a + 2, min(a + 8, len(run)) + 1)
                )
        return [phrase for phrase in found if phrase in self._synonyms]

    def _fit(self, folded: str, id_: str) -> float:
        """Half by letters, half by how much of the question's weight (rare words weigh more) one phrase holds."""
        phrases = self._spoken[self._row[id_]]
        total = len(self._ids)
        weights = {t: log(1 + total / (1 + self._counts.get(t, 0))) for t in terms(without_filler(folded))}
        whole = sum(weights.values()) or 1.0
        held = max(sum(weights.get(term, 0.0) for term in set(terms(phrase))) for phrase in phrases)
        return (_likeness(folded, phrases) + held / whole) / 2

    def _corrected(self, folded: str) -> str:
        """Words nobody here uses become the nearest one that is used."""
        return " ".join(self._spelled(word) for word in folded.split())

    def _spelled(self, word: str) -> str:
        if is_han(word) or len(word) < 4 or self._known(f'"{word}"'):
            return word
        near = process.extractOne(word, self._vocabulary, scorer=OSA.normalized_similarity, score_cutoff=0.7)
        return near[0] if near else word

    def _begun(self, typed: Sequence[str]) -> list[str]:
        """A short word that is none may be the beginning of one: "alg" of "algebra"."""
        return [
            f"{term}*" if 2 < len(term) < 5 and not is_han(term) and not self._known(f'"{term}"') else term
            for term in typed
        ]

    def _known(self, query: str) -> bool:
        found = self._db.execute("SELECT 1 FROM entry WHERE entry MATCH ? LIMIT 1", (query,)).fetchone()
        return found is not None

    def _meant(self, folded: str, typed: Sequence[str]) -> list[str]:
        """The other words of every synonym group that the question touches; a phrase is looked for as a whole."""
        others = (other for word in self._said(folded) for other in self._synonyms[word])
        found = dict.fromkeys(" ".join(terms(other)) for other in others)
        return [phrase for phrase in found if phrase not in typed]

    def _varied(self, ids: Iterable[str], limit: int) -> list[str]:
        """Leaves out steps that say what an entry above them says already."""
        kept: list[str] = []
        carried: set[str] = set()
        for id_ in ids:
            entry = self._entries[id_]
            if isinstance(entry, Prompt) and carried.issuperset(entry.sources):
                continue
            if not isinstance(entry, Worksheet):  # it names whole families of ideas, and steps carry them better
                carried.update(entry.sources)
            kept.append(id_)
            if len(kept) == limit:
                break
        return kept

    def _rows(self, library: Library, written: set[str]) -> Iterator[tuple[int, str, str, str]]:
        """What the table holds; every word of it goes into `written`."""
        for row, entry in enumerate(self._entries.values()):
            topic = library.topics.get(entry.topic) if not isinstance(entry, Role | Worksheet) else None
            names, asked = names_of(entry), questions(library.asked.get(entry.id, ""))
            self._spoken.append([fold(phrase) for phrase in (*names, *asked)])
            made = (
                _joined([*names, *(both(topic.name) if topic else ())]),
                _joined([*texts_of(entry), *entry.sources]),
                _joined(asked),
            )
            written.update(word for part in made for word in part.split())
            yield row, *made


QUERY = "SELECT rowid, -bm25(entry, ?, ?, ?) AS score FROM entry WHERE entry MATCH ? ORDER BY score DESC LIMIT ?"


def _instead(folded: str, word: str, other: str) -> str:
    return f" {folded} ".replace(f" {word} ", f" {other} ").strip()


def _likeness(question: str, phrases: Sequence[str]) -> float:
    """How near the nearest phrase is, 0 to 1: letter by letter, and by words in any order."""
    scorers = (fuzz.ratio, fuzz.token_set_ratio)
    return sum(process.extractOne(question, phrases, scorer=scorer)[1] for scorer in scorers) / 200


def _filled(rows: Iterable[tuple[int, str, str, str]]) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", check_same_thread=False)
    db.execute("CREATE VIRTUAL TABLE entry USING fts5(name, text, asked, tokenize = 'porter unicode61')")
    db.executemany("INSERT INTO entry(rowid, name, text, asked) VALUES (?, ?, ?, ?)", rows)
    return db


def _counts(db: sqlite3.Connection, words: Sequence[str]) -> dict[str, int]:
    """Word as it is written -> in how many entries it, or a form of it, stands. FTS5 counts stems, so every word goes
    through its tokenizer once."""
    db.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(entry, 'row')")
    db.execute("CREATE VIRTUAL TABLE word USING fts5(written, tokenize = 'porter unicode61')")
    db.execute("CREATE VIRTUAL TABLE stem_of USING fts5vocab(word, 'instance')")
    db.executemany("INSERT INTO word(rowid, written) VALUES (?, ?)", enumerate(words))
    found = db.execute("SELECT stem_of.doc, stem.doc FROM stem_of JOIN stem ON stem.term = stem_of.term")
    counts = {str(words[row]): int(count) for row, count in found}
    db.execute("DROP TABLE word")
    return counts


def _tight(folded: str) -> str:
    return folded.replace(" ", "")


def _joined(texts: Iterable[str]) -> str:
    return " ".join([term for text in texts for term in terms(fold(text))])
