"""Discord's protocols on loopback: REST with its error shapes and rate-limit headers, and the gateway's socket."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

from aiohttp import web

from sandbox.discord import interactions, rest
from sandbox.discord.interactions import RestError
from sandbox.discord.world import DiscordWorld

API = "/discord/api/v10"


def routes(world: DiscordWorld) -> list[web.RouteDef]:
    """Everything below /discord/."""

    def serve(run: rest.Route, pattern: str, *, token: bool) -> Any:
        async def handler(request: web.Request) -> web.StreamResponse:
            return await _serve(world, request, run, pattern, token=token)

        return handler

    async def socket(request: web.Request) -> web.StreamResponse:
        _base(world, request)
        return await world.gateway.serve(request)

    async def callback(request: web.Request) -> web.StreamResponse:
        def run(w: DiscordWorld, path: rest.Path, body: Any) -> rest.Answer:
            return interactions.callback(w, path["id"], path["token"], body)

        answer = await _serve(world, request, run, "/interactions/{id}/{token}/callback", token=False)
        wants = request.query.get("with_response", "").lower() in {"true", "1"}
        if answer.status == 200 and not wants:
            return web.Response(status=204, headers=dict(answer.headers) | {"Content-Type": "application/json"})
        return answer

    made = [web.get("/discord/gateway", socket), web.get("/discord/gateway/", socket)]
    made.append(web.post(API + "/interactions/{id}/{token}/callback", callback))
    for table, token in ((rest.ROUTES, True), (rest.WITHOUT_TOKEN, False)):
        made += [web.route(method, API + path, serve(run, path, token=token)) for (method, path), run in table.items()]
    return made


def _base(world: DiscordWorld, request: web.Request) -> None:
    world.base_url = world.base_url or f"http://{request.host}"


async def _body(request: web.Request) -> Any:
    """JSON, or multipart with payload_json."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        payload = form.get("payload_json", "{}")
        return json.loads(payload if isinstance(payload, str) else "{}")
    raw = await request.read()
    return json.loads(raw) if raw else {}


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Exactly `application/json`: clients compare the whole header."""
    response = web.Response(body=json.dumps(data).encode(), status=status, headers=headers)
    response.headers["Content-Type"] = "application/json"
    return response


async def _serve(
    world: DiscordWorld, request: web.Request, run: rest.Route, pattern: str, *, token: bool
) -> web.Response:
    _base(world, request)
    name = f"{request.method} {request.path.removeprefix(API)}"
    shown = f"{request.method} {pattern}"
    bucket = hashlib.sha256(pattern.encode()).hexdigest()[:16]
    headers = {"Via": "1.1 sandbox", "X-RateLimit-Bucket": bucket, "X-RateLimit-Limit": "1000",
               "X-RateLimit-Remaining": "999",               "X-RateLimit-Reset-After": "1.000"}  # fmt: skip
    fault = world.fault_queue.hit(name)
    match fault.kind if fault else "":
        case "drop_before":
            return _cut(request)
        case "status" if fault:
            world.log.note(shown, ok=False, error=f"status {fault.status}")
            return _json({"message": "server error", "code": 0}, fault.status, headers)
        case "rate_limit" if fault:
            world.log.note(shown, ok=False, error="rate limited")
            body = {"message": "You are being rate limited.", "retry_after": fault.seconds, "global": False}
            more = {
                "Retry-After": str(max(1, round(fault.seconds))),
                "X-RateLimit-Scope": "user",
                "X-RateLimit-Remaining": "0",
            }
            return _json(body, 429, headers | more | {"X-RateLimit-Reset-After": str(fault.seconds)})
        case "stall" if fault:
            await asyncio.sleep(fault.seconds)
        case _:
            pass
    if token and request.headers.get("Authorization") != f"Bot {world.bot_token}":
        world.log.note(shown, ok=False, error="401")
        return _json({"message": "401: Unauthorized", "code": 0}, 401, headers)
    world.pinged = 0
    body: Any = {}
    place = request.match_info.get("channel", "")
    try:
        body = await _body(request)
        answer = run(world, request.match_info, body)
    except json.JSONDecodeError:
        return _json({"message": "The request body contains invalid JSON.", "code": 50109}, 400, headers)
    except RestError as error:
        reason = f"{error.body.get('code')} {json.dumps(error.body.get('errors', ''))}".strip()
        world.log.note(shown, ok=False, error=reason, key=_nonce(body), place=place)
        return _json(error.body, error.status, headers)
    message = str(answer.get("id", "")) if isinstance(answer, dict) and "message" in pattern else ""
    world.log.note(shown, ok=True, key=_nonce(body), place=place, message=message, pings=world.pinged)
    if fault is not None and fault.kind == "drop":
        return _cut(request)
    return web.Response(status=204, headers=headers) if answer is None else _json(answer, 200, headers)


def _nonce(body: Any) -> str:
    return str(body.get("nonce") or "") if isinstance(body, dict) else ""


def _cut(request: web.Request) -> web.Response:
    """Closes the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
