"""The search for circles: a partition of a few members into groups, made better move by move until no move helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from matching._groups import SIZES, Group, Groups
from matching._reseat import reseat
from matching.problem import Index
from matching.progress import Steps

BEST_SIZE = 4
EXACT = 10
"""So many are seated in the best way there is: whole small pools, and parts of pools up to POLISHED members."""
POLISHED = 60
STARTS = 16
SMALL = 24
"""Pools up to SMALL are searched from STARTS beginnings, larger ones from one."""
NEAREST = 14
"""So many possible companions are tried when a circle is founded round a waiting member."""


def improve(groups: Groups, part: Index, rng: np.random.Generator, steps: Steps) -> list[Group]:
    """The best partition found of some members. Deterministic for one generator state."""
    if not len(part):
        return []
    groups.learn(part)
    if len(part) <= EXACT:
        return reseat(sorted(part.tolist()), SIZES, groups.cost)
    best: list[Group] | None = None
    for _ in range(STARTS if len(part) <= SMALL else 1):
        found = _descend(groups, _built(groups, rng.permutation(part).tolist()), steps)
        if best is None or _total(groups, found) < _total(groups, best):
            best = found
    return _polished(groups, best or [], steps) if len(part) <= POLISHED else best or []


def _polished(groups: Groups, found: list[Group], steps: Steps) -> list[Group]:
    """Seats the members of any two or three groups anew, as well as can be, as long as that helps."""
    for many in (3, 2):
        for some in combinations(found, many):
            steps.at(0.0)
            people = sorted(at for group in some for at in group)
            if len(people) <= EXACT and len(people) >= SIZES[0]:
                seated = reseat(people, SIZES, groups.cost)
                if _total(groups, seated) < _total(groups, some):
                    return _polished(groups, [*(group for group in found if group not in some), *seated], steps)
    return found


def _total(groups: Groups, found: Sequence[Group]) -> int:
    return sum(groups.sure_cost(group) for group in found)


def _built(groups: Groups, order: list[int]) -> list[Group]:
    """From those with the fewest possible companions onwards, each circle takes in whoever costs least."""
    free = sorted(order, key=lambda at: sum(groups.pair(at, other) is not None for other in order if other != at))
    made: list[Group] = []
    while free:
        group: Group = (free.pop(0),)
        while len(group) < BEST_SIZE:
            options = [(cost, at) for at in free if (cost := groups.cost(_with(group, at))) is not None]
            if not options:
                break
            at = min(options)[1]
            free.remove(at)
            group = _with(group, at)
        made += [group] if len(group) in SIZES else [(at,) for at in group]
    return made


def _descend(groups: Groups, found: list[Group], steps: Steps) -> list[Group]:
    """Takes every change that lowers the cost, until there is none."""
    better = True
    while better:
        steps.at(0.0)
        better = False
        for change in (_recombined, _founded, _dissolved):
            found, lower = change(groups, found)
            better |= lower
    return found


def _recombined(groups: Groups, found: list[Group]) -> tuple[list[Group], bool]:
    """Moves and swaps between two groups."""
    lower = False
    for x, y in combinations(range(len(found)), 2):
        one, other = found[x], found[y]
        cost, pick = groups.sure_cost(one) + groups.sure_cost(other), None
        for left, right in _exchanges(one, other):
            new = _sum(groups, left, right)
            if new is not None and new < cost:
                cost, pick = new, (left, right)
        if pick is not None:
            found[x], found[y] = pick
            lower = True
    return [group for group in found if group], lower


def _founded(groups: Groups, found: list[Group]) -> tuple[list[Group], bool]:
    """A new circle round a waiting member, with others who wait or whose circle can spare them."""
    for group in [group for group in found if len(group) == 1]:
        home = {at: of for of in found for at in of if len(of) == 1 or len(of) > SIZES[0]}
        costs = {at: groups.pair(group[0], at) for at in home if at != group[0]}
        near = sorted((cost, at) for at, cost in costs.items() if cost is not None)[:NEAREST]
        near += [
            (0, at) for at in costs if costs[at] is not None and len(home[at]) == 1 and (costs[at], at) not in near
        ]
        for (_, a), (_, b) in combinations(near, 2):
            circle = tuple(sorted((group[0], a, b)))
            touched = {group, home[a], home[b]}
            rest = [tuple(at for at in of if at not in circle) for of in touched]
            after = _sum(groups, circle, *rest)
            if after is not None and after < _total(groups, list(touched)):
                return [*(of for of in found if of not in touched), circle, *(of for of in rest if of)], True
    return found, False


def _dissolved(groups: Groups, found: list[Group]) -> tuple[list[Group], bool]:
    """A circle of three whose members are better off in others."""
    for gone in [group for group in found if len(group) == SIZES[0]]:
        others = [group for group in found if group is not gone]
        for at in gone:
            options = [
                (new - groups.sure_cost(group), number)
                for number, group in enumerate(others)
                if len(group) > 1 and (new := groups.cost(_with(group, at))) is not None
            ]
            if options and min(options)[0] < groups.sure_cost((at,)):
                number = min(options)[1]
                others[number] = _with(others[number], at)
            else:
                others.append((at,))
        if _total(groups, others) < _total(groups, found):
            return others, True
    return found, False


def _exchanges(one: Group, other: Group) -> Iterator[tuple[Group, Group]]:
    for at in one:
        yield _without(one, at), _with(other, at)
    for at in other:
        yield _with(one, at), _without(other, at)
    for a in one:
        for b in other:
            yield _with(_without(one, a), b), _with(_without(other, b), a)


def _sum(groups: Groups, *parts: Group) -> int | None:
    """What parts cost together, None where one may not be: twos may not."""
    total = 0
    for part in parts:
        cost = groups.cost(part) if len(part) < 2 or len(part) in SIZES else None
        if cost is None:
            return None
        total += cost
    return total


def _with(group: Group, at: int) -> Group:
    return tuple(sorted((*group, at)))


def _without(group: Group, at: int) -> Group:
    return tuple(other for other in group if other != at)
