"""Finding the functions a worksheet names: every file of this room that begins with a prefix is imported once."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


@cache
def load(prefix: str) -> None:
    """Imports every `sheets/<prefix>_*.py`, so that its decorators run."""
    package = importlib.import_module("sheets")
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.startswith(prefix + "_"):
            importlib.import_module(f"sheets.{found.name}")


def note(functions: dict[str, F], name: str, function: F) -> F:
    """Keeps a function under its name. Raises ValueError for a second one of that name."""
    if functions.setdefault(name, function) is not function:
        raise ValueError(f"{name!r} is already {functions[name].__module__}.{functions[name].__qualname__}")
    return function
