"""`python -m bot run | demo | check | coverage | …`: with -m, or bot/discord shadows a library."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import zoneinfo
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.collector import settle
from bot.simulate import add_arguments, simulate
from chat.errors import SteppingstoneError

if TYPE_CHECKING:
    from bot.app import App


def _until_stopped() -> asyncio.Event:
    """Set at SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def _work(app: App) -> None:
    """Until no platform is left."""
    await app.start()
    settle()
    await app.keeper.ended.wait()


async def run(_arguments: argparse.Namespace) -> int:
    """The bot, until it is told to stop (exit 0) or every platform refuses it for good (exit 3)."""
    from bot.app import build
    from bot.logs import set_up
    from bot.operating import listen
    from bot.settings import from_env
    from bot.web import serve_health

    settings = from_env().checked()
    set_up(settings.log_level, settings.log_format)
    stopped = _until_stopped()
    app = await build(settings)
    server = await serve_health(app, int(settings.health_port)) if int(settings.health_port) else None
    desk = await listen(app.store, settings.database, app.rooms.clock.now, lambda: app.shelf.library)
    reloads: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = asyncio.create_task(app.reload())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reload)
    work = asyncio.create_task(_work(app))
    told = asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            await work
    finally:
        for task in (work, told):
            task.cancel()
        await asyncio.gather(work, told, return_exceptions=True)
        for running in (server, desk):
            if running is not None:
                await running.cleanup()
        await app.stop()
    return 0 if stopped.is_set() else 3


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
    from bot.checking import check_pack, fonts_note

    library, found = check_pack(Path(arguments.pack) if arguments.pack else None)
    for line in found:
        print(line)
    counts = ", ".join(f"{len(getattr(library, kind))} {kind}" for kind in ("prompts", "cards", "roles", "worksheets"))
    print(f"{library.slug}: {counts}, {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
    if note := fonts_note():
        print(f"NOTE: {note}")
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


async def migrate_store(arguments: argparse.Namespace) -> int:
    """Moves everything into an empty database, SQLite to PostgreSQL or back; FROM stays as it is."""
    from store.engine import read_url
    from store.move import move

    moved = await move(arguments.source, arguments.target, progress=_show)
    address = read_url(arguments.target)
    shown = address.database if address.get_backend_name() == "sqlite" else address.set(drivername="postgresql")
    print(f"\n{sum(moved.values()):,} rows moved, read back and found equal. What to do next:\n")
    print(f"  STEPPINGSTONE_DATABASE={shown}")
    print("  (*** stands for the password; STEPPINGSTONE_KEYS stays the same)\n")
    print("Keep the old database as a backup and never start the bot on it again: it would send again what the new one")
    print("sends.")
    return 0


def _show(table: str, rows: int) -> None:
    print(f"{'' if rows else chr(10)}\r  {table:<14}{rows:>12,} ", end="", flush=True)


async def new_key(_arguments: argparse.Namespace) -> int:
    """A key for STEPPINGSTONE_KEYS."""
    from store import Keyring

    print(Keyring.generate())
    return 0


async def deliveries(arguments: argparse.Namespace) -> int:
    """What waits or is stuck in the ledger and why; with an id and a verdict, settles a delivery in doubt."""
    from bot.operating import ask, printed
    from bot.settings import from_env

    request = {"id": arguments.id, "as": arguments.verdict}
    told = await ask("deliveries", from_env(), {name: value for name, value in request.items() if value})
    return _tell(told, printed)


async def reports(arguments: argparse.Namespace) -> int:
    """What members reported and nobody has closed, in all communities; with an id, the words of one."""
    from bot.operating import ask
    from bot.reported import printed
    from bot.settings import from_env

    return _tell(await ask("reports", from_env(), {"id": arguments.id} if arguments.id else {}), printed)


def _tell(told: dict[str, Any], printed: Callable[[dict[str, Any]], list[str]]) -> int:
    if "error" in told:
        print(f"steppingstone: {told['error']}", file=sys.stderr)
        return 1
    print("\n".join(printed(told)))
    return 0


async def requeue(_arguments: argparse.Namespace) -> int:
    """PostgreSQL: makes the turns of a lost queue again from the ledger."""
    from datetime import UTC, datetime, timedelta

    from bot.settings import from_env
    from store import open_store
    from store.turns import key

    store = await open_store(from_env().database)
    try:
        if store.dialect != "postgresql":
            print("a SQLite file has no queue: the ledger itself says what is due")
            return 0
        async with store.begin() as tx:
            due = await tx.claims.due_spaces(datetime.now(UTC))
            await tx.turns.enqueue((key(space, 0, "s"), timedelta(0)) for space in due)
    finally:
        await store.close()
    print(f"{len(due)} spaces have something due; each has a turn again")
    return 0


async def health(_arguments: argparse.Namespace) -> int:
    """Asks the running bot: exit 0 while every platform is connected."""
    from bot.settings import from_env
    from bot.web import ask_health

    return 0 if await ask_health(int(from_env().health_port)) else 1


COMMANDS: dict[str, Callable[[argparse.Namespace], Coroutine[None, None, int]]] = {
    "run": run, "demo": demo, "check": check, "preview": preview, "coverage": coverage, "manifest": manifest,
    "migrate-store": migrate_store, "new-key": new_key, "health": health, "deliveries": deliveries, "reports": reports,
    "requeue": requeue, "simulate": simulate,
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
    made["migrate-store"].add_argument("source", metavar="FROM", help="as STEPPINGSTONE_DATABASE is now")
    made["migrate-store"].add_argument("target", metavar="TO", help="an empty database: postgresql://…, or a new file")
    made["deliveries"].add_argument("id", nargs="?", default="", help="one delivery (default: all that is stuck)")
    made["deliveries"].add_argument("verdict", nargs="?", default="", help="arrived, resend or drop: settles it")
    made["reports"].add_argument("id", nargs="?", default="", help="one, with its words (default: all that wait)")
    add_arguments(made["simulate"])
    arguments = parser.parse_args()
    zoneinfo.reset_tzpath(())  # the tzdata package everywhere: a machine's own zone data may be years old
    try:
        return asyncio.run(COMMANDS[arguments.command](arguments))
    except SteppingstoneError as error:
        print(f"steppingstone: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
