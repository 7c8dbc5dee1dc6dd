"""A round in figures for the owner."""

from __future__ import annotations

from matching.history import pair
from matching.peers import plan_round
from matching.person import Level, Peer
from matching.report import Report, report
from tests.matching.people import WEEK


def test_the_figures_of_a_round() -> None:
    shire = [Peer(id=f"p{n}", languages=frozenset({"en"}), stage=1) for n in range(5)]
    elrond = Peer(id="elrond", languages=frozenset({"elvish"}), wait=6)
    history = {pair(f"p{a}", f"p{b}"): 1 for a in range(5) for b in range(a)}
    members = [*shire, elrond, Peer(id="gone", languages=frozenset({"en"}), paused=True)]
    planned = plan_round(members, WEEK, history=history)
    # Each pair shares 14 waking hours a day: 250 for the stage and 150 for the hours. The trio is three repeats.
    assert report(planned, members) == Report(
        members=7, placed=5, pairs=1, trios=1, left={"language": 1, "paused": 1}, repeats=4, longest_wait=7,
        mean_fit=400, levels={Level.STATED: 2},
    )  # fmt: skip


def test_nobody_is_no_figure() -> None:
    assert report(plan_round([], WEEK), []) == Report(0, 0, 0, 0, {}, 0, 0, 0, {})
