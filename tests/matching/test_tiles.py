"""The best partners of everyone, found in tiles, are those a plain search finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import _tiles
from matching._tiles import Never, best, best_across, blocks_of, merged, once, pairs, partners
from matching.problem import Index
from tests.matching.people import unhurried

NOBODY = np.zeros(0, np.int32)


def worths(count: int, others: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    return np.random.default_rng(seed).integers(-3, 6, (count, others)).astype(np.int16)


def plain(worth: np.ndarray[tuple[int, int], np.dtype[np.int16]], i: int, never: set[int], keep: int) -> list[int]:
    """The best worths of a row."""
    able = [int(one) for j, one in enumerate(worth[i]) if one >= 0 and j not in never]
    return sorted(able, reverse=True)[:keep]


@pytest.mark.parametrize("count", [2, 31, 33, 150])
@pytest.mark.parametrize("block", [16, 64, 1024])
def test_within_one_pool(monkeypatch: pytest.MonkeyPatch, count: int, block: int) -> None:
    monkeypatch.setattr(_tiles, "BLOCK", block)
    worth = np.triu(worths(count, count, 1), 1)
    worth = (worth + worth.T).astype(np.int16)
    members = np.random.default_rng(2).permutation(count).astype(np.int32)
    a, b = members[: count // 4], members[count // 4 : 2 * (count // 4)]
    never = Never.of(np.concatenate((a, b)), np.concatenate((b, a)), count)
    found = best(lambda i, j: worth[i, j], blocks_of(members), True, 7, never, count)
    enemies = {(int(x), int(y)) for x, y in zip([*a, *b], [*b, *a], strict=True)}
    for i in range(count):
        mine = found[i][found[i] >= 0]
        theirs = (mine & (_tiles.MOST - 1)) ^ i
        assert (worth[i, theirs] == mine >> _tiles.SHIFT).all()
        assert i not in theirs
        assert not {(i, int(j)) for j in theirs} & enemies
        expected = plain(worth, i, {i} | {y for x, y in enemies if x == i}, 7)
        assert sorted((mine >> _tiles.SHIFT).tolist(), reverse=True) == expected


@unhurried
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 99))
def test_across_two_sides(rows: int, cols: int, seed: int) -> None:
    worth = worths(rows, cols, seed)
    every = [(np.arange(rows, dtype=np.int32), np.arange(cols, dtype=np.int32))] * 2  # the same block twice
    never = Never.of(np.zeros(1, np.int32), np.zeros(1, np.int32), rows)
    of_i, of_j = best_across(lambda i, j: worth[i, j], every, 3, never, (rows, cols))
    for i in range(rows):
        assert sorted((of_i[i][of_i[i] >= 0] >> _tiles.SHIFT).tolist(), reverse=True) == plain(
            worth, i, {0} if i == 0 else set(), 3
        )
    for j in range(cols):
        assert sorted((of_j[j][of_j[j] >= 0] >> _tiles.SHIFT).tolist(), reverse=True) == plain(
            worth.T, j, {0} if j == 0 else set(), 3
        )
    i, j = partners(of_i)
    assert (worth[i, j] >= 0).all()


def test_members_of_other_blocks_are_not_sought_unless_asked_for() -> None:
    blocks: list[Index] = [np.array([0, 2], np.int32), np.array([1, 3], np.int32)]
    never = Never.of(NOBODY, NOBODY, 4)

    def judge(i: Index, j: Index) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
        return np.ones(np.broadcast_shapes(i.shape, j.shape), np.int16)

    apart = pairs(best(judge, blocks, False, 3, never, 4))
    assert list(zip(*(side.tolist() for side in apart), strict=True)) == [(0, 2), (1, 3)]
    assert len(pairs(best(judge, blocks, True, 3, never, 4))[0]) == 6


def test_among_equals_everyone_prefers_somebody_else() -> None:
    never = Never.of(NOBODY, NOBODY, 64)
    found = best(
        lambda i, j: np.ones(np.broadcast_shapes(i.shape, j.shape), np.int16),
        [np.arange(64, dtype=np.int32)], False, 1, never, 64,
    )  # fmt: skip
    assert len(set(((found[:, 0] & (_tiles.MOST - 1)) ^ np.arange(64)).tolist())) == 64


def test_merging_keeps_the_best_and_each_once() -> None:
    one, other = np.array([[9, 5, -1]], np.int32), np.array([[9, 7, 3]], np.int32)
    assert sorted(merged(one, other, 3)[0].tolist()) == [5, 7, 9]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_pairs_once(drawn: list[tuple[int, int]]) -> None:
    i, j = (np.array([two[side] for two in drawn], np.int32) for side in (0, 1))
    a, b = once(i, j)
    listed = list(zip(a.tolist(), b.tolist(), strict=True))
    assert listed == sorted({(min(two), max(two)) for two in drawn})
