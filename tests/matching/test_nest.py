"""Folding and unfolding odd sets keeps track of everybody, however deep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching._nest import NOBODY, Nest
from tests.matching.problems import unhurried


def chain(depth: int) -> Nest:
    """A triangle, in a triangle with the next two, and so on; all matched but the first member."""
    n = 2 * depth + 1
    nest = Nest([NOBODY, *(m + 1 if m % 2 else m - 1 for m in range(1, n))])
    node = 0
    for level in range(depth):
        one, other = 2 * level + 1, 2 * level + 2
        node = nest.fold([node, one, other], [(max(one - 1, 0), one), (one, other), (other, max(one - 1, 0))])
    return nest


@unhurried
@given(st.integers(1, 60), st.data())
def test_any_member_can_become_the_one_matched_outside(depth: int, data: st.DataObject) -> None:
    nest = chain(depth)
    n = nest.size
    for _ in range(3):
        member = data.draw(st.integers(0, n - 1))
        nest.rebase(nest.top(member), member)
        nest.mate[member] = NOBODY
        assert nest.base[nest.top(0)] == member
        assert [m for m in range(n) if nest.mate[m] == NOBODY] == [member]
        assert all(nest.mate[nest.mate[m]] == m for m in range(n) if m != member)


@unhurried
@given(st.integers(1, 40))
def test_unfolding_gives_back_what_was_folded(depth: int) -> None:
    nest = chain(depth)
    everybody = set(range(nest.size))
    assert set(nest.crowd_of(nest.top(0))) == everybody
    for level in range(depth, 0, -1):
        node = nest.top(0)
        inside, one, other = nest.unfold(node)
        assert (one, other) == (2 * level - 1, 2 * level)
        assert (nest.top(one), nest.top(other), nest.top(0)) == (one, other, inside)
        everybody -= {one, other}
        assert set(nest.crowd_of(inside)) == everybody == set(nest.members(inside))


def test_odd_sets_without_weight_come_apart_together() -> None:
    nest = chain(5)
    nest.weight[nest.top(0) - 2] = 4
    nest.unfold_hollow(nest.top(0))
    assert nest.top(0) == nest.top(6) == nest.size + 2
    assert [nest.top(member) for member in range(7, 11)] == [7, 8, 9, 10]
