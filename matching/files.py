"""Problems and solutions as files that anyone can write and check: JSON, and Parquet for large ones. Bytes in and out;
only __main__ opens files. The format is described in docs/matching-problems.md."""

# pyarrow is optional and ships no complete types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingTypeStubs=false
# pyright: reportUnknownArgumentType=false, reportMissingImports=false

from __future__ import annotations

import json
from io import BytesIO
from typing import cast

import numpy as np
from numpy.typing import NDArray

from matching.checks import BadProblem, BadSolution
from matching.problem import Assignment, Pairing, Problem, Solution

META = b"steppingstone"
KINDS = {"pairing": ("a", "b", "cost"), "assignment": ("seeker", "host", "cost")}


def read_json(text: str | bytes) -> Problem:
    """A problem from its JSON. Raises BadProblem.

    >>> read_json('{"kind": "pairing", "alone": [9, 9], "edges": [[0, 1, 5]]}').cost
    array([5])
    """
    told = _object(text, BadProblem)
    rows = told.get("edges")
    if not isinstance(rows, list):
        raise BadProblem('"edges" must be a list with three whole numbers for each edge, such as [[0, 1, 250]]')
    columns: list[list[object]] = [[], [], []]
    for at, row in enumerate(cast("list[object]", rows)):
        if not isinstance(row, list) or len(cast("list[object]", row)) != 3:
            raise BadProblem(f"edges[{at}] is {row!r}: it must be three whole numbers, such as [0, 1, 250]")
        for column, value in zip(columns, cast("list[object]", row), strict=True):
            column.append(value)
    return _problem(told, [_whole(f"value {i} of edges", column) for i, column in enumerate(columns)])


def read_parquet(content: bytes) -> Problem:
    """A problem from its Parquet file: the edges are the table, the rest is JSON in the file's metadata. Raises
    BadProblem, also when pyarrow is missing."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import read_table
    except ImportError:
        raise BadProblem("Parquet needs pyarrow: `pip install pyarrow`, or write the problem as JSON") from None
    try:
        table = read_table(BytesIO(content))
    except ArrowException as error:
        raise BadProblem(f"this is no Parquet file ({str(error).splitlines()[0]})") from error
    metadata = table.schema.metadata or {}
    if META not in metadata:
        raise BadProblem('the Parquet file has no metadata "steppingstone": see docs/matching-problems.md')
    told = _object(metadata[META], BadProblem)
    names = KINDS.get(str(told.get("kind")), KINDS["pairing"])
    if missing := [name for name in names if name not in table.column_names]:
        raise BadProblem(f"the Parquet table has no column {missing[0]!r}: it needs {', '.join(names)}")
    return _problem(told, [_whole(name, table.column(name).to_numpy()) for name in names])


def parquet(problem: Problem) -> bytes:
    """The problem as a Parquet file. Raises ImportError without pyarrow."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    kind, names = _kind(problem)
    table = pa.table({name: getattr(problem, name) for name in names})
    out = BytesIO()
    write_table(table.replace_schema_metadata({META: json.dumps({"kind": kind, **_rest(problem)})}), out)
    return out.getvalue()


def problem_json(problem: Problem) -> str:
    """The problem as JSON."""
    kind, names = _kind(problem)
    edges = np.column_stack([getattr(problem, name) for name in names]).tolist()
    return json.dumps({"kind": kind, **_rest(problem), "edges": edges})


def solution_json(solution: Solution) -> str:
    """The solution as JSON."""
    told = {"chosen": solution.chosen.tolist(), "left": solution.left.tolist()}
    return json.dumps({**told, "cost": solution.cost, "bound": solution.bound, "method": solution.method})


def read_solution(text: str | bytes) -> Solution:
    """A solution from its JSON; `bound` and `method` may be missing. Raises BadSolution."""
    told = _object(text, BadSolution)
    try:
        chosen, left = (_whole(name, told.get(name)) for name in ("chosen", "left"))
    except BadProblem as error:
        raise BadSolution(str(error)) from error
    cost, bound = told.get("cost"), told.get("bound", 0)
    if type(cost) is not int or not isinstance(bound, int | float):
        raise BadSolution('"cost" must be a whole number and "bound", when it is there, a number')
    return Solution(chosen, left.astype(np.int32), cost, float(bound), str(told.get("method", "unknown")))


def _object(text: str | bytes, wrong: type[BadProblem | BadSolution]) -> dict[str, object]:
    try:
        told = json.loads(text)
    except ValueError as error:
        raise wrong(f"this is no JSON ({error})") from error
    if not isinstance(told, dict):
        raise wrong('this is no JSON object: it must start with {"…": …')
    return cast("dict[str, object]", told)


def _problem(told: dict[str, object], edges: list[NDArray[np.int64]]) -> Problem:
    alone = _whole("alone", told.get("alone"))
    one, other = (_index(ends) for ends in edges[:2])
    match told.get("kind"):
        case "pairing":
            return Pairing(one, other, edges[2], alone)
        case "assignment":
            return Assignment(one, other, edges[2], alone, _whole("seats", told.get("seats")))
        case kind:
            raise BadProblem(f'"kind" is {kind!r}: write "pairing" or "assignment"')


def _index(ends: NDArray[np.int64]) -> NDArray[np.int32]:
    """Member numbers; one too large for 32 bits becomes the largest, which `check` then names as out of range."""
    return np.clip(ends, -1, 2**31 - 1).astype(np.int32)


def _whole(name: str, values: object) -> NDArray[np.int64]:
    if isinstance(values, list):
        for at, value in enumerate(cast("list[object]", values)):
            if type(value) is not int or abs(value) >= 2**62:
                raise BadProblem(f"{name}[{at}] is {value!r}: it must be a whole number below 2^62")
        return np.array(values, dtype=np.int64)
    if isinstance(values, np.ndarray) and np.issubdtype(values.dtype, np.integer):
        return values.astype(np.int64)
    raise BadProblem(f'"{name}" must be a list of whole numbers')


def _kind(problem: Problem) -> tuple[str, tuple[str, str, str]]:
    kind = "pairing" if isinstance(problem, Pairing) else "assignment"
    return kind, KINDS[kind]


def _rest(problem: Problem) -> dict[str, list[int]]:
    seats = {"seats": problem.seats.tolist()} if isinstance(problem, Assignment) else {}
    return {"alone": problem.alone.tolist(), **seats}
