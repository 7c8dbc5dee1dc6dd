"""The best host at once: an index of all hosts in memory, asked each time a seeker knocks.

A host's worth is the fit minus the shadow price of the seat (from the last batch), so that the first to come does not
take the seat that is the only one for somebody later (bid prices, Talluri and van Ryzin 1998). The caller checks
blocks and history of the few that come back, and keeps the truth about seats in the store: `reserve` here only stops
the index from offering a host who is full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matching._columns import Columns, columns, sized
from matching._tags import Dictionary
from matching._vector import fits, may_meet, shared_hours
from matching.left_out import barred
from matching.person import Host, Level, Seeker
from matching.rules import INTERVIEW_RULES, Rules
from matching.week import Week

_NO_PRICES: Mapping[str, int] = MappingProxyType({})
_SPARE = 32
"""Tags nobody used so far that fit in before everything is encoded anew."""
_SEEKER = np.zeros(1, np.intp)


@dataclass(frozen=True, slots=True)
class Offer:
    """A host with a free seat for a seeker. `fit`: 0 to 1,000. `worth`: the fit minus the price of the seat."""

    host: str
    fit: int
    worth: int


@dataclass(slots=True)
class _Room:
    """The hosts of one role: the first `len(ids)` places of arrays with room to grow."""

    ids: list[str]
    columns: Columns
    seats: NDArray[np.int32]
    prices: NDArray[np.int32]


class Online:
    """Hosts by role, in the hours of one week; make a new one each week. Not for several threads at once.

    Prices are the better the more seekers they come from: in a community of hundreds, plan one batch of the seekers of
    several rounds against as many times the seats."""

    def __init__(
        self,
        hosts: Iterable[Host],
        week: Week,
        *,
        rules: Rules = INTERVIEW_RULES,
        prices: Mapping[str, int] = _NO_PRICES,
    ) -> None:
        self._week, self._rules = week, rules
        self._levels = {Level.STATED, rules.ladder[0]}
        self._hosts = {host.id: host for host in hosts if barred(host, rules) is None}
        self._prices = dict(prices)
        self._free = {host.id: host.seats for host in self._hosts.values()}
        self._encode()

    def __len__(self) -> int:
        return len(self._hosts)

    def best(self, seeker: Seeker, k: int = 8) -> list[Offer]:
        """Up to `k` hosts with a free seat whom no hard rule forbids except blocks and history, best first; among equal
        ones by lot, the same each time. Asking changes nothing."""
        me = columns([seeker], self._words, self._week, levels=self._levels)
        found: list[tuple[int, Offer]] = []
        for room in self._rooms_for(me):
            free = np.flatnonzero(room.seats[: len(room.ids)] > 0)
            stated = shared_hours(me, room.columns, _SEEKER, free, Level.STATED)
            able = np.flatnonzero(may_meet(self._rules, me, room.columns, _SEEKER, free, self._rules.ladder[0], stated))
            free, stated = free[able], stated[able]
            fit = fits(self._rules.weights, me, room.columns, _SEEKER, free, stated).astype(np.int64)
            worth = fit - room.prices[free]
            rank = worth << 32 | (room.columns.keys[free] >> np.uint64(32)).astype(np.int64)
            top = np.argpartition(rank, -k - 1)[-k - 1 :] if len(rank) > k + 1 else np.arange(len(rank))
            found += [
                (int(rank[at]), Offer(room.ids[int(free[at])], int(fit[at]), int(worth[at]))) for at in top.tolist()
            ]
        found.sort(key=lambda ranked: (-ranked[0], ranked[1].host))
        return [offer for _, offer in found if offer.host != seeker.id][:k]

    def put(self, host: Host) -> None:
        """A new host, or one who changed their profile or number of seats; reservations start anew."""
        self.remove(host.id)
        if barred(host, self._rules) is not None:
            return
        self._hosts[host.id], self._free[host.id] = host, host.seats
        if self._words.add(host):
            self._place([host])
        else:
            self._encode()

    def remove(self, host: str) -> None:
        """Forgets a host; the last of their role takes their place in the arrays."""
        if self._hosts.pop(host, None) is None:
            return
        del self._free[host]
        room, at = self._at.pop(host)
        last = len(room.ids) - 1
        for array in (*room.columns.arrays(), room.seats, room.prices):
            array[..., at] = array[..., last]
        moved = room.ids.pop()
        if moved != host:
            room.ids[at] = moved
            self._at[moved] = room, at

    def reserve(self, host: str) -> bool:
        """Takes a seat; False when there is none, or no such host."""
        if self._free.get(host, 0) <= 0:
            return False
        self._seats(host, -1)
        return True

    def release(self, host: str) -> None:
        """Gives a seat back, never more than the host has. Nothing for a host who has left."""
        if host in self._hosts and self._free[host] < self._hosts[host].seats:
            self._seats(host, 1)

    def reprice(self, prices: Mapping[str, int]) -> None:
        """Takes over the prices of a new batch; hosts it does not name cost nothing."""
        self._prices = dict(prices)
        for room in self._rooms.values():
            room.prices[: len(room.ids)] = [self._prices.get(id_, 0) for id_ in room.ids]

    def _seats(self, host: str, change: int) -> None:
        self._free[host] += change
        room, at = self._at[host]
        room.seats[at] = self._free[host]

    def _rooms_for(self, seeker: Columns) -> list[_Room]:
        if not self._rules.role_needed:
            return list(self._rooms.values())
        wanted = dict.fromkeys(code for code in (int(seeker.role[0]), int(seeker.second[0])) if code >= 0)
        return [self._rooms[code] for code in wanted if code in self._rooms]

    def _encode(self) -> None:
        self._words = Dictionary.of(list(self._hosts.values()), spare=_SPARE)
        self._rooms: dict[int, _Room] = {}
        self._at: dict[str, tuple[_Room, int]] = {}
        by_role: dict[str | None, list[Host]] = {}
        for host in self._hosts.values():
            by_role.setdefault(host.role, []).append(host)
        for hosts in by_role.values():
            self._place(hosts)

    def _place(self, hosts: list[Host]) -> None:
        """Adds hosts of one role."""
        made = columns(hosts, self._words, self._week, levels=self._levels)
        room = self._rooms.get(int(made.role[0]))
        if room is None:
            none = np.zeros(0, np.int32)
            room = self._rooms[int(made.role[0])] = _Room([], made.sized(0), none, none)
        begin, end = len(room.ids), len(room.ids) + len(hosts)
        if end > len(room.seats):
            roomy = end + end // 2
            room.columns = room.columns.sized(roomy)
            room.seats, room.prices = sized(room.seats, roomy), sized(room.prices, roomy)
        for array, new in zip(room.columns.arrays(), made.arrays(), strict=True):
            array[..., begin:end] = new
        room.ids += [host.id for host in hosts]
        room.seats[begin:end] = [self._free[host.id] for host in hosts]
        room.prices[begin:end] = [self._prices.get(host.id, 0) for host in hosts]
        self._at |= {host.id: (room, begin + at) for at, host in enumerate(hosts)}
