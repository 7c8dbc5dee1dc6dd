"""Members as hypothesis draws them: few words and hours, so that they often have something in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from matching.history import Pair, pair
from matching.person import Host, Member, Peer, Seeker
from matching.week import ANY, WAKING, Week, span

WEEK = Week(datetime(2026, 11, 23, tzinfo=UTC))
CLOCKS_CHANGE = (Week(datetime(2026, 3, 8, tzinfo=UTC)), Week(datetime(2026, 10, 25, tzinfo=UTC)))
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai")
HOURS = (None, 0, ANY, WAKING, span([1], 18, 20), span([1, 3], 19, 22), span([5], 9, 12), span([1], 18, 18.5))
M = TypeVar("M", bound=Member)
unhurried = settings(deadline=None, max_examples=40)  # whole rounds on a busy machine; bench/ tells times


def some(*words: str, least: int = 0, most: int = 3) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), min_size=least, max_size=most)


def maybe(*words: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *words))


def _typed() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "languages": some("en", "de", "zh", least=1),
        "zone": st.sampled_from(ZONES),
        "hours": st.sampled_from(HOURS),
        "native": maybe("en", "zh"),
        "stage": st.none() | st.integers(0, 6),
        "goals": some("ml", "job", "paper"),
        "needs": some("sql", "talk", "git"),
        "offers": some("sql", "talk", "git"),
        "role": maybe("analyst", "engineer"),
        "second": maybe("analyst", "researcher"),
        "industry": maybe("health", "finance"),
        "topics": some("agents", "salary", "hiring"),
        "company": maybe("Acme", "Initech"),
        "companies": some("Acme", "Initech", most=2),
        "paths": some("switched role", "first AI job", most=2),
        "team": maybe("red", "blue"),
        "wait": st.integers(0, 12),
        "new": st.booleans(),
        "paused": st.sampled_from((False,) * 9 + (True,)),
        "external": st.sampled_from((False,) * 9 + (True,)),
    }


def _named(kind: Callable[..., M], name: str, least: int, most: int, **more: Any) -> st.SearchStrategy[list[M]]:
    shapes = st.lists(st.fixed_dictionaries(_typed() | more), min_size=least, max_size=most)
    return shapes.map(lambda drawn: [kind(id=f"{name}{n}", **typed) for n, typed in enumerate(drawn)])


def peers(least: int = 0, most: int = 10) -> st.SearchStrategy[list[Peer]]:
    return _named(Peer, "p", least, most, hosts=st.booleans())


def seekers(least: int = 0, most: int = 8) -> st.SearchStrategy[list[Seeker]]:
    return _named(Seeker, "s", least, most, format=st.sampled_from(("call", "chat", "async")))


def hosts(least: int = 0, most: int = 8) -> st.SearchStrategy[list[Host]]:
    return _named(Host, "h", least, most, seats=st.integers(0, 3), idle=st.sampled_from((0, 1, 7, 59, 60, 2_000)))


@st.composite
def pairs_of(draw: st.DrawFn, members: Sequence[Member], most: int = 8) -> frozenset[Pair]:
    """Some pairs of these members."""
    ids = [member.id for member in members]
    if len(ids) < 2:
        return frozenset()
    drawn = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=most))
    return frozenset(pair(one, other) for one, other in drawn if one != other)


@st.composite
def pools(draw: st.DrawFn, least: int = 0, most: int = 10) -> tuple[list[Peer], frozenset[Pair], dict[Pair, int]]:
    """Peers, who blocked whom, and who met when."""
    drawn = draw(peers(least, most))
    met = draw(pairs_of(drawn))
    return drawn, draw(pairs_of(drawn)), {who: draw(st.integers(1, 9)) for who in sorted(met)}
