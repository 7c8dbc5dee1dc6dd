"""A daily prompt: one small step, its ten-second version, and what it may celebrate or ask later."""

from __future__ import annotations

from dataclasses import dataclass

from content.common import Common, Frame, Status, common, only
from content.read import Value
from content.text import Localised, Texts

TRACKS = frozenset({"learn", "build", "job", "any"})
OPT_INS = frozenset({"days", "wellbeing"})
_FIELDS = frozenset(
    "id rev status sources topic tracks seconds tiny_seconds anchors title short body action tiny celebrate next "
    "requires_optin recall".split()
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


def read_prompt(entry: Value, frame: Frame) -> Prompt:
    """Reads and checks one prompt."""
    problems, texts = frame.problems, frame.texts(entry, "title")
    only(entry, _FIELDS, problems)
    base: Common = common(entry, "prompt.", frame)
    topic, tracks = entry.string("topic"), frozenset(entry.strings("tracks"))
    if topic not in frame.topics:
        problems.add(entry.get("topic"), f"topic {topic!r} is not one of {', '.join(sorted(frame.topics))}")
    if not tracks or not tracks <= TRACKS:
        problems.add(entry.get("tracks"), f"tracks must be some of {', '.join(sorted(TRACKS))}")
    seconds, tiny_seconds = entry.number_at("seconds"), entry.number_at("tiny_seconds")
    if not 5 <= seconds <= 120:
        problems.add(entry.get("seconds"), "seconds must be 5 to 120: one step fits into two minutes")
    if not 1 <= tiny_seconds <= min(10, max(seconds, 1)):
        problems.add(entry.get("tiny_seconds"), "tiny_seconds must be 1 to 10 and at most seconds")
    own = entry.strings("anchors")
    if not 1 <= len(own) <= 4 or not frame.anchors.issuperset(own):
        problems.add(entry.get("anchors"), f"anchors must be 1 to 4 of {', '.join(sorted(frame.anchors))}")
    action = texts("action", 160, 4)
    if action.en and not action.en.endswith((".", "…", "?")):
        problems.add(entry.get("action"), "action.en must end with a full stop: it is one sentence")
    optin, after = entry.string("requires_optin"), entry.string("next")
    if optin and optin not in OPT_INS:
        problems.add(entry.get("requires_optin"), f"requires_optin must be one of {', '.join(sorted(OPT_INS))}")
    if after and not after.startswith("/"):
        problems.add(entry.get("next"), "next must be one command such as /role")
    return Prompt(
        base.id, base.rev, base.status, base.sources, topic, tracks, seconds, tiny_seconds, own,
        texts("title", 80, 2), texts("short", 24, 2), texts("body", 600, 80), action, texts("tiny", 120, 4),
        texts.maybe("celebrate", 60), after, optin, _recall(entry.get("recall"), texts),
    )  # fmt: skip


def _recall(entry: Value, texts: Texts) -> Recall | None:
    if not entry:
        return None
    return Recall(texts.inline(entry.get("q"), "recall.q", 200), texts.inline(entry.get("a"), "recall.a", 400))
