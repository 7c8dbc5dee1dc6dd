"""The exact step: from a member without a partner, the alternating tree that finds the cheapest change for all."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from matching._graph import Graph
from matching._nest import NOBODY, Link, Nest

_EDGE, _UNFOLD, _ALONE = 0, 1, 2
_OUTER, _INNER = 1, 2
PULSE = 200  # members looked at between two pulses, some hundredths of a second


class Tree:
    """One search, grown from one root (Edmonds 1965; one tree at a time and lazy duals as in Cook and Rohe 1999).

    All duals are doubled integers. While the search stands at time t, an outer member's price is `price + t` and an
    inner one's `price - t`; an outer odd set's weight is `weight + 2 t`, an inner one's `weight - 2 t`. Each event of
    the heap has the time at which an edge becomes tight, an inner odd set weightless, or an outer member as well off
    alone. The search ends at the first that lets the root be matched or somebody be left out at no loss."""

    __slots__ = (
        *("_alone2", "_best", "_door", "_events", "_graph", "_label", "_limit", "_nest", "_now", "_price"),
        *("_pulse", "scans"),
    )

    def __init__(
        self, graph: Graph, nest: Nest, price: list[int], alone2: list[int], pulse: Callable[[], object]
    ) -> None:
        """`pulse` is called now and then while a search goes on; when it raises, nothing of the search is usable."""
        self._graph, self._nest, self._price, self._alone2, self._pulse = graph, nest, price, alone2, pulse
        self._label: dict[int, int] = {}
        self._door: dict[int, Link] = {}
        self._best: dict[int, int] = {}
        self._events: list[tuple[int, int, int, int, int]] = []
        self._now = 0
        self._limit = 0
        self.scans = 0

    def grow(self, root: int, patience: int) -> bool:
        """Ends with the root matched, or with a member alone whose price says so. Gives up and answers False after
        looking at the edges of `patience` members; duals and matching are then still valid, only not yet better."""
        self._now, self._limit = 0, self._alone2[root] - self._price[root]
        self._become_outer(self._nest.top(root))
        allowed, pulse_at = self.scans + patience, self.scans + PULSE
        found = False
        while not found and self.scans <= allowed:
            if self.scans >= pulse_at:
                self._pulse()
                pulse_at += PULSE
            self._now, kind, one, other, cost2 = heappop(self._events)
            if kind == _EDGE:
                found = self._tight(one, other, cost2)
            elif kind == _UNFOLD:
                if self._label.get(one) == _INNER:
                    self._open(one)
            else:
                self._augment(one, NOBODY)
                found = True
        self._settle()
        return found

    def _tight(self, one: int, other: int, cost2: int) -> bool:
        nest, now = self._nest, self._now
        node = nest.top(other)
        label = self._label.get(node)
        if node == nest.top(one) or label == _INNER:
            return False
        slack = cost2 - self._price[one] - now - self._price[other] - (now if label == _OUTER else 0)
        if slack:  # the neighbour's price moved since this was foreseen; a later event stands for the edge
            return False
        if label == _OUTER:
            self._fold(one, other)
            return False
        end = nest.mate[nest.base[node]]
        if end == NOBODY:
            nest.rebase(node, other)
            nest.mate[other] = one
            self._augment(one, other)
            return True
        self._door[node] = (one, other)
        self._become_inner(node)
        self._become_outer(nest.top(end))
        return False

    def _become_inner(self, node: int) -> None:
        nest, now = self._nest, self._now
        self._label[node] = _INNER
        for member in nest.crowd_of(node):
            self._price[member] += now
        if node >= nest.size:
            nest.weight[node] += 2 * now
            heappush(self._events, (nest.weight[node] // 2, _UNFOLD, node, 0, 0))

    def _become_outer(self, node: int) -> None:
        nest, now = self._nest, self._now
        self._label[node] = _OUTER
        members = nest.crowd_of(node)
        for member in members:
            self._price[member] -= now
        if node >= nest.size:
            nest.weight[node] -= 2 * now
        for member in members:
            self._look_around(member)

    def _look_around(self, member: int) -> None:
        """Foresees what happens along the edges of an outer member."""
        self.scans += 1
        now, price, label, best, limit = self._now, self._price, self._label, self._best, self._limit
        group, owner = self._nest.group, self._nest.owner
        own, node = price[member] + now, owner[group[member]]
        alone = now + self._alone2[member] - own
        if alone <= limit:
            limit = alone
            heappush(self._events, (alone, _ALONE, member, 0, 0))
        for other, cost2 in zip(*self._graph.of(member), strict=True):
            there = owner[group[other]]
            state = label.get(there)
            if state is None:
                when = now + cost2 - own - price[other]
                if when > limit or when >= best.get(other, when + 1):
                    continue
                best[other] = when
                if self._nest.mate[self._nest.base[there]] == NOBODY:
                    limit = when
                heappush(self._events, (when, _EDGE, member, other, cost2))
            elif state == _OUTER and there != node:
                when = now + (cost2 - own - price[other] - now) // 2
                if when <= limit:
                    heappush(self._events, (when, _EDGE, member, other, cost2))
        self._limit = limit

    def _up(self, node: int) -> tuple[int, list[tuple[int, Link]]] | None:
        """From an outer node to the next outer one towards the root: that one, and the node and the inner one between
        with the links that lead on from each. None at the root."""
        nest = self._nest
        end = nest.mate[nest.base[node]]
        if end == NOBODY:
            return None
        inner = nest.top(end)
        above, entry = self._door[inner]
        return nest.top(above), [(node, (nest.base[node], end)), (inner, (entry, above))]

    def _meet(self, one: int, other: int) -> tuple[int, list[tuple[int, Link]], list[tuple[int, Link]]]:
        """The nearest common outer node of two, and the ways there; a step up from each in turn, so it costs no more
        than twice the longer way."""
        ways: tuple[list[tuple[int, Link]], list[tuple[int, Link]]] = ([], [])
        seen: tuple[dict[int, int], dict[int, int]] = ({one: 0}, {other: 0})
        ends: list[int | None] = [one, other]
        while True:
            for mine, yours in ((0, 1), (1, 0)):
                if (node := ends[mine]) is None:
                    continue
                if node in seen[yours]:
                    return node, ways[0][: seen[0][node]], ways[1][: seen[1][node]]
                step = self._up(node)
                ends[mine] = step[0] if step else None
                if step:
                    ways[mine].extend(step[1])
                    seen[mine][step[0]] = len(ways[mine])

    def _fold(self, one: int, other: int) -> None:
        """Two outer nodes met along a tight edge: the cycle through their nearest common node becomes one odd set."""
        nest, now = self._nest, self._now
        meet, here, there = self._meet(nest.top(one), nest.top(other))
        back = [(to, start) for _, (start, to) in reversed(here)]
        children = [meet, *(node for node, _ in reversed(here)), *(node for node, _ in there)]
        links = [*back, (one, other), *(link for _, link in there)]
        inner = [node for node in children if self._label[node] == _INNER]
        for node in children:
            if node >= nest.size:
                nest.weight[node] += -2 * now if self._label[node] == _INNER else 2 * now
            del self._label[node]
        fresh = [member for node in inner for member in nest.crowd_of(node)]
        node = nest.fold(children, links)
        nest.weight[node] = -2 * now
        self._label[node] = _OUTER
        for member in fresh:
            self._price[member] -= 2 * now
        for member in fresh:
            self._look_around(member)

    def _open(self, node: int) -> None:
        """An inner odd set became weightless: its part between door and base stays in the tree, the rest is free."""
        nest, now = self._nest, self._now
        del self._label[node]
        door = self._door.pop(node)
        at, links = nest.place(node, door[1]), nest.links[node]
        children = nest.unfold(node)
        k = len(children)
        if at % 2:
            way = [(children[i % k], links[i % k]) for i in range(at, k + 1)]
        else:
            way = [(children[i], (links[i - 1][1], links[i - 1][0])) for i in range(at, -1, -1)]
        for position, (child, _) in enumerate(way):
            if position % 2 == 0:
                self._door[child] = door if position == 0 else way[position - 1][1]
                self._label[child] = _INNER
                if child >= nest.size:
                    nest.weight[child] += 2 * now
                    heappush(self._events, (nest.weight[child] // 2, _UNFOLD, child, 0, 0))
        outer = [child for child, _ in way[1::2]]
        freed = [m for child in set(children).difference(child for child, _ in way) for m in nest.crowd_of(child)]
        freed.sort()
        for member in freed:
            self._price[member] -= now
            self._best.pop(member, None)
        fresh = [member for child in outer for member in nest.crowd_of(child)]
        for member in fresh:
            self._price[member] -= 2 * now
        for child in outer:
            self._label[child] = _OUTER
            if child >= nest.size:
                nest.weight[child] -= 2 * now
        for member in fresh:
            self._look_around(member)
        for member in freed:
            self._look_in(member)

    def _look_in(self, member: int) -> None:
        """Foresees when a member who became free again would be reached by the tree."""
        self.scans += 1
        nest, own = self._nest, self._price[member]
        for other, cost2 in zip(*self._graph.of(member), strict=True):
            if self._label.get(nest.top(other)) == _OUTER:
                when = cost2 - own - self._price[other]
                if when <= self._limit and when < self._best.get(member, when + 1):
                    self._best[member] = when
                    heappush(self._events, (when, _EDGE, other, member, cost2))

    def _augment(self, one: int, partner: int) -> None:
        """Matches outer member `one` with `partner` (or with nobody) and every pair on the way to the root anew."""
        nest = self._nest
        while True:
            node = nest.top(one)
            end = nest.mate[nest.base[node]]
            nest.rebase(node, one)
            nest.mate[one] = partner
            if end == NOBODY:
                return
            inner = nest.top(end)
            one, partner = self._door[inner]
            nest.rebase(inner, partner)
            nest.mate[partner] = one

    def _settle(self) -> None:
        """Writes the duals of this search down and forgets its tree; odd sets without weight come apart."""
        nest, now = self._nest, self._now
        for node, label in self._label.items():
            sign = 1 if label == _OUTER else -1
            for member in nest.crowd_of(node):
                self._price[member] += sign * now
            if node >= nest.size:
                nest.weight[node] += 2 * sign * now
                nest.unfold_hollow(node)
        for memory in (self._label, self._door, self._best, self._events):
            memory.clear()
