"""What a solver may be asked, and whether an answer is right: both said in one sentence with what to do about it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chat.errors import SteppingstoneError
from matching.problem import Assignment, Pairing, Problem, Solution

ROOM = 1 << 51  # twice the largest value times the members stays below 2^52, where float64 still counts in ones


class BadProblem(SteppingstoneError, ValueError):
    """A problem no solver can take. The text names the first edge or member and says what to change."""


class BadSolution(SteppingstoneError, ValueError):
    """A solution that does not solve its problem. The text says where it fails."""


def check(problem: Problem) -> None:
    """Raises BadProblem when the arrays do not make a problem.

    >>> import numpy as np
    >>> one = np.array([1], dtype=np.int32)
    >>> check(Pairing(one, one, np.array([5]), np.array([9, 9])))
    Traceback (most recent call last):
    matching.checks.BadProblem: edge 0 joins member 1 with itself: remove it
    """
    match problem:
        case Pairing(a, b, cost, alone):
            _ends("a", a, len(alone), "members")
            _ends("b", b, len(alone), "members")
            _same_length(a=a, b=b, cost=cost)
            if (at := _first(a == b)) is not None:
                raise BadProblem(f"edge {at} joins member {a[at]} with itself: remove it")
            if (at := _first(a > b)) is not None:
                raise BadProblem(f"edge {at} joins {a[at]} with {b[at]}: write the smaller number first")
            _no_twins(a, b, len(alone))
        case Assignment(seeker, host, cost, alone, seats):
            _ends("seeker", seeker, len(alone), "seekers")
            _ends("host", host, len(seats), "hosts")
            _same_length(seeker=seeker, host=host, cost=cost)
            _no_twins(seeker, host, len(seats))
            _counts("seats", seats)
    _counts("cost", problem.cost)
    _counts("alone", problem.alone)
    most = max(int(problem.cost.max(initial=0)), int(problem.alone.max(initial=0)))
    if most * (len(problem.alone) + 1) >= ROOM:
        advice = f"divide all of them by the same number so that none is above {ROOM // (len(problem.alone) + 1)}"
        raise BadProblem(f"a cost of {most} with {len(problem.alone)} members is too large to add up exactly: {advice}")


def verify(problem: Problem, solution: Solution) -> None:
    """Raises BadSolution when `solution` is no solution of `problem`, or its cost is not what it says. Plain counting,
    with nothing of the solvers in it. Whether it is the best one, only its bound tells."""
    match problem:
        case Pairing(a, b, cost, alone):
            sides, room, words = [a, b], [np.ones(len(alone), dtype=np.int64)] * 2, ["member"] * 2
        case Assignment(seeker, host, cost, alone, seats):
            sides, room = [seeker, host], [np.ones(len(alone), dtype=np.int64), seats]
            words = ["seeker", "host"]
    chosen = solution.chosen
    for name, numbers, most in ("edge", chosen, len(cost)), ("member left out", solution.left, len(alone)):
        if len(numbers) and (numbers.min() < 0 or numbers.max() >= most or bool((np.diff(numbers) <= 0).any())):
            raise BadSolution(f"each {name} must be a number from 0 to {most - 1}, ascending and only once")
    used = [np.bincount(side[chosen], minlength=len(free)) for side, free in zip(sides, room, strict=True)]
    if isinstance(problem, Pairing):
        used = [used[0] + used[1]] * 2
    for count, free, word in zip(used, room, words, strict=True):
        if (at := _first(count > free)) is not None:
            raise BadSolution(f"{word} {at} is in {count[at]} chosen edges and has room for {free[at]}")
    missing = np.setxor1d(np.flatnonzero(used[0] == 0), solution.left)
    if len(missing):
        raise BadSolution(f"member {missing[0]} is left out and not listed, or listed and not left out")
    total = int(cost[chosen].sum()) + int(alone[solution.left].sum())
    if total != solution.cost:
        raise BadSolution(f"it costs {total}, not {solution.cost} as it says")
    if solution.bound > solution.cost:
        raise BadSolution(f"its bound {solution.bound} is above its cost {solution.cost}")


def _first(wrong: NDArray[np.bool_]) -> int | None:
    return int(np.argmax(wrong)) if bool(wrong.any()) else None


def _ends(name: str, ends: NDArray[np.integer], count: int, who: str) -> None:
    if (at := _first((ends < 0) | (ends >= count))) is not None:
        raise BadProblem(f"edge {at} has {name} {ends[at]}, but the {who} are numbered from 0 to {count - 1}")


def _same_length(**arrays: NDArray[np.integer]) -> None:
    if len({len(array) for array in arrays.values()}) > 1:
        told = ", ".join(f"{name} {len(array)}" for name, array in arrays.items())
        raise BadProblem(f"the arrays of the edges differ in length ({told}): give one value for each edge")


def _no_twins(one: NDArray[np.integer], other: NDArray[np.integer], count: int) -> None:
    keys = one.astype(np.int64) * max(count, 1) + other
    order = np.argsort(keys, kind="stable")
    if (at := _first(np.diff(keys[order]) == 0)) is not None:
        first, again = order[at], order[at + 1]
        raise BadProblem(f"edge {again} joins the same two as edge {first}: keep the cheaper one")


def _counts(name: str, values: NDArray[np.integer]) -> None:
    if not np.issubdtype(values.dtype, np.integer):
        raise BadProblem(f"{name} is {values.dtype}: give whole numbers")
    if (at := _first(values < 0)) is not None:
        raise BadProblem(f"{name}[{at}] is {values[at]}: it must be 0 or more; add the same to every cost and to alone")
