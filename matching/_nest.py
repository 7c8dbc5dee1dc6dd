"""Nested odd sets of members ("blossoms") and who is matched with whom, as the exact search folds and unfolds them."""

from __future__ import annotations

NOBODY = -1
Link = tuple[int, int]


class Nest:
    """A node is a member (below n) or an odd set of nodes (n and above). An odd set's children stand in the order of
    its cycle, base first; `links[i]` is the edge from a member of child i to one of child i + 1; children 1 and 2,
    3 and 4, … are matched with each other along their links, so only the base looks for a partner outside.

    `weight[s]`: the dual of odd set s, doubled as all duals here. The outermost node of member m is `owner[group[m]]`:
    when nodes are folded, the largest group takes the others in, so a growing odd set costs only what it takes in."""

    __slots__ = ("_folded", "base", "children", "crowd", "group", "links", "mate", "owner", "parent", "size", "weight")

    def __init__(self, mate: list[int]) -> None:
        n = len(mate)
        self.size = n
        self.mate = mate
        self.group = list(range(n))
        self.owner = list(range(n))
        self.crowd = [[member] for member in range(n)]
        self.base = list(range(n))
        self.parent = [NOBODY] * n
        self.children: dict[int, list[int]] = {}
        self.links: dict[int, list[Link]] = {}
        self.weight: dict[int, int] = {}
        self._folded: dict[int, tuple[list[tuple[int, int]], int, int]] = {}

    def top(self, member: int) -> int:
        """The outermost node of a member."""
        return self.owner[self.group[member]]

    def crowd_of(self, node: int) -> list[int]:
        """The members of an outermost node; not to be changed."""
        return self.crowd[self.group[self.base[node]]]

    def members(self, node: int) -> list[int]:
        """The members of any node."""
        found: list[int] = []
        stack = [node]
        while stack:
            node = stack.pop()
            if node < self.size:
                found.append(node)
            else:
                stack += self.children[node]
        return found

    def fold(self, children: list[int], links: list[Link]) -> int:
        """Makes one odd set of the outermost nodes of a cycle, base first, and returns its number."""
        node = len(self.base)
        self.base.append(self.base[children[0]])
        self.parent.append(NOBODY)
        self.children[node], self.links[node], self.weight[node] = children, links, 0
        groups = [self.group[self.base[child]] for child in children]
        large = max(groups, key=lambda group: len(self.crowd[group]))
        self._folded[node] = list(zip(children, groups, strict=True)), large, len(self.crowd[large])
        for child, group in zip(children, groups, strict=True):
            self.parent[child] = node
            if group != large:
                for member in self.crowd[group]:
                    self.group[member] = large
                self.crowd[large] += self.crowd[group]
        self.owner[large] = node
        return node

    def unfold(self, node: int) -> list[int]:
        """Takes the outermost odd set `node` apart and returns its children; who is matched with whom stays. What a
        group took in last it gives back first, so its crowd is cut where it was before."""
        children = self.children.pop(node)
        del self.links[node], self.weight[node]
        folded, large, length = self._folded.pop(node)
        del self.crowd[large][length:]
        for child, group in folded:
            self.parent[child] = NOBODY
            self.owner[group] = child
            if group != large:
                for member in self.crowd[group]:
                    self.group[member] = group
        return children

    def unfold_hollow(self, node: int) -> None:
        """Takes the outermost odd set `node` apart when it has no weight, and then its children likewise."""
        stack = [node]
        while stack:
            node = stack.pop()
            if node >= self.size and self.weight[node] == 0:
                stack += self.unfold(node)

    def place(self, node: int, member: int) -> int:
        """Where among the children of odd set `node` the child with `member` in it stands."""
        while self.parent[member] != node:
            member = self.parent[member]
        return self.children[node].index(member)

    def rebase(self, node: int, member: int) -> None:
        """Makes `member` the one of `node` who is matched outside, and matches the others inside anew."""
        todo = [(node, member)]
        while todo:
            node, member = todo.pop()
            if self.base[node] == member:
                continue
            line = [member]
            while line[-1] != node:
                line.append(self.parent[line[-1]])
            for inside, around in zip(reversed(line[:-1]), reversed(line[1:]), strict=True):
                if self.base[around] == member:
                    break
                todo += self._turn(around, self.children[around].index(inside), member)

    def _turn(self, node: int, at: int, member: int) -> list[Link]:
        """Makes child `at` of odd set `node` its first, with `member` as base. Answers which other children need which
        of their members as base now."""
        children, links, mate = self.children[node], self.links[node], self.mate
        children[:] = children[at:] + children[:at]
        links[:] = links[at:] + links[:at]
        self.base[node] = member
        needed: list[Link] = []
        for i in range(1, len(children), 2):
            one, other = links[i]
            if mate[one] != other:
                mate[one], mate[other] = other, one
                needed += (children[i], one), (children[i + 1], other)
        return needed
