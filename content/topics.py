"""The topics of a pack: what `/step` lists, in the order members browse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.common import Frame, names, only
from content.read import Value
from content.text import Localised

_FIELDS = frozenset({"id", "name", "about", "aliases", "optin"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Topic:
    """`aliases` are what members may type for it. `optin` names the consent without which no step of it is sent."""

    id: str
    name: Localised
    about: Localised
    aliases: tuple[str, ...]
    optin: str


def read_topic(entry: Value, frame: Frame) -> Topic:
    """Reads and checks one topic."""
    problems, texts, id_ = frame.problems, frame.texts(entry, "name"), entry.string("id")
    only(entry, _FIELDS, problems)
    if not _ID.fullmatch(id_) or len(id_) > 24:
        problems.add(entry.get("id"), f"id {id_!r}: one lower-case word of at most 24 letters, digits and '-'")
    aliases = names(entry, "aliases", problems)
    return Topic(id_, texts("name", 40, 2), texts("about", 120, 2), aliases, entry.string("optin"))
