"""A role card: what the person does, with which skills and tools, beside whom, and the warning that firms differ."""

from __future__ import annotations

from dataclasses import dataclass

from content.common import Status, common, only, strings
from content.read import Problems, Value
from content.text import Localised, localised

ORGANISATIONS = frozenset({"data-science", "machine-learning"})
_FIELDS = frozenset(
    [
        "id",
        "rev",
        "status",
        "sources",
        "name",
        "short",
        "aliases",
        "organisation",
        "summary",
        "tasks",
        "skills",
        "tools",
        "surprise",
        "caveat",
        "neighbours",
        "notes",
        "try_tiny",
        "next",
    ]
)


@dataclass(frozen=True, slots=True)
class Task:
    """`main`: the source names it as the role's own work."""

    id: str
    main: bool
    text: Localised


@dataclass(frozen=True, slots=True)
class Tools:
    """Tools of one group, by the names the source prints."""

    group: str
    items: tuple[str, ...]
    use: Localised


@dataclass(frozen=True, slots=True)
class Role:
    """One of the six roles. `slug` is how a member may type it."""

    id: str
    rev: int
    status: Status
    sources: tuple[str, ...]
    name: Localised
    short: Localised
    aliases: tuple[str, ...]
    organisation: tuple[str, ...]
    summary: Localised
    tasks: tuple[Task, ...]
    skills: tuple[Localised, ...]
    tools: tuple[Tools, ...]
    surprise: Localised | None
    caveat: Localised
    neighbours: tuple[str, ...]
    notes: Localised | None
    try_tiny: str
    next: tuple[str, ...]

    @property
    def slug(self) -> str:
        """ "ml-engineer" """
        return self.id.removeprefix("role.")


def read_role(entry: Value, problems: Problems) -> Role:
    """Reads and checks one role."""
    only(entry, _FIELDS, problems)
    base = common(entry, "role.", problems)
    aliases = strings(entry, "aliases")
    for item in entry.get("aliases").items:
        if item.text != item.text.lower():
            problems.add(item, f"alias {item.text!r} must be in lower case")
    organisation = strings(entry, "organisation")
    if not organisation or not set(organisation) <= ORGANISATIONS:
        problems.add(entry.get("organisation"), f"organisation must be some of {', '.join(sorted(ORGANISATIONS))}")
    for key in ("aliases", "tasks", "tools"):
        if not entry.get(key).items:
            problems.add(entry.get(key), f"{key} is empty")
    return Role(
        base.id, base.rev, base.status, base.sources,
        localised(entry, "name", 80, problems), localised(entry, "short", 24, problems), aliases, organisation,
        localised(entry, "summary", 200, problems), tuple(_task(task, problems) for task in entry.get("tasks").items),
        tuple(_inline(skill, 160, problems) for skill in entry.get("skills").items),
        tuple(_tools(tools, problems) for tools in entry.get("tools").items),
        localised(entry, "surprise", 200, problems) if entry.get("surprise") else None,
        localised(entry, "caveat", 200, problems), strings(entry, "neighbours"),
        localised(entry, "notes", 300, problems) if entry.get("notes") else None,
        entry.get("try_tiny").text, strings(entry, "next"),
    )  # fmt: skip


def _task(entry: Value, problems: Problems) -> Task:
    return Task(entry.get("id").text, entry.get("main").data is True, _inline(entry, 160, problems))


def _tools(entry: Value, problems: Problems) -> Tools:
    return Tools(entry.get("group").text, strings(entry, "items"), localised(entry, "use", 120, problems))


def _inline(entry: Value, most: int, problems: Problems) -> Localised:
    """A map whose languages stand beside its other keys."""
    return localised(Value(entry.path, entry.line, {"text": entry}), "text", most, problems)
