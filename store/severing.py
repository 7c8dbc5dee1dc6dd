"""A block takes effect: what is open between two is closed in every space both are in, and nothing tells why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import get_args

from chat.people import Person
from store import Tx
from store.following import severed
from store.introductions import Introduction, State
from store.sheet_people import WRITERS


async def block(tx: Tx, who: Person, whom: Person, now: datetime) -> tuple[tuple[Person, str], ...]:
    """Written down, and their open introductions closed, in all spaces of both. Gives back the conversations they ever
    had, each with who `who` is there: to be taken out of it once this is committed."""
    theirs = {person.space: person for person in await tx.members.accounts(whom)}
    pairs = sorted((one, theirs[one.space]) for one in await tx.members.accounts(who) if one.space in theirs)
    await tx.rounds.hold([person for pair in pairs for person in pair])
    await tx.blocks.block(who, whom, now)
    places: list[tuple[Person, str]] = []
    for one, other in pairs:
        await sever(tx, one, other, now)
        talks = await tx.introductions.of(one, states=get_args(State))
        places += [(one, talk.place) for talk in talks if talk.place is not None and other in talk.persons]
    return tuple(places)


async def apart(tx: Tx, person: Person, sheet: str, *, everybody: bool = False) -> bool:
    """Whether a block stands between somebody and one of those who write on a sheet or are asked to, or with
    `everybody` one who reads it."""
    there = [one for one in await tx.sheet_people.of(person.space, sheet) if one.state != "out"]
    others = [one.person for one in there if one.person != person and (everybody or one.part in WRITERS)]
    pairs = await tx.blocks.between([person, *others])
    return any(person.id in pair for pair in pairs)


async def sever(tx: Tx, who: Person, whom: Person, now: datetime) -> tuple[Introduction, ...]:
    """What is open between the two in this space, as it was. A seeker to whom nobody has been named yet goes on being
    looked for; the other side of a talk reads what everybody reads whose other side is not available any more. The
    caller has locked both."""
    searches = [await tx.seekers.get(person, lock=True) for person in sorted((who, whom))]
    closed = await tx.introductions.part(who, whom, now, then=lambda talk: severed(talk, who, now))
    await tx.sheet_asks.part(who, whom, now)
    for search in searches:
        was = next((talk for talk in closed if search and talk.the("seeker") == search.person), None)
        if search is None or was is None or search.state != "matched":
            continue
        if was.state in {"proposed", "accepted"}:
            await tx.seekers.save(replace(search, state="open"), now)
        else:
            await tx.seekers.save(replace(search, state="off", since=None, waited=0), now)
    return closed
