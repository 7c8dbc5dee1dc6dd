"""The table of matching figures at its smallest: every measurement runs in its own process and every row is printed."""

from __future__ import annotations

import pytest

from bench.matching import Sizes, main

SMALLEST = Sizes(
    peers=(40,), step=30, twelve={12: 1}, seeds=1, interviews=(30,), index=40, days=(20,), scarce=10
)  # fmt: skip


def test_every_row_is_measured_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(SMALLEST)
    said = capsys.readouterr().out
    lines = [line for line in said.splitlines() if line[7:].strip()]
    for figure in (
        "peer round, 40 active", "peak memory", "share of the bound on fit", "left out · repeats · longest wait",
        "adversarial blocks", "matching step, 30 active", "rustworkx", "networkx", "sorted greedy",
        "ours over networkx",
        "fit of 12 rounds, 12 members", "shuffle, given our hard rules", "in turn, as it is", "halves, as it is",
        "repeats, 24 members × 12 rounds", "repeats, 60 members × 26 rounds", "interviews, 30 members, OR-tools",
        "interviews, 30 members, SciPy, scarce", "first come, on all pairs", "online, 40 hosts", "of hindsight",
        "wait where seats are scarce, ours", "first come, first served",
    ):  # fmt: skip
        assert any(figure in line for line in lines), figure
    blocks = next(line for line in lines if "adversarial blocks" in line)
    assert blocks.startswith("met"), "nobody meets whom they blocked, on any machine"
    assert "goals met" in lines[-1]
