"""Figures of whole peer rounds: seconds, memory, share of the bound, who is left out; blocks and history included."""

from __future__ import annotations

from collections.abc import Iterator

from bench import communities
from bench.matching_apart import Figures, apart, timed
from bench.matching_bound import most_fit
from bench.matching_table import Row
from matching.peers import plan_round
from matching.person import Level
from matching.report import report

GOALS: dict[int, tuple[float, float | None, float | None]] = {  # active members: seconds, MB, share of the bound
    1_000: (0.3, None, None),
    10_000: (4, 250, 0.999),
    100_000: (60, 900, 0.989),
}
TIMES = {1_000: 7, 10_000: 3, 100_000: 1}


def rows(sizes: tuple[int, ...]) -> Iterator[Row]:
    """The rows of the peer rounds."""
    for size in sizes:
        seconds, most, least = GOALS.get(size, (None, None, None))
        times = TIMES.get(size, 3)
        took, name = apart(whole_round, size, times), f"peer round, {size:,} active"
        runs = f"median of {times}" if times > 1 else "one run"
        spent = f"{took['wall']:.2f} s ({took['cpu']:.2f} s of CPU, {runs})"
        yield Row(name, spent, f"{seconds} s" if seconds else "", _under(took["wall"], seconds))
        yield Row("  peak memory", f"{took['peak']:.0f} MB", f"{most} MB" if most else "", _under(took["peak"], most))
        best = apart(bound, size)
        share = took["fit"] / (best["bound"] + best["error"])
        sure = f", the bound sampled to ±{best['error'] / best['bound']:.2%}" if best["error"] else ""
        goal = f"{least:.1%}" if least else ""
        yield Row("  share of the bound on fit", f"{share:.2%}{sure}", goal, share >= least if least else None)
        yield Row("  left out · repeats · longest wait", _people(took))
    size = min(10_000, max(sizes))
    hard = apart(whole_round, size, 1, grudges=True)
    people = f"{hard['broken']:.0f} broken, {hard['wall']:.2f} s; {_people(hard)}"
    yield Row(f"  {size:,} with {hard['blocks']:,.0f} adversarial blocks", people, "0 broken", hard["broken"] == 0)


def whole_round(size: int, times: int, grudges: bool = False) -> Figures:
    """A round with twelve rounds of history behind it."""
    members = communities.peers(size)
    ids = [member.id for member in members]
    blocks = (communities.grudges if grudges else communities.blocks)(ids)
    history = communities.history(ids)
    took, planned = timed(times, lambda: plan_round(members, communities.WEEK, blocks=blocks, history=history, seed=1))
    figures = report(planned, members)
    return took | {
        "fit": sum(match.fit for match in planned.matches if match.level is Level.STATED),
        "left": sum(figures.left.values()),
        "trios": figures.trios,
        "repeats": figures.repeats,
        "wait": figures.longest_wait,
        "blocks": len(blocks),
        "broken": sum(met in blocks for met in planned.met()),
    }


def bound(size: int) -> Figures:
    """The bound for the same members."""
    most, error = most_fit(communities.peers(size))
    return {"bound": most, "error": error}


def _people(took: Figures) -> str:
    return f"{took['left']:.0f} · {took['repeats']:.0f} · {took['wait']:.0f} rounds"


def _under(value: float, most: float | None) -> bool | None:
    return None if most is None else value <= most
