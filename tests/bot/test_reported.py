"""`python -m bot reports` as an operator types it: a report about a community's only owner is read by nobody else."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from bot.operating import listen
from chat.people import NOTHING_SAID, Person
from store import Keyring
from tests.acceptance.days import Life
from tests.kit.house import House

ROOT = Path(__file__).parents[2]


async def typed(home: House, folder: Path, *words: str, keys: str = "") -> tuple[int, str]:
    """Exit code and everything printed."""
    environment = os.environ | {
        "STEPPINGSTONE_DATABASE": home.settings.database, "STEPPINGSTONE_KEYS": keys or home.settings.keys,
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "reports", *words, cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await child.communicate()
    assert child.returncode is not None
    return child.returncode, out.decode()


async def _reported(home: House) -> tuple[str, Person, Person]:
    """Kofi reports Ada, who alone looks after this community; the report's id, about whom and from whom."""
    assert home.app is not None
    ada, kofi = (Life(home, home.person("slack", name), "slack").someone for name in ("Ada", "Kofi"))
    now = home.sandbox.clock.now()
    async with home.app.store.begin() as tx:
        for person in (ada, kofi):
            await tx.members.meet(person, NOTHING_SAID, now)
        id_ = await tx.reports.file(kofi, ada, "selling", "zebra\nand more", now)
    assert "No report waits for you." in (await home.person("slack", "Ada").type("/admin reports")).text
    return id_, ada, kofi


async def test_the_words_are_unsealed_for_one_report_alone_and_its_writer_for_none(home: House, tmp_path: Path) -> None:
    id_, ada, kofi = await _reported(home)
    assert home.app is not None
    desk = await listen(home.app.store, home.settings.database, home.sandbox.clock.now)
    assert desk is not None
    try:
        code, out = await typed(home, tmp_path)
        assert (code, id_ in out, f"about {ada.id}: selling" in out, "zebra" in out) == (0, True, True, False), out
        code, shown = await typed(home, tmp_path, id_)
        assert code == 0
        assert "zebra\n" in shown
        assert kofi.id not in out + shown
        assert await typed(home, tmp_path, "nonsense") == (
            1, "steppingstone: there is no report nonsense: `reports` lists what waits\n",
        )  # fmt: skip
    finally:
        await desk.cleanup()


async def test_without_a_running_bot_it_takes_the_keys_to_read_it(home: House, tmp_path: Path) -> None:
    id_, _ada, _kofi = await _reported(home)
    await home.stop()
    code, shown = await typed(home, tmp_path, id_)
    assert (code, "zebra" in shown) == (0, True), shown
    code, out = await typed(home, tmp_path, id_, keys=Keyring.generate())
    assert (code, "zebra" in out, "Traceback" in out) == (1, False, False), out
