"""Problem files anyone can write: what is read back is what was written, and mistakes are told in one line."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from hypothesis import given

from matching import pair
from matching.checks import BadProblem, BadSolution
from matching.files import parquet, problem_json, read_json, read_parquet, read_solution, solution_json
from matching.problem import Assignment, Pairing
from tests.matching.problems import assignments, crowd, edges_of, pairing, pairings, unhurried


def assert_same(one: Pairing | Assignment, other: Pairing | Assignment) -> None:
    assert type(one) is type(other)
    assert edges_of(one) == edges_of(other)
    assert one.alone.tolist() == other.alone.tolist()
    if isinstance(one, Assignment) and isinstance(other, Assignment):
        assert one.seats.tolist() == other.seats.tolist()
    assert one.cost.dtype == one.alone.dtype == np.int64


@unhurried
@given(pairings() | assignments())
def test_json_brings_a_problem_back(problem: Pairing | Assignment) -> None:
    assert_same(read_json(problem_json(problem)), problem)


@unhurried
@given(pairings() | assignments())
def test_parquet_brings_a_problem_back(problem: Pairing | Assignment) -> None:
    pytest.importorskip("pyarrow")
    assert_same(read_parquet(parquet(problem)), problem)


def test_a_solution_comes_back() -> None:
    solution = pair.solve(crowd(80, 5))
    again = read_solution(solution_json(solution))
    assert (again.chosen == solution.chosen).all()
    assert (again.left == solution.left).all()
    assert (again.cost, again.bound, again.method) == (solution.cost, solution.bound, solution.method)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "this is no JSON"),
        ("[]", "this is no JSON object"),
        ('{"kind": "pairing", "alone": [1]}', '"edges" must be a list'),
        ('{"kind": "pairing", "alone": [1], "edges": [[0, 1]]}', r"edges\[0\] is \[0, 1\]: it must be three whole"),
        ('{"kind": "pairing", "alone": [1], "edges": [[0, 1, 2.5]]}', r"value 2 of edges\[0\] is 2.5"),
        ('{"kind": "pairing", "alone": [1], "edges": [[0, 1, true]]}', r"value 2 of edges\[0\] is True"),
        ('{"kind": "pairing", "alone": 3, "edges": []}', '"alone" must be a list of whole numbers'),
        ('{"kind": "assignment", "alone": [3], "edges": []}', '"seats" must be a list'),
        ('{"kind": "party", "alone": [3], "edges": []}', '"kind" is \'party\': write "pairing" or "assignment"'),
        ('{"kind": "pairing", "alone": [1' + "0" * 30 + '], "edges": []}', "below 2.62"),
    ],
)
def test_a_wrong_file_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(BadProblem, match=told) as caught:
        read_json(text)
    assert "\n" not in str(caught.value)


def test_wrong_parquet_files_are_told_too() -> None:
    pa = pytest.importorskip("pyarrow")
    write_table = pytest.importorskip("pyarrow.parquet").write_table
    with pytest.raises(BadProblem, match="this is no Parquet file"):
        read_parquet(b"PK")
    for meta, told in ({}, "no metadata"), ({"steppingstone": json.dumps({"kind": "pairing"})}, "no column 'b'"):
        out = pa.BufferOutputStream()
        write_table(pa.table({"a": [0], "cost": [1]}).replace_schema_metadata(meta), out)
        with pytest.raises(BadProblem, match=told):
            read_parquet(out.getvalue().to_pybytes())


def test_without_pyarrow_the_advice_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadProblem, match="pip install pyarrow"):
        read_parquet(b"")


def test_a_wrong_solution_file_is_told() -> None:
    for text, told in ('{"chosen": [0]}', '"left" must be'), ('{"chosen": [], "left": [], "cost": 1.5}', '"cost"'):
        with pytest.raises(BadSolution, match=told):
            read_solution(text)


def test_the_order_of_edges_is_the_files() -> None:
    problem = pairing([5, 5, 5], [(1, 2, 1), (0, 1, 2)])
    assert edges_of(read_json(problem_json(problem))) == [(1, 2, 1), (0, 1, 2)]
