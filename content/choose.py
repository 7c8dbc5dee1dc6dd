"""Which prompt comes next: pure, and deterministic by its seed, so that a choice can be replayed and explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from content.library import Library
from content.prompts import Prompt

COOLDOWN = timedelta(days=60)
WEEK = timedelta(days=7)
RECALLS_A_WEEK = 2
KEPT = 256  # kinds of members whose steps are remembered

SMALL = 30
"""Seconds up to which a step is for those who chose half a minute."""
TINY = 10
"""Every step has a version of this size, so at it every step fits."""

Rule = Literal["language", "size", "topic", "cooldown"]


@dataclass(frozen=True, slots=True)
class Past:
    """What a member has had. `seen`: prompt id -> last day. `topics`: of the last two days. `due`: ids of prompts whose
    recall question is due, the longest due first. `recalls`: days on which a question came instead of a step."""

    seen: Mapping[str, date]
    topics: Sequence[str] = ()
    due: Sequence[str] = ()
    recalls: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A prompt, whether it comes as its recall question, and the rules that had to give way."""

    prompt: Prompt
    recall: bool = False
    gave_way: tuple[Rule, ...] = ()


def choose(
    library: Library,
    past: Past,
    *,
    seed: int,
    today: date,
    track: str = "any",
    lang: str = "en",
    optins: frozenset[str] = frozenset(),
    topic: str = "",
    seconds: int = 0,
) -> Chosen:
    """A due recall question, at most two in any seven days; else a step of the track, in the language, not seen for 60
    days, not on a topic of the last two days, and of the size `seconds` (see `beside`). Steps never seen weigh double.

    When nothing is left the rules give way in this order: size (the nearest ones come), topic, cooldown (the longest
    unseen comes first), language. With `topic`, only that topic's steps count, of any track, and the topic rule sleeps.
    Without its opt-in a sensitive step never comes. Raises LookupError when the library has nothing at all this member
    may see.
    """
    if not topic and (question := _due(library, past, today, lang, optins)):
        return Chosen(question, recall=True)
    fit, spoken = _fit(library, track, lang, optins, topic)
    if not fit:
        raise LookupError("the pack has no prompt this member may see")
    gave_way: list[Rule] = [] if spoken else ["language"]
    lately = {id_ for id_, day in past.seen.items() if today - day < COOLDOWN}
    rested = [p for p in fit if p.id not in lately] if lately else fit
    if not rested:
        oldest = min(fit, key=lambda prompt: (past.seen[prompt.id], prompt.id))
        return Chosen(oldest, gave_way=(*gave_way, *_too(oldest, seconds), "cooldown"))
    varied = rested if topic else [p for p in rested if p.topic not in past.topics]
    if not varied:
        varied = rested
        gave_way.append("topic")
    if seconds > TINY:
        away = [beside(prompt, seconds) for prompt in varied]
        nearest = min(away)
        varied = [prompt for prompt, far in zip(varied, away, strict=True) if far == nearest]
    weights = [1 if prompt.id in past.seen else 2 for prompt in varied]
    picked = Random(seed).choices(varied, weights)[0]  # noqa: S311  # a choice of text, not a secret
    return Chosen(picked, gave_way=(*gave_way, *_too(picked, seconds)))


def beside(prompt: Prompt, seconds: int) -> int:
    """How far a step is from a size, in seconds; 0 when it fits. Half a minute takes what is done in it, the
    bigger sizes what takes longer; at ten seconds and without a size (0) every step fits."""
    if seconds <= TINY:
        return 0
    return max(0, prompt.seconds - SMALL) if seconds <= SMALL else max(0, SMALL + 1 - prompt.seconds)


def _too(prompt: Prompt, seconds: int) -> tuple[Rule, ...]:
    return ("size",) if beside(prompt, seconds) else ()


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What a kind of member may see at all, by id; `spoken`: in their language."""

    library: Library
    prompts: tuple[Prompt, ...]
    spoken: bool


_known: dict[tuple[int, str, str, frozenset[str], str], _Fitting] = {}


def _fit(
    library: Library, track: str, lang: str, optins: frozenset[str], topic: str
) -> tuple[tuple[Prompt, ...], bool]:
    """The same for thousands of members of a morning, so it is kept: a cache, as pure as what it keeps."""
    key = (id(library), track, lang, optins, topic)
    found = _known.get(key)
    if found is None or found.library is not library:
        open_ = [p for p in library.prompts.values() if not p.requires_optin or p.requires_optin in optins]
        allowed = [p for p in open_ if p.topic == topic] if topic else [p for p in open_ if _on(track, p)]
        spoken = [p for p in allowed if p.body.has(lang)]
        if len(_known) >= KEPT:
            _known.clear()  # of editions of the pack that are gone, mostly
        fit = tuple(sorted(spoken or allowed, key=lambda prompt: prompt.id))
        found = _known[key] = _Fitting(library, fit, bool(spoken))
    return found.prompts, found.spoken


def _on(track: str, prompt: Prompt) -> bool:
    return track == "any" or bool(prompt.tracks & {track, "any"})


def _due(library: Library, past: Past, today: date, lang: str, optins: frozenset[str]) -> Prompt | None:
    if today in past.recalls or sum(today - day < WEEK for day in past.recalls if day <= today) >= RECALLS_A_WEEK:
        return None
    for id_ in past.due:
        prompt = library.prompts.get(id_)
        if prompt is None or (prompt.requires_optin and prompt.requires_optin not in optins):
            continue
        if prompt.recall and prompt.recall.question.has(lang):
            return prompt
    return None
