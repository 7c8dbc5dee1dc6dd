"""What a good match is worth: every weight of every programme in one place, as data an owner may change."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Term = Literal[
    "stage", "goals", "needs", "offers", "hours", "role", "second", "native", "industry", "topics", "company", "paths",
    "mixed", "teams", "idle", "chance",
]  # fmt: skip
BEST = 1000
"""No pair is worth more, whatever its terms add up to."""
RANGES = frozenset(("stage_reach", "mixed_full", "hours_full", "idle_full"))
"""Fields of Weights that are no weight but how far a term reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points each term of a pair (a, b) can earn; 0 switches a term off. A seeker or member is a.

    stage: same stage of a career, falling evenly to nothing at `stage_reach` steps apart. goals: shared share of all
    goals of both (Jaccard). needs, offers: share of a's needs that b offers, and the other way round. hours: shared
    stated half hours, all at `hours_full`. role, second: b's role is a's first or second choice. native: same first
    language. industry: the same. topics: share of a's topics that b has. company: b works where a would like to.
    paths: one in common. mixed: stages differ, all at `mixed_full` steps. teams: both say their team, and not the
    same. idle: days since b, a host, last gave a talk or began to offer them, all at `idle_full`. chance: luck of this
    pair in this seed.
    """

    stage: int = 0
    goals: int = 0
    needs: int = 0
    offers: int = 0
    hours: int = 0
    role: int = 0
    second: int = 0
    native: int = 0
    industry: int = 0
    topics: int = 0
    company: int = 0
    paths: int = 0
    mixed: int = 0
    teams: int = 0
    idle: int = 0
    chance: int = 0
    stage_reach: int = 4
    mixed_full: int = 2
    hours_full: int = 16
    idle_full: int = 60

    def __post_init__(self) -> None:
        for field in fields(self):
            worth, least = getattr(self, field.name), int(field.name in RANGES)
            if not least <= worth <= BEST:
                raise ValueError(f"{field.name} is {worth}: it has to lie between {least} and {BEST}")

    @property
    def symmetric(self) -> bool:
        """Whether a pair is worth the same from both sides, as pairs within one pool must be."""
        return self.needs == self.offers and not (self.second or self.topics or self.company or self.idle)


PEERS = Weights(stage=250, goals=250, needs=100, offers=100, hours=150, role=100, native=50)
INTERVIEWS = Weights(
    role=400, second=250, industry=150, topics=200, company=100, hours=100, native=50, paths=100, idle=60
)
"""With paths a pair can earn 1,160 and counts 1,000: someone who went your way makes up for what is missing
elsewhere. `idle` is a nudge, never a reason: of two hosts who fit alike the one nobody asked for two months comes
first, so that talks do not always fall to the same few. Seekers who wait have their fairness in the cost of leaving
them out (`rules.alone_cost`), which outweighs any fit."""
COFFEE = Weights(teams=350, chance=450, hours=100, stage=50, native=50)
"""Variety first: another team and the luck of the round; that two have met before is the history's business."""
COFFEE_ALIKE = Weights(stage=400, role=100, native=150, hours=100, chance=250)
"""For a channel whose members want to meet somebody in the same place."""
COFFEE_DIFFERENT = Weights(mixed=350, teams=350, hours=100, chance=200)
"""For a channel whose members want to meet somebody elsewhere."""
CIRCLES = Weights(goals=450, mixed=250, hours=200, native=50, role=50)
"""The goal is the circle's theme; people at different stages have more to tell each other."""
