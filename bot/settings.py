"""The only reader of the environment: what an operator sets. What a community's owner sets lives in the store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chat.errors import SteppingstoneError


class SettingsError(SteppingstoneError):
    """A setting that is missing or cannot be read; the text says what to do."""


def _env(name: str, default: str = "") -> str:
    """A field read from the environment variable `name`."""
    return field(default=default, metadata={"env": name})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, as text. `.env.example` documents each."""

    database: str = _env("STEPPINGSTONE_DATABASE", "var/steppingstone.sqlite3")
    keys: str = _env("STEPPINGSTONE_KEYS")
    pack: str = _env("STEPPINGSTONE_PACK")
    health_port: str = _env("STEPPINGSTONE_HEALTH_PORT", "8080")
    log_level: str = _env("STEPPINGSTONE_LOG_LEVEL", "INFO")
    log_format: str = _env("STEPPINGSTONE_LOG_FORMAT", "text")
    slack_app_token: str = _env("SLACK_APP_TOKEN")
    slack_bot_tokens: str = _env("SLACK_BOT_TOKEN")
    slack_remembers_keys: str = _env("SLACK_REMEMBERS_KEYS")
    slack_api: str = _env("SLACK_API_URL", "https://slack.com/api/")
    discord_token: str = _env("DISCORD_TOKEN")
    discord_api: str = _env("DISCORD_API_URL")
    discord_gateway: str = _env("DISCORD_GATEWAY_URL")
    tick_pace: float = 1.0  # not an operator's: tests and the demo tick faster
    paced: bool = True  # stays below the platforms' ceilings; off only where a bench measures what lies beyond
    fast_start: bool = False  # leaves out the pauses that only the real Discord needs

    def has_platform(self) -> bool:
        """Whether any platform is switched on."""
        return bool(self.slack_app_token or self.discord_token)

    def checked(self) -> Settings:
        """Itself, or SettingsError with advice."""
        if not self.has_platform():
            raise SettingsError(
                "No token is set, so there is nobody to talk to. `make demo` shows everything without one; for real "
                "use, set SLACK_APP_TOKEN and SLACK_BOT_TOKEN, or DISCORD_TOKEN, in .env (see .env.example)."
            )
        if self.slack_app_token and not self.keys:
            raise SettingsError(
                "STEPPINGSTONE_KEYS is not set: Slack's tokens are kept encrypted. `python -m bot new-key` makes one; "
                "keep it outside the database and its backups."
            )
        if self.log_level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise SettingsError("STEPPINGSTONE_LOG_LEVEL is one of DEBUG, INFO, WARNING, ERROR")
        if self.log_format not in {"text", "json"}:
            raise SettingsError("STEPPINGSTONE_LOG_FORMAT is text (for people) or json (one object a line)")
        if not self.health_port.isdecimal() or int(self.health_port) > 65_535:
            raise SettingsError("STEPPINGSTONE_HEALTH_PORT must be a port number, 0 to switch it off")
        return self


def from_env(environ: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Reads `.env` where there is one, then the environment, which wins."""
    given = _read_file(env_file) | dict(environ if environ is not None else os.environ)
    values: dict[str, Any] = {  # only text fields have an environment variable
        name: given[variable].strip()
        for name, described in Settings.__dataclass_fields__.items()
        if (variable := described.metadata.get("env")) and given.get(variable, "").strip()
    }
    return Settings(**values)


def _read_file(path: Path) -> dict[str, str]:
    """KEY=value lines; # begins a comment line."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, equals, value in pairs if equals}
