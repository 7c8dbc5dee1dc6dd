"""Finds every sentence the code says to members, by reading the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "commands", "content", "scheduler", "sheets")


def sentences() -> Iterator[tuple[str, int, str | None]]:
    """(file, line, message) of `say("…")`, `call.say("…")`, `say.plural(one, many, …)` and `_("…")`; None where the
    first argument is not a literal."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.name == "say.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (name := _called(node.func)) is not None:
                    argument = node.args[1] if name == "plural" else node.args[0]
                    literal = argument.value if isinstance(argument, ast.Constant) else None
                    yield str(path.relative_to(ROOT)), node.lineno, literal if isinstance(literal, str) else None


def _called(function: ast.expr) -> str | None:
    match function:
        case ast.Name(id="say" | "speak" | "_"):
            return "say"
        case ast.Attribute(attr="say"):
            return "say"
        case ast.Attribute(attr="plural", value=ast.Name(id="say") | ast.Attribute(attr="say")):
            return "plural"
        case _:
            return None
