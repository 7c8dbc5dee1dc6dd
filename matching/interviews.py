"""A batch of interviews: seekers to hosts with seats, waiting ones first, nobody twice to the same host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import assign
from matching._between import Between, between
from matching.candidates_between import candidates_between
from matching.history import NO_BLOCKS, Blocks, Pair
from matching.left_out import LeftOut, Sides, barred, left_out
from matching.person import Host, Level, Seeker
from matching.problem import Assignment
from matching.progress import Progress, Steps
from matching.rules import INTERVIEW_RULES, Rules, alone_cost
from matching.score import Points, fit, points
from matching.week import Week


@dataclass(frozen=True, slots=True)
class Proposal:
    """A seeker and the host to ask. `points`: what each term earned, the seeker being a. `shared`: half hours of the
    week that both stated, as a bit set."""

    seeker: str
    host: str
    points: Points
    shared: int

    @property
    def fit(self) -> int:
        """0 to 1,000."""
        return fit(self.points)


@dataclass(frozen=True, slots=True)
class Batch:
    """`proposals` and `left` sorted by seeker. `cost`, `bound`: of the problem solved. `prices`: for hosts whose seats
    are wanted by more than there are, the points that one more seat would add at least about; for `matching.online`."""

    proposals: tuple[Proposal, ...]
    left: tuple[LeftOut, ...]
    prices: dict[str, int]
    cost: int
    bound: float
    seed: int
    method: str

    @property
    def score(self) -> int:
        """The fit of all proposals together."""
        return sum(proposal.fit for proposal in self.proposals)


def plan_batch(
    seekers: Sequence[Seeker],
    hosts: Sequence[Host],
    week: Week,
    *,
    blocks: Blocks = NO_BLOCKS,
    met: Iterable[Pair] = (),
    rules: Rules = INTERVIEW_RULES,
    seed: int = 0,
    progress: Progress | None = None,
) -> Batch:
    """Whom each seeker should ask. `met`: all pairs that ever met, or were declined. A member may be in both lists
    and is not matched with themselves. Raises Cancelled when `progress` says stop."""
    steps = Steps(progress)
    steps.stage("who", 0.05)
    asking = [seeker for seeker in seekers if barred(seeker, rules) is None]
    answering = [host for host in hosts if barred(host, rules) is None]
    away = [LeftOut(seeker.id, cause) for seeker in seekers if (cause := barred(seeker, rules)) is not None]
    table = between(asking, answering, blocks, met, rules, week, seed)
    steps.stage("candidates", 0.4)
    who, whom, worth = candidates_between(table, Level.STATED)
    problem = Assignment(
        who,
        whom,
        (1000 - worth).astype(np.int64),
        np.array([alone_cost(seeker.wait, seeker.new) for seeker in table.seekers], np.int64),
        table.seats,
    )
    steps.stage("seats", 0.95)
    solved = assign.solve(problem, progress=lambda done, _: steps.at(done), seed=seed)
    prices = assign.prices(problem, solved)
    steps.stage("reasons", 1.0)
    made = [_proposal(table, int(who[e]), int(whom[e])) for e in solved.chosen.tolist()]
    left = [*away, *(_left(table, at) for at in solved.left.tolist())]
    steps.done()
    return Batch(
        proposals=tuple(sorted(made, key=lambda proposal: proposal.seeker)),
        left=tuple(sorted(left, key=lambda out: out.member)),
        prices={host.id: int(price) for host, price in zip(table.hosts, prices, strict=True) if price},
        cost=solved.cost,
        bound=solved.bound,
        seed=seed,
        method=solved.method,
    )


def _proposal(table: Between, i: int, j: int) -> Proposal:
    seeker, host, shared = table.seekers[i], table.hosts[j], table.shared(i, j)
    earned = points(seeker, host, shared.bit_count(), table.rules.weights, table.seed)
    return Proposal(seeker.id, host.id, earned, shared)


def _left(table: Between, i: int) -> LeftOut:
    everyone = np.array([at for at, host in enumerate(table.hosts) if host.id != table.seekers[i].id], np.int32)
    sides = Sides(table.rules, table.week, table.a, table.b)
    met: NDArray[np.bool_] = np.isin(everyone, table.met_by(i))
    return left_out(table.seekers[i], sides, i, everyone, met)
