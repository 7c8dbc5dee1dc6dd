"""Why some members are without a match, found again after the round: somebody may have left it since."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from matching._pool import pool
from matching.history import Blocks, History
from matching.left_out import LeftOut, Sides, barred, left_out
from matching.person import Peer
from matching.rules import Rules
from matching.week import Week


def explain(
    peers: Sequence[Peer], who: Collection[str], week: Week, *, blocks: Blocks, history: History, rules: Rules
) -> tuple[LeftOut, ...]:
    """The binding rule for each of `who`, sorted, among all `peers` of the round, they themselves included."""
    out = [LeftOut(peer.id, cause) for peer in peers if peer.id in who and (cause := barred(peer, rules)) is not None]
    here = pool([peer for peer in peers if barred(peer, rules) is None], blocks, history, rules, week, 0)
    everyone = np.arange(len(here), dtype=np.int32)
    for at, member in enumerate(here.members):
        if member.id in who:
            others = everyone[everyone != at]
            met = here.met_before(np.full(len(others), at, np.int32), others)
            out.append(left_out(member, Sides(rules, week, here.columns, here.columns), at, others, met))
    return tuple(sorted(out, key=lambda one: one.member))
