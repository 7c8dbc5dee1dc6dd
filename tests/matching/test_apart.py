"""Solving in another process: the loop goes on, whoever stops waiting stops the work, and nothing is lost silently."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from matching import apart, assign, pair
from matching.progress import Cancelled
from tests.matching.errands import chatter, die, fail, fail_unportably, niceness, sleep_for_ever
from tests.matching.problems import crowd, market


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def written(note: Path) -> int:
    """The process id the other process wrote down."""
    async with asyncio.timeout(20):
        while not note.exists() or not note.read_text():  # noqa: ASYNC110  # another process writes it
            await asyncio.sleep(0.01)
    return int(note.read_text())


async def gone(pid: int) -> None:
    async with asyncio.timeout(5):
        while alive(pid):  # noqa: ASYNC110  # another process ends
            await asyncio.sleep(0.01)


async def test_a_solve_apart_is_the_same_as_here() -> None:
    pool, talks = crowd(300, 8, ties=True), market(200, 6)
    there, here = await apart.run(pair.solve, pool, seed=5), pair.solve(pool, seed=5)
    assert (there.chosen.tolist(), there.bound) == (here.chosen.tolist(), here.bound)
    solution = await apart.run(assign.solve, talks, using="scipy")
    assert (await apart.run(assign.prices, talks, solution)).tolist() == assign.prices(talks, solution).tolist()


async def test_progress_comes_back_and_never_falls() -> None:
    seen: list[tuple[float, str]] = []
    await apart.run(pair.solve, crowd(400, 8, ties=True), progress=lambda done, stage: seen.append((done, stage)))
    assert len(seen) > 4
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (1.0, "prove")


async def test_the_loop_goes_on_meanwhile() -> None:
    ticks = 0
    task = asyncio.create_task(apart.run(pair.solve, crowd(2000, 10, ties=True)))
    while not task.done():
        await asyncio.sleep(0.001)
        ticks += 1
    await task
    assert ticks > 20


async def test_cancelling_the_wait_ends_the_process(tmp_path: Path) -> None:
    task = asyncio.create_task(apart.run(sleep_for_ever, str(tmp_path / "pid")))
    pid = await written(tmp_path / "pid")
    assert alive(pid)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not alive(pid)


async def test_a_watcher_who_says_stop_ends_the_process(tmp_path: Path) -> None:
    with pytest.raises(Cancelled, match="sleep"):
        await apart.run(sleep_for_ever, str(tmp_path / "pid"), progress=lambda done, stage: False)
    assert not alive(int((tmp_path / "pid").read_text()))


async def test_a_watcher_who_fails_ends_the_process_too(tmp_path: Path) -> None:
    def stumble(done: float, stage: str) -> None:
        raise LookupError(stage)

    with pytest.raises(LookupError, match="sleep"):
        await apart.run(sleep_for_ever, str(tmp_path / "pid"), progress=stumble)
    assert not alive(int((tmp_path / "pid").read_text()))


async def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(ValueError, match="of all things"):
        await apart.run(fail, "of all things")
    with pytest.raises(RuntimeError, match="Unportable: two words"):
        await apart.run(fail_unportably)


async def test_a_process_that_was_killed_is_told_with_the_likely_cause() -> None:
    with pytest.raises(apart.Lost, match="signal 9 before it answered: often the system had no memory left"):
        await apart.run(die, signal.SIGKILL)
    with pytest.raises(apart.Lost, match="signal 11"):
        await apart.run(die, signal.SIGSEGV)


async def test_it_works_at_the_lowest_priority() -> None:
    assert await apart.run(niceness) == 19


async def test_it_finds_the_house_from_any_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert await apart.run(niceness) == 19


async def test_what_a_library_prints_does_not_mix_with_the_answer() -> None:
    assert await apart.run(chatter) == "said"


async def test_the_process_does_not_outlive_its_parent(tmp_path: Path) -> None:
    script = (
        "import asyncio; from matching import apart; from tests.matching.errands import sleep_for_ever;"
        f"asyncio.run(apart.run(sleep_for_ever, {str(tmp_path / 'pid')!r}))"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script)
    pid = await written(tmp_path / "pid")
    parent.kill()
    await parent.wait()
    await gone(pid)
