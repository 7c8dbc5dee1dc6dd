"""The control interface over HTTP, which the page, tests and people share; documented in sandbox/README.md."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.world import Fault, Refused, World

PAGE = Path(__file__).parent / "page"
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
FILES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
TIMELINE = 60  # newest ledger entries in a state
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' https: data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Worlds = Mapping[str, World]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Bad(Exception):
    """A request that cannot be carried out; the text says what it should be."""


def control_routes(worlds: Worlds, clock: SandboxClock) -> list[web.RouteDef]:
    """The page and everything below /sandbox/."""
    bell = _Bell()
    for world in worlds.values():
        world.on_change(bell.ring)
    clock.on_jump(lambda _now: bell.ring())
    control = _Control(worlds, clock)
    posts = {
        "say": control.say, "press": control.press, "submit": control.submit, "dismiss": control.dismiss,
        "complete": control.complete, "dms": control.dms, "clock": control.clock, "faults": control.faults,
    }  # fmt: skip

    async def page(request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("file", "") or "index.html"
        path = PAGE / Path(name).name
        if not path.is_file() or path.suffix not in FILES:
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=FILES[path.suffix], charset="utf-8", headers=HEADERS)

    async def events(request: web.Request) -> web.StreamResponse:
        return await bell.stream(request)

    made = [web.get("/", page), web.get("/page/{file}", page), web.get("/sandbox/events", _guarded(events))]
    made.append(web.get("/sandbox/state", _guarded(control.state)))
    made.append(web.get("/sandbox/ledger", _guarded(control.ledger)))
    made += [web.post(f"/sandbox/{name}", _guarded(handler)) for name, handler in posts.items()]
    return made


def _guarded(handler: Handler) -> Handler:
    """Loopback names and this page only: another site's script must not steer the sandbox."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        host = request.host.rpartition(":")[0] or request.host
        origin = request.headers.get("Origin")
        same = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
        if host not in LOOPBACK or not same or (origin and origin != f"http://{request.host}"):
            return _answer({"error": "only this sandbox's own page and loopback tools may steer it"}, 403)
        try:
            return await handler(request)
        except (Refused, Bad) as error:
            return _answer({"error": str(error)}, 400)

    return guarded


def _answer(data: Any, status: int = 200) -> web.Response:
    return web.json_response(data, status=status, dumps=lambda value: json.dumps(value, default=str), headers=HEADERS)


