"""What was typed, as it is kept: nothing is cut, invisible signs alone are nothing, and a list has a thing a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from chat.markup import clean

_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")  # letters and marks that show nothing
_EDGE = re.compile("^[\\s\u00ad\u200b-\u200d\u2060]+|[\\s\u00ad\u200b-\u200d\u2060]+$")
_BREAK = re.compile("[\n\u2028\u2029\x0b\x0c\x85]")
_BULLET = re.compile(r"^(?:[-*•·–—◦‣▪]\s+)+(?=\S)")
_COUNT = re.compile(
    r"^(?:[(（]?(?P<digits>\d{1,3})(?:[)）]|[.．](?!\d)|、)|(?P<sign>[\u2460-\u249b\u2776-\u277f\u3251-\u325f\u32b1-\u32bf]))"
    r"\s*(?=\S)"
)
"""A number before a line: "3.", "(3)", "3、", "③"."""
_GOES_ON = re.compile(r"([,，:：、—–-]|\s(?:of|and|or|for|in|on|to|with|by|the|a|an|from|using|via))$")
_ENDS = re.compile(r"[\s.,;:!?。，；：！？]+$")


def tidy(text: str, *, long: bool = False) -> str:
    """Without what nobody can see at its ends, and "" where nothing can be seen at all. `long`: newlines stay.

    >>> tidy("  Grid\\noperators\\u200b "), tidy("\\u200b \\u2060"), tidy("🌬️")
    ('Grid operators', '', '🌬️')
    """
    kept = clean(_BREAK.sub("\n", text))
    if not long:
        kept = " ".join(kept.split("\n"))
    kept = _EDGE.sub("", kept)
    return kept if any(map(_shows, kept)) else ""


def lines_of(text: str, *, pasted: bool = False) -> tuple[str, ...]:
    """The lines of a list, without bullets and the numbers that count them, and each once. `pasted`: a line that
    plainly goes on (it ends in a comma, a colon or "of") is one with the next, as in titles copied from a page.

    >>> lines_of("- map turbines\\n- predict clouds\\n\\nMap turbines.")
    ('map turbines', 'predict clouds')
    >>> lines_of("1. map turbines\\n2. predict clouds\\n(30) staff leave yearly")
    ('map turbines', 'predict clouds', '(30) staff leave yearly')
    >>> lines_of("Forecasting of\\nwind power", pasted=True)
    ('Forecasting of wind power',)
    """
    found: list[str] = []
    goes_on = False
    for line in map(tidy, clean(_BREAK.sub("\n", text)).split("\n")):
        if goes_on and line:
            found[-1] = f"{found[-1]}{'' if found[-1][-1] in '，：、' else ' '}{line}"
        elif line:
            found.append(line)
        goes_on = pasted and bool(line) and _GOES_ON.search(line) is not None
    lines, before = once(found), ()
    while lines != before:  # "1. - map turbines" has two marks before it
        before, lines = lines, once(tidy(_BULLET.sub("", line)) for line in _uncounted(lines))
    return lines


def _uncounted(lines: Sequence[str]) -> Iterator[str]:
    """Without the numbers before them, where these count up: by one from line to line, or from 1 on. "(30) staff leave
    yearly" keeps its number."""
    marks = [_COUNT.match(line) for line in lines]
    counts = [_number(mark) for mark in marks if mark is not None]
    left = iter(range(len(counts)))
    for line, mark in zip(lines, marks, strict=True):
        if mark is None:
            yield line
            continue
        at, n = next(left), _number(mark)
        goes_up = n == 1 or n - 1 in counts[at - 1 : at] or n + 1 in counts[at + 1 : at + 2]
        yield line[mark.end() :] if goes_up else line


def _number(mark: re.Match[str]) -> int:
    return int(mark["digits"] or unicodedata.numeric(mark["sign"]))


def once(lines: Iterable[str]) -> tuple[str, ...]:
    """The first of those that say the same."""
    found: dict[str, str] = {}
    for line in lines:
        found.setdefault(same(line), line)
    return tuple(found.values())


def same(text: str) -> str:
    """What two lines have in common that say the same: width, case, spaces and the full stop aside.

    >>> same("Map  turbines。") == same("map turbines")
    True
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _ENDS.sub("", folded) or folded


def whole_number(text: str) -> int | None:
    """A whole number in the digits of any script, full width or Chinese; None for anything else.

    >>> [whole_number(text) for text in ("3", "３", "三", "-2", "3.5", "three")]
    [3, 3, 3, -2, None, None]
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[+-]?\d{1,12}", folded):
        return int(folded)
    one = unicodedata.numeric(folded, 0.5) if len(folded) == 1 else 0.5
    return int(one) if one == int(one) else None


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"} and (
        letter not in _BLANK
    )
