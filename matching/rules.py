"""The settings of a programme: its weights, hard rules and what is done for left-overs; and the one cost of a round."""

from __future__ import annotations

from dataclasses import dataclass

from matching.person import Level
from matching.weights import BEST, CIRCLES, COFFEE, INTERVIEWS, PEERS, Weights

LADDER = (Level.STATED, Level.WAKING, Level.ANY)
LEFT_OUT, WAITED, NEW, REPEAT, REPEAT_STEP, LONGEST_WAIT = 100_000, 20_000, 30_000, 5_000, 500, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`remember`: rounds during which a second meeting is a repeat; `never_again`: it is forbidden for ever instead.
    `least`: shared half hours a pair needs in its week. `ladder`: rungs tried in order for left-overs. `trios`: whether
    left-overs may join a pair; `triad_before_repeat`: rather that than meeting the same person again. `team_apart`:
    members of one team do not meet. `role_needed`: a host must have a role the seeker chose. `external_allowed`: the
    owner lets strangers from shared channels take part."""

    weights: Weights = PEERS
    remember: int = 6
    never_again: bool = False
    least: int = 2
    ladder: tuple[Level, ...] = LADDER
    trios: bool = True
    triad_before_repeat: bool = False
    team_apart: bool = True
    role_needed: bool = False
    external_allowed: bool = False

    def __post_init__(self) -> None:
        if not self.ladder or list(self.ladder) != sorted(set(self.ladder)):
            raise ValueError("a ladder has at least one rung, each once, from strict to lenient")
        if self.remember < 0 or self.least < 1:
            raise ValueError("`remember` is at least 0 rounds, `least` at least 1 half hour")

    def repeat(self, ago: int | None) -> int:
        """What meeting again costs, `ago` rounds after the last time; None is never. 0 outside the remembered ones."""
        return REPEAT + REPEAT_STEP * (self.remember - ago) if ago is not None and ago <= self.remember else 0

    def pair_cost(self, fit: int, ago: int | None) -> int:
        """What a pair costs: the points it lacks, and its repeat.

        >>> Rules(remember=6).pair_cost(900, ago=2)
        7100
        """
        return BEST - fit + self.repeat(ago)


def alone_cost(wait: int, new: bool) -> int:
    """What leaving a member out costs. Wide enough that placing one more outweighs all repeats of a small community,
    and a round of waiting outweighs a repeat; `tests/matching/test_cost.py` compares it with the strict order.

    >>> alone_cost(2, new=True)
    170000
    """
    return LEFT_OUT + WAITED * min(wait, LONGEST_WAIT) + NEW * new


PEER_RULES = Rules()
COFFEE_RULES = Rules(weights=COFFEE, remember=12, team_apart=False)
CIRCLE_RULES = Rules(weights=CIRCLES, ladder=(Level.STATED,), trios=False)
INTERVIEW_RULES = Rules(weights=INTERVIEWS, never_again=True, role_needed=True, ladder=(Level.STATED,), trios=False)
