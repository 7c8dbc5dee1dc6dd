"""Slack's side of the sandbox without any protocol: what people see, and what they do to the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sandbox.faults import FaultQueue
from sandbox.ledger import KEPT
from sandbox.slack import forms, interactions, moves, reading
from sandbox.slack.blocks import elements_of
from sandbox.slack.choosing import Options
from sandbox.slack.model import Channel, Member, Msg, Upload, View, Workspace, native_file
from sandbox.slack.state import SlackState
from sandbox.world import CommandHint, Dialog, File, Refused, Resident, Room, Seen, Trouble


class SlackWorld(SlackState):
    """Implements `sandbox.world.World`. Member ids outside are "T123/U456"; places and messages are Slack's own."""

    # --- looking ------------------------------------------------------------------------------------------------

    def residents(self) -> Sequence[Resident]:
        """Everybody, by workspace."""
        return tuple(
            Resident(f"{s.id}/{m.id}", m.name, m.locale, m.zone, s.id, s.name, m.dms_open, m.is_admin,
                     bool(m.home_team), m.gone)
            for s in self.spaces.values()
            for m in s.members.values()
        )  # fmt: skip

    def _active(self, member: str) -> tuple[Workspace, Member]:
        space, person = self.find(member)
        if person.gone:
            raise Refused(f"{person.name} has left {space.name}")
        return space, person

    def rooms(self, member: str) -> Sequence[Room]:
        """Channels and group messages one is in, the direct conversation with the bot, and its home tab."""
        space, person = self.find(member)
        shown = [c for c in space.channels.values() if person.id in c.members and c.kind != "dm"]
        made = [
            Room(c.id, self._called(space, person, c), c.kind, "", c.archived, self._inside(space, c)) for c in shown
        ]
        if not person.home_team:
            made.append(Room(space.dm_with(person.id).id, self.bot_name, "dm"))
        if self.home_tab() and not person.home_team:
            made.append(Room("home", "Home", "home"))
        return tuple(made)

    def _called(self, space: Workspace, person: Member, channel: Channel) -> str:
        """A group message is called after the others in it."""
        if channel.kind != "group":
            return channel.name
        return ", ".join(space.members[id_].name for id_ in sorted(channel.members) if id_ != person.id)

    def _inside(self, space: Workspace, channel: Channel) -> tuple[str, ...]:
        if channel.kind != "group":
            return ()
        people = [space.members[id_].name for id_ in sorted(channel.members)]
        return (*people, *([self.bot_name] if channel.has_bot else []))

    def messages(self, member: str, place: str) -> Sequence[Seen]:
        """What the person sees in a place, oldest first; replies of a thread carry its root in `thread`."""
        space, person = self.find(member)
        if place == "home":
            return (self._home(space, person),) if person.home else ()
        channel = self._channel(space, person, place)
        return tuple(self._seen(space, person, m) for m in channel.messages.values() if m.only_for in {"", person.id})

    def count(self, member: str, place: str) -> int:
        """Messages of the bot this person sees."""
        space, person = self.find(member)
        if place == "home":
            return int(person.home is not None)
        shown = self._channel(space, person, place).messages.values()
        return sum(1 for m in shown if m.by_bot and m.only_for in {"", person.id})

    def _home(self, space: Workspace, person: Member) -> Seen:
        view = person.home or {}
        blocks = view["blocks"]
        words = reading.text_of(blocks, "")
        controls = reading.controls_of(blocks, *self.choices(space, person))
        files = self._files(space, blocks)
        return Seen(
            "home", "home", self.bot_name, True, words, controls, True, False, self.clock.now(), view, files=files
        )

    def _files(self, space: Workspace, blocks: list[dict[str, Any]], shared: Sequence[Upload] = ()) -> tuple[File, ...]:
        """Files a message shares or its blocks show."""
        named = (item.get("slack_file") for block in blocks for item in (block, *elements_of(block)))
        shown = [space.uploads[ref["id"]] for ref in named if ref and ref.get("id") in space.uploads]
        return tuple(
            File(f.id, f.name, native_file(f, self.base_url)["url_private"], f.mimetype, f.length, f.alt)
            for f in (*shared, *shown)
        )

    def _seen(self, space: Workspace, person: Member, msg: Msg) -> Seen:
        other = space.members.get(msg.user)
        author = "Slackbot" if msg.user == "USLACKBOT" else other.name if other else self.bot_name
        controls = reading.controls_of(msg.blocks, *self.choices(space, person)) if msg.blocks else ()
        words = reading.text_of(msg.blocks, msg.text)
        files = self._files(space, msg.blocks, msg.files)
        only, native = bool(msg.only_for), msg.native(self.base_url)
        return Seen(msg.ts, msg.channel, author, msg.by_bot, words, controls, only, msg.edited, msg.at, native,
                    msg.thread, msg.replies, files, reading.told(msg.blocks))  # fmt: skip

    def choices(self, space: Workspace, person: Member) -> tuple[Options, Options]:
        """What a select of people and one of places offer."""
        people = tuple((m.id, m.name) for m in space.members.values() if not m.gone)
        places = tuple((c.id, c.name) for c in space.channels.values() if person.id in c.members and c.kind != "dm")
        return people, places

    def names(self, member: str) -> Mapping[str, str]:
        """How mentioned ids read."""
        space, person = self.find(member)
        people = {known.id: known.name for known in space.members.values()}  # those who left are still called so
        return people | dict(self.choices(space, person)[1]) | {space.bot_user: self.bot_name}

    def _channel(self, space: Workspace, person: Member, place: str) -> Channel:
        channel = space.channels.get(place)
        if channel is None or person.id not in channel.members:
            raise Refused(f"{person.name} cannot open {place!r}")
        return channel

    def seen_by(self, space: Workspace, person: Member, ts: str) -> tuple[Channel, Msg] | None:
        """A message, if this person can see it."""
        found = space.at(ts)
        visible = found and person.id in found[0].members and found[1].only_for in {"", person.id}
        return found if visible else None

    def top_view(self, space: Workspace, person: Member) -> View | None:
        """The modal on top."""
        stack = self.open_views.get(f"{space.id}/{person.id}")
        return self.views[stack[-1]] if stack else None

    def dialog(self, member: str) -> Dialog | None:
        """The modal on top, if one is open."""
        space, person = self.find(member)
        view, depth = self.top_view(space, person), len(self.open_views.get(member, []))
        if view is None:
            return None
        choices = self.choices(space, person)
        dialog = reading.dialog_of(view, depth, *choices)
        controls = reading.controls_of(view.payload["blocks"], *choices)
        return replace(dialog, controls=controls, files=self._files(space, view.payload["blocks"]))

    def commands(self, member: str) -> Sequence[CommandHint]:
        """The manifest's commands."""
        self.find(member)
        declared: list[dict[str, str]] = self.declared("features", "slash_commands") or []
        return tuple(
            CommandHint(c["command"].removeprefix("/"), c.get("description", ""), (), c.get("usage_hint", ""))
            for c in declared
        )

    async def complete(self, member: str, text: str) -> Sequence[tuple[str, str]]:
        """Slack completes command names only."""
        name = text.removeprefix("/")
        return [(f"/{c.name} ", f"/{c.name}") for c in self.commands(member) if c.name.startswith(name)]

    def ledger(self, newest: int = KEPT) -> Sequence[Mapping[str, Any]]:
        """Every request of the bot."""
        return self.log.entries(newest)

    def deliveries(self, newest: int = KEPT) -> Sequence[Mapping[str, Any]]:
        """Everything Slack told the bot."""
        return self.told.entries(newest)

    def faults(self) -> FaultQueue:
        """Scripted misbehaviour."""
        return self.fault_queue

    def connected(self) -> int:
        """Open Socket Mode connections; a request URL counts as one."""
        return 1 if self.delivery.over_http else self.sockets.count()

    # --- doing --------------------------------------------------------------------------------------------------

    async def say(self, member: str, place: str, text: str, thread: str = "") -> None:
        """A slash command or an ordinary message."""
        space, person = self._active(member)
        channel = self._channel(space, person, place)
        if channel.archived:
            raise Refused(f"{channel.name} is archived")
        if text.startswith("/") and not thread:
            await interactions.command(self, space, person, channel, text)
        elif text.startswith("/"):
            self.note_failure(space, channel, person, "Slash commands are not supported in threads. Sorry!")
        elif text.strip():
            root = channel.messages.get(thread)
            if thread and root is None:
                raise Refused("this thread is no longer there")
            words = interactions.named(interactions.escape(text), self.names(member))
            msg = Msg(self.next_ts(), channel.id, person.id, False, self.clock.now(), words)
            msg.thread = (root.thread or root.ts) if root else ""
            self.post(space, channel, msg)
            self._tell_message(space, channel, person, msg)

    def _tell_message(self, space: Workspace, channel: Channel, person: Member, msg: Msg) -> None:
        kinds = {"channel": "channel", "private": "group", "dm": "im", "group": "mpim"}
        event = {"type": "message", "channel": channel.id, "user": person.id, "text": msg.text, "ts": msg.ts,
                 "event_ts": msg.ts, "team": person.home_team or space.id,
                 "channel_type": kinds[channel.kind]}  # fmt: skip
        event |= {"thread_ts": msg.thread} if msg.thread else {}
        if channel.has_bot:
            self.delivery.event(space.id, event, f"{space.id}/{person.id}")
        if f"<@{space.bot_user}>" in msg.text and channel.kind != "dm":
            mention = {key: value for key, value in event.items() if key != "channel_type"} | {"type": "app_mention"}
            self.delivery.event(space.id, mention, f"{space.id}/{person.id}")

    async def press(self, member: str, message: str, control: str, values: Sequence[str] = ()) -> None:
        """A button, link or select in a message, the open modal or the home tab."""
        space, person = self._active(member)
        await interactions.press(self, space, person, message, control, values)

    async def submit(self, member: str, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Sends the modal on top."""
        await forms.submit(self, *self._active(member), answers)

    async def dismiss(self, member: str) -> None:
        """Closes the modal on top without sending."""
        await forms.dismiss(self, *self.find(member))

    async def open_home(self, member: str) -> None:
        """Looks at the app's home tab."""
        space, person = self._active(member)
        moves.home_opened(self, space, person, "home", space.dm_with(person.id))

    def set_dms_open(self, member: str, open_: bool) -> None:
        """Whether the bot may write to this person."""
        self.find(member)[1].dms_open = open_
        self.changed()

    async def change_member(self, member: str, *, zone: str = "", locale: str = "", name: str = "") -> None:
        """A person moves, changes language or name; Slack sends user_change."""
        space, person = self._active(member)
        person.zone, person.locale, person.name = zone or person.zone, locale or person.locale, name or person.name
        moves.changed(self, space, person)

    async def join(self, member: str, name: str, locale: str, zone: str) -> None:
        """Somebody new; Slack sends team_join."""
        space, _, id_ = member.partition("/")
        if space not in self.spaces or not id_ or id_ in self.spaces[space].members:
            raise Refused("a new member's id is <workspace>/<an id nobody has>")
        self.add_member(space, id_, name, locale, zone)
        moves.joined(self, self.spaces[space], self.spaces[space].members[id_])

    async def leave(self, member: str) -> None:
        """Deactivated; Slack sends user_change with deleted."""
        moves.left(self, *self._active(member))

    async def trouble(self, kind: Trouble) -> None:
        """Does something to the bot's connections or tokens."""
        match kind:
            case "drop":
                self.sockets.drop_all()
            case "half_open":
                self.sockets.half_open()
            case "warning":
                await self.sockets.disconnect(kind)
            case "link_disabled":
                self.sockets.set_disabled(True)
                await self.sockets.disconnect(kind)
            case "refresh":
                await self.sockets.disconnect("refresh_requested")
            case "revoke" | "restore":
                for space in self.spaces.values():
                    space.revoked = kind == "revoke"
                if kind == "restore":
                    self.sockets.set_disabled(False)
            case _:
                raise Refused(f"Slack knows no {kind}")
        self.changed()

    def uninstall(self, space: str) -> None:
        """The app is removed from a workspace."""
        moves.uninstalled(self, self.spaces[space])

    def archive(self, space: str, channel: str, *, archived: bool = True) -> None:
        """A channel is archived or comes back."""
        moves.archive(self, self.spaces[space], self.spaces[space].channels[channel], archived=archived)
