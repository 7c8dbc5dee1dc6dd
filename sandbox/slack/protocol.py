"""Slack's protocols on loopback: the Web API in every encoding clients use, files, consent, response URLs."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file carries JSON of any shape: that is its purpose)

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.parsing import Unreadable, parse
from sandbox.slack import api, interactions, oauth
from sandbox.slack.methods._common import ApiError
from sandbox.slack.state import URL_USES
from sandbox.slack.world import SlackWorld
from sandbox.transport import cut
from sandbox.world import Fault, Refused

AS_JSON = ("blocks", "view", "metadata", "attachments", "files")
METHOD = "/slack/api/{method}"
Run = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(world: SlackWorld) -> list[web.RouteDef]:
    """Everything below /slack/."""
    slack = _Slack(world)
    consent = "/slack/oauth/v2/authorize", "/slack/openid/connect/authorize"
    return [
        web.post(METHOD, slack.method),
        web.get(METHOD, slack.method),
        web.get("/slack/socket", slack.socket),
        web.post("/slack/response/{token}", slack.response),
        web.post("/slack/upload/{space}/{file}", slack.upload),
        web.get("/slack/files/{space}/{file}/{name}", slack.file),
        *(web.get(path, slack.consent) for path in consent),
        *(web.post(path, slack.decide) for path in consent),
    ]


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Query, form or JSON; values that hold JSON in a form are read as JSON, as Slack does."""
    args: dict[str, Any] = dict(request.query)
    form = "form" in request.content_type  # urlencoded or multipart; a stream is read once
    raw = b"" if form else await request.read()
    if raw and "json" in request.content_type:
        body = _parsed(raw)
        if not isinstance(body, dict):
            raise ApiError("json_not_object")
        args |= body
    elif form:
        try:
            fields = await request.post()
        except (ValueError, AssertionError, LookupError) as error:  # no boundary, an unknown charset
            raise ApiError("invalid_form_data") from error
        args |= {key: value for key, value in fields.items() if isinstance(value, str)}
    for key in AS_JSON:
        if isinstance(args.get(key), str) and args[key]:
            args[key] = _parsed(args[key])
    return args


def _parsed(text: str | bytes) -> Any:
    try:
        return parse(text)
    except Unreadable as error:
        raise ApiError("invalid_json") from error


