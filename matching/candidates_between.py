"""Which hosts a batch weighs for each seeker: the best of those in the roles they chose, and the best seekers of each
host, so that a host who is nobody's first wish is still somebody's seat."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching import _tiles
from matching._between import Between
from matching._tags import Bits
from matching.person import Level
from matching.problem import Index

KEEP = 20
ALL = 150_000_000
"""Up to so many pairs that have the role in common are looked at one by one."""
Blocks = Iterator[tuple[Index, Index]]


def candidates_between(table: Between, level: Level) -> tuple[Index, Index, NDArray[np.int16]]:
    """(seeker, host, fit) of feasible pairs, each once, sorted."""

    def judge(i: Index, j: Index) -> NDArray[np.int16]:
        return table.tile(i, j, level)

    blocks = list(_by_role(table))
    if sum(len(rows) * len(cols) for rows, cols in blocks) > ALL:
        blocks = [likely for rows, cols in blocks for likely in _likely(table, rows, cols)]
    cut = (part for rows, cols in blocks for part in _cut(rows, cols))
    counts = len(table.a), len(table.b)
    of_i, of_j = _tiles.best_across(judge, cut, KEEP, table.never, counts)
    i, j = _tiles.partners(of_i)
    host, seeker = _tiles.partners(of_j)
    codes = np.concatenate(((i.astype(np.int64) << 32) | j, (seeker.astype(np.int64) << 32) | host))
    codes.sort()
    codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes
    i, j = (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)
    parts = [judge(i[at : at + _PART], j[at : at + _PART]) for at in range(0, len(i), _PART)]
    return i, j, np.concatenate(parts) if parts else np.zeros(0, np.int16)


_PART = 1 << 15


def _by_role(table: Between) -> Blocks:
    """Seekers and the hosts in their first role, and in their second; all with all where no role is needed."""
    free = table.seats > 0
    if not table.rules.role_needed:
        yield np.arange(len(table.a), dtype=np.int32), _where(free)
        return
    for role in np.unique(table.b.role[table.b.role >= 0]).tolist():
        hosts = _where(free & (table.b.role == role))
        for seekers in (_where(table.a.role == role), _where((table.a.second == role) & (table.a.role != role))):
            if len(seekers) and len(hosts):
                yield seekers, hosts


def _likely(table: Between, rows: Index, cols: Index) -> Blocks:
    """Of many who share a role: those who share the industry as well, those who share a topic, and those whose
    languages and hours are alike."""
    for industry in np.unique(table.b.industry[cols]).tolist():
        both = rows[table.a.industry[rows] == industry], cols[table.b.industry[cols] == industry]
        if industry >= 0 and len(both[0]):
            yield both
    yield from _by_tag(table.a.topics, table.b.topics, rows, cols)
    order = [
        members[np.lexsort((*side.weeks[Level.STATED][:, members], *side.languages.words[:, members]))]
        for side, members in ((table.a, rows), (table.b, cols))
    ]
    parts = max(1, -(-max(len(rows), len(cols)) // _tiles.BLOCK))
    for ask, answer in zip(np.array_split(order[0], parts), np.array_split(order[1], parts), strict=True):
        if len(ask) and len(answer):
            yield ask, answer


def _by_tag(ours: Bits, theirs: Bits, rows: Index, cols: Index) -> Blocks:
    for one, other in zip(ours.words, theirs.words, strict=True):
        for at in range(one.dtype.itemsize * 8):
            bit = one.dtype.type(1 << at)
            ask, answer = rows[(one[rows] & bit) != 0], cols[(other[cols] & bit) != 0]
            if len(ask) and len(answer):
                yield ask, answer


def _cut(rows: Index, cols: Index) -> Blocks:
    for ask in _tiles.blocks_of(rows):
        for answer in _tiles.blocks_of(cols):
            yield ask, answer


def _where(chosen: NDArray[np.bool_]) -> Index:
    return np.flatnonzero(chosen).astype(np.int32)
