"""Holds what the sandbox sent against the vendors' own TypeScript types: the compiler judges, not we."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

from tests.conformance.node import Event, find, modules

_HEADER = """\
import type * as bolt from "@slack/bolt"
import type * as discord from "discord-api-types/v10"
import type * as slack from "@slack/types"

// JSON carries an enumeration's value, not its member: every string enumeration becomes its literal strings.
type Loose<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Loose<T[K]> } : T

"""
_OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--pretty", "false"]
_COMPLAINT = re.compile(r"^payload(\d+)\.ts\((\d+),\d+\): error (.*)$")


def complaints(raw: Sequence[Event]) -> list[str]:
    """What the compiler says against `{type, value}` payloads, each once: type, offending line, what is wrong with it.
    Types are named as the programs name them, `discord.`, `bolt.` or `slack.` first."""
    if not raw:
        return []
    home = modules()
    folder = Path(mkdtemp(prefix="types-", dir=home))
    payloads = sorted({(str(event["type"]), _literal(event["value"])) for event in raw})
    try:
        for number, (kind, value) in enumerate(payloads):
            text = f"{_HEADER}export const payload: Loose<{kind}> = {value}\n"
            (folder / f"payload{number}.ts").write_text(text, encoding="utf-8")
        compiler = home / "node_modules" / "typescript" / "bin" / "tsc"
        files = [f"payload{number}.ts" for number in range(len(payloads))]
        command = [find().node, str(compiler), *_OPTIONS, *files]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
        return list(dict.fromkeys(_entries(done.stdout + done.stderr, payloads))) if done.returncode else []
    finally:
        shutil.rmtree(folder)


def _entries(said: str, payloads: Sequence[tuple[str, str]]) -> list[str]:
    """The compiler's lines without positions; what explains a complaint is indented and stays with it."""
    found: list[str] = []
    for line in said.splitlines():
        if at := _COMPLAINT.match(line):
            kind, value = payloads[int(at[1])]
            row = int(at[2]) - _HEADER.count("\n") - 1
            found.append(f"{kind} at {value.splitlines()[row]}\n  {at[3]}")
        elif line.startswith(" ") and found:
            found[-1] += "\n  " + line
        elif line.strip():
            found.append(line)
    return found


def _literal(value: Any, key: str = "") -> str:
    """JSON as TypeScript; a set of flags is any number, for an enumeration names only the single bits."""
    match value:
        case dict():
            fields = cast("dict[str, Any]", value)
            pairs = [(k, _literal(v, k)) for k, v in fields.items() if not _undescribed(k, fields)]
            return "{" + ",\n".join(f"{json.dumps(k)}: {v}" for k, v in pairs) + "}"
        case list():
            return "[" + ", ".join(_literal(item) for item in cast("list[Any]", value)) + "]"
        case int() if key.endswith("flags") and not isinstance(value, bool):
            return f"{value} as number"
        case _:
            return json.dumps(value)


def _undescribed(key: str, inside: Mapping[str, Any]) -> bool:
    """A used component's number: Discord's documentation of components has it, discord-api-types not yet."""
    return key == "id" and "component_type" in inside
