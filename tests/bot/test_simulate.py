"""python -m bot simulate: what it says of made-up members and of a community's own, and that it leaves no trace."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from store import Store, Tx, open_store
from store.circles import Circle
from store.hosts import Host
from store.participants import Participant
from store.programmes import Programme
from store.reading import open_to_read
from store.seekers import Seeker

SHIRE = Space("slack", "TSHIRE")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMES = ("FRODO", "SAM", "MERRY", "PIPPIN", "ROSIE", "BILBO")
Says = Callable[..., tuple[int, str, str]]


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Says:
    """Runs the command on the file bot.sqlite; gives back its exit code, what it printed, and what it complained of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STEPPINGSTONE_DATABASE", str(tmp_path / "bot.sqlite"))

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["python -m bot", "simulate", *words])
        try:
            code = main()
        except SystemExit as gone:  # argparse
            code = int(gone.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def person(name: str) -> Person:
    return Person(SHIRE, f"U{name}")


async def _shire(tx: Tx) -> None:
    """Five who speak English and one who speaks Japanese take part in coffees; Bilbo left."""
    await tx.spaces.joined(SpaceInfo(SHIRE, "The Shire"), NOW)
    for name in ("coffee:C1", "circles"):
        await tx.programmes.save(Programme(space=SHIRE, name=name, zone="Europe/London", state="on"), NOW)
        for member in NAMES:
            await tx.members.meet(person(member), NOTHING_SAID, NOW)
            languages = ["ja"] if member == "ROSIE" else ["en"]
            profile: dict[str, Any] = {"call_me": member, "languages": languages, "hours": [[1, 1080, 1200]]}
            profile["availability"] = "stated"
            part = Participant(person=person(member), programme=name, since=NOW, waited=2, profile=profile)
            await tx.participants.save(part, NOW)
    await tx.members.unreachable([person("BILBO")])
    for name, role in (("FRODO", "role.pilot"), ("SAM", "role.gardener")):
        seeker = Seeker(
            person=person(name), call_me=name, languages=frozenset({"en"}), role=role, availability="any",
            state="open", since=NOW, rules_at=NOW,
        )  # fmt: skip
        await tx.seekers.save(seeker, NOW)
    host = Host(
        person=person("MERRY"), call_me="Merry", languages=frozenset({"en"}), role="role.gardener",
        availability="any", state="open", capacity=2, idle_since=NOW, rules_at=NOW,
    )  # fmt: skip
    await tx.hosts.save(host, NOW)


def given(tmp_path: Path, fill: Callable[[Tx], Awaitable[None]] = _shire) -> Path:
    """A real database file with a community in it, closed again."""
    path = tmp_path / "bot.sqlite"

    async def make() -> None:
        store = await open_store(str(path))
        async with store.begin() as tx:
            await fill(tx)
        await store.close()

    asyncio.run(make())
    return path


def test_made_up_members_need_no_database_and_the_same_seed_says_the_same(says: Says) -> None:
    asked = ("--synthetic", "40", "--rounds", "4", "--attend", "0.8", "--join", "2", "--seed", "3")
    code, told, _ = says(*asked)
    assert code == 0
    lines = told.splitlines()
    assert lines[0] == "coffee, 40 made-up members: 4 rounds, one every 2 weeks"
    assert lines[3].split() == "round came placed share groups left repeats longest wait mean fit".split()
    assert [line.split()[0] for line in lines[4:8]] == ["1", "2", "3", "4"]
    assert says(*asked)[1] == told
    assert says(*asked[:-1], "4")[1] != told


@pytest.mark.parametrize("programme", ["coffee", "circles", "interviews"])
def test_each_programme_can_be_made_up_and_read_by_a_machine(says: Says, programme: str) -> None:
    code, told, _ = says("--synthetic", "24", "--programme", programme, "--rounds", "3", "--json")
    answer = json.loads(told)
    assert code == 0
    assert [one["number"] for one in answer["rounds"]] == [1, 2, 3]
    assert all(one["placed"] + sum(one["left"].values()) == one["members"] for one in answer["rounds"])
    assert "by_member" not in answer


def test_a_community_is_told_who_will_be_stranded_and_ids_only_when_asked(says: Says, tmp_path: Path) -> None:
    given(tmp_path)
    code, told, _ = says("--space", "slack:TSHIRE", "--programme", "circles", "--rounds", "4")
    assert code == 0
    assert "circles of slack:TSHIRE, 5 members: 4 rounds, one every 2 weeks" in told
    assert "1 member speaks only Japanese: nobody else does" in told
    assert "UROSIE" not in told
    assert "UROSIE" in says("--space", "slack:TSHIRE", "--programme", "circles", "--rounds", "4", "--ids")[1]


async def _seated(tx: Tx) -> None:
    """As the Shire, and three of its circles' members sit in one."""
    await _shire(tx)
    three = [person(name) for name in NAMES[:3]]
    circle = Circle(space=SHIRE, id="c" * 24, programme="circles", theme="learning", language="en", state="running")
    assert await tx.circles.form(circle, three, None, NOW)
    await tx.participants.seated("circles", three, NOW)


def test_who_sits_in_a_circle_waits_for_none_and_that_is_said(says: Says, tmp_path: Path) -> None:
    given(tmp_path, _seated)
    told = says("--space", "slack:TSHIRE", "--programme", "circles", "--rounds", "2")[1]
    assert "who wait; 3 members in a circle now, not counted: 2 rounds" in told.splitlines()[0]


def test_waits_and_meetings_so_far_count(says: Says, tmp_path: Path) -> None:
    async def with_history(tx: Tx) -> None:
        await _shire(tx)
        pairs = [(person(a), person(b)) for a in NAMES[:4] for b in NAMES[:4] if a < b]
        await tx.met.remember(pairs, "coffee:C1", NOW - timedelta(days=14), number=0)

    given(tmp_path, with_history)
    answer = json.loads(says("--space", "slack:TSHIRE", "--programme", "coffee:C1", "--rounds", "1", "--json")[1])
    [first] = answer["rounds"]
    assert (first["members"], first["placed"], first["repeats"], first["longest_wait"]) == (5, 4, 2, 3)


def test_talks_tell_roles_without_hosts(says: Says, tmp_path: Path) -> None:
    given(tmp_path)
    code, told, _ = says("--space", "slack:TSHIRE", "--programme", "interviews", "--rounds", "3")
    assert code == 0
    assert "interviews of slack:TSHIRE, 2 seekers and 1 hosts" in told
    assert "1 member looks for pilot: no host who speaks with them does it" in told
    assert "pilot: 1 look for it now, free seats: 0" in told


def test_nothing_is_written_also_beside_a_running_bot(says: Says, tmp_path: Path) -> None:
    path = given(tmp_path)
    before = hashlib.sha256(path.read_bytes()).digest()
    assert says("--space", "slack:TSHIRE", "--programme", "coffee:C1")[0] == 0
    assert hashlib.sha256(path.read_bytes()).digest() == before
    holding: list[Store] = [asyncio.run(open_store(str(path)))]  # the running bot has the file's lock
    try:
        assert says("--space", "slack:TSHIRE", "--programme", "coffee:C1")[0] == 0
    finally:
        asyncio.run(holding.pop().close())


async def test_the_database_itself_refuses_to_be_written(tmp_path: Path) -> None:
    store = await open_store(str(tmp_path / "bot.sqlite"))
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(SHIRE, "The Shire"), NOW)
    await store.close()
    reader = await open_to_read(str(tmp_path / "bot.sqlite"))
    with pytest.raises(Exception, match="readonly"):
        async with reader.begin() as tx:
            await tx.spaces.left(SHIRE, NOW)
    async with reader.begin() as tx:
        assert await tx.spaces.get(SHIRE) is not None
    await reader.close()


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ((), "give either --space"),
        (("--space", "slack:TSHIRE", "--synthetic", "10"), "give either --space"),
        (("--synthetic", "-3"), "give 1 to 100000 members"),
        (("--synthetic", "10", "--programme", "tea"), "write coffee, circles or interviews"),
        (("--synthetic", "10", "--rounds", "0"), "--rounds is at least 1"),
        (("--synthetic", "10", "--attend", "1.5"), "--attend from 0 to 1"),
        (("--synthetic", "ten"), "invalid int value"),
        (("--space", "slack"), "write the platform, a colon and the id"),
        (("--space", "slack:TMORDOR", "--programme", "coffee:C1"), "there is no community slack:TMORDOR"),
        (("--space", "slack:TSHIRE", "--programme", "coffee:C9"), "it has circles, coffee:C1, interviews"),
    ],
)
def test_what_makes_no_sense_is_answered_with_advice(
    says: Says, tmp_path: Path, words: tuple[str, ...], advice: str
) -> None:
    given(tmp_path)
    code, told, complaint = says(*words)
    assert (code, told) == (2, "")
    assert advice in complaint


def test_without_a_database_it_says_so_and_makes_none(says: Says, tmp_path: Path) -> None:
    code, _, complaint = says("--space", "slack:TSHIRE", "--programme", "coffee:C1")
    assert code == 2
    assert "there is no database" in complaint
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_version_is_named(says: Says, tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").write_bytes(b"")
    code, _, complaint = says("--space", "slack:TSHIRE", "--programme", "coffee:C1")
    assert code == 2
    assert "another version of the bot" in complaint
    (tmp_path / "bot.sqlite").write_bytes(b"no database at all, just some words" * 40)
    assert "cannot be read" in says("--space", "slack:TSHIRE")[2]
