"""What every entry of a pack has: id, revision, status, sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from content.read import Problems, Value

Status = Literal["draft", "live", "retired"]
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_STATUS: dict[str, Status] = {"draft": "draft", "live": "live", "retired": "retired"}


@dataclass(frozen=True, slots=True)
class Common:
    """`rev` counts text changes; `sources` are ids of ideas this entry carries."""

    id: str
    rev: int
    status: Status
    sources: tuple[str, ...]


@cache
def source_ids() -> frozenset[str]:
    """The ids of all ideas a pack may cite."""
    return frozenset((Path(__file__).parent / "source_ids.txt").read_text(encoding="utf-8").split())


def common(entry: Value, prefix: str, problems: Problems) -> Common:
    """Reads and checks the common fields."""
    id_ = entry.get("id").text
    if not _ID.fullmatch(id_) or not id_.startswith(prefix):
        problems.add(entry.get("id"), f"id {id_!r}: write {prefix}… in lower-case words joined by '.' or '-'")
    if (rev := entry.get("rev").number) < 1:
        problems.add(entry.get("rev"), "rev is missing: start at 1 and add 1 at every change of text")
    status = _STATUS.get(entry.get("status").text)
    if status is None:
        problems.add(entry.get("status"), "status must be draft, live or retired")
    sources = strings(entry, "sources")
    if not sources:
        problems.add(entry.get("sources"), "sources is empty: name at least one idea by its id")
    for item in entry.get("sources").items:
        if item.text not in source_ids():
            problems.add(item, f"{item.text!r} is not a known idea: see content/source_ids.txt")
    return Common(id_, rev, status or "draft", sources)


def strings(entry: Value, key: str) -> tuple[str, ...]:
    """A list of strings; () when absent."""
    return tuple(item.text for item in entry.get(key).items if item.text)


def only(entry: Value, known: frozenset[str], problems: Problems) -> None:
    """Notes keys nobody reads: most are misspelled."""
    for key, value in entry.map.items():
        if key not in known:
            problems.add(value, f"{key!r} is not a field here: one of {', '.join(sorted(known))}")
