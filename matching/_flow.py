"""Seekers to hosts as a flow of least cost, by OR-tools: the faster of the two ways, where it is installed."""

# OR-tools is an extra, and its types are incomplete (element types where shapes belong).
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportMissingImports=false
# pyright: reportArgumentType=false, reportIndexIssue=false, reportOptionalSubscript=false

from __future__ import annotations

import numpy as np

from matching.problem import Assignment, Ints


def choose(problem: Assignment) -> Ints | None:
    """The edges of an optimal solution, or None when OR-tools' integers could overflow. Every seeker sends one unit, to
    a host and on to the sink or straight to the sink at the cost of being left out (cost-scaling push-relabel, Goldberg
    1997). Raises ImportError where OR-tools is not installed."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # an extra of 80 MB

    seekers, hosts, edges = len(problem.alone), len(problem.seats), len(problem.cost)
    sink = seekers + hosts
    everyone = np.arange(seekers, dtype=np.int32)
    tail = np.concatenate([problem.seeker, everyone, np.arange(seekers, sink, dtype=np.int32)])
    head = np.concatenate([problem.host + seekers, np.full(seekers + hosts, sink)]).astype(np.int32)
    room = np.concatenate([np.ones(edges + seekers, dtype=np.int64), np.minimum(problem.seats, seekers)])
    cost = np.concatenate([problem.cost, problem.alone, np.zeros(hosts, dtype=np.int64)])
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:seekers], supply[sink] = 1, -seekers
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    if flow.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    return np.flatnonzero(flow.flows(arcs)[:edges] > 0)
