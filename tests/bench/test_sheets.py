"""The table of sheet figures at its smallest: every figure is measured and printed, and the check reaches its goal."""

from __future__ import annotations

import asyncio

import pytest

from bench.sheets import Sizes, main


def test_every_row_is_measured_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(main(Sizes(sheets=10, saves=12, papers=2)))
    lines = [line for line in capsys.readouterr().out.splitlines() if line[7:].strip()]
    for figure in (
        "solution words, precision ", "solution words, recall ", "precision, Chinese", "recall, hard", "lines, easy",
        "one author wrote and labelled both halves", "scope sheet as Markdown, English", "scope sheet as PDF, Chinese",
        "scope sheet as share card", "a step saved at 10 sheets, SQLite, p99", "PostgreSQL",
        "from the form to its answer",
    ):  # fmt: skip
        assert any(figure in line for line in lines), figure
    for goal in ("solution words, precision ", "solution words, recall "):
        assert next(line for line in lines if goal in line).startswith("met"), "on fresh lines, on any machine"
    assert "goals met" in lines[-1]
