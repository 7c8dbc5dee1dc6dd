"""/admin reload and SIGHUP: a changed pack reaches members at once, a broken one is refused, and only owners may."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from content.library import SHIPPED, Library
from sandbox.world import Seen
from tests.acceptance.days import labels
from tests.kit import guide
from tests.kit.house import House, house, until
from tests.kit.people import Person

ROOT = Path(__file__).parents[2]
CARD, TOPIC = "card.baking.steam", "baking"
FILE = Path("cards/baking.yaml")
SHIPPED_CARD, SHIPPED_FILE = "card.interview.what", Path("cards/interview.yaml")
NEW = "A title from this very minute"
OWN_CARD = """- id: card.starter.for-a-while
  rev: 1
  status: live
  topic: starter
  kind: idea
  sources: [starter.feed]
  title: {en: "A card for a while"}
  short: {en: "For a while"}
  aliases: [wobblygong]
  body: {en: "This card comes with one reading of the pack and goes with another one."}
"""


async def _reload(person: Person) -> Seen:
    """Types it, and waits for the answer: reading and proving a pack takes longer than Discord waits."""
    await person.type("/admin reload")
    await until(lambda: person.here()[-1].text != "…", "an answer in the place of the thinking")
    return person.here()[-1]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack that a test may change: read and proven at once."""
    return guide.written(tmp_path)


@pytest.fixture
def whole_pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack: reading and proving it takes longer than a platform waits."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


async def test_an_owner_reloads_and_members_read_the_new_title_at_once(
    whole_pack: Path, tmp_path: Path, platform: str
) -> None:
    async with house(tmp_path, changes={"pack": str(whole_pack)}) as home:
        ada, kofi = home.person(platform, "Ada"), home.person(platform, "Kofi")
        before = await kofi.type(f"/step {SHIPPED_CARD}")
        assert _title(before) == _library(home).cards[SHIPPED_CARD].title.en
        _retitle(whole_pack, _library(home), SHIPPED_FILE, SHIPPED_CARD)
        assert _title(await kofi.type(f"/step {SHIPPED_CARD}")) == _title(before), "nothing changes by itself"

        answer = await _reload(ada)
        assert "The pack was read again: " in answer.text
        library = _library(home)
        for count in (len(library.prompts), len(library.cards), len(library.roles)):
            assert f"{count:,}" in answer.text
        assert answer.only_you
        assert _title(await kofi.type(f"/step {SHIPPED_CARD}")) == NEW
        origin = await kofi.press(before, "Where is this from?")  # a message of the edition before
        assert _title(await kofi.press(origin, "Back")) == NEW
        assert NEW in (await kofi.type("/step wholly new title from this very minute")).text, "it is found, too"
        page = await kofi.type("/step interview")
        assert NEW in page.text


async def test_a_card_that_comes_and_goes_again_is_explained_to_those_who_still_see_it(
    pack: Path, tmp_path: Path, platform: str
) -> None:
    async with house(tmp_path, changes={"pack": str(pack)}) as home:
        ada, kofi = home.person(platform, "Ada"), home.person(platform, "Kofi")
        assert "A card for a while" not in (await kofi.type("/step wobblygong")).text
        own = pack / "cards" / "own.yaml"
        own.write_text(OWN_CARD, encoding="utf-8")
        await _reload(ada)
        card = await kofi.type("/step wobblygong")
        assert _title(card) == "A card for a while"

        own.unlink()
        await _reload(ada)
        await kofi.press(card, "Where is this from?")
        assert "This is no longer in my list." in kofi.here()[-1].text


async def test_those_who_do_not_look_after_the_community_are_refused_kindly(home: House, platform: str) -> None:
    for name in ("Kofi", "Priya"):
        person = home.person(platform, name)
        told = await _reload(person)
        assert told.only_you
        if platform == "slack":
            assert "This one is for those who look after this community." in told.text
        else:  # Discord hides the command from them, and its client refuses
            assert "you do not have permission" in told.text
        assert "read again" not in told.text
    lin = home.person("slack", "林雨")
    assert "这个命令留给管理这个社区的人。" in (await _reload(lin)).text


