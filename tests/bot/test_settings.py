"""Settings: one reader, documented one and all, and errors that say what to do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, from_env

ROOT = Path(__file__).parents[2]


def test_every_setting_is_documented_and_nothing_else() -> None:
    variables = {f.metadata["env"] for f in Settings.__dataclass_fields__.values() if f.metadata.get("env")}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == variables


def test_the_environment_is_read_nowhere_else() -> None:
    for room in ("bot", "chat", "commands", "content", "matching", "scheduler", "store"):
        for path in (ROOT / room).rglob("*.py"):
            if path.name != "settings.py":
                assert not re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8")), path


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# a comment\nDISCORD_TOKEN = 'from file'\nSTEPPINGSTONE_LOG_LEVEL=DEBUG\n", encoding="utf-8")
    settings = from_env({"STEPPINGSTONE_LOG_LEVEL": "ERROR"}, file)
    assert (settings.discord_token, settings.log_level) == ("from file", "ERROR")


def test_no_token_at_all_names_the_demo() -> None:
    with pytest.raises(SettingsError, match="make demo"):
        Settings().checked()
    with pytest.raises(SettingsError, match="new-key"):
        Settings(slack_app_token="xapp-1").checked()
    with pytest.raises(SettingsError, match="port"):
        Settings(discord_token="x", health_port="eighty").checked()


def test_the_command_line_says_so_in_one_sentence(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "run"], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (ran.returncode, "make demo" in ran.stderr, "Traceback" in ran.stderr) == (2, True, False)
