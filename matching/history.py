"""Who met and who must not: pairs of ids without an order, because meeting and blocking hold both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

Pair = tuple[str, str]
Blocks = Set[Pair]
"""Pairs one of whom blocked the other, each as `pair` gives it. Keyed by account, they outlive leaving and returning.
"""
History = Mapping[Pair, int]
"""How many rounds ago a pair met last: 1 is the round before this one."""
NO_BLOCKS: Blocks = frozenset()
NO_HISTORY: History = MappingProxyType({})


def pair(one: str, other: str) -> Pair:
    """The same key whoever comes first.

    >>> pair("sam", "frodo")
    ('frodo', 'sam')
    """
    if one == other:
        raise ValueError(f"{one!r} cannot be paired with themselves")
    return (one, other) if one < other else (other, one)


def blocks(pairs: Iterable[tuple[str, str]]) -> frozenset[Pair]:
    """Blocks from (who blocked, whom), in any order."""
    return frozenset(pair(one, other) for one, other in pairs)


def after(history: History, met: Iterable[Pair], keep: int) -> dict[Pair, int]:
    """The history as the next round sees it: everyone a round older, who met now at 1, older than `keep` forgotten.

    >>> after({("frodo", "sam"): 1, ("merry", "sam"): 3}, [("frodo", "merry")], keep=3)
    {('frodo', 'sam'): 2, ('frodo', 'merry'): 1}
    """
    older = {who: ago + 1 for who, ago in history.items() if ago < keep}
    return older | {pair(*who): 1 for who in met}
