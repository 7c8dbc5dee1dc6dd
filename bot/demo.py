"""`python -m bot demo`: the real bot, connected through the real libraries to a sandbox of its own."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import App, build
from bot.settings import Settings
from bot.slack.manifest import manifest
from chat.people import Person, Space
from commands._registry import load as load_commands
from sandbox.demo import SLACK_TOKENS, populate
from sandbox.server import Sandbox
from store import Keyring


def demo_settings(sandbox: Sandbox, folder: Path) -> Settings:
    """Both platforms switched on, pointed at the sandbox."""
    return Settings(
        database=str(folder / "demo.sqlite3"),
        keys=Keyring.generate(),
        slack_app_token=sandbox.slack.app_token,
        slack_bot_tokens=" ".join(SLACK_TOKENS),
        slack_api=sandbox.slack_api,
        discord_token=sandbox.discord.bot_token,
        discord_api=sandbox.discord_api,
        discord_gateway=sandbox.discord_gateway,
        tick_pace=0.3,
        fast_start=True,
    )


@asynccontextmanager
async def demo(port: int = 8477, pack: Path | None = None) -> AsyncGenerator[tuple[Sandbox, App]]:
    """The sandbox with its people, and the bot in it, with another pack where one is given. Nothing is kept
    afterwards."""
    sandbox = Sandbox(bot_name="steppingstone")
    populate(sandbox)
    sandbox.slack.register_manifest(manifest(load_commands()))
    await sandbox.start(port=port)
    with tempfile.TemporaryDirectory(prefix="steppingstone-demo-") as folder:
        settings = replace(demo_settings(sandbox, Path(folder)), pack=str(pack) if pack else "")
        app = await build(settings, sandbox.clock)
        try:
            await app.start()
            yield sandbox, app
        finally:
            await app.stop()
            await sandbox.stop()


def people(sandbox: Sandbox) -> Iterator[tuple[str, Person]]:
    """One English and one Chinese reader of each platform, as (language, person)."""
    for platform, world in (("slack", sandbox.slack), ("discord", sandbox.discord)):
        for lang in ("en", "zh-CN"):
            one = next(r for r in world.residents() if r.locale.startswith(lang[:2]) and r.dms_open)
            space, _slash, id_ = one.id.partition("/")
            yield lang, Person(Space(platform, space), id_)
