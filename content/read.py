"""YAML with line numbers: plain data only, no tags, no duplicate keys; every problem is noted as path:line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from chat.errors import SteppingstoneError

Plain = str | int | float | bool | None


class PackError(SteppingstoneError):
    """A pack that cannot be used; the text lists every problem as `path:line: what is wrong and what to do`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(slots=True)
class Problems:
    """Collects, so that an author sees all problems at once."""

    found: list[str] = field(default_factory=list[str])

    def add(self, at: Value, text: str) -> None:
        """Notes a problem at a value's own line."""
        self.found.append(f"{at.path}:{at.line}: {text}")


@dataclass(frozen=True, slots=True)
class Value:
    """A node of the file: a scalar, a list or a map, and where it stands."""

    path: str
    line: int
    data: Plain | list[Value] | dict[str, Value]

    @property
    def map(self) -> Mapping[str, Value]:
        """The pairs of a map; empty for anything else."""
        return self.data if isinstance(self.data, dict) else {}

    @property
    def items(self) -> list[Value]:
        """The items of a list; empty for anything else."""
        return self.data if isinstance(self.data, list) else []

    @property
    def text(self) -> str:
        """A string; "" for anything else."""
        return self.data if isinstance(self.data, str) else ""

    @property
    def number(self) -> int:
        """A whole number; -1 for anything else."""
        return self.data if isinstance(self.data, int) and not isinstance(self.data, bool) else -1

    def get(self, key: str) -> Value:
        """The value under a key; an empty one at the same line when it is absent."""
        return self.map.get(key, Value(self.path, self.line, None))

    def __bool__(self) -> bool:
        return self.data is not None


def read_entries(path: Path, shown: str, problems: Problems) -> Iterator[Value]:
    """The entries of a file that holds a list of maps, or one map."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problems.found.append(f"{shown}:{line}: not readable as YAML: {getattr(error, 'problem', 'not UTF-8')}")
        return
    if node is None:
        return
    value = _value(node, shown, problems)
    yield from value.items if isinstance(value.data, list) else [value]


def _value(node: yaml.Node, path: str, problems: Problems) -> Value:
    line = node.start_mark.line + 1
    match node:
        case yaml.MappingNode():
            pairs: dict[str, Value] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in pairs:
                    problems.found.append(f"{path}:{key_node.start_mark.line + 1}: {key!r} is given twice: keep one")
                pairs[key] = _value(value_node, path, problems)
            return Value(path, line, pairs)
        case yaml.SequenceNode():
            return Value(path, line, [_value(item, path, problems) for item in node.value])
        case _:
            return Value(path, line, _scalar(node, path, problems))


def _scalar(node: yaml.Node, path: str, problems: Problems) -> Plain:
    raw = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "str":
            return raw
        case "int":
            return int(raw, 0)
        case "float":
            return float(raw)
        case "bool":
            return raw.casefold() in {"true", "yes", "on"}
        case "null":
            return None
        case other:
            line = node.start_mark.line + 1
            problems.found.append(f"{path}:{line}: {raw[:30]!r} was read as {other}: put it in quotes")
            return raw
