"""`python -m bot run | demo | check | coverage | …`: with -m, or bot/discord shadows a library."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

from chat.errors import SteppingstoneError


def _until_stopped() -> asyncio.Event:
    """Set at SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def run(_arguments: argparse.Namespace) -> int:
    """The bot, until it is told to stop."""
    from bot.app import build
    from bot.logs import set_up
    from bot.settings import from_env
    from bot.web import serve_health

    settings = from_env().checked()
    set_up(settings.log_level)
    stopped = _until_stopped()
    app = await build(settings)
    server = await serve_health(app, int(settings.health_port)) if int(settings.health_port) else None
    reloads: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = asyncio.create_task(app.reload())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reload)
    try:
        await app.start()
        await stopped.wait()
    finally:
        if server is not None:
            await server.cleanup()
        await app.stop()
    return 0


async def demo(arguments: argparse.Namespace) -> int:
    """A local Slack and Discord with the bot in both, and a page to talk to it."""
    from bot.demo import demo as demo_house
    from bot.logs import set_up

    set_up("WARNING")
    stopped = _until_stopped()
    async with demo_house(arguments.port) as (sandbox, _app):
        print(f"\n  Talk to the bot at  {sandbox.url}/\n")
        print("  Type /nudge on, fill the form, move the clock. Ctrl-C ends it.\n")
        sys.stdout.flush()
        await stopped.wait()
    return 0


async def check(arguments: argparse.Namespace) -> int:
    """A content pack: its problems as file:line, or what it holds."""
    from bot.checking import check_pack

    library, found = check_pack(Path(arguments.pack) if arguments.pack else None)
    for line in found:
        print(line)
    counts = f"{len(library.prompts)} prompts, {len(library.cards)} cards, {len(library.roles)} roles"
    print(f"{library.slug}: {counts}, {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
    return 1 if found else 0


async def preview(arguments: argparse.Namespace) -> int:
    """An entry as both platforms show it, by its id."""
    from bot.preview import as_text, in_the_page
    from content.library import load

    pack = Path(arguments.pack) if arguments.pack else None
    if not arguments.page:
        languages = [arguments.language] if arguments.language else load(pack).languages
        print("\n".join(as_text(load(pack), arguments.id, languages)))
        return 0
    stopped = _until_stopped()
    async with in_the_page(pack, arguments.id, arguments.port) as sandbox:
        print(f"\n  {arguments.id} is in the direct messages of the page at  {sandbox.url}/\n\n  Ctrl-C ends it.\n")
        sys.stdout.flush()
        await stopped.wait()
    return 0


async def coverage(_arguments: argparse.Namespace) -> int:
    """Which idea reaches a member by which entry, as Markdown."""
    from content.coverage import as_markdown
    from content.library import load

    print(as_markdown(load()), end="")
    return 0


async def manifest(_arguments: argparse.Namespace) -> int:
    """Slack's app manifest as JSON."""
    from bot.slack.manifest import manifest as make
    from commands._registry import load

    print(json.dumps(make(load()), indent=2))
    return 0


async def new_key(_arguments: argparse.Namespace) -> int:
    """A key for STEPPINGSTONE_KEYS."""
    from store import Keyring

    print(Keyring.generate())
    return 0


async def health(_arguments: argparse.Namespace) -> int:
    """Asks the running bot: exit 0 while every platform is connected."""
    from bot.settings import from_env
    from bot.web import ask_health

    return 0 if await ask_health(int(from_env().health_port)) else 1


COMMANDS: dict[str, Callable[[argparse.Namespace], Coroutine[None, None, int]]] = {
    "run": run, "demo": demo, "check": check, "preview": preview, "coverage": coverage, "manifest": manifest,
    "new-key": new_key, "health": health,
}  # fmt: skip


def main() -> int:
    """Parses the words, runs the command, prints our own errors as one sentence."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parsers = parser.add_subparsers(dest="command", required=True)
    made = {name: parsers.add_parser(name, help=function.__doc__) for name, function in COMMANDS.items()}
    made["demo"].add_argument("--port", type=int, default=8477, help="where the page is served (default 8477)")
    made["check"].add_argument("pack", nargs="?", default="", help="a pack's folder (default: the shipped one)")
    made["preview"].add_argument("id", help="an entry such as card.math.goals, a topic such as math, or roles")
    made["preview"].add_argument("--pack", default="", help="a pack's folder (default: the shipped one)")
    made["preview"].add_argument("--language", default="", choices=["en", "zh-CN"], help="one language (default: all)")
    made["preview"].add_argument("--page", action="store_true", help="show it in the sandbox's page instead")
    made["preview"].add_argument("--port", type=int, default=8478, help="where the page is served (default 8478)")
    arguments = parser.parse_args()
    try:
        return asyncio.run(COMMANDS[arguments.command](arguments))
    except SteppingstoneError as error:
        print(f"steppingstone: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
