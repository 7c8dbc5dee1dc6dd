"""What an operator asks of the ledger from the command line: through the running bot where it holds a SQLite file,
else straight from the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from aiohttp import ClientError, ClientSession, UnixConnector, web

from bot import reported
from bot.settings import Settings
from chat.errors import SteppingstoneError
from content.letters import letter_of
from content.library import Library, load
from scheduler.resend import Resend, resend
from store import Keyring, Store, StoreError, open_store
from store.deliveries import Delivery
from store.engine import read_url
from store.overview import Verdict, explain

VERDICTS: tuple[str, ...] = get_args(Verdict)
RECENT = timedelta(days=7)
"""Messages skipped as too late are told of for so long."""
Answer = dict[str, Any]  # as JSON


class OperatorError(SteppingstoneError):
    """The words after `deliveries` make no sense, or nothing answers; the text says what to do."""


async def answer(
    store: Store, request: Mapping[str, str], now: datetime, library: Callable[[], Library] = load
) -> Answer:
    """The one entry: {} lists what is stuck, {"id"} explains one row, {"id", "as"} settles it."""
    id_, verdict = request.get("id", ""), request.get("as", "")
    async with store.begin() as tx:
        if not id_:
            view, stuck = await tx.ledger.overview(now), await tx.ledger.stuck(now)
            counts = await tx.deliveries.counts_by_state()
            resting = {scope: [until.isoformat(), why] for scope, (until, why) in view.resting.items()}
            waiting = {"due": view.due, "claimed": view.claimed, "ambiguous": view.ambiguous, "inbox": view.inbox}
            rows = [_row(one, now) for one in stuck]
            late = await tx.ledger.skipped_late(now - RECENT)
            skipped = [late.count, late.first.isoformat(), late.last.isoformat()] if late else []
            return {
                "states": dict(counts), "waiting": waiting, "resting": resting, "stuck": rows, "skipped_late": skipped
            }  # fmt: skip
        found = await tx.ledger.find(id_)
        if found is None:
            return {"error": f"there is no delivery {id_[:40]}: `deliveries` lists what is stuck, logs name the others"}
        if not verdict:
            return {"stuck": [_row(found, now)]}
        if verdict not in VERDICTS:
            return {"error": f"a delivery is settled as one of: {', '.join(VERDICTS)}"}
        if found.state != "ambiguous":
            return {"error": f"{id_} is {found.state}, not ambiguous: nothing was changed"}
        again = await resend(tx, found, library, now) if verdict == "resend" else Resend(None, "")
        if verdict == "resend" and again.at is None:
            return {"error": f"{id_} was {again.told}"}
        await tx.ledger.settle(id_, verdict, now, at=again.at)  # type: ignore[arg-type]  # checked above
        return {"settled": id_, "as": verdict, "told": again.told}


def _row(row: Delivery, now: datetime) -> Answer:
    matter, advice = explain(row, now)
    kind = f"letter {letter_of(row.subject)[0] or 'of another version'}" if row.kind == "letter" else row.kind
    return {
        "id": row.id, "space": row.person.space.key, "kind": kind, "day": row.day.isoformat(), "state": row.state,
        "attempt": row.attempt, "matter": matter, "advice": advice,
    }  # fmt: skip


def socket_of(database: str) -> Path | None:
    """Where the running bot listens for its own command line: beside its SQLite file, for its user alone."""
    url = read_url(database)
    return Path(f"{url.database}.sock").expanduser() if url.get_backend_name() == "sqlite" else None


async def listen(
    store: Store, database: str, now: Callable[[], datetime], library: Callable[[], Library] = load
) -> web.AppRunner | None:
    """Serves `answer` on the socket; None on PostgreSQL, which the command line asks itself."""
    path = socket_of(database)
    if path is None:
        return None

    async def ask(request: web.Request) -> web.Response:
        return web.json_response(await answer(store, await request.json(), now(), library))

    async def ask_reports(request: web.Request) -> web.Response:
        return web.json_response(await reported.answer(store, await request.json()))

    server = web.Application()
    server.add_routes([web.post("/deliveries", ask), web.post("/reports", ask_reports)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    path.unlink(missing_ok=True)  # left behind by a process that was killed; the file lock says that it is gone
    await web.UnixSite(runner, str(path)).start()
    path.chmod(0o600)
    return runner


async def ask(what: Literal["deliveries", "reports"], settings: Settings, request: Mapping[str, str]) -> Answer:
    """From another process. Raises OperatorError with advice."""
    database, keys = settings.database, Keyring.parse(settings.keys) if settings.keys else None
    path = socket_of(database)
    if path is not None and path.exists():
        try:
            session = ClientSession(connector=UnixConnector(str(path)))
            async with session, session.post(f"http://bot/{what}", json=dict(request)) as response:
                return dict(json.loads(await response.read()))
        except (ClientError, OSError):
            pass  # nobody listens any more: the file is free, or its lock tells who has it
    try:
        store = await open_store(database, keyring=keys)
    except StoreError as error:
        raise OperatorError(str(error)) from error
    try:
        if what == "reports":
            return await reported.answer(store, request)
        pack = Path(settings.pack) if settings.pack else None
        return await answer(store, request, datetime.now(UTC), lambda: load(pack))
    finally:
        await store.close()


def printed(told: Answer) -> list[str]:
    """The answer as lines."""
    if "settled" in told:
        return ["; ".join(filter(None, [f"{told['settled']}: settled as {told['as']}", told.get("told", "")]))]
    lines = [f"{name}: {count}" for name, count in sorted(told.get("states", {}).items())]
    waiting = told.get("waiting", {})
    if waiting:
        lines.append("now " + ", ".join(f"{count} {name}" for name, count in waiting.items()))
    if told.get("skipped_late"):
        count, first, last = told["skipped_late"]
        lines.append(f"{count} messages were skipped as too late between {first} and {last}")
    lines += [f"resting: {scope} until {until} ({why})" for scope, (until, why) in told.get("resting", {}).items()]
    for row in told.get("stuck", []):
        lines.append(f"{row['id']}  {row['space']}  {row['kind']} of {row['day']}, {row['state']}: {row['matter']}")
        lines.append(f"{' ' * 26}{row['advice']}")
    return lines or ["the ledger is empty"]
