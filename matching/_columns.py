"""Members as columns of numbers, so that a million pairs are judged in one go: sets as bits, names as codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching._tags import Bits, Dictionary, one
from matching.person import Host, Level, Member, Seeker
from matching.score import key
from matching.week import Week
from matching.weights import BEST

UNKNOWN_STAGE = 10_000
LONGEST_IDLE = BEST
"""Days; no weight reaches further."""
Codes = NDArray[np.int32]


@dataclass(slots=True)
class Columns:
    """All a pair is judged by, one column a member. Codes are -1 where nothing was said. `weeks`: one array of shape
    (6, members) for each level that was asked for."""

    languages: Bits
    goals: Bits
    needs: Bits
    offers: Bits
    topics: Bits
    paths: Bits
    companies: Bits
    company: Bits
    stage: NDArray[np.int16]
    role: Codes
    second: Codes
    native: Codes
    industry: Codes
    team: Codes
    idle: NDArray[np.int16]
    calls: NDArray[np.bool_]
    keys: NDArray[np.uint64]
    weeks: dict[Level, NDArray[np.uint64]]

    def __len__(self) -> int:
        return len(self.stage)

    def arrays(self) -> list[NDArray[np.generic]]:
        """Every array; members are along the last axis of each."""
        sets = (self.languages, self.goals, self.needs, self.offers, self.topics, self.paths, self.companies)
        names = (self.role, self.second, self.native, self.industry, self.team)
        found: list[NDArray[np.generic]] = [self.stage, self.idle, self.calls, self.keys, *names, *self.weeks.values()]
        for bits in (*sets, self.company):
            found += [bits.words, bits.many]
        return found

    def sized(self, count: int) -> Columns:
        """A copy with room for `count` members: the first ones of these, and whatever after them."""
        return Columns(
            languages=_sized_bits(self.languages, count),
            goals=_sized_bits(self.goals, count),
            needs=_sized_bits(self.needs, count),
            offers=_sized_bits(self.offers, count),
            topics=_sized_bits(self.topics, count),
            paths=_sized_bits(self.paths, count),
            companies=_sized_bits(self.companies, count),
            company=_sized_bits(self.company, count),
            stage=sized(self.stage, count),
            role=sized(self.role, count),
            second=sized(self.second, count),
            native=sized(self.native, count),
            industry=sized(self.industry, count),
            team=sized(self.team, count),
            idle=sized(self.idle, count),
            calls=sized(self.calls, count),
            keys=sized(self.keys, count),
            weeks={level: sized(week, count) for level, week in self.weeks.items()},
        )


T = TypeVar("T", bound=np.generic)


def sized(array: NDArray[T], count: int) -> NDArray[T]:
    """The first `count` members of an array, and zeros where it has fewer."""
    more = max(0, count - array.shape[-1])
    return np.pad(array[..., :count], [(0, 0)] * (array.ndim - 1) + [(0, more)])


def _sized_bits(bits: Bits, count: int) -> Bits:
    return Bits(sized(bits.words, count), sized(bits.many, count))


def columns(
    members: Sequence[Member], words: Dictionary, week: Week, *, seed: int = 0, levels: Iterable[Level] = Level
) -> Columns:
    """Members as columns, in their order, in the hours of one week."""

    def codes(name: Callable[[Member], str | None]) -> Codes:
        return np.array([words.code(name(m)) for m in members], np.int32)

    stages = [UNKNOWN_STAGE if m.stage is None else m.stage for m in members]
    zones = [m.zone for m in members]
    return Columns(
        languages=words.languages.bits([m.languages for m in members]),
        goals=words.goals.bits([m.goals for m in members]),
        needs=words.skills.bits([m.needs for m in members]),
        offers=words.skills.bits([m.offers for m in members]),
        topics=words.topics.bits([m.topics for m in members]),
        paths=words.paths.bits([m.paths for m in members]),
        companies=words.companies.bits([m.companies for m in members]),
        company=words.companies.bits([one(m.company) for m in members]),
        stage=np.array(stages, np.int16),
        role=codes(lambda m: m.role),
        second=codes(lambda m: m.second),
        native=codes(lambda m: m.native),
        industry=codes(lambda m: m.industry),
        team=codes(lambda m: m.team),
        idle=np.array([min(m.idle, LONGEST_IDLE) if isinstance(m, Host) else 0 for m in members], np.int16),
        calls=np.array([not isinstance(m, Seeker) or m.format == "call" for m in members], np.bool_),
        keys=np.array([key(m.id, seed) for m in members], np.uint64),
        weeks={level: week.masks(zones, [m.local(level) for m in members]) for level in levels},
    )
