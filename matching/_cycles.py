"""From half pairs to pairs: every cycle of the relaxed round becomes pairs, an odd one leaves one member waiting."""

from __future__ import annotations

from matching._nest import NOBODY


def settle(partner: list[int], worth: list[int]) -> tuple[list[int], list[int]]:
    """`mate` for each member, and the members waiting for the exact step, ascending.

    `partner` is a permutation, `worth[m] >= 0` what it is worth to member m not to be left out. All edges of a cycle
    are tight at the optimum of the relaxed round, so both ways to split an even cycle cost the same; an odd one lets
    the member wait who can best be left out, the first of equals.

    >>> settle([1, 0, 3, 4, 2, 5], [9, 9, 9, 4, 9, 0])
    ([1, 0, 4, -1, 2, -1], [3])
    """
    mate = [NOBODY] * len(partner)
    waiting: list[int] = []
    seen = [False] * len(partner)
    for first in range(len(partner)):
        if seen[first] or partner[first] == first:
            continue
        cycle = [first]
        while (following := partner[cycle[-1]]) != first:
            cycle.append(following)
        for member in cycle:
            seen[member] = True
        if len(cycle) % 2:
            drop = min(range(len(cycle)), key=lambda i: (worth[cycle[i]], cycle[i]))
            waiting.append(cycle[drop])
            cycle = cycle[drop + 1 :] + cycle[:drop]
        for one, other in zip(cycle[::2], cycle[1::2], strict=True):
            mate[one], mate[other] = other, one
    return mate, sorted(waiting)
