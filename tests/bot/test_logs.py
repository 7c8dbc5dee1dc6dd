"""What stands in the log, for people and for machines; what never does, and what cannot be made to look like it."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.logs import FORMATS, OURS, set_up
from bot.settings import Settings, SettingsError, from_env
from tests.kit.house import house

log = logging.getLogger("bot.some_file")
WORDS = "canary-words-of-a-member"
NAMED = 'two words="and a quote"\nat night'
LIBRARIES = ("discord", "slack_sdk", "slack_bolt", "aiosqlite", "sqlalchemy", "aiohttp", "asyncio")


@pytest.fixture(autouse=True)
def as_before() -> Generator[None]:
    """The loggers of this process are everybody's."""
    known = [logging.getLogger(), *(logging.getLogger(name) for name in (*OURS, *LIBRARIES))]
    levels, handlers = [each.level for each in known], logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    for each, level in zip(known, levels, strict=True):
        each.setLevel(level)


def objects(text: str) -> list[dict[str, Any]]:
    """Each line as the machine reads it."""
    return [json.loads(line) for line in text.splitlines()]


def test_for_machines_each_record_is_one_object_with_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", "json")
    before = datetime.now(UTC)
    log.info("delivered %s of %s", 1, 2, extra={"delivery": "d1", "attempt": 3, "day": date(2026, 11, 20), "why": None})
    log.debug("not at this level")
    (said,) = objects(capsys.readouterr().err)
    at = datetime.fromisoformat(said.pop("timestamp"))
    assert at.utcoffset() == timedelta(0)
    assert before - timedelta(milliseconds=1) <= at <= datetime.now(UTC)
    assert said == {
        "level": "INFO", "logger": "bot.some_file", "message": "delivered 1 of 2",
        "delivery": "d1", "attempt": 3, "day": "2026-11-20", "why": None,
    }  # fmt: skip


def test_for_machines_an_exception_is_a_field(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", "json")
    try:
        raise LookupError("first\nsecond")
    except LookupError:
        log.exception("it broke", extra={"space": "slack:T1"})
    (said,) = objects(capsys.readouterr().err)
    assert (said["message"], said["level"], said["space"]) == ("it broke", "ERROR", "slack:T1")
    assert said["exception"].startswith("Traceback")
    assert said["exception"].endswith("LookupError: first\nsecond")


def test_for_machines_a_value_that_json_does_not_know_is_still_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    class Odd:
        def __repr__(self) -> str:
            raise RuntimeError

    set_up("INFO", "json")
    log.info("odd", extra={"thing": Odd(), "path": Path("a/b"), "many": {1, 2}, "raw": b"\xff"})
    assert objects(capsys.readouterr().err)[0]["path"] == "a/b"


def test_for_people_a_line_is_a_sentence_and_fields_that_cannot_be_mistaken(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    log.info("delivered", extra={"delivery": "d1", "attempt": 3, "reason": NAMED})
    said = capsys.readouterr().err
    assert said.endswith(
        ' INFO bot.some_file delivered delivery=d1 attempt=3 reason="two words=\\"and a quote\\"\\nat night"\n'
    )


def test_for_people_a_traceback_is_indented_below_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO")
    try:
        raise LookupError("first\n2026-11-20 08:30:00,000 INFO bot forged\r2026")
    except LookupError:
        log.exception("it broke", extra={"space": "slack:T1"})
    first, *others = capsys.readouterr().err.split("\n")[:-1]
    assert first.endswith("ERROR bot.some_file it broke space=slack:T1")
    assert others
    assert all(line.startswith("    ") for line in others)


ENDINGS = [
    "\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1d",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1b[2K\x1b[1A",
    "\x00",
    "\x9b1A",
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_in_a_record_forges_a_line(form: str, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up("INFO", form)
    forged = f"quiet{ending}2026-11-20 08:30:00,000 ERROR bot.app all is lost"
    log.info("%s", forged)
    log.info("a field", extra={"reason": forged})
    log.info("the end")
    said = capsys.readouterr().err
    at_the_margin = [line for line in said.splitlines() if not line.startswith("    ")]
    assert len(at_the_margin) == 3
    assert [" bot.some_file " in line or '"bot.some_file"' in line for line in at_the_margin] == [True] * 3
    assert all(character == "\n" or character.isprintable() for character in said)
    if form == "json":
        assert [row.get("reason", row["message"]) for row in objects(said)] == [forged, forged, "the end"]


@pytest.mark.parametrize("form", FORMATS)
async def test_the_libraries_log_tokens_and_words_and_none_of_it_gets_out_even_at_debug(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up("DEBUG", form)
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(f"{record.name} {record.getMessage()}")

    logging.getLogger().addHandler(Ear())
    for library in LIBRARIES:  # as Bolt does, which copies the root's level into loggers of its own
        logging.getLogger(library).setLevel(logging.DEBUG)
    async with house(tmp_path) as home:
        for platform in ("slack", "discord"):
            await home.person(platform, "Ada").type(f"/step {WORDS}")
        tokens = [home.settings.slack_app_token, *home.settings.slack_bot_tokens.split(), home.settings.discord_token]
        for library in LIBRARIES:  # those in use hide their tokens; another version of one may not
            logging.getLogger(f"{library}.deep.inside").debug("Authorization: Bearer %s", " ".join(tokens))
    said, all_of_it = capsys.readouterr().err, "\n".join(heard)
    assert " connected to " in said or '"connected to ' in said
    canaries = [WORDS, "response_url", *tokens]
    assert [one for one in canaries if one not in all_of_it] == [], (
        "the libraries log less now: this test shows nothing"
    )
    assert [one for one in canaries if one in said] == []


def test_the_format_and_the_level_are_settings(tmp_path: Path) -> None:
    nowhere, token = tmp_path / ".env", {"DISCORD_TOKEN": "x"}
    assert from_env(token, nowhere).checked().log_format == "text"
    assert from_env(token | {"STEPPINGSTONE_LOG_FORMAT": "json"}, nowhere).checked().log_format == "json"
    fine = Settings(discord_token="x")
    for wrong, name in ((replace(fine, log_format="xml"), "FORMAT"), (replace(fine, log_level="LOUD"), "LEVEL")):
        with pytest.raises(SettingsError, match=f"STEPPINGSTONE_LOG_{name} is"):
            wrong.checked()