class _Bell:
    """Server-sent events: one "changed" for any number of changes within a moment."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def ring(self) -> None:
        for event in self._waiting:
            event.set()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            while True:
                await response.write(b"data: changed\n\n")
                await event.wait()
                await asyncio.sleep(0.03)
                event.clear()
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            self._waiting.discard(event)


class _Control:
    def __init__(self, worlds: Worlds, clock: SandboxClock) -> None:
        self._worlds, self._clock = worlds, clock

    def _world(self, name: object) -> World:
        world = self._worlds.get(str(name))
        if world is None:
            raise Bad(f"platform must be one of {', '.join(self._worlds)}")
        return world

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Everything the page needs for one person on one platform; without `member` only who is there."""
        world = self._world(request.query.get("platform"))
        residents = [dataclasses.asdict(resident) for resident in world.residents()]
        clock = {"now": self._clock.now().isoformat(), "connected": world.connected()}
        answer: dict[str, Any] = {"residents": residents, "clock": clock}
        if member := request.query.get("member"):
            rooms = world.rooms(member)
            place = request.query.get("place") or (rooms[0].id if rooms else "")
            dialog = world.dialog(member)
            answer |= {
                "rooms": [dataclasses.asdict(r) | {"count": self._count(world, member, r.id)} for r in rooms],
                "place": place,
                "messages": [_shallow(seen) for seen in world.messages(member, place)] if place else [],
                "dialog": _shallow(dialog) if dialog else None,
                "commands": [dataclasses.asdict(hint) for hint in world.commands(member)],
                "ledger": [dict(entry) for entry in list(world.ledger())[-TIMELINE:]],
                "faults": [dataclasses.asdict(fault) for fault in world.faults().pending()],
            }
        return _answer(answer)

    def _count(self, world: World, member: str, place: str) -> int:
        return sum(1 for seen in world.messages(member, place) if seen.by_bot)

    async def ledger(self, request: web.Request) -> web.StreamResponse:
        """Every request the bot made on a platform."""
        return _answer([dict(entry) for entry in self._world(request.query.get("platform")).ledger()])

    async def say(self, request: web.Request) -> web.StreamResponse:
        """{platform, member, place, text}"""
        body = await _body(request)
        await self._world(body["platform"]).say(_text(body, "member"), _text(body, "place"), _text(body, "text"))
        return _answer({"ok": True})

    async def press(self, request: web.Request) -> web.StreamResponse:
        """{platform, member, message, control, values?}"""
        body = await _body(request)
        values = [str(value) for value in cast("list[Any]", body.get("values") or [])]
        world = self._world(body["platform"])
        await world.press(_text(body, "member"), _text(body, "message"), _text(body, "control"), values)
        return _answer({"ok": True})

    async def submit(self, request: web.Request) -> web.StreamResponse:
        """{platform, member, answers}; answers with the dialog as it stands afterwards."""
        body = await _body(request)
        world, member = self._world(body["platform"]), _text(body, "member")
        answers = cast("dict[str, Any]", body.get("answers") or {})
        given: dict[str, str | list[str]] = {}
        for key, value in answers.items():
            given[key] = [str(item) for item in cast("list[Any]", value)] if isinstance(value, list) else str(value)
        await world.submit(member, given)
        dialog = world.dialog(member)
        return _answer({"ok": True, "dialog": _shallow(dialog) if dialog else None})

    async def dismiss(self, request: web.Request) -> web.StreamResponse:
        """{platform, member}"""
        body = await _body(request)
        await self._world(body["platform"]).dismiss(_text(body, "member"))
        return _answer({"ok": True})

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """{platform, member, text} -> {choices: [[value, label], …]}"""
        body = await _body(request)
        choices = await self._world(body["platform"]).complete(_text(body, "member"), _text(body, "text"))
        return _answer({"choices": [list(choice) for choice in choices]})

    async def dms(self, request: web.Request) -> web.StreamResponse:
        """{platform, member, open}"""
        body = await _body(request)
        self._world(body["platform"]).set_dms_open(_text(body, "member"), bool(body.get("open")))
        return _answer({"ok": True})

    async def clock(self, request: web.Request) -> web.StreamResponse:
        """{set: ISO} or {advance: seconds} or {next: "08:00", zone: IANA}: the next such local time."""
        body = await _body(request)
        if "set" in body:
            moment = datetime.fromisoformat(str(body["set"]))
            if moment.tzinfo is None:
                raise Bad("set takes a moment with an offset, such as 2026-11-22T08:00:00+00:00")
            self._clock.set(moment)
        elif "advance" in body:
            self._clock.advance(timedelta(seconds=float(str(body["advance"]))))
        else:
            self._clock.set(next_local(self._clock.now(), str(body.get("next", "08:00")), str(body.get("zone", "UTC"))))
        return _answer({"now": self._clock.now().isoformat()})

    async def faults(self, request: web.Request) -> web.StreamResponse:
        """{platform, add: {match, kind, times?, status?, seconds?}} or {clear: true} or {drop_connections: true}"""
        body = await _body(request)
        faults = self._world(body["platform"]).faults()
        if body.get("clear"):
            faults.clear()
        if body.get("drop_connections"):
            faults.drop_connections()
        if add := cast("dict[str, Any] | None", body.get("add")):
            try:
                faults.add(Fault(**add))
            except TypeError as error:
                raise Bad(f"a fault takes match, kind, times, status, seconds: {error}") from error
        return _answer({"pending": [dataclasses.asdict(fault) for fault in faults.pending()]})


def next_local(now: datetime, at: str, zone: str) -> datetime:
    """The next moment at which clocks of a zone show `at` ("08:00")."""
    try:
        tz, hour, minute = ZoneInfo(zone), *map(int, at.split(":"))
    except (ValueError, KeyError) as error:
        raise Bad("next takes a time such as 08:00 and zone an IANA name") from error
    local = now.astimezone(tz)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment > local else (moment + timedelta(days=1)).replace(hour=hour, minute=minute)


def _shallow(value: Any) -> dict[str, Any]:
    """A dataclass as a dict, `native` left as it is."""
    return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return [_plain(item) for item in cast("tuple[Any, ...]", value)] if isinstance(value, tuple) else value


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except json.JSONDecodeError as error:
        raise Bad("the body must be JSON") from error
    if not isinstance(body, dict):
        raise Bad("the body must be a JSON object")
    return {"platform": ""} | cast("dict[str, Any]", body)


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise Bad(f"{key} is missing: it must be a string")
    return value
