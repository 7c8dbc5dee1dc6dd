"""A role card: what the person does, with which skills and tools, beside whom, and the warning that firms differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from content.common import Frame, Status, common, names, only
from content.read import Value
from content.text import Localised, Texts

_FIELDS = frozenset(
    "id rev status sources name short aliases organisation areas summary tasks skills tools surprise caveat ask "
    "neighbours notes try_tiny next".split()
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
    """One role. `slug` is how a member may type it. `organisation` are ids of cards, `ask` the card of what to ask
    somebody who does it. `areas`: kind of work -> whether it is the role's main work or only at times."""

    id: str
    rev: int
    status: Status
    sources: tuple[str, ...]
    name: Localised
    short: Localised
    aliases: tuple[str, ...]
    organisation: tuple[str, ...]
    areas: Mapping[str, bool]
    summary: Localised
    tasks: tuple[Task, ...]
    skills: tuple[Localised, ...]
    tools: tuple[Tools, ...]
    surprise: Localised | None
    caveat: Localised
    ask: str
    neighbours: tuple[str, ...]
    notes: Localised | None
    try_tiny: str
    next: tuple[str, ...]

    @property
    def slug(self) -> str:
        """ "ml-engineer" """
        return self.id.removeprefix("role.")

    @property
    def tool_names(self) -> tuple[str, ...]:
        """Every tool named for it, each once, in the order of the source."""
        return tuple(dict.fromkeys(item for group in self.tools for item in group.items))


@dataclass(frozen=True, slots=True)
class OtherTitle:
    """A title members ask for that is no role of the pack, and the roles whose tasks come near."""

    id: str
    names: tuple[str, ...]
    near: tuple[str, ...]


def read_role(entry: Value, frame: Frame) -> Role:
    """Reads and checks one role."""
    problems, texts = frame.problems, frame.texts(entry, "name")
    only(entry, _FIELDS, problems)
    base = common(entry, "role.", frame)
    for key in ("aliases", "tasks", "tools"):
        if not entry.get(key).items:
            problems.add(entry.get(key), f"{key} is empty")
    return Role(
        base.id, base.rev, base.status, base.sources,
        texts("name", 70), texts("short", 24), names(entry, "aliases", problems),
        entry.strings("organisation"),
        _areas(entry.get("areas"), frame),
        texts("summary", 200), tuple(_task(task, texts) for task in entry.get("tasks").items),
        tuple(texts.inline(skill, "skills", 160) for skill in entry.get("skills").items),
        tuple(_tools(tools, texts) for tools in entry.get("tools").items), texts.maybe("surprise", 200),
        texts("caveat", 200), entry.string("ask"), entry.strings("neighbours"), texts.maybe("notes", 300),
        entry.string("try_tiny"), entry.strings("next"),
    )  # fmt: skip


def _areas(entry: Value, frame: Frame) -> Mapping[str, bool]:
    found: dict[str, bool] = {}
    for area in entry.map:
        how = entry.string(area)
        if area not in frame.areas or how not in {"main", "also"}:
            frame.problems.add(entry.get(area), f"{area}: {how!r}: an area of areas.yaml, and main or also")
        found[area] = how == "main"
    return found


def read_title(entry: Value, frame: Frame) -> OtherTitle:
    """Reads and checks one title."""
    only(entry, frozenset({"id", "names", "near"}), frame.problems)
    return OtherTitle(entry.string("id"), names(entry, "names", frame.problems), entry.strings("near"))


def _task(entry: Value, texts: Texts) -> Task:
    return Task(entry.string("id"), entry.get("main").data is True, texts.inline(entry, "tasks", 160))


def _tools(entry: Value, texts: Texts) -> Tools:
    use = texts.inline(entry.get("use"), "tools.use", 120)
    return Tools(entry.string("group"), entry.strings("items"), use)
