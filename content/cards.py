"""A card: one framework, checklist, story, number or source, short enough to be read where people talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from content.common import Frame, Status, common, names, only
from content.read import Value
from content.text import LANGUAGES, Localised, Texts

Kind = Literal["framework", "checklist", "question", "story", "number", "source", "organisation", "idea"]
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_FIELDS = frozenset(
    "id rev status topic kind sources title short aliases group body points ordered ask note person site lang "
    "see try next".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """Whose story a card tells; `role` as it was at the time of the source."""

    name: str
    role: Localised


@dataclass(frozen=True, slots=True)
class Card:
    """All texts plain. `aliases` are what members may type for it; `group` a heading on its topic's page; `ordered`
    numbers the points; `site` is a bare site name, never a link; `try_` names the prompt that fits best."""

    id: str
    rev: int
    status: Status
    topic: str
    kind: Kind
    sources: tuple[str, ...]
    title: Localised
    short: Localised
    aliases: tuple[str, ...]
    group: Localised | None
    body: Localised
    points: tuple[Localised, ...]
    ordered: bool
    ask: Localised | None
    note: Localised | None
    person: Named | None
    site: str
    lang: tuple[str, ...]
    see: tuple[str, ...]
    try_: str
    next: str


def read_card(entry: Value, frame: Frame) -> Card:
    """Reads and checks one card."""
    problems, texts = frame.problems, frame.texts(entry, "title")
    only(entry, _FIELDS, problems)
    base, topic = common(entry, "card.", frame), entry.string("topic")
    if topic not in frame.topics:
        problems.add(entry.get("topic"), f"topic {topic!r} is not one of {', '.join(sorted(frame.topics))}")
    kind = _KINDS.get(entry.string("kind"))
    if kind is None:
        problems.add(entry.get("kind"), f"kind must be one of {', '.join(_KINDS)}")
    lang, after = entry.strings("lang"), entry.string("next")
    if not set(lang) <= set(LANGUAGES):
        problems.add(entry.get("lang"), f"lang must be some of {', '.join(LANGUAGES)}: the language of the source")
    if len(points := entry.get("points").items) > 8:
        problems.add(entry.get("points"), f"points has {len(points)} lines, allowed 8: make it two cards")
    if after and not after.startswith("/"):
        problems.add(entry.get("next"), "next must be one command such as /role")
    return Card(
        base.id, base.rev, base.status, topic, kind or "idea", base.sources,
        texts("title", 70, 2), texts("short", 24, 2), names(entry, "aliases", problems),
        texts.maybe("group", 40),
        texts("body", 500, 30), tuple([texts.inline(point, "points", 160) for point in points]),
        entry.get("ordered").data is True, texts.maybe("ask", 160), texts.maybe("note", 200),
        _person(entry.get("person"), texts), entry.string("site"), lang, entry.strings("see"), entry.string("try"),
        after,
    )  # fmt: skip


def _person(entry: Value, texts: Texts) -> Named | None:
    if not entry:
        return None
    return Named(entry.string("name"), texts.inline(entry.get("role"), "person.role", 80))