async def test_help_lists_it_for_those_who_may_and_for_nobody_else(home: House, platform: str) -> None:
    for ada in (home.person(platform, "Ada"), home.person(platform, "Ada", space=1)):
        assert "/admin reload" in await _help(ada)
    for name in ("Kofi", "林雨", "Sam"):
        told = await _help(home.person(platform, name))
        assert "/nudge on" in told
        assert "/admin" not in told


async def _help(person: Person) -> str:
    """All pages of it."""
    seen = await person.type("/help")
    told = seen.text
    while "More" in labels(seen) or "更多" in labels(seen):
        seen = await person.press(seen, "More" if "More" in labels(seen) else "更多")
        told += seen.text
    return told


async def test_a_broken_pack_is_refused_with_file_and_line_and_the_old_one_still_serves(
    pack: Path, tmp_path: Path, platform: str
) -> None:
    async with house(tmp_path, changes={"pack": str(pack)}) as home:
        ada, kofi = home.person(platform, "Ada"), home.person(platform, "Kofi")
        before = await kofi.type(f"/step {CARD}")
        whole = (pack / FILE).read_text(encoding="utf-8")
        _retitle(pack, _library(home))
        line = _break(pack)

        told = await _reload(ada)
        assert "The pack was not taken; the old one stays." in told.text
        assert f"my-pack/{FILE}:{line}: " in told.text
        assert "1 problem; python -m bot check lists it" in told.text
        assert (await kofi.type(f"/step {CARD}")).text == before.text

        (pack / FILE).write_text(_twice_wrong(whole), encoding="utf-8")
        told = await _reload(ada)
        assert "problems; python -m bot check lists all" in told.text
        (pack / FILE).write_text("- id: one: two\n", encoding="utf-8")
        told = await _reload(ada)
        assert f"my-pack/{FILE}:1: not readable as YAML" in told.text
        (pack / "pack.yaml").rename(pack / "away.yaml")
        told = await _reload(ada)
        assert "my-pack/pack.yaml:1: the file is missing" in told.text
        assert (await kofi.type(f"/step {CARD}")).text == before.text

        (pack / "away.yaml").rename(pack / "pack.yaml")
        (pack / FILE).write_text(whole, encoding="utf-8")
        _retitle(pack, _library(home))
        assert "The pack was read again: " in (await _reload(ada)).text
        assert _title(await kofi.type(f"/step {CARD}")) == NEW


