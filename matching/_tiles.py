"""The best partners of many members at once: pairs are judged in tiles that fit the processor's cache, each pair
once.

A pair travels as one number: what it is worth, then i XOR j. The number is the same from both sides, either partner
is read off with the other, and among equal worths every member prefers different ones, so that no member becomes
everybody's favourite merely by standing first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.problem import Index

Keys = NDArray[np.int32]
Judge = Callable[[Index, Index], NDArray[np.int16]]
"""Worth of each pair of a tile, from a column of i and a row of j: 0..2047, or negative for "never"."""
BLOCK, STRIPE, SHIFT = 1024, 32, 20
MOST = 1 << SHIFT
_LOW = MOST - 1


@dataclass(slots=True)
class Never:
    """Pairs that tiles pass over: those of row i are `other[start[i]:start[i + 1]]`."""

    start: NDArray[np.int64]
    other: Index

    @classmethod
    def of(cls, rows: Index, cols: Index, count: int) -> Never:
        """From pairs in any order; `count` rows there are. Within one pool give each pair both ways."""
        start = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(rows, minlength=count), out=start[1:])
        return cls(start, cols[np.lexsort((cols, rows))].astype(np.int32))

    def strike(self, keys: Keys, rows: Index, cols: Index, place: Index) -> None:
        """Marks these pairs in a tile. `place`: scratch, -1 for every member; left as found."""
        many = self.start[rows + 1] - self.start[rows]
        if not many.any():
            return
        row = np.repeat(np.arange(len(rows)), many)
        first = np.repeat(self.start[rows] - np.concatenate(([0], np.cumsum(many)[:-1])), many)
        place[cols] = np.arange(len(cols), dtype=np.int32)
        col = place[self.other[first + np.arange(len(row))]]
        keys[row[col >= 0], col[col >= 0]] = -1
        place[cols] = -1


def best(judge: Judge, blocks: list[Index], across: bool, keep: int, never: Never, count: int) -> Keys:
    """The `keep` best keys of each of `count` members, shape (count, keep), -1 where there are fewer. Pairs are sought
    within each block and, with `across`, between all blocks. Blocks share no member."""
    found: Keys = np.full((count, keep), -1, np.int32)
    place: Index = np.full(count, -1, np.int32)
    for number, rows in enumerate(blocks):
        keys = _square(judge, rows)
        never.strike(keys, rows, rows, place)
        _merge(found, rows, keys)
        for cols in blocks[number + 1 :] if across else ():
            keys = _tile(judge, rows, cols)
            never.strike(keys, rows, cols, place)
            _merge(found, cols, keys.T.copy())
            _merge(found, rows, keys)
    return found


def best_across(
    judge: Judge, blocks: Iterable[tuple[Index, Index]], keep: int, never: Never, counts: tuple[int, int]
) -> tuple[Keys, Keys]:
    """The same between two kinds of members, i of one and j of the other: the best keys of each i, and of each j,
    sought in (rows, columns) of each block. Blocks may overlap."""
    of_i: Keys = np.full((counts[0], keep), -1, np.int32)
    of_j: Keys = np.full((counts[1], keep), -1, np.int32)
    place: Index = np.full(counts[1], -1, np.int32)
    for rows, cols in blocks:
        keys = _tile(judge, rows, cols)
        never.strike(keys, rows, cols, place)
        of_j[cols] = merged(of_j[cols], _top(keys.T.copy(), keep), keep)
        of_i[rows] = merged(of_i[rows], _top(keys, keep), keep)
    return of_i, of_j


def partners(found: Keys) -> tuple[Index, Index]:
    """The members of a table of keys and their partners, as listed."""
    i, at = np.nonzero(found >= 0)
    return i.astype(np.int32), ((found[i, at] & _LOW) ^ i).astype(np.int32)


def pairs(found: Keys) -> tuple[Index, Index]:
    """The pairs in a table of keys, i < j, each once, sorted."""
    return once(*partners(found))


def once(i: NDArray[np.integer], j: NDArray[np.integer]) -> tuple[Index, Index]:
    """Pairs in any order and number: a < b, each once, sorted."""
    codes = (np.minimum(i, j).astype(np.int64) << 32) | np.maximum(i, j)
    codes.sort()  # np.unique hashes, which costs ten times as much here
    codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes
    return (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)


def merged(one: Keys, other: Keys, keep: int) -> Keys:
    """The best of two tables that may hold the same pairs."""
    both = np.sort(np.concatenate((one, other), axis=1), axis=1)
    both[:, 1:][both[:, 1:] == both[:, :-1]] = -1
    return _top(both, keep)


def blocks_of(order: Index) -> list[Index]:
    """Members in an order, cut into blocks of equal size, at most `BLOCK`."""
    return np.array_split(order, max(1, -(-len(order) // BLOCK)))


def _tile(judge: Judge, rows: Index, cols: Index) -> Keys:
    keys = np.empty((len(rows), len(cols)), np.int32)
    for at in range(0, len(rows), STRIPE):
        i = rows[at : at + STRIPE, None]
        keys[at : at + STRIPE] = _keys(judge, i, cols[None, :])
    return keys


def _square(judge: Judge, rows: Index) -> Keys:
    keys = np.empty((len(rows), len(rows)), np.int32)
    for at in range(0, len(rows), STRIPE):
        keys[at : at + STRIPE, at:] = _keys(judge, rows[at : at + STRIPE, None], rows[None, at:])
    upper = np.where(np.tri(len(rows), dtype=np.bool_), ~_LOW, keys)
    return np.maximum(upper, upper.T)


def _keys(judge: Judge, i: Index, j: Index) -> Keys:
    worth, either = judge(i, j).astype(np.int32), i ^ j
    return np.where(worth < 0, ~either, (worth << SHIFT) | either)  # different ones: np.partition is slow on equal ones


def _merge(found: Keys, rows: Index, keys: Keys) -> None:
    """Takes the best of a tile into the table. The tile is used up."""
    keep = found.shape[1]
    found[rows] = _top(np.concatenate((found[rows], _top(keys, keep)), axis=1), keep)


def _top(keys: Keys, keep: int) -> Keys:
    """The best of each row, in no order. Reorders the rows of `keys` (a copy of a million costs as much as the
    search)."""
    if keys.shape[1] <= keep:
        return np.pad(keys, ((0, 0), (0, keep - keys.shape[1])), constant_values=-1)
    keys.partition(keys.shape[1] - keep, axis=1)
    return keys[:, -keep:]
