"""The nine dots of a project: what its three questions add up to, and which projects may be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.worksheet import Worksheet
from sheets.quotes import lines_with, option_of, text_of
from sheets.sheet import Item, Sheet

QUESTIONS = ("growth", "people", "stone")


@dataclass(frozen=True, slots=True)
class Scored:
    """One project. `zeros`: the questions that got none. `whole`: all three were answered."""

    item: Item
    total: int
    zeros: tuple[str, ...]
    ethics: str
    whole: bool

    @property
    def ranked(self) -> bool:
        """Whether it is compared: all three answered, and the gate passed."""
        return self.whole and self.ethics == "yes"


def scored(worksheet: Worksheet, sheet: Sheet) -> tuple[Scored, ...]:
    """All projects of a picker sheet, in the order they were written."""
    found = list[Scored]()
    for item, said in lines_with(worksheet, sheet, f"scores.{QUESTIONS[0]}"):
        points = {key: text_of(said.get(key)) for key in QUESTIONS}
        zeros = tuple(key for key, point in points.items() if point == "0")
        total = sum(int(point) for point in points.values() if point.isdecimal())
        found.append(Scored(item, total, zeros, text_of(said.get("ethics")), all(points.values())))
    return tuple(found)


def zero_words(worksheet: Worksheet, one: Scored, lang: str) -> str:
    """ "nobody; a dead end": what a project's zeros mean, as the options say it."""
    labels = (option_of(worksheet, f"scores.{key}", "0", lang) for key in one.zeros)
    return ("\uff1b" if lang == "zh-CN" else "; ").join(label.lstrip("0:\uff1a ") for label in labels)


def best(found: Sequence[Scored]) -> tuple[Scored, ...]:
    """Those with the most dots among the ranked: several on a tie, none while nothing is ranked."""
    ranked = [one for one in found if one.ranked]
    most = max((one.total for one in ranked), default=0)
    return tuple(one for one in ranked if one.total == most)


def nine(total: int) -> str:
    """
    >>> nine(4)
    '●●●●○○○○○'
    """
    return "●" * total + "○" * (9 - total)
