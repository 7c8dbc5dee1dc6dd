"""Drives the ticks with APScheduler: a handful of jobs, never one per member, and the only catch-all of the room."""

from __future__ import annotations

import asyncio
import importlib
import logging
import pkgutil
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]  # ships none

from scheduler._rooms import Rooms

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds a tick under way may take to end


@dataclass(frozen=True, slots=True)
class Job:
    """A job by its file's name, how often it runs, and what it does."""

    name: str
    every: timedelta
    run: Callable[[Rooms], Coroutine[None, None, None]]


def load_jobs() -> Mapping[str, Job]:
    """Every file of `scheduler/jobs/`, by name."""
    package = importlib.import_module("scheduler.jobs")
    jobs: dict[str, Job] = {}
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"scheduler.jobs.{found.name}")
        jobs[found.name] = Job(found.name, module.EVERY, module.run)
    return jobs


class Runner:
    """Starts and stops the ticks. The rooms' pace scales every interval: below 1 in the demo and in tests."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms, self._pace = rooms, rooms.pace
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._stopping = False
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins ticking at once; each job runs once at a time, and a tick that is missed is not made up for."""
        for job in load_jobs().values():
            self._add(job.name, job.every, self._tick, job)
        self._scheduler.start()

    def again(self) -> None:
        """Every job runs now and at its interval from now on: after the wall clock was set, for APScheduler waits until
        the instant it had computed, which may be years away."""
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
            job.modify(next_run_time=now)  # pyright: ignore[reportUnknownMemberType]
        if self._scheduler.running:
            self._scheduler.wakeup()  # pyright: ignore[reportUnknownMemberType]

    async def stop(self) -> None:
        """Stops ticking after the ticks under way, so that nothing is cut off between a send and its record."""
        self._stopping = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _add(
        self, name: str, every: timedelta, function: Callable[..., Coroutine[None, None, None]], *args: object
    ) -> None:
        seconds = every.total_seconds() * self._pace
        self._scheduler.add_job(  # pyright: ignore[reportUnknownMemberType]  # APScheduler 3 is untyped
            function, "interval", seconds=seconds, args=args, id=name, max_instances=1, coalesce=True,
            misfire_grace_time=None, next_run_time=datetime.now(UTC),
        )  # fmt: skip

    async def _tick(self, job: Job) -> None:
        await self._guarded(job.name, job.run(self._rooms))

    async def _guarded(self, name: str, work: Coroutine[None, None, object]) -> None:
        """APScheduler cancels what runs when it shuts down; our own task is finished first, see `stop`."""
        if self._stopping:
            work.close()
            return
        task = asyncio.create_task(self._caught(name, work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.shield(task)

    async def _caught(self, name: str, work: Coroutine[None, None, object]) -> None:
        try:
            await work
        except Exception:
            log.exception("a job failed and will run again", extra={"job": name})
