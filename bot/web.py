"""The bot's own HTTP side: /healthz for now; Slack's HTTP receiver joins it later."""

from __future__ import annotations

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.app import App


async def serve_health(app: App, port: int, host: str = "0.0.0.0") -> web.AppRunner:  # noqa: S104  # in a container
    """Serves /healthz: 200 while every platform is connected, else 503; the body names each."""

    async def healthz(_request: web.Request) -> web.Response:
        health = app.health()
        return web.json_response({"platforms": health}, status=200 if health and all(health.values()) else 503)

    server = web.Application()
    server.add_routes([web.get("/healthz", healthz)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


async def ask_health(port: int) -> bool:
    """What a container's health check asks."""
    try:
        session = ClientSession(timeout=ClientTimeout(total=5))
        async with session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
            return response.status == 200
    except (ClientError, TimeoutError, ConnectionError):
        return False
