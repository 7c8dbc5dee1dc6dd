"""Which prompt comes next: pure, and deterministic by its seed, so that a choice can be replayed and explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from content.library import Library
from content.prompts import Prompt

COOLDOWN = timedelta(days=60)


def choose_prompt(
    library: Library,
    *,
    seed: int,
    seen: Mapping[str, date],
    recent_topics: Sequence[str],
    today: date,
    track: str,
    optins: frozenset[str],
) -> Prompt:
    """Right track, opted in, not seen for 60 days, not a topic of the last two days; fresh ones weigh double.

    When nothing is left the rules give way in this order: topic, then cooldown (the longest unseen comes first).
    """
    allowed = [
        prompt
        for _, prompt in sorted(library.prompts.items())
        if (track == "any" or prompt.tracks & {track, "any"})
        and (not prompt.requires_optin or prompt.requires_optin in optins)
    ]
    rested = [p for p in allowed if p.id not in seen or today - seen[p.id] >= COOLDOWN]
    varied = [p for p in rested if p.topic not in recent_topics]
    pool = varied or rested
    if pool:
        weights = [2 if prompt.id not in seen else 1 for prompt in pool]
        return Random(seed).choices(pool, weights)[0]  # noqa: S311  # a choice of text, not a secret
    if not allowed:
        raise LookupError("the pack has no prompt this member may see")
    return min(allowed, key=lambda prompt: (seen.get(prompt.id, date.min), prompt.id))
