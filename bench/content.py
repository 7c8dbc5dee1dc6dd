"""The pack's figures: reading it fifty times over, finding in it, and how well the labelled questions are answered."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from content.index import Index
from content.library import SHIPPED, Library, load
from tests.content.questions import Question, read, success

TIMES = 50
RUNS = 5
HEAD = re.compile(r"^(- id: \S+|\[\S+)", re.MULTILINE)


def content() -> None:
    """Prints the pack's lines."""
    library = load()
    once, index_once = _median(load), _median(lambda: Index(library))
    print(f"the pack: {len(library.prompts)} steps, {len(library.cards)} cards, {len(library.roles)} roles")
    print(f"  read and checked {once * 1e3:7.1f} ms   indexed {index_once * 1e3:7.1f} ms   (medians of {RUNS})")
    with tempfile.TemporaryDirectory(prefix="steppingstone-pack-") as folder:
        many = times(TIMES, Path(folder) / "pack")
        big = load(many)
        read_big = [_timed(lambda: load(many)) for _ in range(RUNS)]
        spread = f"{min(read_big):.2f} to {max(read_big):.2f}"
        print(f"the pack x{TIMES}: {len(big.prompts)} steps, {len(big.cards)} cards")
        print(f"  read and checked {median(read_big):.2f} s (aim 2; {spread} in {RUNS} runs)")
        _searching(big)
    _answers(library)


def _searching(big: Library) -> None:
    index, took = Index(big), list[float]()
    questions = [question for question in read() if question.half != "other"]
    for _ in range(3):
        took += [_timed(lambda ask=question.ask: index.search(ask)) * 1e3 for question in questions]
    took.sort()
    p99 = took[int(len(took) * 0.99)]
    spread = f"p50 {median(took):.1f} ms, p99 {p99:.1f} ms (aim 20), longest {took[-1]:.1f} ms"
    print(f"  /step <words>: {spread}, {len(took)} asked")


def _answers(library: Library) -> None:
    index = Index(library)
    for half in ("tuned", "held_out"):
        questions = [question for question in read() if question.half == half]
        parts = {lang: [q for q in questions if q.lang == lang] for lang in ("en", "zh-CN")}
        shown = ", ".join(f"{lang} {_share(library, index, part)}" for lang, part in parts.items())
        print(f"  {len(questions)} questions {half:8}: success@3 {_share(library, index, questions)} ({shown})")


def _share(library: Library, index: Index, questions: list[Question]) -> str:
    return f"{sum(success(library, index, question) for question in questions) / len(questions):.3f}"


def times(count: int, target: Path) -> Path:
    """The shipped pack with every step, card and role `count` times over, each under an id of its own."""
    shutil.copytree(SHIPPED, target)
    for kind in ("prompts", "cards", "roles", "asked"):
        for path in sorted((SHIPPED / kind).iterdir()):
            text = path.read_text(encoding="utf-8")
            copies = (HEAD.sub(lambda found, n=n: _numbered(found[1], n), text) for n in range(1, count))
            (target / kind / path.name).write_text("\n".join([text, *copies]), encoding="utf-8")
    return target


def _numbered(head: str, n: int) -> str:
    return f"{head[:-1]}-{n}]" if head.endswith("]") else f"{head}-{n}"


def _timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def _median(run: Callable[[], object]) -> float:
    return median(_timed(run) for _ in range(RUNS))
