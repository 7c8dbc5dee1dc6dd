"""What every answer about an introduction begins with: whose it is; and how a talk is closed for who leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from chat.errors import Tellable
from chat.people import Person
from commands._call import Call
from store import Tx
from store.introductions import Introduction, Said
from store.seekers import Seeker

OVER = ("declined", "expired", "met", "missed", "thanked", "closed", "gone")


async def own_talk(tx: Tx, call: Call, id_: str, *, side: str = "") -> Introduction:
    """The introduction, if the one who pressed is in it, as `side` where that is asked: an id in a button is no
    authority. Raises Tellable with the same words whatever is wrong."""
    talk = await tx.introductions.get(call.person.space, id_)
    sides = {one.person: one.side for one in talk.sides} if talk else {}
    if talk is None or call.person not in sides or side not in {"", sides[call.person]}:
        raise Tellable(call.say("This talk is not among yours. `/interview-match status` shows how yours stand."))
    return talk


async def tell(tx: Tx, call: Call, talk: Introduction, word: Said) -> bool:
    """Notes what this side says became of it; False when they said the same before."""
    return await tx.introductions.heard(call.person, talk.id, word, call.now)


def is_seeker(talk: Introduction, person: Person) -> bool:
    """Whether somebody asked for this talk."""
    return talk.the("seeker") == person


async def end_search(tx: Tx, talk: Introduction, now: datetime) -> None:
    """The search that led to this talk is over, unless the seeker has begun another one."""
    seeker = await _seeker(tx, talk)
    if seeker is not None and seeker.state in {"matched", "paused"}:
        await tx.seekers.save(replace(seeker, state="off", since=None, waited=0, paused_until=None), now)


async def lock_search(tx: Tx, talk: Introduction) -> None:
    """Rows of one person are locked in one order in the house: a search before its introduction."""
    await _seeker(tx, talk)


async def _seeker(tx: Tx, talk: Introduction) -> Seeker | None:
    asked = talk.the("seeker")
    return await tx.seekers.get(asked, lock=True) if asked else None
