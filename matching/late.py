"""Who comes late to a round: matched with others who are free, else the third of the pair that fits best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matching.history import Blocks, History
from matching.peers import plan_round
from matching.person import Peer
from matching.rounds import Match
from matching.rules import Rules
from matching.swap import match_of
from matching.week import Week

LOOKED_AT = 300
"""So many pairs are weighed for one who comes late, drawn by lot where there are more."""


@dataclass(frozen=True, slots=True)
class Seated:
    """`matches`: new ones. `joined`: a pair's place in `pairs` and the three it becomes. `left`: who is still free."""

    matches: tuple[Match, ...]
    joined: tuple[tuple[int, Match], ...]
    left: tuple[str, ...]


def seat(
    late: Sequence[str],
    waiting: Sequence[str],
    pairs: Sequence[tuple[str, str]],
    peers: Mapping[str, Peer],
    week: Week,
    *,
    blocks: Blocks,
    history: History,
    rules: Rules,
    seed: int,
) -> Seated:
    """`late` and `waiting` are ids without a match, `pairs` those that may take in a third: only somebody late joins
    one, for who waits was weighed before. Each pair takes in one at most; the same arguments give the same seats."""
    free = sorted({*late, *waiting})
    round_ = plan_round([peers[id_] for id_ in free], week, blocks=blocks, history=history, rules=rules, seed=seed)
    alone = [out.member for out in round_.left]
    open_to = list(enumerate(pairs))
    if len(open_to) > LOOKED_AT:
        drawn = np.random.default_rng(seed).choice(len(pairs), LOOKED_AT, replace=False)
        open_to = [open_to[int(at)] for at in np.sort(drawn)]
    joined: list[tuple[int, Match]] = []
    for id_ in [id_ for id_ in alone if id_ in set(late)]:
        best: tuple[int, int, int, Match] | None = None
        for at, pair in open_to:
            made = match_of([peers[one] for one in sorted((id_, *pair))], week, blocks, history, rules, seed)
            if isinstance(made, Match):
                known = (int(made.level), made.cost(rules), at, made)
                best = known if best is None or known[:3] < best[:3] else best
        if best is not None:
            joined.append((best[2], best[3]))
            open_to = [one for one in open_to if one[0] != best[2]]
            alone.remove(id_)
    return Seated(round_.matches, tuple(joined), tuple(alone))
