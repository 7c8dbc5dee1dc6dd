"""Who talks to which host: seekers to seats at least cost, exactly, and what a seat is worth."""

from __future__ import annotations

import numpy as np

from matching import _flow, _seats
from matching._shadow import prices
from matching._using import Using, prefers_ortools
from matching.problem import Assignment, Solution
from matching.progress import Progress, Steps

__all__ = ["prices", "solve"]


def solve(problem: Assignment, *, progress: Progress | None = None, seed: int = 0, using: Using = "auto") -> Solution:
    """Seats of least cost, always exact. `using`: "ortools" (raises ImportError where the extra is missing), "scipy",
    or "auto": OR-tools where it is installed. The two cost the same; among equally good solutions they may differ.

    `seed` decides only which of equally good solutions it is. The problem is taken as checked (`checks.check`).
    Raises Cancelled. `progress` cannot be asked while the libraries work: `apart.run` can stop them at once.

    >>> both, host = np.array([0, 1], dtype=np.int32), np.zeros(2, dtype=np.int32)
    >>> solve(Assignment(both, host, np.array([4, 2]), np.array([9, 9]), np.array([1])), using="scipy")
    Solution(chosen=array([1]), left=array([0], dtype=int32), cost=11, bound=11.0, method='exact by scipy')
    """
    steps = Steps(progress)
    steps.stage("assign", 1.0)
    seekers, hosts = len(problem.alone), len(problem.seats)
    useful = np.flatnonzero((problem.cost < problem.alone[problem.seeker]) & (problem.seats[problem.host] > 0))
    rng = np.random.default_rng(seed)
    who, where = rng.permutation(seekers), rng.permutation(hosts)
    alone, seats = np.empty(seekers, dtype=np.int64), np.empty(hosts, dtype=np.int64)
    alone[who], seats[where] = problem.alone, problem.seats
    seeker, host = who[problem.seeker[useful]].astype(np.int32), where[problem.host[useful]].astype(np.int32)
    inner = Assignment(seeker, host, problem.cost[useful], alone, seats)
    found = _flow.choose(inner) if prefers_ortools(using) else None
    method = "exact by scipy" if found is None else "exact by ortools"
    chosen = useful[_seats.choose(inner) if found is None else found]
    left = np.setdiff1d(np.arange(seekers), problem.seeker[chosen]).astype(np.int32)
    cost = int(problem.cost[chosen].sum()) + int(problem.alone[left].sum())
    steps.done()
    return Solution(chosen, left, cost, float(cost), method)
