"""The relaxed round's assignment by OR-tools, several times faster where many costs are equal."""

# OR-tools is an extra, and its types are incomplete (element types where shapes belong).
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportMissingImports=false
# pyright: reportArgumentType=false, reportIndexIssue=false, reportOptionalSubscript=false

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from matching.problem import Ints


def partners(matrix: csr_array) -> Ints | None:
    """The column of each row at least cost (push-relabel with cost scaling, Goldberg and Kennedy 1995), or None when
    its integers could overflow. Raises ImportError where OR-tools is not installed."""
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment  # an extra of 80 MB

    n = int(matrix.shape[0])
    rows = np.repeat(np.arange(n, dtype=np.int32), np.diff(matrix.indptr))
    solver = SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(rows, matrix.indices, matrix.data.astype(np.int64))
    if solver.solve() != SimpleLinearSumAssignment.OPTIMAL:
        return None
    return np.array([solver.right_mate(row) for row in range(n)], dtype=np.int64)
