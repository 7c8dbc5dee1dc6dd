"""Log lines as `time level logger sentence key=value`: ids and names of code, never what members write."""

from __future__ import annotations

import logging

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Fields(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        fields = [f"{key}={value}" for key, value in vars(record).items() if key not in _STANDARD]
        return " ".join([line.replace("\n", "\n    "), *fields])


def set_up(level: str = "INFO") -> None:
    """The root logger. The platforms' libraries stay above DEBUG, where they would log raw payloads."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Fields("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("discord", "slack_sdk", "slack_bolt", "aiosqlite", "sqlalchemy", "alembic", "apscheduler", "asyncio"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLogger().level))