async def test_what_sighup_calls_does_the_same_and_logs_file_and_line(
    pack: Path, tmp_path: Path, platform: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with house(tmp_path, changes={"pack": str(pack)}) as home:
        kofi = home.person(platform, "Kofi")
        before = await kofi.type(f"/step {CARD}")
        whole = (pack / FILE).read_text(encoding="utf-8")
        line = _break(pack)
        assert home.app is not None
        with caplog.at_level(logging.INFO):
            await home.app.reload()
        assert "the pack was not taken, the old one stays" in caplog.text
        assert f"my-pack/{FILE}:{line}: " in caplog.text
        assert (await kofi.type(f"/step {CARD}")).text == before.text

        caplog.clear()
        (pack / FILE).write_text(whole, encoding="utf-8")
        _retitle(pack, _library(home))
        with caplog.at_level(logging.INFO):
            await home.app.reload()
        assert "the pack was read again" in caplog.text
        assert "not taken" not in caplog.text
        assert _title(await kofi.type(f"/step {CARD}")) == NEW


async def test_a_real_process_reads_its_pack_again_at_sighup_and_ends_well_at_sigterm(
    whole_pack: Path, tmp_path: Path
) -> None:
    async with house(tmp_path, changes={"pack": str(whole_pack)}) as home:
        library = _library(home)
        await home.stop()
        async with _bot_process(home, tmp_path) as (process, log):
            members = [home.person(platform, "Kofi") for platform in ("slack", "discord")]
            for kofi in members:
                assert _title(await kofi.type(f"/step {SHIPPED_CARD}")) == library.cards[SHIPPED_CARD].title.en
            whole = (whole_pack / SHIPPED_FILE).read_text(encoding="utf-8")

            line = _break(whole_pack, SHIPPED_FILE, "interview")
            process.send_signal(signal.SIGHUP)
            await until(
                lambda: f"pack/{SHIPPED_FILE}:{line}: " in log.read_text(encoding="utf-8"), "the refusal in the log"
            )
            for kofi in members:
                assert _title(await kofi.type(f"/step {SHIPPED_CARD}")) == library.cards[SHIPPED_CARD].title.en

            (whole_pack / SHIPPED_FILE).write_text(whole, encoding="utf-8")
            _retitle(whole_pack, library, SHIPPED_FILE, SHIPPED_CARD)
            process.send_signal(signal.SIGHUP)
            await until(lambda: "the pack was read again" in log.read_text(encoding="utf-8"), "the new edition")
            for kofi in members:
                assert _title(await kofi.type(f"/step {SHIPPED_CARD}")) == NEW

            process.terminate()
            assert await asyncio.wait_for(process.wait(), 5) == 0
            assert "Traceback" not in log.read_text(encoding="utf-8")


@asynccontextmanager
async def _bot_process(home: House, folder: Path) -> AsyncGenerator[tuple[Process, Path]]:
    """`python -m bot run` on both platforms of the sandbox, with its own database; gives it and its log."""
    settings, log = home.settings, folder / "process.log"
    environment = {
        "PYTHONPATH": str(ROOT),
        "STEPPINGSTONE_DATABASE": str(folder / "process.sqlite3"),
        "STEPPINGSTONE_KEYS": settings.keys,
        "STEPPINGSTONE_PACK": settings.pack,
        "STEPPINGSTONE_HEALTH_PORT": "0",
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_BOT_TOKEN": settings.slack_bot_tokens,
        "SLACK_API_URL": settings.slack_api,
        "DISCORD_TOKEN": settings.discord_token,
        "DISCORD_API_URL": settings.discord_api,
        "DISCORD_GATEWAY_URL": settings.discord_gateway,
    }
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=file, stderr=file
        )
    try:
        for name in ("slack", "discord"):
            await until(
                lambda name=name: f"connected to {name}" in log.read_text(encoding="utf-8"), f"{name} connected", 30
            )
        yield process, log
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _twice_wrong(text: str) -> str:
    return text.replace(f"topic: {TOPIC}", "topic: nowhere").replace("kind: checklist", "kind: nothing")


def _retitle(pack: Path, library: Library, file: Path = FILE, card: str = CARD) -> None:
    """Gives the card another English title, as an author would in an editor."""
    path, title = pack / file, library.cards[card].title.en
    text = path.read_text(encoding="utf-8")
    assert text.count(f'title: {{en: "{title}"') == 1
    path.write_text(text.replace(f'title: {{en: "{title}"', f'title: {{en: "{NEW}"'), encoding="utf-8")


def _break(pack: Path, file: Path = FILE, topic: str = TOPIC) -> int:
    """Puts one card under a topic that does not exist; gives the line."""
    path = pack / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.strip() == f"topic: {topic}")
    lines[at] = lines[at].replace(topic, "nowhere")
    path.write_text("".join(lines), encoding="utf-8")
    return at + 1


def _library(home: House) -> Library:
    """The pack as it is served right now."""
    assert home.app is not None
    return home.app.shelf.library


def _title(seen: Seen) -> str:
    return seen.text.removeprefix("## ").splitlines()[0]
