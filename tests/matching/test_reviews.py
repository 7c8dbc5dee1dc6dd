"""Who reads a sheet: rules first, then who knows the field, then whose turn it is, then the lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from matching.history import blocks
from matching.person import Host, Seeker
from matching.reviews import readers
from matching.week import Week

WEEK = Week(datetime(2026, 11, 23, tzinfo=UTC))
FRODO = Seeker(id="frodo", languages=frozenset({"en"}), format="async", topics=frozenset({"food"}), team="bag end")


def host(id_: str, *fields: str, languages: tuple[str, ...] = ("en",), seats: int = 1) -> Host:
    """Somebody who would read."""
    return Host(id=id_, languages=frozenset(languages), topics=frozenset(fields), seats=seats)


def names(*hosts: Host, seed: int = 7, **asked: int) -> list[str]:
    """In which order they are asked."""
    return [one.id for one in readers(FRODO, hosts, asked, WEEK, seed=seed, blocks=blocks([("sam", "frodo")]))]


def test_no_rule_is_ever_broken() -> None:
    blocked, mute, full = host("sam", "food"), host("merry", languages=("zh",)), host("pippin", seats=0)
    stranger, colleague = replace(host("bilbo"), external=True), replace(host("rosie"), team="bag end")
    assert names(blocked, mute, full, stranger, colleague, host("frodo"), host("gaffer")) == ["gaffer"]


def test_who_knows_the_field_comes_first_until_it_is_the_turn_of_others() -> None:
    knows, other = host("merry", "food", "art"), host("pippin")
    assert names(other, knows) == ["merry", "pippin"]
    assert names(other, knows, merry=1) == ["merry", "pippin"]
    assert names(other, knows, merry=3) == ["pippin", "merry"]


def test_among_equals_the_lot_decides_the_same_each_time_and_otherwise_for_another_sheet() -> None:
    everybody = [host(f"hobbit {n}") for n in range(9)]
    assert names(*everybody) == names(*reversed(everybody))
    assert len({names(*everybody, seed=seed)[0] for seed in range(40)}) > 4
