"""How well two members fit, term by term, in plain Python: reference for the fast scorer, and what we explain."""

from __future__ import annotations

from hashlib import blake2b

from matching.person import Host, Member
from matching.weights import BEST, Term, Weights

Points = dict[Term, int]
_MIX = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1


def points(a: Member, b: Member, shared: int, weights: Weights, seed: int = 0) -> Points:
    """What each term earns, terms without points left out. `shared`: half hours that both stated as free, in the week
    of the round. `seed`: of the round, for `chance`. Fractions are rounded down."""
    w = weights
    earned: Points = {
        "hours": w.hours * min(shared, w.hours_full) // w.hours_full,
        "stage": _stage(a, b, w),
        "goals": w.goals * len(a.goals & b.goals) // max(1, len(a.goals | b.goals)),
        "needs": _covered(a.needs, b.offers, w.needs),
        "offers": _covered(b.needs, a.offers, w.offers),
        "role": w.role * _same(a.role, b.role),
        "second": w.second * (_same(a.second, b.role) and not _same(a.role, b.role)),
        "native": w.native * _same(a.native, b.native),
        "industry": w.industry * _same(a.industry, b.industry),
        "topics": _covered(a.topics, b.topics, w.topics),
        "company": w.company * (b.company in a.companies),
        "paths": w.paths * bool(a.paths & b.paths),
        "mixed": _mixed(a, b, w),
        "teams": w.teams * (a.team is not None and b.team is not None and a.team != b.team),
        "idle": w.idle * min(b.idle, w.idle_full) // w.idle_full if isinstance(b, Host) else 0,
        "chance": w.chance * luck(key(a.id, seed), key(b.id, seed)) >> 8 if w.chance else 0,
    }
    return {term: worth for term, worth in earned.items() if worth}


def fit(earned: Points) -> int:
    """The points of a pair, 0 to 1,000.

    >>> fit({"role": 600, "topics": 500})
    1000
    """
    return min(BEST, sum(earned.values()))


def key(id_: str, seed: int) -> int:
    """64 bits that stand for a member in one seed: the same in every process, and in whatever order members come."""
    return int.from_bytes(blake2b(f"{seed}:{id_}".encode(), digest_size=8).digest(), "little")


def luck(one: int, other: int) -> int:
    """0 to 255, the same for both sides, from two keys (Fibonacci hashing, Knuth, TAOCP 3, 6.4)."""
    return ((one ^ other) * _MIX & _WORD) >> 56


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _stage(a: Member, b: Member, w: Weights) -> int:
    if a.stage is None or b.stage is None:
        return 0
    return w.stage * max(0, w.stage_reach - abs(a.stage - b.stage)) // w.stage_reach


def _mixed(a: Member, b: Member, w: Weights) -> int:
    if a.stage is None or b.stage is None:
        return 0
    return w.mixed * min(w.mixed_full, abs(a.stage - b.stage)) // w.mixed_full


def _covered(wanted: frozenset[str], offered: frozenset[str], worth: int) -> int:
    return worth * len(wanted & offered) // max(1, len(wanted))
