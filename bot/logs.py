"""Log lines for people or for machines: ids and names of code, never what members write. One record is one line that
nothing in it can end early, except that a traceback goes on, indented."""

from __future__ import annotations

import json
import logging

from pythonjsonlogger.json import JsonFormatter

FORMATS = ("text", "json")
OURS = frozenset({"bot", "chat", "commands", "content", "habit", "matching", "sandbox", "scheduler", "sheets", "store"})
"""Rooms of the house. Whatever else logs is a library: below WARNING those log tokens and members' words."""

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_INERT = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {
    0x0A: "\n    ",
    0x0D: "\\r",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


class _Text(logging.Formatter):
    """`time level logger sentence key=value`; a line that does not begin at the margin belongs to the one above."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        fields = [f"{key}={_field(value)}" for key, value in vars(record).items() if key not in _STANDARD]
        return " ".join([super().formatMessage(record), *fields])

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).translate(_INERT)


def _field(value: object) -> str:
    """Bare where it is one word, else quoted, so that it cannot pass for another field."""
    text = str(value)
    return text if text.isprintable() and not {" ", '"', "="} & set(text) else json.dumps(text, ensure_ascii=False)


class _Libraries(logging.Filter):
    """A library may set its own loggers' levels (Bolt copies the root's), so records are judged where they come out."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS


def set_up(level: str = "INFO", form: str = "text") -> None:
    """The root logger, to stderr. `level` holds for our rooms; `form` is one of FORMATS."""
    handler = logging.StreamHandler()
    handler.addFilter(_Libraries())
    handler.setFormatter(_json() if form == "json" else _Text("%(asctime)s %(levelname)s %(name)s %(message)s"))
    chosen = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=max(logging.WARNING, chosen), handlers=[handler], force=True)
    for room in OURS:
        logging.getLogger(room).setLevel(chosen)


def _json() -> logging.Formatter:
    """One object a line: timestamp (UTC), level, logger, message, every extra field, exception where there is one."""
    names = {"levelname": "level", "name": "logger", "exc_info": "exception", "stack_info": "stack"}
    return JsonFormatter(["levelname", "name", "message"], rename_fields=names, timestamp=True)
