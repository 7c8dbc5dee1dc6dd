"""Who reads the sheet of somebody else: nobody a hard rule forbids, then who knows the field, then whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.eligible import why_not
from matching.history import NO_BLOCKS, NO_HISTORY, Blocks, History
from matching.person import Host, Level, Seeker
from matching.rules import Rules
from matching.score import fit, key, luck, points
from matching.week import Week
from matching.weights import Weights

REVIEW_RULES = Rules(
    weights=Weights(topics=300, native=50), never_again=True, role_needed=False, ladder=(Level.ANY,), trios=False
)
"""Reading needs a language in common and no hour. `topics`: the field a sheet is about, those a reader knows."""
TURN = 150
"""What each time they were asked lately takes from a reader's worth: two such outweigh knowing the field."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`fit`: 0 to 1,000. `asked`: how often lately."""

    id: str
    fit: int
    asked: int

    @property
    def worth(self) -> int:
        """The best has the most.

        >>> Reader("sam", 300, 1).worth
        150
        """
        return self.fit - TURN * self.asked


def readers(
    owner: Seeker,
    hosts: Iterable[Host],
    asked: Mapping[str, int],
    week: Week,
    *,
    seed: int,
    rules: Rules = REVIEW_RULES,
    blocks: Blocks = NO_BLOCKS,
    history: History = NO_HISTORY,
) -> list[Reader]:
    """Everybody with a seat left whom no rule keeps from this sheet, the best first; among equal ones by lot, another
    one with each `seed`. `asked`: how often lately, by id; `history`: pairs who were asked for this sheet before."""
    found: list[Reader] = []
    for host in hosts:
        cause = why_not(owner, host, week, rules, level=Level.ANY, blocks=blocks, history=history)
        if cause is None and host.seats > 0:
            earned = points(owner, host, 0, rules.weights, seed)
            found.append(Reader(host.id, fit(earned), asked.get(host.id, 0)))
    mine = key(owner.id, seed)
    return sorted(found, key=lambda one: (-one.worth, -luck(mine, key(one.id, seed)), one.id))
