"""Column types that keep a small thing whole: a set of codes, some days, a structure of lists and facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Codes(sa.types.TypeDecorator[frozenset[str]]):
    """A set of short codes as text, sorted, a comma between them; a code has no comma."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if any("," in code or not code for code in value):
            raise ValueError("a code is neither empty nor has it a comma")
        return ",".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str] | None:
        return None if value is None else frozenset(value.split(",")) - {""}


class Days(sa.types.TypeDecorator[tuple[date, ...]]):
    """Some days as text, a comma between them, in their own order."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Collection[date] | None, dialect: Dialect) -> str | None:
        return None if value is None else ",".join(day.isoformat() for day in value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[date, ...] | None:
        return None if value is None else tuple(date.fromisoformat(day) for day in value.split(",") if day)


class Structured(sa.types.TypeDecorator[Any]):
    """Something small of lists, mappings, texts and numbers as JSON. Lists come back as tuples, so that what was read
    equals what was written."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        return value

    def process_result_value(self, value: object, dialect: Dialect) -> object:
        return tuples(value)


def tuples(value: Any) -> Any:
    """The same with tuples for lists, however deep.

    >>> tuples([[1, 540, 600], {"tags": ["python"]}])
    ((1, 540, 600), {'tags': ('python',)})
    """
    match value:
        case list() | tuple():
            return tuple(map(tuples, cast("Sequence[Any]", value)))
        case dict():
            return {name: tuples(item) for name, item in cast("dict[str, Any]", value).items()}
        case _:
            return value


def texts(value: Any) -> Iterator[str]:
    """Every text in a structure, names of facts too.

    >>> sorted(texts({"met": ["sam", {"n": 1}]}))
    ['met', 'n', 'sam']
    """
    match value:
        case str():
            yield value
        case list() | tuple():
            for item in cast("Sequence[Any]", value):
                yield from texts(item)
        case dict():
            for name, item in cast("dict[str, Any]", value).items():
                yield name
                yield from texts(item)
        case _:
            pass