class _Slack:
    def __init__(self, world: SlackWorld) -> None:
        self._world = world

    async def method(self, request: web.Request) -> web.StreamResponse:
        """One Web API call, with the faults that wait for it."""
        world, name = self._world, request.match_info["method"]
        fault = world.fault_queue.hit(f"{name} {self._space(request)}")
        if fault is not None:
            early = await self._early(request, name, fault)
            if early is not None:
                return early
        args: dict[str, Any] = {}
        known: dict[str, Any] = {"fault": fault.kind} if fault else {}
        try:
            args = await _arguments(request)
            auth = request.headers.get("Authorization", "")
            token = auth.removeprefix("Bearer ").strip() if auth.startswith("Bearer ") else str(args.pop("token", ""))
            known |= {
                "key": str(args.get("client_msg_id") or ""),
                "place": str(args.get("channel") or args.get("channel_id") or ""),
            }
            caller = api.Caller(token, auth.removeprefix("Basic ") if auth.startswith("Basic ") else "")
            answer = api.call(world, name, args, caller)
        except ApiError as error:
            return self._refused(name, error, known)
        except api.Throttled as error:
            world.log.note(name, ok=False, error="ratelimited", **known)
            return self._ratelimited(str(error.retry_after))
        world.log.note(name, ok=True, message=str(answer.get("ts", "")), pings=api.pings_of(name, args), **known)
        told = web.json_response({"ok": True} | answer)
        return told if fault is None else self._late(request, fault, told)

    def _space(self, request: web.Request) -> str:
        """Whose token is in the header, as far as one is."""
        space = self._world.by_token(request.headers.get("Authorization", "").removeprefix("Bearer ").strip())
        return space.id if space is not None else ""

    def _late(self, request: web.Request, fault: Fault, answer: web.StreamResponse) -> web.StreamResponse:
        """What a fault does after the method ran."""
        if fault.kind == "drop":
            return cut(request)
        return web.Response(status=fault.status, text="server error") if fault.kind == "lose" else answer

    async def _early(self, request: web.Request, name: str, fault: Fault) -> web.StreamResponse | None:
        """What a fault does before the method runs; None when it goes on."""
        if fault.kind == "stall":
            await asyncio.sleep(fault.seconds)
        if fault.kind not in {"drop_before", "status", "rate_limit", "refuse"}:
            return None
        error = {"drop_before": "cut before", "status": f"status {fault.status}", "rate_limit": "ratelimited",
                 "refuse": fault.code}  # fmt: skip
        self._world.log.note(name, ok=False, error=error[fault.kind], fault=fault.kind)
        if fault.kind == "drop_before":
            return cut(request)
        if fault.kind == "rate_limit":
            told = fault.retry_after
            return self._ratelimited(str(int(fault.seconds) or 1) if told is None else told)
        if fault.kind == "refuse":
            return web.json_response({"ok": False, "error": fault.code})
        return web.Response(status=fault.status, text="server error")

    def _ratelimited(self, retry_after: str) -> web.Response:
        answer = {"ok": False, "error": "ratelimited"}
        return web.json_response(answer, status=429, headers={"Retry-After": retry_after} if retry_after else {})

    def _refused(self, name: str, error: ApiError, known: dict[str, Any]) -> web.Response:
        self._world.log.note(name, ok=False, error=" ".join([error.code, *error.messages]), **known)
        messages = [f"[ERROR] {text}" for text in error.messages]
        more = {"response_metadata": {"messages": messages}} if messages else {}
        return web.json_response({"ok": False, "error": error.code} | error.more | more)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """Socket Mode."""
        return await self._world.sockets.serve(request)

    async def response(self, request: web.Request) -> web.StreamResponse:
        """A response_url: five uses within thirty minutes."""
        return await self._faulty(request, "response_url", self._response)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, raw or as a form; the answer is plain text, as Slack's is."""
        return await self._faulty(request, "upload", self._upload)

    async def _faulty(self, request: web.Request, name: str, run: Run) -> web.StreamResponse:
        fault = self._world.fault_queue.hit(name)
        if fault is not None and (early := await self._early(request, name, fault)) is not None:
            return early
        answer = await run(request)
        return answer if fault is None else self._late(request, fault, answer)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        world = self._world
        url = world.response_urls.get(request.match_info["token"])
        problem = "" if url else "expired_url"
        if url is not None and world.clock.age() > url.expires:
            problem = "expired_url"
        elif url is not None and url.uses >= URL_USES:
            problem = "used_url"
        if url is None or problem:
            world.log.note("response_url", ok=False, error=problem)
            return web.json_response({"ok": False, "error": problem}, status=404)
        try:
            body = parse(await request.read())
        except Unreadable:
            body = None
        if not isinstance(body, dict):
            world.log.note("response_url", ok=False, error="invalid_payload")
            return web.Response(text="invalid_payload", status=400)
        url.uses += 1
        space = world.spaces[url.space]
        channel, person = space.channels[url.channel], space.members[url.member]
        error = interactions.respond(world, space, channel, person, body, "response_url", url.message)
        return web.Response(text="ok") if not error else web.json_response({"ok": False, "error": error}, status=400)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        space = self._world.spaces.get(request.match_info["space"])
        file = space.uploads.get(request.match_info["file"]) if space else None
        if file is None or file.body is not None:
            return web.Response(text="no such upload", status=404)
        if request.content_type.startswith("multipart/"):
            try:
                fields = await request.post()
            except (ValueError, AssertionError):  # no boundary, or one that never comes
                return web.Response(text="invalid_form_data", status=400)
            parts = [part.file.read() for part in fields.values() if isinstance(part, web.FileField)]
            body = parts[0] if parts else b""
        else:
            body = await request.read()
        self._world.log.note("upload", ok=len(body) == file.length, error="" if body else "empty", message=file.id)
        if len(body) != file.length:
            return web.Response(text=f"expected {file.length} bytes, got {len(body)}", status=400)
        file.body = body
        return web.Response(text=f"OK - {len(body)}")

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A shared file, for the bot's token and for this sandbox's own page."""
        space = self._world.spaces.get(request.match_info["space"])
        file = space.uploads.get(request.match_info["file"]) if space else None
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        ours = not token and request.headers.get("Sec-Fetch-Site") == "same-origin"
        if space is None or file is None or file.body is None:
            return web.Response(text="file_not_found", status=404)
        if not ours and self._world.by_token(token) is not space:
            return web.Response(text="invalid_auth", status=403)
        image = file.mimetype.startswith("image/")
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline" if image else "attachment"}
        return web.Response(body=file.body, content_type=file.mimetype, headers=headers)

    async def consent(self, request: web.Request) -> web.StreamResponse:
        """The consent page."""
        if problem := self._world.oauth.problem(request.query):
            return web.Response(text=problem, status=400)
        openid = "openid" in request.path
        headers = {"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'", "Cache-Control": "no-store"}
        page = oauth.consent_page(self._world, request.query, openid=openid)
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def decide(self, request: web.Request) -> web.StreamResponse:
        """Allow or Cancel: back to the app, with a code or an error."""
        if problem := self._world.oauth.problem(request.query):
            return web.Response(text=problem, status=400)
        form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        form["redirect_uri"] = request.query.get("redirect_uri", "")
        try:
            target = self._world.oauth.decide(form, openid="openid" in request.path)
        except Refused as error:
            return web.Response(text=str(error), status=400)
        return web.Response(status=302, headers={"Location": target})
