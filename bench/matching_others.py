"""How others pair people up, in our own words: a shuffle, a random order with history, stable marriage of two halves.

Each method sees who may meet whom and how long ago they met, and answers pairs. As its authors use it everybody may
meet everybody; given our hard rules it gets the same table that ours is judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from matching.problem import Index

Pairs = list[tuple[int, int]]


@dataclass(slots=True)
class Room:
    """`may[i, j]`: whether the two may meet. `ago[i, j]`: rounds since they met, 0 for never. Both symmetric."""

    may: NDArray[np.bool_]
    ago: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.may)

    def met(self, pairs: Pairs) -> None:
        """A round goes by in which these met."""
        self.ago += (self.ago > 0) & (self.ago < 255)
        for one, other in pairs:
            self.ago[one, other] = self.ago[other, one] = 1


def shuffle(room: Room, draw: Random) -> Pairs:
    """Everybody in a line by lot, neighbours meet; who may not meet the next takes the next one who may. The last of an
    odd number has nobody; history is not looked at. (Microsoft Icebreaker, recursecenter/pairing-bot)"""
    line, pairs = draw.sample(range(len(room)), len(room)), Pairs()
    free = np.ones(len(room), np.bool_)
    order = np.array(line, np.int32)
    for at, one in enumerate(line):
        if free[one]:
            free[one] = False
            later = order[at + 1 :]
            able = np.flatnonzero(free[later] & room.may[one, later])
            if len(able):
                free[later[able[0]]] = False
                pairs.append((one, int(later[able[0]])))
    return pairs


def in_turn(room: Room, draw: Random) -> Pairs:
    """One after the other by lot takes somebody free by lot: of those never met; where there are none, of those met
    longest ago. (chat-roulette)"""
    free, pairs = np.ones(len(room), np.bool_), Pairs()
    for one in draw.sample(range(len(room)), len(room)):
        if not free[one]:
            continue
        free[one] = False
        able = np.flatnonzero(free & room.may[one])
        if len(able):
            ago = _since(room, one, able)
            best = able[ago == ago.max()]
            other = int(best[draw.randrange(len(best))])
            free[other] = False
            pairs.append((one, other))
    return pairs


def halves(room: Room, draw: Random) -> Pairs:
    """Two halves by lot and a stable marriage between them (Gale and Shapley 1962): everybody likes best those never
    met, then those met longest ago, and by lot among them. (rc-coffee-chats, codeybot)"""
    line = np.array(draw.sample(range(len(room)), len(room)), np.int32)
    ask, answer = line[: len(line) // 2], line[len(line) // 2 :]
    rng = np.random.default_rng(draw.getrandbits(32))
    lists: dict[int, list[int]] = {}
    taken: dict[int, tuple[float, int]] = {}
    waiting = ask.tolist()
    while waiting:
        one = waiting.pop()
        if one not in lists:
            able = answer[room.may[one, answer]]
            lists[one] = able[np.argsort(_since(room, one, able) + rng.random(len(able)))].tolist()
        while lists[one]:
            other = lists[one].pop()
            likes = float(_since(room, other, np.array([one], np.int32))[0]) + rng.random()
            held = taken.get(other)
            if held is None or likes > held[0]:
                taken[other] = (likes, one)
                if held is not None:
                    waiting.append(held[1])
                break
    return [(one, other) for other, (_, one) in taken.items()]


def _since(room: Room, one: int, others: Index | NDArray[np.intp]) -> NDArray[np.int16]:
    """Rounds since they met; never is longest."""
    ago = room.ago[one, others].astype(np.int16)
    return np.where(ago == 0, np.int16(256), ago)


METHODS: dict[str, Callable[[Room, Random], Pairs]] = {"shuffle": shuffle, "in turn": in_turn, "halves": halves}
