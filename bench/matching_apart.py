"""A measurement in a process of its own, so that its peak of memory is its own and nothing is warm from the one before:
`python -m bench.matching_apart MODULE:FUNCTION JSON`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

Figures = dict[str, float]
P = ParamSpec("P")
T = TypeVar("T")
ROOT = Path(__file__).parents[1]


def apart(function: Callable[P, Figures], *args: P.args, **kwargs: P.kwargs) -> Figures:
    """`function(*args, **kwargs)`, arguments as JSON knows them, and "peak": the most memory it held at once, in MB.
    Raises CalledProcessError when it fails; what it had to say is on stderr."""
    name = f"{function.__module__}:{function.__qualname__}"
    call = [sys.executable, "-m", "bench.matching_apart", name, json.dumps([args, kwargs])]
    return json.loads(subprocess.run(call, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def timed(times: int, run: Callable[[], T]) -> tuple[Figures, T]:
    """The medians of so many runs: "wall" and "cpu" in seconds, "slowest" of the first; and what it answered last."""
    walls, cpus = list[float](), list[float]()
    while True:
        begin, spent = time.perf_counter(), time.process_time()
        answer = run()
        walls.append(time.perf_counter() - begin)
        cpus.append(time.process_time() - spent)
        if len(walls) == times:
            return {"wall": median(walls), "cpu": median(cpus), "slowest": max(walls)}, answer


def peak() -> float:
    """The most memory this process held at once, in MB. Linux keeps in ru_maxrss what the parent had before exec, so
    there the system's own account of this program is asked."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _main(name: str, said: str) -> None:
    module, function = name.split(":")
    args, kwargs = json.loads(said)
    found: Figures = getattr(import_module(module), function)(*args, **kwargs)
    print(json.dumps(found | {"peak": peak()}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
