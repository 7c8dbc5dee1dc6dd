"""Loads a pack as a whole or not at all: a wrong pack never replaces a good one."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from content.asked import read_asked
from content.cards import Card, read_card
from content.common import Frame
from content.fast import WORTHWHILE, FastFiles
from content.origins import Book, Origin, read_book, read_idea
from content.prompts import Prompt, read_prompt
from content.quiz import Question, read_question
from content.read import File, PackError, Problems, Value, read_entries
from content.roles import OtherTitle, Role, read_role, read_title
from content.text import LANGUAGES, Localised
from content.topics import Topic, read_topic
from content.worksheet import Worksheet
from content.worksheet_next import handed_to_nowhere
from content.worksheet_read import PREFIX, read_worksheet

PARTS = (
    "pack.yaml", "topics.yaml", "books.yaml", "ideas.yaml", "anchors.yaml", "celebrations.yaml", "areas.yaml",
    "prompts", "roles", "cards", "quiz.yaml", "titles.yaml", "synonyms.yaml", "worksheets",
)  # fmt: skip
"""The files and folders of a pack in the order in which they are read."""

SHIPPED = Path(__file__).parent / "packs" / "ai-career"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


@dataclass(frozen=True, slots=True)
class Library:
    """A checked pack. Maps keep the order of the files; only live entries are in them. `worksheets` by slug."""

    slug: str
    version: int
    name: Localised
    languages: tuple[str, ...]
    prompts: Mapping[str, Prompt]
    roles: Mapping[str, Role]
    cards: Mapping[str, Card]
    topics: Mapping[str, Topic]
    ideas: Mapping[str, tuple[Origin, ...]]
    books: Mapping[str, Book]
    anchors: Mapping[str, Localised]
    celebrations: Mapping[str, Localised]
    quiz: tuple[Question, ...]
    areas: Mapping[str, Localised]
    titles: tuple[OtherTitle, ...]
    asked: Mapping[str, str]
    synonyms: tuple[tuple[str, ...], ...]
    worksheets: Mapping[str, Worksheet]

    def worksheet(self, id_: str) -> Worksheet | None:
        """The worksheet of this id, which is its slug with "worksheet." before it."""
        return self.worksheets.get(id_.removeprefix(PREFIX)) if id_.startswith(PREFIX) else None


def load(folder: Path | None = None, *, fast_from: int = WORTHWHILE) -> Library:
    """Reads and checks a pack's folder, the shipped one by default. Raises PackError listing every problem.

    From so many bytes of YAML on, `content.fast` helps.
    """
    root = folder or SHIPPED
    if not (root / "pack.yaml").is_file():
        raise PackError([f"{root.name}/pack.yaml:1: the file is missing: a pack is a folder with pack.yaml in it"])
    collecting = gc.isenabled()
    gc.disable()  # loading makes many objects that all live on: the collector would walk them again and again
    try:
        if (library := _read_fast(root, fast_from)) is not None:
            return library
        problems = Problems()
        library = _Reader(root, problems).library()
    finally:
        if collecting:
            gc.enable()
    if problems.found:
        raise PackError(problems.found)
    return library


def _read_fast(root: Path, fast_from: int) -> Library | None:
    """A very large pack that has no problem; None for any other."""
    files = [str(root / name) for part in PARTS for name in files_of(root, part, ".yaml")]
    if sum(os.path.getsize(file) for file in files) < fast_from:  # noqa: PTH202  # as in `files_of`
        return None
    fast, quick = FastFiles(files), Problems()
    try:
        library = _Reader(root, quick, fast).library()
    finally:
        fast.close()
    return None if quick.found else library


def files_of(root: Path, part: str, ending: str) -> list[str]:
    """A file of a pack, or the files of a folder in the alphabet's order; [] when there is none. Paths in the pack."""
    path = root / part
    if path.is_dir():
        return [f"{part}/{name}" for name in sorted(os.listdir(path)) if name.endswith(ending)]  # noqa: PTH208
    return [part] if path.is_file() else []


