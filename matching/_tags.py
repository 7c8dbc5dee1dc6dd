"""Words as numbers: sets of tags become bits, names become codes, in one vocabulary for all who may meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.person import Member

Words = NDArray[np.unsignedinteger]
_NARROW = ((8, np.uint8), (16, np.uint16), (32, np.uint32))


@dataclass(slots=True)
class Bits:
    """Sets as bits. `words`: shape (words, members), of the narrowest type that holds the tags in use. `many`: sizes of
    the sets as typed, also counting tags that nobody shares and that therefore have no bit."""

    words: Words
    many: NDArray[np.float32]


@dataclass(slots=True)
class Tags:
    """Which bit stands for which tag. Made from the sets of all who may meet; `spare` bits wait for later ones."""

    bit: dict[str, int]
    spare: int = 0

    @classmethod
    def of(cls, sets: Iterable[frozenset[str]], spare: int = 0) -> Tags:
        """Tags that two sets share get a bit; with `spare`, all do."""
        often = Counter(tag for tags in sets for tag in tags)
        return cls({tag: at for at, tag in enumerate(sorted(t for t, n in often.items() if n > 1 or spare))}, spare)

    def bits(self, sets: Sequence[frozenset[str]]) -> Bits:
        """One column a set."""
        room = max(1, len(self.bit) + self.spare)
        width, narrow = next(((bits, kind) for bits, kind in _NARROW if bits >= room), (64, np.uint64))
        kinds: dict[frozenset[str], int] = {}
        which = np.array([kinds.setdefault(tags, len(kinds)) for tags in sets], np.intp)
        words = np.zeros((-(-room // width), max(1, len(kinds))), narrow)
        for number, tags in enumerate(kinds):
            for tag in tags:
                if (at := self.bit.get(tag)) is not None:
                    words[at // width, number] |= narrow(1 << at % width)
        many = np.array([len(tags) for tags in kinds] or [0], np.float32)
        return Bits(np.ascontiguousarray(words[:, which]), many[which])

    def add(self, tags: Iterable[str]) -> bool:
        """Gives new tags a spare bit each; False where there are not enough."""
        for tag in sorted(set(tags) - self.bit.keys()):
            if self.spare == 0:
                return False
            self.bit[tag], self.spare = len(self.bit), self.spare - 1
        return True


@dataclass(slots=True)
class Dictionary:
    """The codes and tags that two tables of members must share to be compared."""

    languages: Tags
    goals: Tags
    skills: Tags  # needs and offers are one vocabulary
    topics: Tags
    paths: Tags
    companies: Tags
    codes: dict[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def of(cls, members: Sequence[Member], spare: int = 0) -> Dictionary:
        """Of all members that will be compared."""
        return cls(
            Tags.of((m.languages for m in members), spare),
            Tags.of((m.goals for m in members), spare),
            Tags.of((s for m in members for s in (m.needs, m.offers)), spare),
            Tags.of((m.topics for m in members), spare),
            Tags.of((m.paths for m in members), spare),
            Tags.of((s for m in members for s in (m.companies, one(m.company))), spare),
        )

    def add(self, member: Member) -> bool:
        """Makes room for a later member's tags; False where they are more than the spare bits."""
        return (
            self.languages.add(member.languages)
            and self.goals.add(member.goals)
            and self.skills.add(member.needs | member.offers)
            and self.topics.add(member.topics)
            and self.paths.add(member.paths)
            and self.companies.add(member.companies | one(member.company))
        )

    def code(self, name: str | None) -> int:
        """A number for a name, -1 for none."""
        return -1 if name is None else self.codes.setdefault(name, len(self.codes))


def one(name: str | None) -> frozenset[str]:
    """A set of the name, or of nothing."""
    return frozenset() if name is None else frozenset((name,))
