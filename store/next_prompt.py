"""Which prompt a member gets next: what the ledger remembers, given to content's pure choice."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chat.people import Person
from content.choose import Chosen, Past, choose
from content.library import Library
from content.prompts import Prompt
from content.say import pick_language
from store.members import Member
from store.recalls import Learned

if TYPE_CHECKING:
    from store import Tx

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step for a nominal date; `ordinal` tells several of one day apart. `topic` only when asked for; `recall`:
    whether a question about something learned may come instead; `seconds`: the size the member chose, 0 where it
    does not matter."""

    member: Member
    day: date
    ordinal: int = 0
    topic: str = ""
    recall: bool = False
    seconds: int = 0


async def next_prompts(tx: Tx, library: Library, wanted: Sequence[Wanted]) -> list[Chosen]:
    """A choice for each, in their order, with one look at the ledger for all. The seed is person, day and ordinal, so a
    choice can be replayed and explained. Raises LookupError when the pack has nothing for somebody."""
    persons = list(dict.fromkeys(want.member.person for want in wanted))
    seen = await tx.deliveries.seen(persons)
    asking = [want.member.person for want in wanted if want.recall]
    due: Mapping[Person, list[Learned]] = {}
    recalls: Mapping[Person, list[date]] = {}
    if asking:
        due = await tx.recalls.due(asking, max(want.day for want in wanted))
        late = [person for person in asking if due[person]]
        recalls = await tx.deliveries.recalled(late, min(want.day for want in wanted) - WEEK)
    return [
        _choose(library, want, seen[want.member.person], due.get(want.member.person, ()), recalls) for want in wanted
    ]


async def next_prompt(
    tx: Tx, library: Library, person: Person, day: date, ordinal: int = 0, *, topic: str = "", seconds: int = 0
) -> Prompt:
    """One step a member asked for themselves."""
    member = await tx.members.get(person)
    if member is None:
        raise LookupError("no such member in this space")
    return (await next_prompts(tx, library, [Wanted(member, day, ordinal, topic, seconds=seconds)]))[0].prompt


def _choose(
    library: Library,
    want: Wanted,
    seen: Mapping[str, date],
    due: Sequence[Learned],
    recalls: Mapping[Person, list[date]],
) -> Chosen:
    member = want.member
    newest = list(seen)[-2:]
    topics = [library.prompts[id_].topic for id_ in newest if id_ in library.prompts]
    name = f"{member.person.space.key}|{member.person.id}|{want.day}|{want.ordinal}"
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    asked_for = library.topics[want.topic].optin if want.topic in library.topics else ""
    open_ = [learned.prompt for learned in due if learned.due <= want.day]
    past = Past(seen, topics, open_, recalls.get(member.person, ()))
    lang = pick_language(member.language, member.locale) if len(library.languages) == 1 else "en"
    optins = member.optins | (frozenset({asked_for}) - {""})
    return choose(
        library, past, seed=seed, today=want.day, track=member.track, lang=lang, topic=want.topic, optins=optins,
        seconds=want.seconds,
    )  # fmt: skip
