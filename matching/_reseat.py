"""The best seating of a handful of members, by dynamic programming over all their subsets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

Group = tuple[int, ...]


def reseat(members: Sequence[int], sizes: Sequence[int], cost: Callable[[Group], int | None]) -> list[Group]:
    """The partition of `members` (ascending; about ten at most) into groups of these sizes or single ones that costs
    least; `cost` is None for a group that may not be. The first of equally good ones.

    >>> reseat([1, 2, 3, 7], [3], lambda group: sum(group) if len(group) == 3 else 9)
    [(1, 2, 3), (7,)]
    """
    by_first: list[list[tuple[int, int, Group]]] = [[] for _ in members]
    for size in (1, *sizes):
        for at in combinations(range(len(members)), size):
            group = tuple(members[one] for one in at)
            price = cost(group)
            if price is not None:
                by_first[at[0]].append((sum(1 << one for one in at), price, group))
    best: dict[int, tuple[int, Group]] = {0: (0, ())}

    def seat(rest: int) -> int:
        """The least cost of the members in `rest`, a bit set of places in `members`."""
        if rest not in best:
            first = (rest & -rest).bit_length() - 1
            best[rest] = min(
                (price + seat(rest ^ mask), group) for mask, price, group in by_first[first] if mask & rest == mask
            )
        return best[rest][0]

    rest, seated = (1 << len(members)) - 1, list[Group]()
    seat(rest)
    while rest:
        group = best[rest][1]
        seated.append(group)
        rest ^= sum(1 << members.index(one) for one in group)
    return seated
