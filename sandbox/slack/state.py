"""What the Slack half of the sandbox consists of, and what its protocol may do to it."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sandbox.clock import SandboxClock
from sandbox.faults import FaultQueue
from sandbox.ledger import Ledger
from sandbox.slack import moves
from sandbox.slack.api import RateLimits
from sandbox.slack.delivery import Delivery
from sandbox.slack.model import Channel, Grant, Member, Msg, ResponseUrl, View, Workspace
from sandbox.slack.oauth import Oauth
from sandbox.slack.sockets import Sockets
from sandbox.world import Refused

WINDOW = 3.0  # seconds a trigger lives
URL_LIFE, URL_USES = 1800.0, 5
KEPT = 500  # messages a channel remembers
TRIGGERS, URLS = 1000, 5000  # remembered at once


@dataclass
class Trigger:
    """Opens one view within three seconds."""

    space: str
    member: str
    ends: float  # monotonic
    used: bool = False


class SlackState:
    """Workspaces, channels, messages, modals, tokens; ids of members outside are "T123/U456"."""

    platform: Literal["slack", "discord"] = "slack"

    def __init__(self, clock: SandboxClock, bot_name: str = "bot") -> None:
        self.clock, self.app_token = clock, "xapp-sandbox"  # not a secret
        self._name = bot_name
        self.enforce_limits = True
        self.dedupe_keys = False  # Slack documents no deduplication by client_msg_id
        self.spaces: dict[str, Workspace] = {}
        self.views: dict[str, View] = {}
        self.open_views: dict[str, list[str]] = {}  # "T/U" -> view ids, the top one last
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.openid: dict[str, str] = {}  # access token -> "T/U"
        self.base_url = ""  # set by the server
        self._manifest: dict[str, Any] = {}
        self._listeners: list[Callable[[], None]] = []
        self._numbers = itertools.count(1)
        entries = itertools.count(1)
        self.log, self.told = Ledger(clock, entries, self.changed), Ledger(clock, entries, self.changed)
        self.rates = RateLimits()
        self.sockets = Sockets()
        self.delivery = Delivery(self)
        self.oauth = Oauth(self)
        self.fault_queue = FaultQueue(self.sockets.drop_all)

    # --- building -----------------------------------------------------------------------------------------------

    def add_space(self, id: str, name: str, bot_token: str, *, installed: bool = True) -> None:  # noqa: A002
        """A workspace, by default with the app installed."""
        scopes = self.declared("oauth_config", "scopes", "bot")
        grant = Grant(bot_token, frozenset(scopes) if scopes else None)
        self.spaces[id] = Workspace(id, name, bot_token, f"UBOT{id[1:]}", "A0SANDBOX", grant, installed=installed)

    def add_member(
        self, space: str, id: str, name: str, locale: str, zone: str, *, dms_open: bool = True,  # noqa: A002
        is_admin: bool = False, home_team: str = "",
    ) -> None:  # fmt: skip
        """A person; the same id may exist in another workspace. With `home_team` a stranger of Slack Connect."""
        self.spaces[space].members[id] = Member(id, name, locale, zone, dms_open, is_admin, home_team=home_team)

    def add_channel(
        self, space: str, id: str, name: str, members: Sequence[str], *, private: bool = False, has_bot: bool = True  # noqa: A002
    ) -> None:  # fmt: skip
        """A channel, by default with the bot in it."""
        made = Channel(id, name, "private" if private else "channel", set(members), has_bot=has_bot)
        self.spaces[space].channels[id] = made

    def register_manifest(self, manifest: Mapping[str, Any]) -> None:
        """What the app declares: its commands exist, its scopes are granted, its events are sent, and nothing else."""
        self._manifest = dict(manifest)
        scopes = self.declared("oauth_config", "scopes", "bot")
        for space in self.spaces.values():
            space.grant.scopes = frozenset(scopes) if scopes else None

    @property
    def bot_name(self) -> str:
        """As the manifest names its bot user."""
        return str(self.declared("features", "bot_user", "display_name") or self._name)

    def declared(self, *path: str) -> Any:
        """What the manifest says at a path, or None."""
        found: Any = self._manifest
        for key in path:
            found = cast("dict[str, Any]", found).get(key) if isinstance(found, dict) else None
        return found

    def subscribed(self, event: Mapping[str, Any]) -> bool:
        """Whether the manifest asks for an event; without a manifest every event is sent."""
        asked = self.declared("settings", "event_subscriptions", "bot_events")
        name = f"message.{event['channel_type']}" if event["type"] == "message" else event["type"]
        return not self._manifest or name in (asked or ())

    def home_tab(self) -> bool:
        """Whether the app has a home tab; without a manifest it has."""
        return not self._manifest or bool(self.declared("features", "app_home", "home_tab_enabled"))

    def on_change(self, listener: Callable[[], None]) -> None:
        """Called after anything a person could see changed."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Tells the listeners."""
        for listener in self._listeners:
            listener()

    # --- looking up ---------------------------------------------------------------------------------------------

    def find(self, member: str) -> tuple[Workspace, Member]:
        """The workspace and person of "T123/U456"."""
        space, _, id_ = member.partition("/")
        try:
            return self.spaces[space], self.spaces[space].members[id_]
        except KeyError:
            raise Refused(f"nobody here is called {member!r}") from None

    def by_token(self, token: str) -> Workspace | None:
        """The workspace a bot token was given for."""
        return next((space for space in self.spaces.values() if space.grant.token == token), None)

    # --- used by the API and the interactions -------------------------------------------------------------------

    def install(self, space: Workspace, grant: Grant) -> None:
        """A token was granted."""
        moves.installed(self, space, grant)

    def next_ts(self) -> str:
        """A message id: seconds of the sandbox clock and a number that only grows."""
        return f"{int(self.clock.now().timestamp())}.{next(self._numbers):06d}"

    def next_id(self, prefix: str) -> str:
        """A fresh object id."""
        return f"{prefix}{next(self._numbers):010d}"

    def post(self, space: Workspace, channel: Channel, msg: Msg) -> None:
        """Puts a message where its readers see it."""
        channel.messages[msg.ts] = msg
        space.places[msg.ts] = channel.id
        root = channel.messages.get(msg.thread)
        if root is not None and not msg.only_for:
            root.replies += 1
        while len(channel.messages) > KEPT:
            oldest = next(iter(channel.messages))
            del channel.messages[oldest], space.places[oldest]
        self.changed()

    def remove(self, space: Workspace, channel: Channel, msg: Msg) -> None:
        """Takes a message away."""
        del channel.messages[msg.ts], space.places[msg.ts]
        root = channel.messages.get(msg.thread)
        if root is not None:
            root.replies -= 1
        self.changed()

    def note_failure(self, space: Workspace, channel: Channel, person: Member, sentence: str) -> None:
        """The client's own failure note, seen only by this person."""
        msg = Msg(self.next_ts(), channel.id, "USLACKBOT", True, self.clock.now(), sentence, [], person.id)
        self.post(space, channel, msg)

    def close_all(self, space: str, member: str) -> None:
        """Closes every modal of a person."""
        for id_ in self.open_views.pop(f"{space}/{member}", []):
            self.views.pop(id_, None)

    def new_trigger(self, space: Workspace, person: Member) -> str:
        """Lives three seconds and opens one view."""
        trigger = f"{next(self._numbers)}.{secrets.token_hex(8)}"
        self.triggers[trigger] = Trigger(space.id, person.id, time.monotonic() + WINDOW)
        while len(self.triggers) > TRIGGERS:
            del self.triggers[next(iter(self.triggers))]
        return trigger

    def new_response_url(self, space: Workspace, channel: Channel, person: Member, message: str = "") -> str:
        """Five uses within thirty minutes."""
        token = secrets.token_urlsafe(16)
        ends = self.clock.age() + URL_LIFE
        self.response_urls[token] = ResponseUrl(space.id, channel.id, person.id, message, ends)
        while len(self.response_urls) > URLS:
            del self.response_urls[next(iter(self.response_urls))]
        return f"{self.base_url}/slack/response/{token}"
