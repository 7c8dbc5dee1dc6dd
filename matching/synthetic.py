"""Synthetic communities with fixed seeds, to rehearse rounds and to measure: zones, languages, hours, blocks."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TypedDict

from matching.history import Pair, pair
from matching.person import Host, Peer, Seeker
from matching.week import Week, span

WEEK = Week(datetime(2026, 11, 23, tzinfo=UTC))
_PLACES = (  # zone, share, first language, share who also speak English
    ("America/New_York", 14, "en", 1.0), ("America/Los_Angeles", 10, "en", 1.0), ("America/Sao_Paulo", 8, "pt", 0.6),
    ("Europe/London", 9, "en", 1.0), ("Europe/Berlin", 9, "de", 0.85), ("Europe/Madrid", 5, "es", 0.6),
    ("Africa/Lagos", 5, "en", 1.0), ("Asia/Kolkata", 16, "hi", 0.95), ("Asia/Shanghai", 14, "zh", 0.5),
    ("Asia/Kathmandu", 1, "ne", 0.9), ("Australia/Adelaide", 2, "en", 1.0), ("Asia/Tokyo", 5, "ja", 0.4),
    ("America/Mexico_City", 2, "es", 0.5),
)  # fmt: skip
_ROLES = [f"role-{n}" for n in range(12)]
_GOALS = [f"goal-{n}" for n in range(8)]
_SKILLS = [f"skill-{n}" for n in range(24)]
_TOPICS = [f"topic-{n}" for n in range(60)]
_INDUSTRIES = [f"industry-{n}" for n in range(15)]


class _Home(TypedDict):
    zone: str
    native: str
    languages: frozenset[str]


def _home(draw: Random) -> _Home:
    zone, _, native, english = draw.choices(_PLACES, [place[1] for place in _PLACES])[0]
    languages = frozenset({native, "en"} if draw.random() < english else {native})
    return {"zone": zone, "native": native, "languages": languages}


def _hours(draw: Random) -> int | None:
    """Most have a few evenings, some lunch breaks, some weekends; one in twelve said nothing."""
    if draw.random() < 1 / 12:
        return None
    begin = draw.choice((17.5, 18, 18.5, 19, 20))
    free = span(draw.sample(range(5), draw.randint(1, 4)), begin, min(24, begin + draw.choice((1, 2, 3))))
    if draw.random() < 0.3:
        free |= span(draw.sample(range(5), draw.randint(1, 5)), 12, 13)
    if draw.random() < 0.4:
        at = draw.choice((9, 10, 14, 16))
        free |= span(draw.choice(((5,), (6,), (5, 6))), at, at + draw.choice((2, 4)))
    return free


def peers(count: int, seed: int = 0) -> list[Peer]:
    """A pool for a peer round."""
    draw = Random(seed)  # noqa: S311  # lots, no secrets
    return [
        Peer(
            id=f"U{n:06}",
            **_home(draw),
            hours=_hours(draw),
            stage=min(5, int(draw.expovariate(0.6))),
            goals=frozenset(draw.sample(_GOALS, draw.choice((1, 2, 2, 3)))),
            needs=frozenset(draw.sample(_SKILLS, draw.randint(0, 3))),
            offers=frozenset(draw.sample(_SKILLS, draw.randint(0, 4))),
            role=draw.choice(_ROLES),
            team=f"team-{draw.randrange(max(2, count // 8))}" if draw.random() < 0.3 else None,
            wait=draw.choice((0, 0, 0, 0, 0, 1, 2)),
            new=draw.random() < 0.1,
        )
        for n in range(count)
    ]


def seekers(count: int, seed: int = 0) -> list[Seeker]:
    """Those who ask."""
    draw = Random(seed + 1)  # noqa: S311  # lots, no secrets
    made: list[Seeker] = []
    for n in range(count):
        home = _home(draw)
        role, second = draw.sample(_ROLES, 2)
        made.append(
            Seeker(
                id=f"S{n:06}",
                **home,
                hours=_hours(draw),
                role=role,
                second=second,
                industry=draw.choice(_INDUSTRIES),
                topics=frozenset(draw.sample(_TOPICS, draw.randint(1, 3))),
                companies=frozenset(f"company-{draw.randrange(40)}" for _ in range(draw.randint(0, 2))),
                paths=frozenset({"switched role"} if draw.random() < 0.3 else ()),
                wait=draw.choice((0, 0, 0, 1, 2)),
            )
        )
    return made


def hosts(count: int, seed: int = 0) -> list[Host]:
    """Those who answer."""
    draw = Random(seed + 2)  # noqa: S311  # lots, no secrets
    return [
        Host(
            id=f"H{n:06}",
            **_home(draw),
            hours=_hours(draw),
            role=draw.choice(_ROLES),
            industry=draw.choice(_INDUSTRIES),
            topics=frozenset(draw.sample(_TOPICS, draw.randint(2, 6))),
            company=f"company-{draw.randrange(40)}",
            paths=frozenset({"switched role"} if draw.random() < 0.4 else ()),
            seats=draw.choice((1, 1, 1, 2, 3, 4)),
        )
        for n in range(count)
    ]


def blocks(ids: list[str], share: float = 0.01, seed: int = 0) -> frozenset[Pair]:
    """One in a hundred members blocks five others."""
    draw = Random(seed + 3)  # noqa: S311  # lots, no secrets
    blockers = [who for who in ids if draw.random() < share]
    return frozenset(pair(who, whom) for who in blockers for whom in draw.sample(ids, min(5, len(ids))) if who != whom)
