"""A daily prompt: one small step, its ten-second version, and what it may celebrate or ask later."""

from __future__ import annotations

from dataclasses import dataclass

from content.common import Common, Status, common, only, strings
from content.read import Problems, Value
from content.text import Localised, localised

TRACKS = frozenset({"learn", "build", "job", "any"})
OPT_INS = frozenset({"days", "wellbeing"})
_FIELDS = frozenset(
    [
        "id",
        "rev",
        "status",
        "sources",
        "topic",
        "tracks",
        "seconds",
        "tiny_seconds",
        "anchors",
        "title",
        "short",
        "body",
        "action",
        "tiny",
        "celebrate",
        "next",
        "requires_optin",
        "recall",
    ]
)


@dataclass(frozen=True, slots=True)
class Recall:
    """A question for later, and its answer."""

    question: Localised
    answer: Localised


@dataclass(frozen=True, slots=True)
class Prompt:
    """All texts plain; `seconds` for the step, `tiny_seconds` for its smallest version."""

    id: str
    rev: int
    status: Status
    sources: tuple[str, ...]
    topic: str
    tracks: frozenset[str]
    seconds: int
    tiny_seconds: int
    anchors: tuple[str, ...]
    title: Localised
    short: Localised
    body: Localised
    action: Localised
    tiny: Localised
    celebrate: Localised | None
    next: str
    requires_optin: str
    recall: Recall | None


def read_prompt(entry: Value, topics: frozenset[str], anchors: frozenset[str], problems: Problems) -> Prompt:
    """Reads and checks one prompt."""
    only(entry, _FIELDS, problems)
    base: Common = common(entry, "prompt.", problems)
    topic, tracks = entry.get("topic"), frozenset(strings(entry, "tracks"))
    if topic.text not in topics:
        problems.add(topic, f"topic {topic.text!r} is not one of {', '.join(sorted(topics))}")
    if not tracks or not tracks <= TRACKS:
        problems.add(entry.get("tracks"), f"tracks must be some of {', '.join(sorted(TRACKS))}")
    seconds, tiny_seconds = entry.get("seconds"), entry.get("tiny_seconds")
    if not 5 <= seconds.number <= 120:
        problems.add(seconds, "seconds must be 5 to 120: one step fits into two minutes")
    if not 1 <= tiny_seconds.number <= min(10, max(seconds.number, 1)):
        problems.add(tiny_seconds, "tiny_seconds must be 1 to 10 and at most seconds")
    own = strings(entry, "anchors")
    if not 1 <= len(own) <= 4 or not set(own) <= anchors:
        problems.add(entry.get("anchors"), f"anchors must be 1 to 4 of {', '.join(sorted(anchors))}")
    action = localised(entry, "action", 160, problems, least=4)
    if action.en and not action.en.endswith((".", "…", "?")):
        problems.add(entry.get("action"), "action.en must end with a full stop: it is one sentence")
    optin, after = entry.get("requires_optin"), entry.get("next")
    if optin and optin.text not in OPT_INS:
        problems.add(optin, f"requires_optin must be one of {', '.join(sorted(OPT_INS))}")
    if after and not after.text.startswith("/"):
        problems.add(after, "next must be one command such as /role")
    return Prompt(
        base.id, base.rev, base.status, base.sources, topic.text, tracks, seconds.number, tiny_seconds.number, own,
        localised(entry, "title", 80, problems, least=2),
        localised(entry, "short", 24, problems, least=2),
        localised(entry, "body", 600, problems, least=80),
        action,
        localised(entry, "tiny", 120, problems, least=4),
        localised(entry, "celebrate", 60, problems) if entry.get("celebrate") else None,
        after.text, optin.text, _recall(entry.get("recall"), problems),
    )  # fmt: skip


def _recall(entry: Value, problems: Problems) -> Recall | None:
    if not entry:
        return None
    return Recall(localised(entry, "q", 200, problems), localised(entry, "a", 400, problems))
