"""A long solve in another process, so that heartbeats and acks of this one never wait for it."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast  # Any: what comes back from the other process

from chat.errors import SteppingstoneError
from matching.progress import Cancelled, Progress

P = ParamSpec("P")
R = TypeVar("R")


START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from matching._child import main; main()"
"""The other process finds the house's rooms whatever directory it starts in; its environment is ours, unread."""


class Lost(SteppingstoneError):
    """The other process ended without an answer. The text says how, and what often is the cause."""


async def run(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """`function(*args, **kwargs)` in a fresh Python process with the lowest priority (nice 19).

    The function must be importable, its arguments and result picklable. A `progress` among the keywords stays here: it
    is called in this event loop as the other process tells; when it answers False the process is ended and Cancelled
    raised. Cancelling the awaiting task ends the process at once, whatever it is doing. What the function raises is
    raised here; a process that died raises Lost. When this process dies, the other one ends too.

    A fresh process, not a fork: a fork would inherit sockets, locks and the event loop."""
    watch = cast("Progress | None", kwargs.pop("progress", None))
    call = pickle.dumps((function, args, kwargs, watch is not None))
    root = str(Path(__file__).parent.parent)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", START, root, stdin=PIPE, stdout=PIPE)
    try:
        return cast("R", await _talk(process, call, watch))
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it may have ended this very moment
                process.kill()
        await asyncio.shield(process.wait())


async def _talk(process: Process, call: bytes, watch: Progress | None) -> object:
    if process.stdin is None or process.stdout is None:
        raise Lost("the other process has no pipes")
    try:
        process.stdin.write(len(call).to_bytes(8) + call)
        await process.stdin.drain()
        while True:
            size = int.from_bytes(await process.stdout.readexactly(8))
            said: tuple[str, Any, Any] = pickle.loads(await process.stdout.readexactly(size))  # noqa: S301  # our own child
            match said:
                case ("progress", fraction, stage):
                    if watch is not None and watch(fraction, stage) is False:
                        raise Cancelled(f"stopped while it was at {stage!r}")
                case ("error", error, _):
                    raise error
                case (_, result, _):
                    return result
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        code = await process.wait()
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        advice = "often the system had no memory left" if code == -9 else "its last words are on stderr"
        raise Lost(f"the solving process {how} before it answered: {advice}") from error
