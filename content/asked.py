"""What members ask: for each entry the questions it answers, in the words of people who do not know the answer yet.

Plain text, because it is mostly written by people who never saw YAML: `[entry id]` on a line of its own, then one
question a line. Empty lines and lines that begin with `#` say nothing. Never shown to anybody; only searched.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from content.read import Problems

LONGEST = 60


def read_asked(path: Path | str, shown: str, known: Container[str], problems: Problems) -> Mapping[str, str]:
    """Entry id -> its questions, one a line, comments among them: `questions` takes them apart."""
    try:
        text = Path(path).read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        problems.found.append(f"{shown}:1: not readable: {type(error).__name__}")
        return {}
    found: dict[str, str] = {}
    fine = text.islower() and max(map(len, text.split("\n"))) <= LONGEST
    at = 1
    blocks = text.split("\n[")
    for block in blocks:
        head, _newline, body = block.partition("\n")
        id_ = head.lstrip("[").rstrip(" ]")
        if block is blocks[0] and not text.startswith("["):  # what stands before the first entry
            _nothing_yet(block, shown, problems)
        else:
            if id_ in found or id_ not in known:
                what = "is given twice" if id_ in found else "is no card, role or step of this pack"
                problems.found.append(f"{shown}:{at}: [{id_}] {what}")
            found[id_] = body
            if not fine:
                _check(body, shown, at + 1, problems)
        at += block.count("\n") + 1
    return found


def questions(block: str) -> Sequence[str]:
    """The questions of one entry.

    >>> questions("how much maths\\n# a comment\\n\\n数学学多少\\n")
    ['how much maths', '数学学多少']
    """
    return [line for line in block.split("\n") if line and line[0] != "#"]


def _nothing_yet(block: str, shown: str, problems: Problems) -> None:
    for number, line in enumerate(block.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            problems.found.append(f"{shown}:{number}: {line[:30]!r} belongs to no entry: begin with a line [entry id]")


def _check(body: str, shown: str, first: int, problems: Problems) -> None:
    for number, line in enumerate(body.split("\n"), first):
        if not line.startswith("#") and (line != line.lower() or len(line) > LONGEST):
            problems.found.append(f"{shown}:{number}: {line[:30]!r}: lower case, at most {LONGEST} characters")
