"""Loads a pack as a whole or not at all: a wrong pack never replaces a good one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from content.common import source_ids
from content.prompts import Prompt, read_prompt
from content.read import PackError, Problems, Value, read_entries
from content.roles import Role, read_role
from content.text import Localised, localised

SHIPPED = Path(__file__).parent / "packs" / "ai-career"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Library:
    """A checked pack. Maps keep the order of the files; only live entries are in them."""

    slug: str
    version: int
    prompts: Mapping[str, Prompt]
    roles: Mapping[str, Role]
    anchors: Mapping[str, Localised]
    celebrations: Mapping[str, Localised]


def load(folder: Path | None = None) -> Library:
    """Reads and checks a pack's folder, the shipped one by default. Raises PackError listing every problem."""
    root = folder or SHIPPED
    problems = Problems()
    if not (root / "pack.yaml").is_file():
        raise PackError([f"{root.name}/pack.yaml:1: the file is missing: a pack is a folder with pack.yaml in it"])
    head = next(_entries(root, ["pack.yaml"], problems), None)
    anchors = _lines(root, "anchors.yaml", 80, problems)
    celebrations = _lines(root, "celebrations.yaml", 60, problems)
    topics = frozenset(source.partition(".")[0] for source in source_ids())
    prompts = _unique(
        _entries(root, sorted(_names(root, "prompts")), problems),
        lambda entry: read_prompt(entry, topics, frozenset(anchors), problems),
        problems,
    )
    roles = _unique(
        _entries(root, sorted(_names(root, "roles")), problems), lambda entry: read_role(entry, problems), problems
    )
    for role in roles.values():
        for other, known in ((role.try_tiny, prompts), *((neighbour, roles) for neighbour in role.neighbours)):
            if other and other not in known:
                problems.found.append(f"{root.name}/roles:1: {role.id} points to {other!r}, which is not in this pack")
    if not any(p.status == "live" and "any" in p.tracks and not p.requires_optin for p in prompts.values()):
        problems.found.append(f"{root.name}/prompts:1: at least one live prompt needs the track any and no opt-in")
    if problems.found:
        raise PackError(problems.found)
    return Library(
        head.get("slug").text if head else root.name,
        head.get("version").number if head else 1,
        {id_: prompt for id_, prompt in prompts.items() if prompt.status == "live"},
        {id_: role for id_, role in roles.items() if role.status == "live"},
        anchors,
        celebrations,
    )


def _names(root: Path, folder: str) -> Iterable[str]:
    return (f"{folder}/{path.name}" for path in (root / folder).glob("*.yaml"))


def _entries(root: Path, names: Iterable[str], problems: Problems) -> Iterator[Value]:
    for name in names:
        if (root / name).is_file():
            yield from read_entries(root / name, f"{root.name}/{name}", problems)


def _lines(root: Path, name: str, most: int, problems: Problems) -> Mapping[str, Localised]:
    """A file of `{id, text}` entries."""
    lines: dict[str, Localised] = {}
    for entry in _entries(root, [name], problems):
        id_ = entry.get("id").text
        if not id_ or id_ in lines:
            problems.add(entry, f"id {id_!r} is missing or given twice")
        lines[id_] = localised(entry, "text", most, problems)
    if not lines:
        problems.found.append(f"{root.name}/{name}:1: at least one entry is needed")
    return lines


def _unique(entries: Iterable[Value], read: Callable[[Value], T], problems: Problems) -> dict[str, T]:
    found: dict[str, T] = {}
    for entry in entries:
        id_ = entry.get("id").text
        if id_ in found:
            problems.add(entry, f"id {id_!r} is taken by an earlier entry: ids are never reused")
        found[id_] = read(entry)
    return found
