"""The communities we measure on: those of `python -m bot simulate --synthetic` (matching/synthetic.py), blocks made to
hurt a solver, rounds of history, and a pool where everyone may meet everyone."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from matching.history import Pair, after, pair
from matching.person import Peer
from matching.synthetic import WEEK, blocks, hosts, peers, seekers

__all__ = ["WEEK", "alike", "blocks", "grudges", "history", "hosts", "peers", "seekers"]


def grudges(ids: list[str], seed: int = 0) -> frozenset[Pair]:
    """Blocks made to hurt a solver: three whom nine in ten blocked, two camps of a twentieth each that blocked each
    other wholly, and a ring in which everyone blocked the next."""
    draw = Random(seed + 4)
    order = draw.sample(ids, len(ids))
    hated, rest, camp = order[:3], order[3:], max(1, len(ids) // 20)
    found = {pair(who, whom) for whom in hated for who in rest if draw.random() < 0.9}
    found |= {pair(one, other) for one in rest[:camp] for other in rest[camp : 2 * camp]}
    return frozenset(found | {pair(one, other) for one, other in pairwise(rest)})


def history(ids: list[str], rounds: int = 12, seed: int = 0) -> dict[Pair, int]:
    """What so many rounds leave behind in which chance alone decided."""
    draw, known = Random(seed + 5), dict[Pair, int]()
    for _ in range(rounds):
        order = draw.sample(ids, len(ids))
        known = after(known, (pair(one, other) for one, other in zip(order[::2], order[1::2], strict=False)), rounds)
    return known


def alike(count: int) -> list[Peer]:
    """Members of whom each may meet all others, at any hour."""
    return [Peer(id=f"U{n:06}", languages=frozenset({"en"})) for n in range(count)]
