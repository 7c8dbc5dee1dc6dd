"""YAML as plain data with line numbers: no tags, no anchors, no duplicate keys; every problem is noted as path:line.

A very large pack may come from `content.fast`, which knows no lines; any problem, and it is read again from here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from chat.errors import SteppingstoneError
from content.fast import Fast, FastFiles

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is not built everywhere

Plain = str | int | float | bool | None
Data: TypeAlias = "Plain | list[Data] | dict[str, Data] | Value"


_STRINGS = {str}


class PackError(SteppingstoneError):
    """A pack that cannot be used; the text lists every problem as `path:line: what is wrong and what to do`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Problems:
    """Collects, so that an author sees all problems at once."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found = list[str]()

    def add(self, at: Value, text: str) -> None:
        """Notes a problem at a value's own line."""
        self.found.append(f"{at.file.path}:{at.line}: {text}")


@dataclass(frozen=True, slots=True)
class File:
    """`path` as authors know it; `thorough`: its words need a look one by one (some resemble what is banned)."""

    path: str
    thorough: bool = True


class Value:
    """A node of the file: a scalar, a list or a map, and where it stands (line 0 when it was read fast)."""

    __slots__ = ("data", "file", "line")

    def __init__(self, file: File, line: int, data: Data) -> None:
        self.file, self.line, self.data = file, line, data

    @property
    def map(self) -> Mapping[str, Data]:
        """The pairs of a map, values as `get` takes them; empty for anything else."""
        return self.data if type(self.data) is dict else {}

    @property
    def items(self) -> list[Value]:
        """The items of a list; empty for anything else."""
        return [self.wrap(item) for item in self.data] if type(self.data) is list else []

    @property
    def text(self) -> str:
        """A string; "" for anything else."""
        return self.data if type(self.data) is str else ""

    @property
    def number(self) -> int:
        """A whole number; -1 for anything else."""
        return self.data if type(self.data) is int else -1

    def get(self, key: str) -> Value:
        """The value under a key; an empty one at the same line when it is absent."""
        return self.wrap(self.map.get(key))

    def string(self, key: str) -> str:
        """`get(key).text`, without the detour."""
        found = self._under(key)
        return found if type(found) is str else ""

    def strings(self, key: str) -> tuple[str, ...]:
        """The strings of the list under a key; () when absent."""
        found = self._under(key)
        if type(found) is not list:
            return ()
        if set(map(type, found)) == _STRINGS and "" not in found:
            return tuple(found)  # pyright: ignore[reportReturnType]  # they are all strings
        plain = [item.data if type(item) is Value else item for item in found]
        return tuple([item for item in plain if type(item) is str and item])

    def number_at(self, key: str) -> int:
        """`get(key).number`, without the detour."""
        found = self._under(key)
        return found if type(found) is int else -1

    def _under(self, key: str) -> Data:
        found = self.data.get(key) if type(self.data) is dict else None
        return found.data if type(found) is Value else found

    def wrap(self, inner: Data) -> Value:
        """Something inside as a Value of its own."""
        return inner if type(inner) is Value else Value(self.file, self.line, inner)

    def __bool__(self) -> bool:
        return self.data is not None


def read_entries(path: Path | str, shown: str, problems: Problems, fast: FastFiles | None = None) -> Iterator[Value]:
    """The entries of a file that holds a list of maps, or one map; from the fast reader where there is one."""
    try:
        value = _fast(fast.get(str(path)), shown, problems) if fast else _careful(_bytes(path), shown, problems)
    except OSError as error:
        problems.found.append(f"{shown}:1: not readable: {error.strerror}")
        return
    if value is not None and value:
        yield from value.items if type(value.data) is list else [value]


def _bytes(path: Path | str) -> bytes:
    return Path(path).read_bytes()


def _fast(file: Fast, shown: str, problems: Problems) -> Value | None:
    def pairs(found: list[tuple[str, Data]]) -> dict[str, Data]:
        made = dict(found)
        if len(made) != len(found):
            problems.found.append(f"{shown}: a key is given twice")
        return made

    if file.json is None:
        problems.found.append(f"{shown}: not understood")
        return None
    return Value(File(shown, file.thorough), 0, json.loads(file.json, object_pairs_hook=pairs))


def _careful(raw: bytes, shown: str, problems: Problems) -> Value | None:
    try:
        words = raw.decode("utf-8")
        if (b"&" in raw or b"*" in raw) and (line := _anchored(words)):
            problems.found.append(f"{shown}:{line}: anchors and aliases (&, *) have no place in a pack: write it out")
            return None
        node = yaml.compose(words, Loader=_Loader)
    except RecursionError:
        problems.found.append(f"{shown}:1: not readable as YAML: lists inside lists without end")
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problems.found.append(f"{shown}:{line}: not readable as YAML: {getattr(error, 'problem', 'not UTF-8')}")
        return None
    return _value(node, File(shown), problems) if node is not None else None


def _anchored(words: str) -> int:
    """The line of the first anchor or alias, 0 where there is none."""
    for event in yaml.parse(words, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return int(event.start_mark.line) + 1 if event.start_mark else 1
    return 0


def _value(node: yaml.Node, file: File, problems: Problems) -> Value:
    line = node.start_mark.line + 1
    match node:
        case yaml.MappingNode():
            pairs: dict[str, Data] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in pairs:
                    at = f"{file.path}:{key_node.start_mark.line + 1}"
                    problems.found.append(f"{at}: {key!r} is given twice: keep one")
                pairs[key] = _value(value_node, file, problems)
            return Value(file, line, pairs)
        case yaml.SequenceNode():
            return Value(file, line, [_value(item, file, problems) for item in node.value])
        case _:
            return Value(file, line, _scalar(node, file, problems))


def _scalar(node: yaml.Node, file: File, problems: Problems) -> Plain:
    raw = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "str":
            return raw
        case "int" if re.fullmatch(r"-?\d+", raw):
            return int(raw)
        case "float" if re.fullmatch(r"-?\d+\.\d+", raw):
            return float(raw)
        case "bool" if raw in {"true", "false"}:
            return raw == "true"
        case "bool":  # yes, no, on, off: words like any other
            return raw
        case "null" if raw in {"", "null"}:
            return None
        case other:
            line = node.start_mark.line + 1
            problems.found.append(f"{file.path}:{line}: {raw[:30]!r} was read as {other}: put it in quotes")
            return raw
