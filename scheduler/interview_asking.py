"""Asks one host on behalf of one seeker, with everything looked at once more under lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chat.people import Person
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.interview_pool import Pool, is_open, score
from scheduler.post import hand_over, letter, moment_for
from store import Conflict
from store.following import ANSWER_WITHIN, REMIND, REMINDER_AFTER, TRIES
from store.introductions import Introduction, State
from store.member_hours import zone_of
from store.proposals import Terms
from store.seekers import Seeker

_ENDED: tuple[State, ...] = (
    "declined", "expired", "introduced", "scheduled", "met", "missed", "thanked", "closed", "gone",
)  # fmt: skip
_TURNED_DOWN = ("declined", "expired")


async def ask(rooms: Rooms, pool: Pool, seeker: str, host: str, now: datetime) -> bool:
    """One question: the introduction, the letter, and a seeker who is looked for no more. False when somebody was
    first, the month of this host is full by now, or all their next days have a message."""
    who, whom = Person(pool.space, seeker), Person(pool.space, host)
    fit, why = score(pool.seekers[seeker], pool.hosts[host], pool.rules, pool.week)
    try:
        async with rooms.store.begin() as tx:
            await tx.rounds.hold([who, whom])  # members before a day of theirs, as whoever follows
            moment = await moment_for(tx, pool.members[whom], "ask-host", now)
            if moment is None:
                return False
            row = await tx.seekers.get(who)
            before = await tx.introductions.of(who, states=_ENDED)
            terms = Terms(
                next=(REMIND, moment.at + REMINDER_AFTER),
                score=fit,
                reasons=why,
                format=row.format if row else "call",
                attempt=attempt_after(row, before, who),
                expires_at=moment.at + ANSWER_WITHIN,
            )
            made = await tx.proposals.propose(who, whom, terms, now)
            asks, answers = await tx.seekers.get(who, lock=True), await tx.hosts.get(whom)
            zones = [zone_of(pool.members[person]) for person in (who, whom)]
            if not is_open(asks, zones[0], now) or not is_open(answers, zones[1], now):
                raise Conflict("one of them changed something meanwhile")
            await hand_over(rooms, tx, [letter(whom, "ask-host", made.id, moment)])
            await tx.seekers.matched(who, now)
            point("asking")
    except Conflict:
        return False
    return True


def attempt_after(seeker: Seeker | None, before: Iterable[Introduction], person: Person) -> int:
    """The how manyth host of this request is asked next: from 1, and again from 1 after the last try."""
    since = seeker.since if seeker is not None else None
    mine = (one for one in before if one.kind == "interview" and one.the("seeker") == person)
    last = max(mine, key=lambda one: (one.proposed_at, one.attempt), default=None)
    if last is None or since is None or last.state not in _TURNED_DOWN or last.proposed_at < since:
        return 1
    return last.attempt + 1 if last.attempt < TRIES else 1
