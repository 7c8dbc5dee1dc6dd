"""The fast scorer: the same points as matching.score, for whole arrays of pairs, and whether they may meet at all.

Indices `i` (into a) and `j` (into b) broadcast: a column of rows against a row of columns judges a tile, two equal
lengths a list. Divisions happen in float32, which is exact here: a fraction below 1,000 with a denominator below
16,000 is further from the next whole number than float32 rounds. Counts of bits are bytes and are widened before they
are added up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching._columns import UNKNOWN_STAGE, Codes, Columns
from matching._tags import Bits
from matching.person import Level
from matching.rules import Rules
from matching.weights import BEST, Weights

Points = NDArray[np.int16]
Stages = NDArray[np.int16]
At = NDArray[np.integer]
_MIX = np.uint64(0x9E3779B97F4A7C15)


def judge(rules: Rules, a: Columns, b: Columns, i: At, j: At, level: Level) -> Points:
    """The fit of each pair, -1 where a hard rule that needs only the two of them forbids it: no shared language, too
    few shared hours on this level, the same team, the wrong role. Blocks and history are the caller's."""
    stated = shared_hours(a, b, i, j, Level.STATED)
    total = fits(rules.weights, a, b, i, j, stated)
    total[~may_meet(rules, a, b, i, j, level, stated)] = -1
    return total


def may_meet(
    rules: Rules, a: Columns, b: Columns, i: At, j: At, level: Level, stated: Points | None = None
) -> NDArray[np.bool_]:
    """The hard rules of `judge` alone. `stated`: the shared stated half hours, where they are known already."""
    allowed = shares(a.languages, b.languages, i, j)
    if level is not Level.ANY:
        known = level is Level.STATED and stated is not None
        shared = stated if known and stated is not None else shared_hours(a, b, i, j, level)
        allowed &= (shared >= rules.least) | ~(a.calls[i] & b.calls[j])
    if rules.team_apart:
        allowed &= ~same_code(a.team, b.team, i, j)
    if rules.role_needed:
        allowed &= same_code(a.role, b.role, i, j) | same_code(a.second, b.role, i, j)
    return allowed


def shared_hours(a: Columns, b: Columns, i: At, j: At, level: Level) -> Points:
    """How many half hours of the week both are free, 0..336."""
    total: Points = np.zeros(np.broadcast_shapes(i.shape, j.shape), np.int16)
    for ours, theirs in zip(a.weeks[level], b.weeks[level], strict=True):
        total += np.bitwise_count(ours[i] & theirs[j])
    return total


def fits(w: Weights, a: Columns, b: Columns, i: At, j: At, shared: Points) -> Points:
    """The capped sum of all terms. `shared`: stated half hours."""
    total: Points = np.zeros(np.broadcast_shapes(i.shape, j.shape), np.int16)
    if w.hours:
        wide = np.minimum(shared, w.hours_full).astype(_roomy(w.hours * w.hours_full))
        total += (wide * w.hours // w.hours_full).astype(np.int16)
    if w.stage or w.mixed:
        total += _stages(w, a.stage[i], b.stage[j])
    if w.goals:
        both = _count(a.goals, b.goals, i, j)
        total += (both * np.float32(w.goals) / np.maximum(a.goals.many[i] + b.goals.many[j] - both, 1)).astype(np.int16)
    for worth, wanted, offered, at, of in (
        (w.needs, a.needs, b.offers, i, j),
        (w.offers, b.needs, a.offers, j, i),
        (w.topics, a.topics, b.topics, i, j),
    ):
        if worth:
            all_of_them = np.maximum(wanted.many[at], 1)
            total += (_count(wanted, offered, at, of) * np.float32(worth) / all_of_them).astype(np.int16)
    for worth, ours, theirs in ((w.role, a.role, b.role), (w.native, a.native, b.native),
                                (w.industry, a.industry, b.industry)):  # fmt: skip
        if worth:
            total += same_code(ours, theirs, i, j) * np.int16(worth)
    if w.second:
        total += (same_code(a.second, b.role, i, j) & ~same_code(a.role, b.role, i, j)) * np.int16(w.second)
    for worth, ours, theirs in ((w.company, a.companies, b.company), (w.paths, a.paths, b.paths)):
        if worth:
            total += shares(ours, theirs, i, j) * np.int16(worth)
    if w.teams:
        said = (a.team >= 0)[i] & (b.team >= 0)[j]
        total += (said & (a.team[i] != b.team[j])) * np.int16(w.teams)
    if w.idle or w.chance:
        total += _never_said(w, a, b, i, j)
    return np.minimum(total, BEST, out=total)


def _never_said(w: Weights, a: Columns, b: Columns, i: At, j: At) -> Points:
    """Idle days and luck: nobody typed them, and nobody reads of them."""
    days = np.minimum(b.idle[j], w.idle_full).astype(_roomy(w.idle * w.idle_full))
    worth = (days * w.idle // w.idle_full).astype(np.int16)
    if not w.chance:
        return worth
    luck = ((a.keys[i] ^ b.keys[j]) * _MIX >> np.uint64(56)).astype(np.int32)
    return worth + (luck * w.chance >> 8).astype(np.int16)


def _stages(w: Weights, ours: Stages, theirs: Stages) -> Points:
    apart = np.abs(ours - theirs)
    near = np.maximum(w.stage_reach - apart, 0).astype(_roomy(w.stage * w.stage_reach))
    far = np.minimum(apart, w.mixed_full).astype(_roomy(w.mixed * w.mixed_full))
    worth = near * w.stage // w.stage_reach
    if w.mixed:
        worth = worth + far * w.mixed // w.mixed_full
    return worth.astype(np.int16) * ((ours != UNKNOWN_STAGE) & (theirs != UNKNOWN_STAGE))


def _roomy(largest: int) -> type[np.int16 | np.int32]:
    return np.int16 if largest <= np.iinfo(np.int16).max else np.int32


def same_code(ours: Codes, theirs: Codes, i: At, j: At) -> NDArray[np.bool_]:
    """Whether both said the same name."""
    mine = ours[i]
    return np.where(mine < 0, -2, mine) == theirs[j]


def _count(ours: Bits, theirs: Bits, i: At, j: At) -> NDArray[np.float32]:
    total = np.zeros(np.broadcast_shapes(i.shape, j.shape), np.float32)
    for one, other in zip(ours.words, theirs.words, strict=True):
        total += np.bitwise_count(one[i] & other[j])
    return total


def shares(ours: Bits, theirs: Bits, i: At, j: At) -> NDArray[np.bool_]:
    """Whether two sets have a tag in common."""
    found = np.zeros(np.broadcast_shapes(i.shape, j.shape), np.bool_)
    for one, other in zip(ours.words, theirs.words, strict=True):
        found |= (one[i] & other[j]) != 0
    return found


def shares_all(bits: Bits, i: At, j: At, k: At) -> NDArray[np.bool_]:
    """Whether three sets of one table have a tag in common."""
    return np.logical_or.reduce([word[i] & word[j] & word[k] != 0 for word in bits.words])
