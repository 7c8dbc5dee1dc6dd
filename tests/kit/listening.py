"""Slack's platform in a sandbox with a handler that only counts, and payloads as Slack makes them, to repeat."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bot.slack.inbound import Origin
from bot.slack.platform import SlackPlatform
from chat.event import ActionTaken, CommandUsed, Event, FormSent, HomeOpened, SpaceJoined, SpaceLeft
from chat.message import short
from chat.platform import Handle, Responder
from sandbox.demo import SLACK_TOKENS, populate
from sandbox.server import Sandbox
from store import Store

TEAM = "T01MAKERS"
Payload = Mapping[str, Any]


class Counting:
    """A handler that writes down what it was asked, `slow` seconds after it began, and answers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen: Counter[str] = Counter()
        self.slow = 0.0
        self.work: Callable[[], Any] | None = None

    async def __call__(self, event: Event, responder: Responder) -> None:
        if self.slow and not isinstance(event, SpaceJoined):
            await responder.defer(private=True)
            await asyncio.sleep(self.slow)
        if self.work is not None:
            await self.work()
        match event:
            case CommandUsed():
                self.seen[event.text] += 1
                if not self.slow:  # late answers are told elsewhere; here they would meet Slack's rate limits
                    await responder.show(short("counted"), private=True)
            case ActionTaken():
                self.seen[event.wire] += 1
                await responder.nothing()
            case FormSent():
                self.seen[event.answers.text("word")] += 1
                await responder.nothing()
            case HomeOpened():
                self.seen[event.person.id] += 1
            case SpaceJoined(info):
                async with self._store.begin() as tx:
                    await tx.spaces.joined(info, datetime.now(UTC))
            case SpaceLeft(space):
                self.seen[space.key] += 1
            case _:
                pass


@asynccontextmanager
async def slack(store: Store, handle: Handle, sandbox: Sandbox) -> AsyncGenerator[SlackPlatform]:
    """A started platform; twice on one sandbox is a restart, or a second process."""
    made = SlackPlatform(
        app_token=sandbox.slack.app_token,
        bot_tokens=SLACK_TOKENS,
        store=store,
        clock=lambda: datetime.now(UTC),
        base_url=sandbox.slack_api,
        pace=0.1,
    )
    await made.start(handle)
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def workspace() -> AsyncGenerator[Sandbox]:
    """The demo community."""
    async with Sandbox() as sandbox:
        populate(sandbox)
        yield sandbox


async def deliver(sandbox: Sandbox, told: tuple[str, Payload], attempt: int = 0, window: float = 3.0) -> bool:
    """One try over a socket; True when it was acknowledged."""
    kind, payload = told
    reason = "http_timeout" if attempt else ""
    return await sandbox.slack.sockets.deliver(kind, payload, window, attempt, reason) is not None


def command(name: str) -> tuple[str, Payload]:
    """A slash command that says `name`."""
    return "slash_commands", {
        "token": "t", "team_id": TEAM, "channel_id": "C1", "user_id": "U1", "user_name": "ada", "command": "/count",
        "text": name, "response_url": "", "trigger_id": f"trigger.{name}", "api_app_id": "A0SANDBOX",
    }  # fmt: skip


def press(name: str) -> tuple[str, Payload]:
    """A button whose value is `name`."""
    return "interactive", {
        "type": "block_actions", "team": {"id": TEAM}, "user": {"id": "U1", "team_id": TEAM, "name": "ada"},
        "actions": [{"action_id": "a", "block_id": "b", "type": "button", "value": name}], "token": "t",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"}, "channel": {"id": "C1"},
        "message": {"text": "words"}, "response_url": "", "trigger_id": f"trigger.{name}",
    }  # fmt: skip


def form(name: str) -> tuple[str, Payload]:
    """A modal whose one answer is `name`."""
    state = {"values": {"word": {"answer": {"type": "plain_text_input", "value": name}}}}
    view = {"id": "V1", "hash": "1.x", "type": "modal", "callback_id": "form", "state": state,
            "private_metadata": Origin("count", "C1").dump()}  # fmt: skip
    return "interactive", {
        "type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1", "team_id": TEAM, "name": "ada"},
        "view": view, "trigger_id": f"trigger.{name}", "token": "t", "response_urls": [],
    }  # fmt: skip


def event(name: str, kind: str = "app_home_opened", team: str = TEAM) -> tuple[str, Payload]:
    """An event by a person called `name`."""
    return "events_api", {
        "type": "event_callback", "team_id": team, "api_app_id": "A0SANDBOX", "event_id": f"Ev{name}", "token": "t",
        "event": {"type": kind, "user": name, "tab": "home", "channel": "D1", "event_ts": "1.1"}, "event_time": 1,
        "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": "UBOT", "is_bot": True}],
    }  # fmt: skip


KINDS: tuple[Callable[[str], tuple[str, Payload]], ...] = (command, press, form, event)
