"""What a button means: a small typed value that fits on the wire and survives restarts.

An action carries ids, never authority: whoever answers it checks who pressed, where, and whether it is still open.
Its name is a wire format: add new ones, never rename.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import ClassVar, Self, get_type_hints
from urllib.parse import quote, unquote

from chat.errors import LimitError, UnknownAction

WIRE_LIMIT = 100  # Discord custom_id; Slack would allow 2,000
_NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")
_names: dict[str, type[Action]] = {}


@dataclasses.dataclass(frozen=True)
class Action:
    """Subclass as a frozen dataclass with `name=`; fields may be str, int, bool or date.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Waved(Action, name="doc-waved"):
    ...     at: str
    >>> Waved("Ada").wire()
    'doc-waved|Ada'
    >>> read_action("doc-waved|Ada")
    Waved(at='Ada')
    """

    wire_name: ClassVar[str] = ""

    def __init_subclass__(cls, *, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise LimitError(f"action name {name!r}: use lower-case letters, digits and '-', 2 to 31 characters")
        known = _names.get(name)
        if known is not None and (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise LimitError(f"action name {name!r} is taken by {known.__qualname__}: choose another")
        cls.wire_name = name
        _names[name] = cls

    def wire(self) -> str:
        """The value a button carries, at most 100 characters."""
        values = (getattr(self, field.name) for field in dataclasses.fields(self))
        text = "|".join([self.wire_name, *(_write(value) for value in values)])
        if len(text) > WIRE_LIMIT:
            advice = f"allowed {WIRE_LIMIT}: carry an id instead of the thing"
            raise LimitError(f"action {self.wire_name!r} is {len(text)} characters on the wire, {advice}")
        return text

    @classmethod
    def _from_parts(cls, parts: list[str]) -> Self:
        hints = get_type_hints(cls)
        fields = dataclasses.fields(cls)
        if len(parts) > len(fields):
            raise UnknownAction(cls.wire_name)
        return cls(*(_read(hints[field.name], part) for field, part in zip(fields, parts, strict=False)))


def read_action(wire: str) -> Action:
    """The inverse of `wire()`. Raises UnknownAction for anything this version did not write."""
    name, *parts = wire.split("|")
    cls = _names.get(name)
    if cls is None:
        raise UnknownAction(name[:31])
    try:
        return cls._from_parts(parts)  # pyright: ignore[reportPrivateUsage]  # the class's own reader
    except (TypeError, ValueError) as error:
        raise UnknownAction(name) from error


def _write(value: object) -> str:
    match value:
        case bool():
            return "1" if value else "0"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return quote(value, safe=" .:/,=+@-_")
        case _:
            raise LimitError(f"a {type(value).__name__} cannot go on the wire: use str, int, bool or date")


def _read(kind: object, part: str) -> str | int | bool | date:
    if kind is bool:
        return part == "1"
    if kind is int:
        return int(part)
    if kind is date:
        return date.fromisoformat(part)
    return unquote(part)
