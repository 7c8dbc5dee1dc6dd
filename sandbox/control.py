"""The control interface over HTTP, which the page, tests and people share; documented in sandbox/README.md."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from aiohttp import web

from sandbox.bell import Bell
from sandbox.clock import SandboxClock
from sandbox.parsing import Unreadable, parse
from sandbox.showing import State, Worlds, plain
from sandbox.steering import Bad, Steering
from sandbox.world import Refused

PAGE = Path(__file__).parent / "page"
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
FILES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' https: data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[Any]]


def control_routes(worlds: Worlds, clock: SandboxClock) -> list[web.RouteDef]:
    """The page and everything below /sandbox/."""
    bell = Bell(HEADERS)
    for world in worlds.values():
        world.on_change(bell.ring)
    clock.on_jump(lambda _now: bell.ring())
    state, steering = State(worlds, clock), Steering(worlds, clock)

    async def page(request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("file", "") or "index.html"
        path = PAGE / Path(name).name
        if not path.is_file() or path.suffix not in FILES:
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=FILES[path.suffix], charset="utf-8", headers=HEADERS)

    async def post(request: web.Request) -> Any:
        deed = steering.deeds.get(request.match_info["deed"])
        if deed is None:
            raise Bad(f"there is no such deed; there are {', '.join(steering.deeds)}")
        return await deed(await _body(request))

    async def look(request: web.Request) -> Any:
        return state.of(request.query)

    async def ledger(request: web.Request) -> Any:
        return list(state.world(request.query.get("platform")).ledger())

    async def deliveries(request: web.Request) -> Any:
        return list(state.world(request.query.get("platform")).deliveries())

    return [
        web.get("/", page),
        web.get("/page/{file}", page),
        web.get("/sandbox/events", _guarded(bell.stream)),
        web.get("/sandbox/state", _guarded(look)),
        web.get("/sandbox/ledger", _guarded(ledger)),
        web.get("/sandbox/deliveries", _guarded(deliveries)),
        web.post("/sandbox/{deed}", _guarded(post)),
    ]


def _guarded(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Loopback names and this page only: another site's script must not steer the sandbox."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        host = request.host.rpartition(":")[0] or request.host
        origin = request.headers.get("Origin")
        same = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
        if host not in LOOPBACK or not same or (origin and origin != f"http://{request.host}"):
            return _answer({"error": "only this sandbox's own page and loopback tools may steer it"}, 403)
        try:
            answer = await handler(request)
        except (Refused, Bad) as error:
            return _answer({"error": str(error)}, 400)
        return answer if isinstance(answer, web.StreamResponse) else _answer(answer)

    return guarded


def _answer(data: Any, status: int = 200) -> web.Response:
    return web.json_response(data, status=status, dumps=lambda value: json.dumps(value, default=plain), headers=HEADERS)


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = parse(await request.read())
    except Unreadable as error:
        raise Bad("the body must be JSON") from error
    if not isinstance(body, dict):
        raise Bad("the body must be a JSON object")
    return cast("dict[str, Any]", body)
