"""Which prompt a member gets next: what the ledger remembers, given to content's pure choice."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chat.people import Person
from content.choose import choose_prompt
from content.library import Library
from content.prompts import Prompt

if TYPE_CHECKING:
    from store import Tx

TRACK = "any"  # the member's own track comes with onboarding


async def next_prompt(tx: Tx, library: Library, person: Person, day: date, ordinal: int = 0) -> Prompt:
    """The prompt for a nominal date. Its seed is person, day and ordinal, so a choice can be replayed and explained."""
    seen = await tx.deliveries.seen(person, day - timedelta(days=60))
    newest = sorted(seen, key=lambda prompt_id: seen[prompt_id], reverse=True)[:2]
    topics = [library.prompts[prompt_id].topic for prompt_id in newest if prompt_id in library.prompts]
    name = f"{person.space.key}|{person.id}|{day}|{ordinal}"
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return choose_prompt(
        library, seed=seed, seen=seen, recent_topics=topics, today=day, track=TRACK, optins=frozenset()
    )
