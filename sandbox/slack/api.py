"""One Web API call: the token, its scopes, the rate limits, then the method."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.rates import Limits, Pace, Window
from sandbox.slack.methods import chat, conversations, files, people, views
from sandbox.slack.methods._common import TIERS, Answer, ApiError, Args, Method, true
from sandbox.slack.model import Workspace
from sandbox.slack.reading import pings

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

METHODS: dict[str, Method] = people.METHODS | conversations.METHODS | chat.METHODS | views.METHODS | files.METHODS
APP_METHODS = ("apps.connections.open", "oauth.v2.access", "openid.connect.token", "openid.connect.userInfo")
POST_BURST, POSTS_A_MINUTE = 5, 300  # chat.postMessage: one a second and channel with some slack; a workspace's ceiling


@dataclass(frozen=True)
class Caller:
    """What came in the headers."""

    token: str
    basic: str = ""


class Throttled(Exception):
    """429 with Retry-After in whole seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.retry_after = max(1, math.ceil(seconds))


class RateLimits:
    """Per method and workspace by tier; chat.postMessage per channel and per workspace."""

    def __init__(self) -> None:
        self._windows: Limits[Window] = Limits()
        self._paces: Limits[Pace] = Limits()

    def check(self, method: str, tier: int, space: str, channel: str, now: float) -> None:
        """Counts one call. Raises Throttled."""
        if method == "chat.postMessage":
            wait = self._paces.take((space, channel), now, lambda: Pace(POST_BURST, 1.0)).wait
            wait = wait or self._windows.take((space, method), now, lambda: Window(POSTS_A_MINUTE, 60.0)).wait
        elif tier:
            wait = self._windows.take((space, method), now, lambda: Window(TIERS[tier], 60.0)).wait
        else:
            wait = 0.0
        if wait:
            raise Throttled(wait)


def call(world: SlackState, method: str, args: Args, caller: Caller) -> Answer:
    """Runs one method. Raises ApiError or Throttled."""
    if method in APP_METHODS:
        return _of_app(world, method, args, caller)
    if not caller.token:
        raise ApiError("not_authed")
    space = _space(world, caller.token)
    found = METHODS.get(method)
    if found is None:
        raise ApiError("unknown_method")
    granted = space.grant.scopes
    if granted is not None and found.scopes and not granted & set(found.scopes):
        raise ApiError("missing_scope", needed=found.scopes[0], provided=",".join(sorted(granted)))
    if world.enforce_limits:
        place = str(args.get("channel") or "")
        place = space.dm_with(place).id if place in space.members else place  # one conversation, one limit
        world.rates.check(method, found.tier, space.id, place, world.clock.age())
    return found.run(world, space, args)


def _space(world: SlackState, token: str) -> Workspace:
    space = world.by_token(token)
    if space is None:
        raise ApiError("invalid_auth")
    if space.revoked:
        raise ApiError("token_revoked")
    if not space.installed:
        raise ApiError("account_inactive")
    if space.grant.expires is not None and world.clock.age() > space.grant.expires:
        raise ApiError("token_expired")
    return space


def _of_app(world: SlackState, method: str, args: Mapping[str, Any], caller: Caller) -> Answer:
    match method:
        case "oauth.v2.access":
            return world.oauth.access(args, caller.basic)
        case "openid.connect.token":
            return world.oauth.openid_token(args, caller.basic)
        case "openid.connect.userInfo":
            if caller.token not in world.openid:
                raise ApiError("invalid_auth")
            return world.oauth.claims(world.openid[caller.token])
        case _:
            if caller.token != world.app_token:
                raise ApiError("invalid_auth" if caller.token else "not_authed")
            if world.sockets.refusal:
                raise ApiError(world.sockets.refusal)
            ticket = world.sockets.new_ticket()
            return {"url": f"{world.base_url.replace('http', 'ws', 1)}/slack/socket?ticket={ticket}"}


def pings_of(method: str, args: Args) -> int:
    """How many people a message method would notify."""
    if method not in {"chat.postMessage", "chat.update"}:
        return 0
    loud = true(args.get("link_names")) or args.get("parse") == "full"
    return pings(str(args.get("text") or ""), list(args.get("blocks") or []), link_names=loud)
