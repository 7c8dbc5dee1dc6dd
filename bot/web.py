"""The bot's own HTTP side, for those who run it: /healthz and /metrics. Slack's HTTP receiver joins it later."""

from __future__ import annotations

import time
from dataclasses import asdict

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from bot.app import App
from scheduler.figures import UNDER_WAY

CONNECTED = Gauge("steppingstone_connected", "Whether a platform's connection is up", ["platform"])
LOOP_LAG = Gauge("steppingstone_loop_lag_seconds", "The longest the event loop kept work waiting in the last minute")
WAITING = Gauge("steppingstone_ledger_rows", "Rows of the ledger by what they wait for", ["what"])
QUEUE_AGE = Gauge("steppingstone_queue_age_seconds", "How long the oldest due row waits")
INBOX = Gauge("steppingstone_inbox_open", "Events of members not yet handled")


async def serve_health(app: App, port: int, host: str = "0.0.0.0") -> web.AppRunner:  # noqa: S104  # in a container
    """/healthz: 200 while every platform is connected and nothing is stuck, else 503; the body says what. /metrics: in
    Prometheus' text format. Neither names a person or a space."""
    since = time.monotonic()

    async def healthz(_request: web.Request) -> web.Response:
        trouble = app.trouble()
        platforms = {name: asdict(platform.health()) for name, platform in app.platforms.items()}
        body = {"platforms": platforms, "trouble": trouble, "up_seconds": int(time.monotonic() - since),
                "loop_lag_seconds": round(app.pulse.lag(), 3), "loop_stalls": app.pulse.stalls,
                "clock_jumps": app.pulse.jumps, **await _ledger(app)}  # fmt: skip
        return web.json_response(body, status=503 if trouble or not platforms else 200)

    async def metrics(_request: web.Request) -> web.Response:
        await _measure(app)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    server = web.Application()
    server.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


async def _ledger(app: App) -> dict[str, object]:
    now = app.rooms.clock.now()
    async with app.store.begin() as tx:
        view = await tx.ledger.overview(now)
    age = (now - view.oldest).total_seconds() if view.oldest else 0.0
    return {"due": view.due, "oldest_due_seconds": round(age, 1), "claimed": view.claimed, "ambiguous": view.ambiguous,
            "resting": len(view.resting), "inbox": view.inbox}  # fmt: skip


async def _measure(app: App) -> None:
    told = await _ledger(app)
    for what in ("due", "claimed", "ambiguous"):
        WAITING.labels(what).set(float(str(told[what])))
    QUEUE_AGE.set(float(str(told["oldest_due_seconds"])))
    INBOX.set(float(str(told["inbox"])))
    LOOP_LAG.set(app.pulse.lag())
    UNDER_WAY.set(app.courier.under_way)
    for name, connected in app.health().items():
        CONNECTED.labels(name).set(connected)


async def ask_health(port: int) -> bool:
    """What a container's health check asks."""
    try:
        session = ClientSession(timeout=ClientTimeout(total=5))
        async with session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
            return response.status == 200
    except (ClientError, TimeoutError, ConnectionError):
        return False
