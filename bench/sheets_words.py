"""How often the solution-word check of `/scope` is right on lines it was not tuned on, problems_held_out.yaml.

Its twin, problems_tuning.yaml, is the one it was tuned on. One author wrote and labelled both, so this says how the
check does on fresh lines of the same hand, not on those of a thousand members.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from bench.matching_table import Row
from content.read import PackError, Problems, read_entries
from sheets.check_solution import solution_words

DATA = Path(__file__).parent / "data"
GOAL = 0.9


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled problem statement. `flag`: it reads like a solution. `hard`: its author expected mistakes."""

    text: str
    flag: bool
    lang: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Flagged rightly and wrongly, left alone wrongly and rightly."""

    tp: int
    fp: int
    fn: int
    tn: int

    def __str__(self) -> str:
        return f"{self.tp} rightly flagged, {self.fp} wrongly, {self.fn} overlooked, {self.tn} rightly left alone"


def lines(name: str) -> tuple[Line, ...]:
    """Those of a file of bench/data. Raises PackError."""
    problems = Problems()
    found = tuple(
        Line(entry.string("text"), entry.get("flag").data is True, entry.string("lang"), entry.get("hard").data is True)
        for entry in read_entries(DATA / name, name, problems)
    )
    if problems.found:
        raise PackError(problems.found)
    return found


def count(some: Sequence[Line], judge: Callable[[str], object] = solution_words) -> Counts:
    """What the check makes of them; only numbers leave, so that nobody tunes on the half that measures."""
    judged = [(line.flag, bool(judge(line.text))) for line in some]
    return Counts(*(judged.count(pair) for pair in ((True, True), (False, True), (True, False), (False, False))))


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle = share + z * z / (2 * of)
    around = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    below = 1 + z * z / of
    return max(0.0, (middle - around) / below), min(1.0, (middle + around) / below)


def rows(name: str = "problems_held_out.yaml") -> Iterator[Row]:
    """Precision and recall of all lines against the goal, and of each language, easy and hard, for information."""
    every = lines(name)
    parts = {
        "": every,
        ", English": [line for line in every if line.lang == "en"],
        ", Chinese": [line for line in every if line.lang != "en"],
        ", easy": [line for line in every if not line.hard],
        ", hard": [line for line in every if line.hard],
    }
    for part, some in parts.items():
        counts = count(some)
        yield _share(f"solution words, precision{part}", counts.tp, counts.tp + counts.fp, part)
        yield _share(f"solution words, recall{part}", counts.tp, counts.tp + counts.fn, part)
        yield Row(f"solution words, {len(some)} lines{part}", str(counts))
    yield Row("solution words, who labelled them", "one author wrote and labelled both halves, tuning and held out")


def _share(figure: str, right: int, of: int, part: str) -> Row:
    low, high = wilson(right, of)
    share = right / of if of else 0.0
    said = f"{share:.3f} ({right} of {of}; 95 %: {low:.2f} to {high:.2f})"
    return Row(figure, said) if part else Row(figure, said, f">= {GOAL}", share >= GOAL)
