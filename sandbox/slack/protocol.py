"""Slack's protocols on loopback: the Web API in every encoding clients use, Socket Mode, and response URLs."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from sandbox.slack import api, interactions
from sandbox.slack.world import URL_USES, SlackWorld


def routes(world: SlackWorld) -> list[web.RouteDef]:
    """Everything below /slack/."""

    async def method(request: web.Request) -> web.StreamResponse:
        _base(world, request)
        return await _method(world, request)

    async def socket(request: web.Request) -> web.StreamResponse:
        return await world.sockets.serve(request)

    async def response(request: web.Request) -> web.StreamResponse:
        return await _response_url(world, request)

    return [
        web.post("/slack/api/{method}", method),
        web.get("/slack/api/{method}", method),
        web.get("/slack/socket", socket),
        web.post("/slack/response/{token}", response),
    ]


def _base(world: SlackWorld, request: web.Request) -> None:
    world.base_url = world.base_url or f"http://{request.host}"


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Query, form or JSON; values that look like JSON in a form are read as JSON, as Slack does."""
    args: dict[str, Any] = dict(request.query)
    raw = await request.read()
    if raw and "json" in request.content_type:
        body = json.loads(raw)
        args |= body if isinstance(body, dict) else {}
    elif raw:
        args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key in ("blocks", "view", "metadata", "attachments"):
        if isinstance(args.get(key), str) and args[key]:
            args[key] = json.loads(args[key])
    return args


async def _method(world: SlackWorld, request: web.Request) -> web.StreamResponse:
    name = request.match_info["method"]
    fault = world.fault_queue.hit(name)
    if fault is not None and fault.kind == "drop_before":
        return _cut(request)
    if fault is not None and fault.kind == "status":
        world.log.note(name, ok=False, error=f"status {fault.status}")
        return web.Response(status=fault.status, text="server error")
    if fault is not None and fault.kind == "rate_limit":
        world.log.note(name, ok=False, error="ratelimited")
        answer = {"ok": False, "error": "ratelimited"}
        return web.json_response(answer, status=429, headers={"Retry-After": str(int(fault.seconds) or 1)})
    if fault is not None and fault.kind == "stall":
        await asyncio.sleep(fault.seconds)
    try:
        args = await _arguments(request)
    except json.JSONDecodeError:
        world.log.note(name, ok=False, error="invalid_json")
        return web.json_response({"ok": False, "error": "invalid_json"})
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or str(args.pop("token", ""))
    known = {"key": str(args.get("client_msg_id") or ""), "place": str(args.get("channel") or "")}
    try:
        answer = api.call(world, name, args, token)
    except api.ApiError as error:
        world.log.note(name, ok=False, error=" ".join([error.code, *error.messages]), **known)
        more = (
            {"response_metadata": {"messages": [f"[ERROR] {text}" for text in error.messages]}}
            if error.messages
            else {}
        )
        return web.json_response({"ok": False, "error": error.code} | more)
    pings = api.pings_of(name, args)
    world.log.note(name, ok=True, message=str(answer.get("ts", "")), pings=pings, **known)
    return _cut(request) if fault is not None and fault.kind == "drop" else web.json_response({"ok": True} | answer)


def _cut(request: web.Request) -> web.StreamResponse:
    """Closes the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _response_url(world: SlackWorld, request: web.Request) -> web.StreamResponse:
    url = world.response_urls.get(request.match_info["token"])
    if url is None or time.monotonic() > url.expires or url.uses >= URL_USES:
        world.log.note(
            "response_url", ok=False, error="expired_url" if url is None or url.uses < URL_USES else "used_url"
        )
        return web.json_response({"ok": False, "error": "expired_url" if url is None else "used_url"}, status=404)
    url.uses += 1
    body = await request.json()
    space = world.spaces[url.space]
    channel, person = space.channels[url.channel], space.members[url.member]
    error = interactions.respond(world, space, channel, person, body, "response_url", url.message)
    return web.Response(text="ok") if not error else web.json_response({"ok": False, "error": error}, status=400)
