"""Every figure of sheets: the solution-word check on fresh lines, a step saved among many, papers drawn.

`python -m bench.sheets [--quick]`; `--quick` takes under a minute and has a tenth of the sheets."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bench import sheets_papers, sheets_saves, sheets_words
from bench.matching_table import Row


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many sheets there are, how many steps are saved, how often each paper is drawn."""

    sheets: int
    saves: int
    papers: int


FULL = Sizes(sheets=10_000, saves=2_000, papers=30)
QUICK = Sizes(sheets=1_000, saves=300, papers=5)


async def rows(sizes: Sizes) -> AsyncIterator[Row]:
    """All rows, each as soon as it is measured."""
    for row in (*sheets_words.rows(), *sheets_papers.rows(sizes.papers)):
        yield row
    async for row in sheets_saves.rows(sizes.sheets, sizes.saves):
        yield row


async def main(sizes: Sizes = FULL) -> None:
    """Prints the table."""
    print(f"\nsheets: what a worksheet asks, saves and prints\n{'':6} {'figure':57} {'goal':>10}  measured", flush=True)
    met, missed = 0, list[str]()
    async for row in rows(sizes):
        print(row.line(), flush=True)
        met += row.met is True
        missed += [row.figure] if row.met is False else []
    print(f"  {met} goals met, {len(missed)} missed{': ' if missed else ''}{'; '.join(missed)}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(QUICK if "--quick" in sys.argv else FULL))
