"""The AsyncApp: which listener Bolt calls for what Slack sends, each behind the inbox."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.inbox import Door, Gate, Listener, within_patience
from bot.slack.responder import Ack
from bot.slack.tokens import Tokens

ANYTHING = re.compile(".*")


@dataclass(frozen=True, slots=True)
class Listeners:
    """What an AsyncApp calls, however the payloads reach it."""

    command: Listener
    action: Listener
    form: Listener
    home: Listener
    left: Listener
    changed: Listener


def build_app(tokens: Tokens, client: AsyncWebClient, on: Listeners, gate: Gate) -> AsyncApp:
    """The AsyncApp with every listener behind the inbox; Socket Mode and the HTTP receiver feed the same one."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        # Bolt would ask a bound method for `self`.
        return await within_patience(tokens.authorize(enterprise_id, team_id))

    app = Door(
        gate,
        name="steppingstone",  # else Bolt reads the source of every frame above to name itself after a file
        client=client,
        authorize=authorize,  # None is how Bolt is told "not installed"
        ssl_check_enabled=False,
        request_verification_enabled=False,  # Socket Mode is authenticated by its ticket; HTTP verifies before this
        ignoring_self_events_enabled=False,  # whatever is kept must reach a listener
        logger=logging.getLogger("slack_bolt"),
    )

    async def ignore(ack: Ack, body: Mapping[str, Any]) -> None:
        """Acknowledged and of no interest."""

    app.command(ANYTHING)(gate.once(on.command))
    app.action({"type": "block_actions", "action_id": ANYTHING})(gate.once(on.action))
    app.view("form")(gate.once(on.form))
    app.event("app_home_opened")(gate.once(on.home))
    app.event("app_uninstalled")(gate.once(on.left))
    app.event("tokens_revoked")(gate.once(on.left))
    app.event("user_change")(gate.once(on.changed))
    app.event(ANYTHING)(gate.once(ignore))
    return app
