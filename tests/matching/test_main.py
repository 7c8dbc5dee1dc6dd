"""The command line: solve a file, check a solution, and one line of advice when something is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from matching import _using
from matching.__main__ import main
from matching.files import parquet, problem_json
from tests.matching.problems import crowd, market, pairing

DOCS = Path(__file__).parents[2] / "docs" / "matching-problems.md"


def test_solve_then_check_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for problem in crowd(120, 6), market(60, 5):
        file, answer = tmp_path / "problem.json", tmp_path / "answer.json"
        file.write_text(problem_json(problem))
        assert main(["solve", str(file), "--seed", "4", "--out", str(answer)]) == 0
        said = capsys.readouterr().out
        assert re.search(r"^gap +0$", said, re.MULTILINE)
        assert {line.split("  ")[0] for line in said.splitlines()} >= {"cost", "bound", "method", "seconds", "peak"}
        assert main(["check", str(file), str(answer)]) == 0
        assert "costs what it says" in capsys.readouterr().out


def test_a_parquet_file_gives_the_same_as_its_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow")
    problem = crowd(100, 6, ties=True)
    (tmp_path / "p.json").write_text(problem_json(problem))
    (tmp_path / "p.parquet").write_bytes(parquet(problem))
    outs: list[str] = []
    for name in "p.json", "p.parquet":
        assert main(["solve", str(tmp_path / name), "--exact", "--with", "scipy"]) == 0
        outs.append(capsys.readouterr().out.split("seconds")[0])
    assert outs[0] == outs[1]


def test_a_false_solution_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, answer = tmp_path / "problem.json", tmp_path / "answer.json"
    file.write_text(problem_json(pairing([9, 9, 9], [(0, 1, 2), (1, 2, 3)])))
    answer.write_text('{"chosen": [0, 1], "left": [], "cost": 5}')
    assert main(["check", str(file), str(answer)]) == 1
    assert "member 1 is in 2 chosen edges" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "arguments", "told"),
    [
        ("{", [], "this is no JSON"),
        ('{"kind": "pairing", "alone": [1, 1], "edges": [[0, 0, 1]]}', [], "joins member 0 with itself: remove it"),
        ('{"kind": "pairing", "alone": [1, 1], "edges": [[0, 9, 1]]}', [], "edge 0 has b 9"),
        ('{"kind": "pairing", "alone": [1, 1], "edges": []}', ["--seed", "-1"], "--seed must be 0 or more"),
    ],
)
def test_a_wrong_file_is_one_line_and_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, arguments: list[str], told: str
) -> None:
    file = tmp_path / "problem.json"
    file.write_text(content)
    assert main(["solve", str(file), *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert said.err.count("\n") == 1


def test_missing_files_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(tmp_path / "nothing.json")]) == 2
    assert "nothing.json: No such file" in capsys.readouterr().err


def test_asking_for_a_missing_library_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.__main__.has_ortools", lambda: False)
    assert main(["solve", str(tmp_path / "p.json"), "--with", "ortools"]) == 2
    assert "pip install ortools" in capsys.readouterr().err


def test_it_runs_as_a_module_without_any_extra(tmp_path: Path) -> None:
    """Neither OR-tools nor pyarrow may be imported for a JSON file solved by SciPy."""
    file = tmp_path / "problem.json"
    file.write_text(problem_json(market(50, 4)))
    script = (
        "import sys; sys.modules['ortools'] = sys.modules['pyarrow'] = None;"
        "from matching.__main__ import main; raise SystemExit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, "solve", str(file), "--with", "scipy"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    module = [sys.executable, "-m", "matching", "solve", str(file)]
    assert subprocess.run(module, capture_output=True, text=True, check=True).stdout.startswith("cost ")


def test_the_examples_of_the_documentation_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples = re.findall(r"```json\n(\{\s*\"kind\".*?)```", DOCS.read_text(), re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        file = tmp_path / "example.json"
        file.write_text(example)
        assert main(["solve", str(file)]) == 0
    assert "left out  1 of 3" in capsys.readouterr().out


def test_the_documentations_parquet_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    subprocess.run([sys.executable, "-c", example], check=True)
    assert main(["solve", "problem.parquet"]) == 0


def test_whether_or_tools_is_there_is_looked_up_not_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_: str) -> None:
        return None

    _using.has_ortools.cache_clear()
    monkeypatch.setattr(_using, "find_spec", nothing)
    assert not _using.prefers_ortools("auto")
    assert _using.prefers_ortools("ortools")
    _using.has_ortools.cache_clear()
