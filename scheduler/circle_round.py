"""A round of circles: who sits together is computed, and then the circles begin, each once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from chat.people import Person
from content.circle_questions import THEMES
from matching import apart
from matching.circles import plan_circles
from matching.left_out import LeftOut
from matching.peers import plan_round
from matching.person import Level
from matching.swap import match_at
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from store import Tx
from store.circles import Circle
from store.circling import PAIR, Course, slot_of
from store.member_hours import known_zone
from store.participants import Participant
from store.round_plan import group_of
from store.round_pool import RoundPool
from store.rounds import Group


async def plan(pool: RoundPool) -> tuple[list[Group], list[LeftOut]]:
    """Circles of three to five, and pairs among those who wish one partner; in another process, so that nothing here
    waits for it."""
    wish = {one.person.id: one.profile.get("wish") for one in pool.participants.values()}
    twos = [peer for id_, peer in pool.peers.items() if wish.get(id_) == PAIR]
    rest = [peer for id_, peer in pool.peers.items() if wish.get(id_) != PAIR]
    known: dict[str, Any] = {
        "blocks": pool.blocks, "history": dict(pool.history), "rules": pool.rules, "seed": pool.this.seed,
    }  # fmt: skip
    circles = await apart.run(plan_circles, rest, pool.week, **known)
    pairs = await apart.run(plan_round, twos, pool.week, **known)
    sets = [tuple(pool.peers[id_] for id_ in circle.members) for circle in circles.circles]
    matches = [match_at(peers, Level.STATED, pool.week, pool.history, pool.rules, pool.this.seed) for peers in sets]
    groups = [group_of(pool, match, number) for number, match in enumerate([*matches, *pairs.matches], 1)]
    return groups, [*circles.waiting, *pairs.left]


async def introduce(rooms: Rooms, tx: Tx, pool: RoundPool, groups: Sequence[Group], now: datetime) -> None:
    """Forms the circles in the given transaction; their conversations are opened afterwards, by `circle_week`. Who has
    left or changed their mind since the plan was made is in none; who finds none because another one is gone, or
    blocked, waits on."""
    for group in groups:
        there = [pool.participants[person] for person in sorted(group.persons) if person in pool.participants]
        parts = _apart(pool, there)
        if parts:
            await _form(tx, pool, group, parts, now)
        await tx.rounds.mark(pool.this, [one.person for one in there if one not in parts], "waiting")
    point("circle-forming")


def circle_id(pool: RoundPool, group: int) -> str:
    """24 characters, the same for the same group of the same round."""
    name = f"{pool.this.space.key}|circle|{pool.this.programme}|{pool.this.number}|{group}"
    return hashlib.sha256(name.encode()).hexdigest()[:24]


async def _form(tx: Tx, pool: RoundPool, group: Group, parts: Sequence[Participant], now: datetime) -> None:
    persons = [one.person for one in parts]
    at = datetime.fromisoformat(group.reasons["slot"]) if group.reasons and group.reasons.get("slot") else now
    made = Circle(
        space=pool.this.space, id=circle_id(pool, group.number), programme=pool.this.programme, theme=_theme(parts),
        language=_language(parts), round=pool.this.number, slot=slot_of(at, _zone(pool, persons)), next_at=now,
        question=Course(pair=_wish_one(parts)).kept(),
    )  # fmt: skip
    hosts = [one.person for one in parts if one.profile.get("hosts")]
    if not await tx.circles.form(made, persons, hosts[0] if hosts else None, now):
        return
    await tx.participants.seated(pool.this.programme, persons, now)
    await tx.met.remember(combinations(persons, 2), pool.this.programme, now, number=pool.this.number)


def _apart(pool: RoundPool, parts: Sequence[Participant]) -> Sequence[Participant]:
    """Without as few as needed, so that nobody sits with whom they, or who, blocked them; nobody where too few would be
    left for what they wish."""
    for size in range(len(parts), (2 if _wish_one(parts) else 3) - 1, -1):
        for kept in combinations(parts, size):
            pairs = combinations(sorted(one.person.id for one in kept), 2)
            if not any(pair in pool.blocks for pair in pairs):
                return kept
    return ()


def _wish_one(parts: Sequence[Participant]) -> bool:
    return all(one.profile.get("wish") == PAIR for one in parts)


def _theme(parts: Sequence[Participant]) -> str:
    """What most of them came for; of several, the first in the order of the form."""
    said = Counter(str(one.profile.get("theme")) for one in parts)
    return max(THEMES, key=lambda theme: said[theme])


def _language(parts: Sequence[Participant]) -> str:
    """One that all share: their own first, then English, then by its code."""
    shared = frozenset[str].intersection(*(frozenset(one.profile.get("languages", ())) for one in parts))
    own = Counter(str(one.profile.get("native")) for one in parts)
    return min(shared, key=lambda code: (-own[code], code != "en", code), default="en")


def _zone(pool: RoundPool, persons: Sequence[Person]) -> str:
    """The clock the weekly hour stays true to: most members' own, as far as it is known."""
    zones = Counter(zone for person in persons if (zone := known_zone(pool.members.get(person))))
    return min(zones, key=lambda zone: (-zones[zone], zone), default="UTC")
