"""What the buttons and forms of one line of a growing list mean; as in sheets/ways.py, an id is no authority."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class SheetLine(Action, name="sh-line"):
    """Open the form of one line of the list `ref`, "step.field": other words, or none to take it out."""

    sheet: str
    ref: str
    item: int


@dataclass(frozen=True)
class SheetLineGiven(Action, name="sh-worded"):
    """The line's new words came back. `stood`: a mark of those it had when the form was opened."""

    sheet: str
    ref: str
    item: int
    stood: str


@dataclass(frozen=True)
class SheetLineChosen(Action, name="sh-line-one"):
    """Of two texts of a line the one that counts, `mine` or the one that was saved meanwhile and I read: `stood`."""

    sheet: str
    ref: str
    item: int
    stood: str
    mine: bool
