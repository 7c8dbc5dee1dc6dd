"""What every entry of a pack has: id, revision, status, sources; and what it may refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from content.read import Problems, Value
from content.text import LANGUAGES, Texts

Status = Literal["draft", "live", "retired"]
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_STATUS: dict[str, Status] = {"draft": "draft", "live": "live", "retired": "retired"}
LONGEST_ID = 56  # a button carries it, and Discord gives a button 100 characters


@dataclass(frozen=True, slots=True)
class Common:
    """`rev` counts text changes; `sources` are ids of ideas this entry carries."""

    id: str
    rev: int
    status: Status
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a pack's entries may name, and where problems go."""

    problems: Problems
    languages: tuple[str, ...] = LANGUAGES
    ideas: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    anchors: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()

    def texts(self, entry: Value, like: str) -> Texts:
        """The reader of an entry's texts."""
        return Texts(entry, like, self.languages, self.problems)


def common(entry: Value, prefix: str, frame: Frame) -> Common:
    """Reads and checks the common fields."""
    problems, id_ = frame.problems, entry.string("id")
    if not id_.startswith(prefix) or len(id_) > LONGEST_ID or not _ID.fullmatch(id_):
        problems.add(
            entry.get("id"),
            f"id {id_!r}: write {prefix}… in lower-case words joined by '.' or '-', at most {LONGEST_ID} characters",
        )
    if (rev := entry.number_at("rev")) < 1:
        problems.add(entry.get("rev"), "rev is missing: start at 1 and add 1 at every change of text")
    status = _STATUS.get(entry.string("status"))
    if status is None:
        problems.add(entry.get("status"), "status must be draft, live or retired")
    sources = entry.strings("sources")
    if not sources:
        problems.add(entry.get("sources"), "sources is empty: name at least one idea by its id")
    if not frame.ideas.issuperset(sources):
        for item in entry.get("sources").items:
            if item.text not in frame.ideas:
                problems.add(item, f"{item.text!r} is not a known idea: add it to ideas.yaml, or mend the spelling")
    return Common(id_, rev, status or "draft", sources)


def names(entry: Value, key: str, problems: Problems) -> tuple[str, ...]:
    """A list of words members may type: lower case, so that authors see what is compared."""
    found = entry.strings(key)
    if key in entry.map and len(found) != len(entry.get(key).items or [None]):
        problems.add(entry.get(key), f"{key} must be a list of words: [one, another], in quotes where needed")
    joined = "\n".join(found)
    if joined != joined.lower() or (len(joined) > 60 and max(map(len, found)) > 60):
        for item in entry.get(key).items:
            if item.text != item.text.lower() or len(item.text) > 60:
                problems.add(item, f"{key} {item.text!r} must be in lower case, at most 60 characters")
    return found


def only(entry: Value, known: frozenset[str], problems: Problems) -> None:
    """Notes keys nobody reads: most are misspelled."""
    if known.issuperset(entry.map):
        return
    for key in entry.map:
        if key not in known:
            problems.add(entry.get(key), f"{key!r} is not a field here: one of {', '.join(sorted(known))}")
