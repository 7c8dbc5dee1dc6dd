"""`python -m bot deliveries` as an operator types it: beside a running bot, without one, and on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from bot.operating import listen, socket_of
from faults._town import Town, settle
from faults.platforms import MOMENT, match
from sandbox.world import Fault
from tests.kit import migrated, postgres
from tests.kit.house import House, house, until

ROOT = Path(__file__).parents[2]
_SECONDS = timedelta(seconds=5)


async def typed(home: House, folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and everything printed."""
    environment = os.environ | {
        "STEPPINGSTONE_DATABASE": home.settings.database, "STEPPINGSTONE_KEYS": home.settings.keys,
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "deliveries", *words, cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await child.communicate()
    assert child.returncode is not None
    return child.returncode, out.decode()


async def doubts(home: House) -> tuple[Town, list[str]]:
    """Three members of whom nobody can say whether their message arrived (it did); their rows' ids."""
    town = await settle(home, MOMENT, spaces=1, each=3, platforms=["slack"])
    target = match("slack", town.people["slack"][0])
    town.world("slack").faults().add(Fault(target, "drop", times=3))
    home.sandbox.clock.set(MOMENT)
    ids: list[str] = []
    for _ in range(60):  # each doubt is looked up first, which Slack does not allow with our few scopes
        rows = [row for one in town.people["slack"] for row in await town.rows(one)]
        ids = [row.id for row in rows if row.state == "ambiguous"]
        if len(ids) == 3:
            return town, ids
        await town.step(_SECONDS, _SECONDS, 0.15)
    raise AssertionError(f"{len(ids)} doubts")


async def test_beside_a_running_bot_a_doubt_is_explained_settled_and_sent_once_more(
    home: House, tmp_path: Path
) -> None:
    town, (arrived, resent, dropped) = await doubts(home)
    assert home.app is not None
    desk = await listen(home.app.store, home.settings.database, home.sandbox.clock.now)
    assert desk is not None
    try:
        code, out = await typed(home, tmp_path)
        assert code == 0
        assert "ambiguous: 3" in out
        assert all(id_ in out for id_ in (arrived, resent, dropped))
        code, out = await typed(home, tmp_path, arrived)
        assert "it is unknown whether it arrived (connection_lost)" in out
        assert "settle it: arrived, resend or drop" in out
        for id_, verdict in ((arrived, "arrived"), (resent, "resend"), (dropped, "drop")):
            told = "; it goes out now, marked as a possible repeat" if verdict == "resend" else ""
            assert await typed(home, tmp_path, id_, verdict) == (0, f"{id_}: settled as {verdict}{told}\n")
        assert await typed(home, tmp_path, "nonsense") == (
            1, "steppingstone: there is no delivery nonsense: `deliveries` lists what is stuck, logs name the others\n",
        )  # fmt: skip
        code, out = await typed(home, tmp_path, arrived, "maybe")
        assert (code, out) == (1, "steppingstone: a delivery is settled as one of: arrived, resend, drop\n")
        code, out = await typed(home, tmp_path, dropped, "resend")
        assert (code, out) == (1, f"steppingstone: {dropped} is dead, not ambiguous: nothing was changed\n")
    finally:
        await desk.cleanup()
    for _ in range(40):  # lost answers in a row: the space is left in peace for some seconds
        if sum(town.count("slack").elements()) == 4:
            break
        await town.step(_SECONDS, _SECONDS, 0.2)
    assert town.count("slack") == {1: 2, 2: 1}
    shown = [m for s in home.sandbox.slack.spaces.values() for c in s.channels.values() for m in c.messages.values()]
    assert sum("This may be a repeat." in str(message.blocks) for message in shown) == 1
    states = await town.states()
    assert (states.get("sent"), states.get("dead"), states.get("ambiguous")) == (2, 1, None)


async def test_while_the_bot_does_not_run_the_file_itself_is_asked(home: House, tmp_path: Path) -> None:
    _town, (first, *_) = await doubts(home)
    await home.stop()
    path = socket_of(home.settings.database)
    assert path is not None
    path.touch()  # left behind by a bot that was killed
    code, out = await typed(home, tmp_path)
    assert code == 0
    assert "ambiguous: 3" in out
    assert await typed(home, tmp_path, first, "drop") == (0, f"{first}: settled as drop\n")


async def test_a_bot_that_runs_without_its_socket_is_named_as_the_reason(home: House, tmp_path: Path) -> None:
    code, out = await typed(home, tmp_path)
    assert code == 2
    assert out.startswith("steppingstone: ")
    assert "Traceback" not in out


async def test_on_postgresql_the_database_is_asked_straight_while_the_bot_runs(
    pg: postgres.Server, tmp_path: Path
) -> None:
    async with house(tmp_path, changes={"database": await migrated.postgres(pg)}) as home:
        town, (first, *_) = await doubts(home)
        code, out = await typed(home, tmp_path)
        assert (code, "ambiguous: 3" in out) == (0, True), out
        assert await typed(home, tmp_path, first, "arrived") == (0, f"{first}: settled as arrived\n")
        assert (await town.states())["sent"] == 1
        await until(lambda: home.app is not None and home.app.health()["slack"], "the bot goes on")
