"""The other end of apart.run: reads one call, makes it, answers. See `apart.START`."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

Call = tuple[Callable[..., object], tuple[object, ...], dict[str, object], bool]


def main() -> None:
    """Serves the one call. Nothing else may write on the pipe, so stdout leads to stderr from here on."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(19)
    size = int.from_bytes(sys.stdin.buffer.read(8))
    content = sys.stdin.buffer.read(size)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        function, args, kwargs, watched = _read(content)
        if watched:
            kwargs["progress"] = partial(_say, out, "progress")
        result: object = function(*args, **kwargs)
        _say(out, "result", result)
    except Exception as error:  # noqa: BLE001  # it is not swallowed: it travels and is raised there
        _say(out, "error", _portable(error))


def _read(content: bytes) -> Call:
    return pickle.loads(content)  # noqa: S301  # written by our own parent


def _say(out: BinaryIO, kind: str, what: object, stage: str = "") -> None:
    said = pickle.dumps((kind, what, stage))
    out.write(len(said).to_bytes(8) + said)
    out.flush()


def _portable(error: Exception) -> Exception:
    """The error itself, or, when it cannot travel, one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # written one call ago
    except Exception:  # noqa: BLE001  # whatever an error class's own pickling raises
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    """The parent writes nothing more, so reading ends only when it is gone; then nobody wants the answer."""
    sys.stdin.buffer.read(1)
    os._exit(1)
