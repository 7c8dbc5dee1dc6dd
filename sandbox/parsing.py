"""Reading JSON that somebody else wrote: one error, whatever is wrong with it."""

from __future__ import annotations

import json
from typing import Any


class Unreadable(Exception):
    """Bytes that are no JSON, or no text, or nested too deeply to be meant."""


def parse(raw: str | bytes) -> Any:
    """The value. Raises Unreadable.

    >>> parse(b'{"a": 1}')
    {'a': 1}
    """
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
        raise Unreadable(str(error)) from error
