"""Repeats in small communities where everybody may meet everybody, ours beside the others'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np

from bench import communities
from bench.matching_apart import Figures, apart
from bench.matching_others import METHODS, Room
from bench.matching_rounds import our_rounds
from bench.matching_table import Row
from matching.history import NO_BLOCKS
from matching.rules import PEER_RULES

FOUR = ((24, 12), (24, 23), (21, 12), (60, 26))


def rows(seeds: int) -> Iterator[Row]:
    """A row for each of four communities and numbers of rounds, with so many seeds."""
    for size, many in FOUR:
        ours = apart(repeats, size, many, seeds)
        goal = ours["share"] == 0 and ours["left"] == 0
        others = ", ".join(f"{name} {ours[name]:.1%}" for name in METHODS)
        told = f"{ours['share']:.2%}, {ours['left']:.0f} left out ({seeds} seeds); {others}"
        yield Row(f"repeats, {size} members × {many} rounds", told, "0.0%", goal)


def repeats(size: int, many: int, seeds: int) -> Figures:
    """Repeats among all meetings where everybody may meet everybody, ours and the others', and whom we left out."""
    rules = replace(PEER_RULES, remember=many)
    tallies = [our_rounds(communities.alike(size), NO_BLOCKS, many, rules, seed) for seed in range(seeds)]
    meetings = sum(tally.pairs for tally in tallies)
    found: Figures = {"share": sum(t.repeats for t in tallies) / meetings, "left": sum(t.left for t in tallies)}
    return found | {name: _repeats(size, many, seeds, name) for name in METHODS}


def _repeats(size: int, many: int, seeds: int, method: str) -> float:
    pairs = again = 0
    for seed in range(seeds):
        room, draw = Room(~np.eye(size, dtype=np.bool_), np.zeros((size, size), np.uint8)), Random(seed)
        for _ in range(many):
            made = METHODS[method](room, draw)
            pairs += len(made)
            again += sum(room.ago[who] > 0 for who in made)
            room.met(made)
    return again / pairs
