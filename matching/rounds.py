"""A planned round as data: who meets whom and why, who is left out and why, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass

from matching.history import Pair
from matching.left_out import LeftOut
from matching.person import Level
from matching.rules import Rules
from matching.score import Points, fit


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two members of one match. `points`: what each term earned, the first of the pair being a. `shared`: half hours
    of the round's week (bit set) that both stated. `ago`: rounds since they met, None for never or too long ago to
    count."""

    pair: Pair
    points: Points
    shared: int
    ago: int | None = None

    @property
    def fit(self) -> int:
        """0 to 1,000."""
        return fit(self.points)


@dataclass(frozen=True, slots=True)
class Match:
    """Two members, or three with one who would be left out; `members` sorted. `meetings`: each pair among them.
    `level`: which hours it took. `shared`: half hours that all of them have on this level."""

    members: tuple[str, ...]
    level: Level
    meetings: tuple[Meeting, ...]
    shared: int

    @property
    def fit(self) -> int:
        """Of its pairs on average, rounded down."""
        return sum(meeting.fit for meeting in self.meetings) // len(self.meetings)

    def cost(self, rules: Rules) -> int:
        """Of all its pairs: a trio counts as the three pairs it is."""
        return sum(rules.pair_cost(meeting.fit, meeting.ago) for meeting in self.meetings)


@dataclass(frozen=True, slots=True)
class Step:
    """One call of the solver. `cost` and `bound` are of its own problem: those still left on this rung."""

    level: Level
    members: int
    candidates: int
    pairs: int
    cost: int
    bound: float
    method: str


@dataclass(frozen=True, slots=True)
class Round:
    """`matches` and `left` sorted by ids. `cost`: of all matches and all left out together. `steps`: how it came about.
    `bound`: the first step's; pairs within stated hours, of the candidates there, cannot cost less."""

    matches: tuple[Match, ...]
    left: tuple[LeftOut, ...]
    cost: int
    bound: float
    seed: int
    steps: tuple[Step, ...] = ()

    @property
    def score(self) -> int:
        """The fit of all matches together; a trio counts its average, like a pair."""
        return sum(match.fit for match in self.matches)

    @property
    def repeats(self) -> int:
        """Pairs that met lately."""
        return sum(meeting.ago is not None for match in self.matches for meeting in match.meetings)

    def met(self) -> list[Pair]:
        """All pairs that meet, for the history."""
        return [meeting.pair for match in self.matches for meeting in match.meetings]
