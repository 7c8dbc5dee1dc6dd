"""A sender that dies, wherever it dies: nothing is lost, nothing comes twice. All of it at length: `make faults`."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from faults.__main__ import cases
from faults._ground import Mode, ground
from faults._sender import Forks
from faults.kills import every_point
from scheduler import failpoints
from tests.kit import migrated, postgres


@pytest.fixture(scope="module")
def senders() -> Generator[Forks]:
    """One server forks them all."""
    running = Forks()
    yield running
    running.stop()


@pytest.fixture(params=["sqlite", "postgres"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without anybody."""
    if request.param == "sqlite":
        path = tmp_path / "store.sqlite3"
        await migrated.sqlite(path)
        return str(path)
    server: postgres.Server = request.getfixturevalue("pg")
    return await migrated.postgres(server)


@pytest.mark.parametrize("mode", [Mode("discord"), Mode("slack", remembers=True), Mode("slack")], ids=lambda m: m.name)
async def test_a_sender_may_die_at_every_named_point(mode: Mode, database: str, senders: Forks) -> None:
    async with ground(mode, database, members=40, server=senders) as here:
        await every_point(here, hits=(1,), rows=20)
        figures = await here.settled()
    assert figures["left open"] > 0, "no death came between a claim and its record: the points are not where they were"


async def test_a_doubt_that_outlived_the_nonce_is_looked_up(database: str, senders: Forks) -> None:
    async with ground(Mode("discord"), database, members=40, server=senders) as here:
        for point in ("sending", "accepted"):
            await here.more(20)
            await here.run(point=point, hit=3)
            await here.grow_old(600)
        await here.settled()


def test_the_cases_of_the_fault_list_are_found_whole_or_quick() -> None:
    assert cases(quick=True).keys() == cases(quick=False).keys()
    assert {"3 kills", "8 gateway"} <= cases(quick=True).keys()


def test_points_are_silent_unless_somebody_listens() -> None:
    heard: list[str] = []
    failpoints.listen(heard.append)
    failpoints.point("claimed")
    failpoints.listen(None)
    failpoints.point("sending")
    assert heard == ["claimed"]
