"""Which prompt a member gets next: what the ledger remembers, given to content's pure choice."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from chat.people import Person
from content.choose import Past, choose
from content.library import Library
from content.prompts import Prompt
from content.say import pick_language

if TYPE_CHECKING:
    from store import Tx


async def next_prompt(
    tx: Tx, library: Library, person: Person, day: date, ordinal: int = 0, *, topic: str = ""
) -> Prompt:
    """The prompt for a nominal date, of one topic when asked for. Its seed is person, day and ordinal, so a choice can
    be replayed and explained. Track, opt-ins and recall questions come with onboarding."""
    seen = await tx.deliveries.seen(person, date.min)
    newest = sorted(seen, key=lambda prompt_id: seen[prompt_id], reverse=True)[:2]
    topics = [library.prompts[prompt_id].topic for prompt_id in newest if prompt_id in library.prompts]
    name = f"{person.space.key}|{person.id}|{day}|{ordinal}"
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    lang = await _language(tx, library, person)
    asked_for = library.topics[topic].optin if topic in library.topics else ""
    optins = frozenset({asked_for} - {""})
    return choose(library, Past(seen, topics), seed=seed, today=day, lang=lang, topic=topic, optins=optins).prompt


async def _language(tx: Tx, library: Library, person: Person) -> str:
    """Asked only where a pack does not have everything in every language."""
    member = await tx.members.get(person) if len(library.languages) == 1 else None
    return pick_language(member.language, member.locale) if member else "en"
