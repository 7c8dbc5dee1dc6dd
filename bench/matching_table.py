"""The table of the matching figures: what was measured beside what we set out to reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `met`: whether it reaches its goal; None where there is none, because it is somebody else's or tells
    only how things are."""

    figure: str
    measured: str
    goal: str = ""
    met: bool | None = None

    def line(self) -> str:
        """As it is printed."""
        mark = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"{mark:6} {self.figure:57} {self.goal:>10}  {self.measured}".rstrip()


def show(rows: Iterable[Row]) -> None:
    """Prints each row as soon as it is there, and in the end what was missed."""
    print(f"\nmatching: who meets whom\n{'':6} {'figure':57} {'goal':>10}  measured", flush=True)
    met, missed = 0, list[str]()
    for row in rows:
        print(row.line(), flush=True)
        met += row.met is True
        if row.met is False:
            missed.append(row.figure)
    print(f"  {met} goals met, {len(missed)} missed{': ' if missed else ''}{'; '.join(missed)}", flush=True)
