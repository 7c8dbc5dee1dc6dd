"""Where an idea comes from: the pack's ideas by id, and the books and places they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content.common import Frame, only
from content.read import Value
from content.text import Localised

_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Book:
    """A source of ideas: an e-book, a talk, notes. `by` as it is printed; "" where nobody signed."""

    id: str
    title: Localised
    by: str
    note: Localised | None


@dataclass(frozen=True, slots=True)
class Origin:
    """One place in a book: "chapter 10, on informational interviews"."""

    book: Book
    place: Localised


def read_book(entry: Value, frame: Frame) -> tuple[Book, Mapping[str, Origin]]:
    """A book, and its places by "book.place"."""
    only(entry, frozenset({"id", "title", "by", "note", "places"}), frame.problems)
    texts = frame.texts(entry, "title")
    book = Book(entry.string("id"), texts("title", 120), entry.string("by"), texts.maybe("note", 200))
    if not _ID.fullmatch(book.id) or not entry.get("places").items:
        frame.problems.add(entry, f"book {book.id!r} needs an id in lower case and at least one entry in places")
    places: dict[str, Origin] = {}
    for place in entry.get("places").items:
        name = texts.inline(place.get("name"), "places.name", 120)
        if not (id_ := place.string("id")):
            frame.problems.add(place, "this place has no id: put a word or a number in quotes")
        places[f"{book.id}.{id_}"] = Origin(book, name)
    return book, places


def read_idea(entry: Value, places: Mapping[str, Origin], frame: Frame) -> tuple[str, tuple[Origin, ...]]:
    """An idea's id, and where it stands."""
    id_, named = entry.string("id"), entry.strings("from")
    if not _ID.fullmatch(id_):
        frame.problems.add(entry, f"idea {id_!r}: an id is lower-case words joined by '.' or '-'")
    for place in named:
        if place not in places:
            frame.problems.add(entry.get("from"), f"{place!r} is not in books.yaml: write book.place")
    if not named:
        frame.problems.add(entry, f"{id_}: say where it comes from: from: [book.place]")
    return id_, tuple([places[place] for place in named if place in places])


def origins_of(ideas: Mapping[str, tuple[Origin, ...]], sources: Iterable[str]) -> list[tuple[Origin, list[str]]]:
    """The places an entry draws on, each with the ids it takes from there, in the entry's order."""
    found: dict[Origin, list[str]] = {}
    for source in sources:
        for origin in ideas.get(source, ()):
            found.setdefault(origin, []).append(source)
    return list(found.items())