class _Reader:
    """One reading of one folder."""

    def __init__(self, root: Path, problems: Problems, fast: FastFiles | None = None) -> None:
        self._root, self._problems, self._fast = root, problems, fast
        self._at: dict[str, Value] = {}  # where each entry stands
        self._head = next(self._entries("pack.yaml"), Value(File(f"{root.name}/pack.yaml"), 1, None))
        named = tuple(item.text for item in self._head.get("languages").items)
        self._languages = tuple(lang for lang in LANGUAGES if lang in named) or LANGUAGES
        if unknown := set(named) - set(LANGUAGES):
            problems.add(self._head.get("languages"), f"{min(unknown)!r} is not one of {', '.join(LANGUAGES)}")
        if self._head.number_at("version") < 1:
            problems.add(self._head.get("version"), "version is missing: start at 1, a whole number")
        self._bare = Frame(problems, self._languages)

    def library(self) -> Library:
        """Everything in the folder, in the order in which one part refers to another."""
        bare, problems = self._bare, self._problems
        topics = self._unique("topics.yaml", lambda entry: read_topic(entry, bare))
        books: dict[str, Book] = {}
        places: dict[str, Origin] = {}
        for entry in self._entries("books.yaml"):
            book, own = read_book(entry, bare)
            books[book.id] = book
            places |= own
        ideas: dict[str, tuple[Origin, ...]] = {}
        for entry in self._entries("ideas.yaml"):
            id_, origins = read_idea(entry, places, bare)
            if id_ in ideas:
                problems.add(entry, f"idea {id_!r} is given twice: keep one")
            ideas[id_] = origins
        anchors, celebrations = self._lines("anchors.yaml", 80), self._lines("celebrations.yaml", 60)
        areas = self._lines("areas.yaml", 40, least=0)
        known = (frozenset(ideas), frozenset(topics), frozenset(anchors), frozenset(areas))
        frame = Frame(problems, self._languages, *known)
        prompts = self._unique("prompts", lambda entry: read_prompt(entry, frame))
        roles = self._unique("roles", lambda entry: read_role(entry, frame))
        cards = self._unique("cards", lambda entry: read_card(entry, frame))
        quiz = self._unique("quiz.yaml", lambda entry: read_question(entry, frame))
        titles = self._unique("titles.yaml", lambda entry: read_title(entry, frame))
        worksheets = self._unique("worksheets", lambda entry: read_worksheet(entry, frame))
        library = Library(
            self._head.string("slug") or self._root.name, self._head.number_at("version"),
            frame.texts(self._head, "name")("name", 80), self._languages,
            {id_: prompt for id_, prompt in prompts.items() if prompt.status == "live"},
            {id_: role for id_, role in roles.items() if role.status == "live"},
            {id_: card for id_, card in cards.items() if card.status == "live"},
            topics, ideas, books, anchors, celebrations, tuple(quiz.values()), areas, tuple(titles.values()),
            self._asked({**prompts, **roles, **cards, **worksheets}), self._synonyms(),
            {sheet.slug: sheet for sheet in worksheets.values() if sheet.status == "live"},
        )  # fmt: skip
        self._check_pointers(library)
        return library

    def _check_pointers(self, library: Library) -> None:
        """What one entry says of another: where members are sent must exist and be live."""
        prompts, roles, cards = library.prompts, library.roles, library.cards
        for role in roles.values():
            self._points(role.id, [role.try_tiny] if role.try_tiny else [], prompts)
            self._points(role.id, role.neighbours, roles)
            self._points(role.id, [*role.organisation, *([role.ask] if role.ask else [])], cards)
        for card in cards.values():
            self._points(card.id, [card.try_] if card.try_ else [], prompts)
            self._points(card.id, card.see, cards)
        for title in library.titles:
            self._points(title.id, title.near, roles)
        for question in library.quiz:
            for option in question.options:
                self._points(question.id, option.toward, roles)
        for sheet in library.worksheets.values():
            others = [b.removeprefix("sheet:") for step in sheet.steps for check in step.checks for b in check.buttons
                      if b.startswith("sheet:")]  # fmt: skip
            gathered = sheet.gather.of if sheet.gather else ()
            self._points(sheet.id, [*(one.slug for one in sheet.next), *gathered, *others], library.worksheets)
            for one in sheet.next:
                if (to := library.worksheets.get(one.slug)) is not None and handed_to_nowhere(one, to):
                    told = f"{sheet.id} hands lines to {one.into!r} of {one.slug}: name a field of kind text or lines"
                    self._problems.add(self._at[sheet.id], told)
        if not any("any" in p.tracks and not p.requires_optin for p in prompts.values()):
            self._tell("prompts", "at least one live prompt needs the track any and no opt-in")

    def _points(self, from_: str, to: Iterable[str], known: Mapping[str, object]) -> None:
        for id_ in to:
            if id_ not in known:
                text = f"{from_} points to {id_!r}, which is not a live entry of this pack"
                self._problems.add(self._at[from_], text)

    def _tell(self, file: str, text: str) -> None:
        self._problems.found.append(f"{self._root.name}/{file}:1: {text}")

    def _entries(self, name: str) -> Iterator[Value]:
        """The entries of a file, or of all files of a folder."""
        for file in files_of(self._root, name, ".yaml"):
            yield from read_entries(f"{self._root}/{file}", f"{self._root.name}/{file}", self._problems, self._fast)

    def _unique(self, name: str, read: Callable[[Value], T]) -> dict[str, T]:
        made: dict[str, T] = {}
        for entry in self._entries(name):
            item = read(entry)
            if item.id in made:
                self._problems.add(entry.get("id"), f"id {item.id!r} is taken by an earlier entry: ids are unique")
            made[item.id] = item
            self._at[item.id] = entry
        return made

    def _lines(self, name: str, most: int, least: int = 1) -> Mapping[str, Localised]:
        """A file of `{id, text}` entries."""
        lines: dict[str, Localised] = {}
        for entry in self._entries(name):
            id_ = entry.string("id")
            if not id_ or id_ in lines:
                self._problems.add(entry, f"id {id_!r} is missing or given twice")
            lines[id_] = self._bare.texts(entry, "text")("text", most)
        if len(lines) < least:
            self._tell(name, "at least one entry is needed")
        return lines

    def _asked(self, known: Container[str]) -> Mapping[str, str]:
        """The questions of every file in the folder `asked`."""
        found: dict[str, str] = {}
        for file in files_of(self._root, "asked", ".txt"):
            found |= read_asked(f"{self._root}/{file}", f"{self._root.name}/{file}", known, self._problems)
        return found

    def _synonyms(self) -> tuple[tuple[str, ...], ...]:
        """Words that mean the same to a searcher: one list a line."""
        groups: list[tuple[str, ...]] = []
        for entry in self._entries("synonyms.yaml"):
            words = tuple(word.text for word in entry.items if word.text)
            if len(words) < 2 or len(words) != len(entry.items):
                self._problems.add(entry, "a group of synonyms is a list of at least two words: [cv, resume, 简历]")
            groups.append(words)
        return tuple(groups)
