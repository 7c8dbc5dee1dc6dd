"""Discord's protocols on loopback: REST with its error shapes and rate limits, files, and the gateway's socket."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file carries JSON of any shape: that is its purpose)

from __future__ import annotations

import asyncio
import mimetypes
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.discord import answers, rates, rest
from sandbox.discord.calls import Answer, Call, Created, Route
from sandbox.discord.messages import NO_FILES, Files, RestError, refuse
from sandbox.discord.shape import check_shape
from sandbox.discord.wire import dumps
from sandbox.discord.world import DiscordWorld
from sandbox.parsing import Unreadable, parse
from sandbox.rates import Taken
from sandbox.transport import cut
from sandbox.world import Fault

API = "/discord/api/v10"
CALLBACK = "/interactions/{id}/{token}/callback"
UNLIMITED = Taken(0.0, 1000, 999, 1.0)
LARGEST_REQUEST = 25 << 20  # bytes
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(world: DiscordWorld) -> list[web.RouteDef]:
    """Everything below /discord/."""
    discord = _Discord(world)

    async def socket(request: web.Request) -> web.StreamResponse:
        return await world.gateway.serve(request)

    made = [web.get("/discord/gateway", socket), web.get("/discord/gateway/", socket)]
    made.append(web.get("/discord/attachments/{channel}/{file}/{name}", discord.attachment))
    made.append(web.post(API + CALLBACK, discord.handler("POST", CALLBACK, _callback, token=False)))
    for table, token in ((rest.ROUTES, True), (rest.WITHOUT_TOKEN, False)):
        for (method, path), run in table.items():
            made.append(web.route(method, API + path, discord.handler(method, path, run, token=token)))
    made.append(web.route("*", API + "/{rest:.*}", discord.unknown))
    return made


def _callback(world: DiscordWorld, call: Call) -> Answer:
    answer = answers.callback(world, call.path["id"], call.path["token"], call.body, call.files)
    return answer if call.query.get("with_response", "").lower() in {"true", "1"} else None


async def _read(request: web.Request) -> tuple[Any, Files]:
    """JSON, or multipart with payload_json and files[n]. Raises RestError 40005 or Unreadable."""
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise RestError(413, 40005, "Request entity too large")
    try:
        if request.content_type.startswith("multipart/"):
            return await _read_form(request)
        raw = await request.read()
        return (parse(raw) if raw else {}), NO_FILES
    except (ValueError, AssertionError, LookupError) as error:  # a form without a boundary, an unknown charset
        raise Unreadable("not a form") from error


async def _read_form(request: web.Request) -> tuple[Any, Files]:
    form, body, files = await request.post(), b"{}", dict[int, tuple[str, bytes, str]]()
    for key, part in form.items():
        if isinstance(part, web.FileField):
            found = re.fullmatch(r"files\[(\d+)\]", key)
            kind = mimetypes.guess_type(part.filename)[0] or part.content_type  # Discord goes by the name
            files[int(found[1]) if found else len(files)] = (part.filename, part.file.read(), kind)
        elif key == "payload_json":
            body = part.encode() if isinstance(part, str) else bytes(part)  # with a content type it comes as bytes
    return parse(body), files


def _check(body: Any, request: web.Request, route: str) -> None:
    """What is wrong with types, whatever the route. Raises 50035."""
    items = body if route.endswith("/commands") and request.method == "PUT" else [body]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        refuse(
            {"": "Only dictionaries may be used in a DictType" if items == [body] else "Must be a list of commands."}
        )
    refuse(check_shape(body))
    for key in ("limit", "before", "after"):
        if key in request.query and not re.fullmatch(r"[0-9]{1,20}", request.query[key]):
            refuse({key: f'Value "{request.query[key]}" is not a number.'})


def _json(data: Any, status: int, headers: dict[str, str]) -> web.Response:
    """Exactly `application/json`: clients compare the whole header."""
    return web.Response(
        body=dumps(data).encode(), status=status, headers=headers | {"Content-Type": "application/json"}
    )


class _Discord:
    def __init__(self, world: DiscordWorld) -> None:
        self._world = world

    def handler(self, method: str, pattern: str, run: Route, *, token: bool) -> Handler:
        """One route: faults, ban, token, rate limits, then the route itself."""
        route = f"{method} {pattern}"

        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(request, run, route, token=token)

        return handle

    async def unknown(self, request: web.Request) -> web.StreamResponse:
        """A route that is not served."""
        self._world.log.note(f"{request.method} {request.path.removeprefix(API)}", ok=False, error="404")
        return _json({"message": "404: Not Found", "code": 0}, 404, {"Via": "1.1 sandbox"})

    async def attachment(self, request: web.Request) -> web.StreamResponse:
        """A file that hangs on a message."""
        found = self._world.files.get(request.match_info["file"])
        if found is None or found.body is None:
            return web.Response(status=404, text="This content is no longer available.")
        image = found.mimetype.startswith("image/")
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline" if image else "attachment"}
        kind = found.mimetype if image else "application/octet-stream"
        return web.Response(body=found.body, content_type=kind, headers=headers)

    async def _serve(self, request: web.Request, run: Route, route: str, *, token: bool) -> web.Response:
        world, now = self._world, self._world.clock.age()
        fault = world.fault_queue.hit(f"{request.method} {request.path.removeprefix(API)}")
        if world.rates.banned(now):
            return web.Response(status=429, text="error code: 1015", headers={"Retry-After": "600"})  # Cloudflare
        taken, everywhere = UNLIMITED, False
        known = not token or not (world.revoked or request.headers.get("Authorization") != f"Bot {world.bot_token}")
        if known and world.enforce_limits and route != f"POST {CALLBACK}":
            taken, everywhere = world.rates.take(route, request.match_info, now)
        headers = rates.headers(route, taken, time.time(), world.rates.hashes)
        if fault is not None and (early := await self._early(request, route, fault, headers)) is not None:
            return early
        if taken.wait:
            return self._limited(request, route, taken, everywhere, headers)
        if not known:
            world.log.note(route, ok=False, error="401")
            world.rates.note_invalid(now)
            return self._refused(request, route, 401, {"message": "401: Unauthorized", "code": 0}, headers)
        return await self._run(request, run, route, headers, fault)

    async def _run(
        self, request: web.Request, run: Route, route: str, headers: dict[str, str], fault: Fault | None
    ) -> web.Response:
        world = self._world
        world.pinged = 0
        body: Any = {}
        known: dict[str, Any] = {"place": request.match_info.get("channel", ""), "fault": fault.kind if fault else ""}
        try:
            body, files = await _read(request)
            _check(body, request, route)
            answer = run(world, Call(request.match_info, body, request.query, files))
        except Unreadable:
            world.log.note(route, ok=False, error="50109", **known)
            body = {"message": "The request body contains invalid JSON.", "code": 50109}
            return self._refused(request, route, 400, body, headers)
        except RestError as error:
            reason = f"{error.body.get('code')} {dumps(error.body.get('errors', ''))}".strip()
            world.log.note(route, ok=False, error=reason, key=_nonce(body), **known)
            if error.status in {401, 403}:
                world.rates.note_invalid(world.clock.age())
            return self._refused(request, route, error.status, error.body, headers)
        message = str(answer.get("id", "")) if isinstance(answer, dict) and "message" in route else ""
        world.log.note(route, ok=True, key=_nonce(body), message=message, pings=world.pinged, **known)
        status = 204 if answer is None else 201 if isinstance(answer, Created) else 200
        self._heard(request, route, body, status, answer)
        if fault is not None and fault.kind == "drop":
            return cut(request)
        if fault is not None and fault.kind == "lose":
            return _json({"message": "server error", "code": 0}, fault.status, headers)
        if answer is None:  # without a JSON type: official clients would parse the empty body
            return web.Response(status=204, headers=headers)
        return _json(answer, status, headers)

    def _refused(
        self, request: web.Request, route: str, status: int, body: dict[str, Any], headers: dict[str, str]
    ) -> web.Response:
        self._heard(request, route, {}, status, body)
        return _json(body, status, headers)

    def _heard(self, request: web.Request, route: str, body: Any, status: int, answer: Any) -> None:
        for listener in self._world.exchanges:
            listener({"route": route, "query": dict(request.query), "body": body, "status": status, "answer": answer})

    async def _early(
        self, request: web.Request, route: str, fault: Fault, headers: dict[str, str]
    ) -> web.Response | None:
        """What a fault does before the route runs; None when it goes on."""
        world = self._world
        if fault.kind == "stall":
            await asyncio.sleep(fault.seconds)
        if fault.kind not in {"drop_before", "status", "rate_limit", "refuse"}:
            return None
        error = {"drop_before": "cut before", "status": f"status {fault.status}", "rate_limit": "rate limited",
                 "refuse": fault.code}  # fmt: skip
        place = request.match_info.get("channel", "")
        world.log.note(route, ok=False, error=error[fault.kind], fault=fault.kind, place=place)
        if fault.kind == "drop_before":
            return cut(request)
        if fault.kind == "status":
            return _json({"message": "server error", "code": 0}, fault.status, headers)
        if fault.kind == "rate_limit" or fault.status in {401, 403}:
            world.rates.note_invalid(world.clock.age())
        if fault.kind == "refuse":
            return _json({"message": "refused", "code": int(fault.code)}, fault.status, headers)
        body, more = rates.refusal(Taken(fault.seconds, 1, 0, fault.seconds), everywhere=False)
        more |= {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": str(fault.seconds)}
        if fault.retry_after is not None:
            del body["retry_after"], more["Retry-After"]
        if fault.retry_after:
            more["Retry-After"] = fault.retry_after
            body["retry_after"] = _number(fault.retry_after)
        return _json(body, 429, headers | more)

    def _limited(
        self, request: web.Request, route: str, taken: Taken, everywhere: bool, headers: dict[str, str]
    ) -> web.Response:
        self._world.log.note(route, ok=False, error="rate limited everywhere" if everywhere else "rate limited")
        self._world.rates.note_invalid(self._world.clock.age())
        body, more = rates.refusal(taken, everywhere=everywhere)
        return self._refused(request, route, 429, body, headers | more)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _nonce(body: Any) -> str:
    return str(body.get("nonce") or "") if isinstance(body, dict) else ""
