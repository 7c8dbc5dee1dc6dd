"""What can be done through the control interface: each deed a JSON body in, a JSON answer out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo, available_timezones

from sandbox.clock import SandboxClock
from sandbox.showing import Worlds, plain, shown
from sandbox.world import Fault, Trouble, World

Body = Mapping[str, Any]
Deed = Callable[[Body], Awaitable[dict[str, Any]]]
MOST_LOAD, MOST_AT_ONCE = 2_000_000, 256
DONE: dict[str, Any] = {"ok": True}


class Bad(Exception):
    """A request that cannot be carried out; the text says what it should be."""


class Steering:
    """`deeds[name](body)` answers POST /sandbox/<name>."""

    def __init__(self, worlds: Worlds, clock: SandboxClock) -> None:
        self._worlds, self._clock = worlds, clock
        self.deeds: dict[str, Deed] = {
            "say": self.say, "press": self.press, "submit": self.submit, "dismiss": self.dismiss, "home": self.home,
            "complete": self.complete, "dms": self.dms, "members": self.members, "clock": self.clock,
            "faults": self.faults, "trouble": self.trouble, "limits": self.limits, "load": self.load,
        }  # fmt: skip

    def _world(self, body: Body) -> World:
        world = self._worlds.get(str(body.get("platform")))
        if world is None:
            raise Bad(f"platform must be one of {', '.join(self._worlds)}")
        return world

    async def say(self, body: Body) -> dict[str, Any]:
        """{platform, member, place, text, thread?}"""
        world, thread = self._world(body), str(body.get("thread") or "")
        await world.say(_text(body, "member"), _text(body, "place"), _text(body, "text"), thread)
        return DONE

    async def press(self, body: Body) -> dict[str, Any]:
        """{platform, member, message, control, values?}"""
        values = _texts(body.get("values"), "values")
        await self._world(body).press(_text(body, "member"), _text(body, "message"), _text(body, "control"), values)
        return DONE

    async def submit(self, body: Body) -> dict[str, Any]:
        """{platform, member, answers}; answers with the dialog as it stands afterwards."""
        world, member = self._world(body), _text(body, "member")
        given: dict[str, str | list[str]] = {
            key: _texts(cast("object", value), key) if isinstance(value, list) else str(value)
            for key, value in cast("dict[str, object]", _object(body, "answers")).items()
        }
        await world.submit(member, given)
        dialog = world.dialog(member)
        return DONE | {"dialog": shown(dialog) if dialog else None}

    async def dismiss(self, body: Body) -> dict[str, Any]:
        """{platform, member}"""
        await self._world(body).dismiss(_text(body, "member"))
        return DONE

    async def home(self, body: Body) -> dict[str, Any]:
        """{platform, member}: looks at the app's home"""
        await self._world(body).open_home(_text(body, "member"))
        return DONE

    async def complete(self, body: Body) -> dict[str, Any]:
        """{platform, member, text} -> {choices: [[value, label], …]}"""
        choices = await self._world(body).complete(_text(body, "member"), _text(body, "text"))
        return {"choices": [list(choice) for choice in choices]}

    async def dms(self, body: Body) -> dict[str, Any]:
        """{platform, member, open}"""
        self._world(body).set_dms_open(_text(body, "member"), bool(body.get("open")))
        return DONE

    async def members(self, body: Body) -> dict[str, Any]:
        """{platform, member, change: {zone?, locale?, name?}} or {…, join: {name, locale, zone}} or {…, leave: true}"""
        world, member = self._world(body), _text(body, "member")
        if body.get("leave"):
            await world.leave(member)
        elif join := _object(body, "join"):
            zone = _zone(_text(join, "zone"))
            await world.join(member, _text(join, "name"), _text(join, "locale"), zone)
        else:
            change = _object(body, "change")
            known = {key: str(change[key]) for key in ("zone", "locale", "name") if change.get(key)}
            if not known:
                raise Bad("say change: {zone, locale or name}, join: {name, locale, zone}, or leave: true")
            if "zone" in known:
                _zone(known["zone"])
            await world.change_member(member, **known)
        return DONE

    async def clock(self, body: Body) -> dict[str, Any]:
        """{set: ISO}, {advance: seconds}, {speed: 0 to 86400} or {next: "08:00", zone: IANA}: the next such moment."""
        try:
            if "set" in body:
                moment = datetime.fromisoformat(str(body["set"]))
                if moment.tzinfo is None:
                    raise Bad("set takes a moment with an offset, such as 2026-11-22T08:00:00+00:00")
                self._clock.set(moment)
            elif "advance" in body:
                self._clock.advance(timedelta(seconds=float(str(body["advance"]))))
            elif "speed" in body:
                self._clock.run(float(str(body["speed"])))
            else:
                at, zone = str(body.get("next", "08:00")), str(body.get("zone", "UTC"))
                self._clock.set(next_local(self._clock.now(), at, zone))
        except (ValueError, OverflowError) as error:
            raise Bad(f"the clock cannot do that: {error}") from error
        return {"now": self._clock.now().isoformat(), "speed": self._clock.speed}

    async def faults(self, body: Body) -> dict[str, Any]:
        """{platform, add: {match, kind, times?, status?, seconds?, code?, retry_after?}} or {clear: true} or
        {drop_connections: true}"""
        faults = self._world(body).faults()
        if body.get("clear"):
            faults.clear()
        if body.get("drop_connections"):
            faults.drop_connections()
        if add := _object(body, "add"):
            types = {"match": str, "kind": str, "times": int, "status": int, "seconds": int | float, "code": str,
                     "retry_after": str}  # fmt: skip
            if not {"match", "kind"} <= set(add) <= set(types):
                raise Bad("a fault takes match, kind and maybe times, status, seconds, code, retry_after")
            if any(not isinstance(value, types[key]) for key, value in add.items()):
                raise Bad("a fault's times and status are whole numbers, seconds a number, the others strings")
            faults.add(Fault(**add))
        return {"pending": [plain(fault) for fault in faults.pending()]}

    async def trouble(self, body: Body) -> dict[str, Any]:
        """{platform, kind}: something happens to the bot's connections or tokens at once"""
        kind = _text(body, "kind")
        if kind not in get_args(Trouble):
            raise Bad(f"kind must be one of {', '.join(get_args(Trouble))}")
        await self._world(body).trouble(cast("Trouble", kind))
        return DONE

    async def limits(self, body: Body) -> dict[str, Any]:
        """{platform, enforce}: rate limits on or off"""
        self._world(body).enforce_limits = bool(body.get("enforce"))
        return DONE

    async def load(self, body: Body) -> dict[str, Any]:
        """{platform, text, count, at_once?}: members in turns type a line; answers with the seconds it took"""
        world, text = self._world(body), _text(body, "text")
        count, at_once = body.get("count"), body.get("at_once", 32)
        if not isinstance(count, int) or not isinstance(at_once, int):
            raise Bad("count and at_once are whole numbers")
        if not 1 <= count <= MOST_LOAD or not 1 <= at_once <= MOST_AT_ONCE:
            raise Bad(f"count is 1 to {MOST_LOAD}, at_once 1 to {MOST_AT_ONCE}")
        people = [r.id for r in world.residents() if not r.gone and not r.stranger]
        places = {person: next((room.id for room in world.rooms(person)), "") for person in people}
        people = [person for person in people if places[person]]
        if not people:
            raise Bad("there is nobody here who has a room to type in")
        started, left = time.monotonic(), iter(range(count))

        async def member() -> None:
            for number in left:
                person = people[number % len(people)]
                await world.say(person, places[person], text)

        await asyncio.gather(*(member() for _ in range(at_once)))
        return {"count": count, "seconds": time.monotonic() - started}


def next_local(now: datetime, at: str, zone: str) -> datetime:
    """The next moment at which clocks of a zone show `at` ("08:00")."""
    try:
        tz, hour, minute = ZoneInfo(zone), *map(int, at.split(":"))
    except (ValueError, KeyError, OSError) as error:  # a folder's name, or one too long, is an OSError
        raise Bad("next takes a time such as 08:00 and zone an IANA name") from error
    local = now.astimezone(tz)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return moment if moment > local else (moment + timedelta(days=1)).replace(hour=hour, minute=minute)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise Bad(f"{name!r} is no IANA time zone, such as Europe/Madrid")
    return name


def _object(body: Body, key: str) -> dict[str, Any]:
    value: Any = body.get(key) or {}
    if not isinstance(value, dict):
        raise Bad(f"{key} must be an object")
    return cast("dict[str, Any]", value)


def _texts(value: object, key: str) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in cast("list[Any]", value)):
        raise Bad(f"{key} must be a list of strings")
    return cast("list[str]", value)


def _text(body: Body, key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise Bad(f"{key} is missing: it must be a string")
    return value
