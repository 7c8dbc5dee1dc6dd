"""What another process is asked to do in test_apart: importable there, and quick to import."""

from __future__ import annotations

import os
import time
from pathlib import Path

from matching.progress import Progress


def sleep_for_ever(note: str, progress: Progress | None = None) -> None:
    Path(note).write_text(str(os.getpid()))
    while True:
        if progress is not None:
            progress(0.5, "sleep")
        time.sleep(0.01)


def fail(words: str) -> None:
    raise ValueError(words)


class Unportable(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def fail_unportably() -> None:
    raise Unportable("two", "words")


def die(how: int) -> None:
    os.kill(os.getpid(), how)


def niceness() -> int:
    return os.nice(0)


def chatter() -> str:
    print("this goes to stderr, not between the answers")
    return "said"
