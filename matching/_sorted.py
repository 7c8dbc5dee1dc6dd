"""Orders in which likely partners stand close together, for pools too large to look at every pair."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching._pool import Pool
from matching._tags import Bits
from matching._tiles import BLOCK
from matching.person import Level
from matching.problem import Index
from matching.week import DAY, HALF_HOURS

Trait = Literal["rare language", "common language", "stage", "goal", "role", "hours"]
ORDERS: tuple[tuple[Trait, ...], ...] = (
    ("rare language", "stage", "goal", "hours"),
    ("common language", "hours", "stage", "goal"),
    ("common language", "goal", "stage", "role"),
    ("common language", "role", "stage", "hours"),
)
"""The first trait decides first."""


def sorted_by(pool: Pool, members: Index, order: tuple[Trait, ...], *, shifted: bool = False) -> Index:
    """Members (indices) in an order of traits, equal ones as the lot has it. `shifted`: by half a block, round the end,
    so that those who stood at the edge of a block stand in its middle."""
    keys = [_trait(pool, trait)[members] for trait in reversed(order)]
    ordered = members[np.lexsort(keys)]
    return np.roll(ordered, BLOCK // 2) if shifted else ordered


def _trait(pool: Pool, trait: Trait) -> NDArray[np.int64]:
    columns = pool.columns
    match trait:
        case "rare language":
            return _tag(columns.languages, rare=True)
        case "common language":
            return _tag(columns.languages, rare=False)
        case "stage":
            return columns.stage.astype(np.int64)
        case "goal":
            return _tag(columns.goals, rare=True)
        case "role":
            return columns.role.astype(np.int64)
        case "hours":
            return _middle(columns.weeks[Level.STATED])


def _tag(bits: Bits, *, rare: bool) -> NDArray[np.int64]:
    """The rarest or most common tag of each member, -1 for none."""
    width = bits.words.dtype.itemsize * 8
    held = [(word >> word.dtype.type(at)) & 1 == 1 for word in bits.words for at in range(width)]
    best = np.full(bits.words.shape[1], -1, np.int64)
    for tag in sorted(range(len(held)), key=lambda tag: (int(held[tag].sum()), tag), reverse=rare):
        best[held[tag]] = tag  # the last one written stays
    return best


def _middle(weeks: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The two hours of UTC's day, 0..11, that are free on most days: a stand-in for where the hours of a week lie."""
    raw = np.ascontiguousarray(weeks.T).astype("<u8").view(np.uint8)[:, : HALF_HOURS // 8]
    best = np.zeros(len(raw), np.int64)
    for at in range(0, len(raw), BLOCK * 8):
        free = np.unpackbits(raw[at : at + BLOCK * 8], axis=1, bitorder="little")
        by_time = free.reshape(len(free), -1, DAY // 4, 4).sum(axis=(1, 3))
        best[at : at + BLOCK * 8] = by_time.argmax(axis=1)
    return best
