"""Which library solves the assignments inside: SciPy always can, OR-tools is an extra."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Literal

Using = Literal["auto", "scipy", "ortools"]


def prefers_ortools(using: Using, *, large: bool = True) -> bool:
    """Whether OR-tools is to be tried: when asked for, or when it is installed and the problem `large`."""
    return using == "ortools" or (using == "auto" and large and has_ortools())


@cache
def has_ortools() -> bool:
    """Whether the extra is installed; it is not imported for the answer."""
    return find_spec("ortools") is not None
