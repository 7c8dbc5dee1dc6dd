"""Slack's side of the sandbox without any protocol: workspaces, people, messages, and what people do to the bot."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from sandbox.clock import SandboxClock
from sandbox.faults import FaultQueue
from sandbox.ledger import Ledger
from sandbox.slack import interactions, reading
from sandbox.slack.model import Channel, Member, Msg, ResponseUrl, View, Workspace
from sandbox.slack.sockets import Sockets
from sandbox.world import CommandHint, Dialog, Refused, Resident, Room, Seen

WINDOW = 3.0  # seconds the bot has to acknowledge; also the life of a trigger
URL_LIFE, URL_USES = 1800.0, 5
KEPT = 500  # messages a channel remembers


class SlackWorld:
    """Implements `sandbox.world.World`. Member ids outside are "T123/U456"; places and messages are Slack's own."""

    platform: Literal["slack", "discord"] = "slack"

    def __init__(self, clock: SandboxClock, app_token: str = "xapp-sandbox") -> None:  # noqa: S107  # not a secret
        self.clock, self.app_token = clock, app_token
        self.spaces: dict[str, Workspace] = {}
        self.views: dict[str, View] = {}
        self.open_views: dict[str, list[str]] = {}  # "T/U" -> view ids, the top one last
        self.triggers: dict[str, tuple[str, float]] = {}  # id -> "T/U", monotonic end
        self.response_urls: dict[str, ResponseUrl] = {}
        self.base_url = ""  # set by the protocol layer at the first request
        self.log = Ledger(clock)
        self.sockets = Sockets()
        self.fault_queue = FaultQueue(self.sockets.drop_all)
        self.dedupe_keys = False  # Slack documents no deduplication by client_msg_id
        self._manifest: dict[str, Any] = {}
        self._listeners: list[Callable[[], None]] = []
        self._numbers = itertools.count(1)

    # --- building -----------------------------------------------------------------------------------------------

    def add_space(self, id: str, name: str, bot_token: str) -> None:  # noqa: A002
        """A workspace with the app installed."""
        self.spaces[id] = Workspace(id, name, bot_token, f"UBOT{id[1:]}", "A0SANDBOX")

    def add_member(
        self, space: str, id: str, name: str, locale: str, zone: str, *, dms_open: bool = True, is_admin: bool = False  # noqa: A002
    ) -> None:  # fmt: skip
        """A person; the same id may exist in another workspace."""
        self.spaces[space].members[id] = Member(id, name, locale, zone, dms_open, is_admin)

    def add_channel(self, space: str, id: str, name: str, members: Sequence[str]) -> None:  # noqa: A002
        """A channel the bot is in too."""
        self.spaces[space].channels[id] = Channel(id, name, "channel", set(members))

    def register_manifest(self, manifest: Mapping[str, Any]) -> None:
        """What the app declares: only its slash commands exist for people."""
        self._manifest = dict(manifest)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Called after anything a person could see changed."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Tells the listeners."""
        for listener in self._listeners:
            listener()

    # --- looking ------------------------------------------------------------------------------------------------

    def residents(self) -> Sequence[Resident]:
        """Everybody, by workspace."""
        return tuple(
            Resident(f"{s.id}/{m.id}", m.name, m.locale, m.zone, s.id, s.name, m.dms_open, m.is_admin)
            for s in self.spaces.values()
            for m in s.members.values()
        )

    def find(self, member: str) -> tuple[Workspace, Member]:
        """The workspace and person of "T123/U456"."""
        space, _, id_ = member.partition("/")
        try:
            return self.spaces[space], self.spaces[space].members[id_]
        except KeyError:
            raise Refused(f"nobody here is called {member!r}") from None

    def rooms(self, member: str) -> Sequence[Room]:
        """Channels, the direct conversation with the bot, and its home tab."""
        space, person = self.find(member)
        dm = space.dm_with(person.id)
        channels = [
            Room(c.id, c.name, "channel")
            for c in space.channels.values()
            if c.kind == "channel" and person.id in c.members
        ]
        return (
            *channels,
            Room(dm.id, "steppingstone", "dm"),
            *((Room("home", "Home", "channel"),) if person.home else ()),
        )

    def messages(self, member: str, place: str) -> Sequence[Seen]:
        """What the person sees in a place, oldest first."""
        space, person = self.find(member)
        if place == "home":
            return (self._home(person),) if person.home else ()
        channel = self._channel(space, person, place)
        return tuple(self._seen(space, m) for m in channel.messages.values() if m.only_for in {"", person.id})

    def _home(self, person: Member) -> Seen:
        view = person.home or {}
        blocks = view["blocks"]
        words, controls = reading.text_of(blocks, ""), reading.controls_of(blocks)
        return Seen("home", "home", "steppingstone", True, words, controls, True, False, self.clock.now(), view)

    def _seen(self, space: Workspace, msg: Msg) -> Seen:
        author = (
            "Slackbot" if msg.user == "USLACKBOT" else "steppingstone" if msg.by_bot else space.members[msg.user].name
        )
        words, controls = reading.text_of(msg.blocks, msg.text), reading.controls_of(msg.blocks)
        only = bool(msg.only_for)
        return Seen(msg.ts, msg.channel, author, msg.by_bot, words, controls, only, msg.edited, msg.at, msg.native())

    def _channel(self, space: Workspace, person: Member, place: str) -> Channel:
        channel = space.channels.get(place)
        if channel is None or person.id not in channel.members:
            raise Refused(f"{person.name} cannot open {place!r}")
        return channel

    def dialog(self, member: str) -> Dialog | None:
        """The modal on top, if one is open."""
        stack = self.open_views.get(member)
        return reading.dialog_of(self.views[stack[-1]]) if stack else None

    def commands(self, member: str) -> Sequence[CommandHint]:
        """The manifest's commands."""
        self.find(member)
        declared = self._manifest.get("features", {}).get("slash_commands", [])
        return tuple(
            CommandHint(c["command"].removeprefix("/"), c.get("description", ""), (), c.get("usage_hint", ""))
            for c in declared
        )

    async def complete(self, member: str, text: str) -> Sequence[tuple[str, str]]:
        """Slack completes command names only."""
        name = text.removeprefix("/")
        return [(f"/{c.name} ", f"/{c.name}") for c in self.commands(member) if c.name.startswith(name)]

    def ledger(self) -> Sequence[Mapping[str, Any]]:
        """Every request of the bot."""
        return self.log.entries()

    def faults(self) -> FaultQueue:
        """Scripted misbehaviour."""
        return self.fault_queue

    def connected(self) -> int:
        """Open Socket Mode connections."""
        return self.sockets.count()

    # --- doing --------------------------------------------------------------------------------------------------

    async def say(self, member: str, place: str, text: str) -> None:
        """A slash command or an ordinary message."""
        space, person = self.find(member)
        channel = self._channel(space, person, place)
        if text.startswith("/"):
            await interactions.command(self, space, person, channel, text)
        elif text.strip():
            self.post(
                space,
                channel,
                Msg(self.next_ts(), channel.id, person.id, False, self.clock.now(), interactions.escape(text)),
            )

    async def press(self, member: str, message: str, control: str, values: Sequence[str] = ()) -> None:
        """A button, link or select in a message or the home tab."""
        space, person = self.find(member)
        await interactions.press(self, space, person, message, control, values)

    async def submit(self, member: str, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Sends the modal on top."""
        await interactions.submit(self, *self.find(member), answers)

    async def dismiss(self, member: str) -> None:
        """Closes the modal on top without sending."""
        space, person = self.find(member)
        stack = self.open_views.get(member, [])
        if stack:
            view = self.views.pop(stack.pop())
            if view.payload.get("notify_on_close"):
                await interactions.closed(self, space, person, view)
        self.changed()

    def set_dms_open(self, member: str, open_: bool) -> None:
        """Whether the bot may write to this person."""
        self.find(member)[1].dms_open = open_
        self.changed()

    # --- used by the API and the interactions -------------------------------------------------------------------

    def next_ts(self) -> str:
        """A message id: seconds of the sandbox clock and a number that only grows."""
        return f"{int(self.clock.now().timestamp())}.{next(self._numbers):06d}"

    def next_id(self, prefix: str) -> str:
        """A fresh object id."""
        return f"{prefix}{next(self._numbers):010d}"

    def post(self, space: Workspace, channel: Channel, msg: Msg) -> None:
        """Puts a message where its readers see it."""
        channel.messages[msg.ts] = msg
        while len(channel.messages) > KEPT:
            del channel.messages[next(iter(channel.messages))]
        self.changed()

    def note_failure(self, space: Workspace, channel: Channel, person: Member, sentence: str) -> None:
        """The client's own failure note, seen only by this person."""
        self.post(
            space,
            channel,
            Msg(self.next_ts(), channel.id, "USLACKBOT", True, self.clock.now(), sentence, [], person.id),
        )

    def new_trigger(self, space: Workspace, person: Member) -> str:
        """Lives three seconds and opens one view."""
        now = time.monotonic()
        self.triggers = (
            {k: v for k, v in self.triggers.items() if v[1] > now} if len(self.triggers) > 1000 else self.triggers
        )
        trigger = f"{next(self._numbers)}.{secrets.token_hex(8)}"
        self.triggers[trigger] = (f"{space.id}/{person.id}", now + WINDOW)
        return trigger

    def new_response_url(self, space: Workspace, channel: Channel, person: Member, message: str = "") -> str:
        """Five uses within thirty minutes."""
        now = time.monotonic()
        if len(self.response_urls) > 5000:
            self.response_urls = {k: v for k, v in self.response_urls.items() if v.expires > now}
        token = secrets.token_urlsafe(16)
        self.response_urls[token] = ResponseUrl(space.id, channel.id, person.id, message, now + URL_LIFE)
        return f"{self.base_url}/slack/response/{token}"
