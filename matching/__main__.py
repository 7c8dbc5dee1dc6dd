"""`python -m matching`: solves a problem file, or checks a solution, so that anyone can try the engine on their own.

    python -m matching solve FILE [--exact] [--with scipy|ortools] [--seed N] [--out SOLUTION]
    python -m matching check FILE SOLUTION

FILE is JSON, or Parquet when its name ends in .parquet: docs/matching-problems.md. A wrong file is one line of advice
and exit code 2; a solution that is none, exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from matching import assign, pair
from matching._using import Using, has_ortools
from matching.checks import BadProblem, BadSolution, check, verify
from matching.files import read_json, read_parquet, read_solution, solution_json
from matching.problem import Pairing, Problem, Solution


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and answers the exit code."""
    parser = argparse.ArgumentParser("python -m matching", description="Solve or check a matching problem.")
    commands = parser.add_subparsers(dest="command", required=True)
    solving = commands.add_parser("solve", help="find a solution of least cost")
    solving.add_argument("file", type=Path)
    solving.add_argument("--exact", action="store_true", help="go on until it is proven best, however long it takes")
    solving.add_argument("--with", dest="using", choices=["auto", "scipy", "ortools"], default="auto")
    solving.add_argument("--seed", type=int, default=0, help="which of equally good solutions (default 0)")
    solving.add_argument("--out", type=Path, help="write the solution here, as JSON")
    checking = commands.add_parser("check", help="check somebody's solution by plain counting")
    checking.add_argument("file", type=Path)
    checking.add_argument("solution", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "check":
            return _check(chosen.file, chosen.solution)
        return _solve(chosen.file, chosen.using, chosen.seed, chosen.out, exact=chosen.exact)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    except BadProblem as error:
        print(f"{chosen.file}: {error}", file=sys.stderr)
    except BadSolution as error:
        print(f"{chosen.solution}: {error}", file=sys.stderr)
    return 2


def _read(file: Path) -> Problem:
    content = file.read_bytes()
    problem = read_parquet(content) if file.suffix == ".parquet" else read_json(content)
    check(problem)
    return problem


def _solve(file: Path, using: Using, seed: int, out: Path | None, *, exact: bool) -> int:
    if using == "ortools" and not has_ortools():
        raise BadProblem("--with ortools needs OR-tools: `pip install ortools`, or leave it out")
    if seed < 0:
        raise BadProblem("--seed must be 0 or more")
    problem = _read(file)
    started = time.perf_counter()
    if isinstance(problem, Pairing):
        below = len(problem.alone) if exact else 1000
        solution = pair.solve(problem, exact_below=below, seed=seed, using=using)
    else:
        solution = assign.solve(problem, seed=seed, using=using)
    seconds = time.perf_counter() - started
    verify(problem, solution)
    print(_told(problem, solution))
    print(f"seconds   {seconds:.3f}\npeak      {_peak()}")
    if out:
        out.write_text(solution_json(solution) + "\n", encoding="utf-8")
    return 0


def _check(file: Path, answer: Path) -> int:
    problem, solution = _read(file), read_solution(answer.read_bytes())
    try:
        verify(problem, solution)
    except BadSolution as error:
        print(f"{answer}: {error}")
        return 1
    print(_told(problem, solution))
    print("checked   it solves the problem and costs what it says")
    return 0


def _told(problem: Problem, solution: Solution) -> str:
    lines = {
        "cost": str(solution.cost),
        "bound": _number(solution.bound),
        "gap": _number(solution.cost - solution.bound),
        "left out": f"{len(solution.left)} of {len(problem.alone)}",
        "method": solution.method,
    }
    return "\n".join(f"{name:<9} {value}" for name, value in lines.items())


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _peak() -> str:
    try:
        import resource  # not on Windows
    except ImportError:
        return "unknown on this system"
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return f"{used:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
