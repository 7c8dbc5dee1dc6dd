"""Discord's side of the sandbox without any protocol: guilds, people, messages, and what people do to the bot."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from sandbox.clock import SandboxClock
from sandbox.discord import interactions, reading
from sandbox.discord.commands import hints
from sandbox.discord.gateway import Gateway
from sandbox.discord.model import EVERYONE_PERMISSIONS, LOADING, Channel, Guild, Interaction, Modal, Msg, User
from sandbox.faults import FaultQueue
from sandbox.ledger import Ledger
from sandbox.world import CommandHint, Dialog, Refused, Resident, Room, Seen

EPOCH_MS = 1_420_070_400_000
KEPT = 500  # messages a channel remembers


class DiscordWorld:
    """Implements `sandbox.world.World`. Member ids outside are "<guild>/<user>"; places and messages Discord's own."""

    platform: Literal["slack", "discord"] = "discord"

    def __init__(self, clock: SandboxClock, bot_token: str = "sandbox-discord-token") -> None:  # noqa: S107  # no secret
        self.clock, self.bot_token = clock, bot_token
        self._numbers = itertools.count(1)
        self.bot = User(self.next_id(), "steppingstone", "en-US", "UTC", True, bot=True)
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.commands_global: list[dict[str, Any]] = []
        self.interactions: dict[str, Interaction] = {}
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.modals: dict[str, Modal] = {}  # user id -> the open one
        self.by_nonce: dict[tuple[str, str], Msg] = {}
        self.base_url = ""  # set by the protocol layer at the first request
        self.pinged = 0  # mentions honoured by the request under way
        self.log = Ledger(clock)
        self.gateway = Gateway(self)
        self.fault_queue = FaultQueue(self.gateway.drop_all)
        self._listeners: list[Callable[[], None]] = []

    # --- building -----------------------------------------------------------------------------------------------

    def add_guild(self, id: str, name: str) -> None:  # noqa: A002
        """A guild the bot is in."""
        self.guilds[id] = Guild(id, name)

    def add_member(
        self, guild: str, id: str, name: str, locale: str, zone: str, *, dms_open: bool = True, is_admin: bool = False  # noqa: A002
    ) -> None:  # fmt: skip
        """A person; the same user may be in several guilds."""
        self.users.setdefault(id, User(id, name, locale, zone, dms_open))
        self.guilds[guild].members[id] = is_admin

    def add_channel(self, guild: str, id: str, name: str) -> None:  # noqa: A002
        """A text channel everybody of the guild can see."""
        self.channels[id] = Channel(id, name, "channel", guild)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Called after anything a person could see changed."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Tells the listeners."""
        for listener in self._listeners:
            listener()

    # --- looking ------------------------------------------------------------------------------------------------

    def residents(self) -> Sequence[Resident]:
        """Everybody, by guild."""
        return tuple(
            Resident(f"{g.id}/{u}", self.users[u].name, self.users[u].locale, self.users[u].zone, g.id, g.name,
                     self.users[u].dms_open, admin)
            for g in self.guilds.values()
            for u, admin in g.members.items()
        )  # fmt: skip

    def find(self, member: str) -> tuple[str, User]:
        """Guild id and person of "<guild>/<user>"."""
        guild, _, user = member.partition("/")
        if guild not in self.guilds or user not in self.guilds[guild].members:
            raise Refused(f"nobody here is called {member!r}")
        return guild, self.users[user]

    def rooms(self, member: str) -> Sequence[Room]:
        """Channels, private threads one is in, and the direct conversation once the bot opened it."""
        guild, user = self.find(member)
        mine = [c for c in self.channels.values() if self._visible(c, guild, user)]
        return tuple(Room(c.id, c.name or "steppingstone", c.kind) for c in mine)

    def _visible(self, channel: Channel, guild: str, user: User) -> bool:
        match channel.kind:
            case "dm":
                return channel.recipient == user.id
            case "thread":
                return channel.guild == guild and user.id in channel.members
            case "channel":
                return channel.guild == guild

    def messages(self, member: str, place: str) -> Sequence[Seen]:
        """What the person sees in a place, oldest first."""
        channel, user = self._channel(member, place)
        return tuple(self._seen(m) for m in channel.messages.values() if m.only_for in {"", user.id})

    def _channel(self, member: str, place: str) -> tuple[Channel, User]:
        guild, user = self.find(member)
        channel = self.channels.get(place)
        if channel is None or not self._visible(channel, guild, user):
            raise Refused(f"{user.name} cannot open {place!r}")
        return channel, user

    def _seen(self, m: Msg) -> Seen:
        text = "…" if m.flags & LOADING else reading.text_of(m.content, m.components)
        controls = reading.controls_of(m.components)
        return Seen(
            m.id, m.channel, m.author.name, m.author.bot, text, controls, bool(m.only_for), m.edited, m.at, m.native()
        )

    def dialog(self, member: str) -> Dialog | None:
        """The open modal."""
        modal = self.modals.get(self.find(member)[1].id)
        return reading.dialog_of(modal) if modal else None

    def commands_in(self, guild: str) -> list[dict[str, Any]]:
        """Global and guild commands."""
        return [*self.commands_global, *self.guilds[guild].commands]

    def commands(self, member: str) -> Sequence[CommandHint]:
        """The completion list in the person's language."""
        guild, user = self.find(member)
        return hints(self.commands_in(guild), user.locale)

    async def complete(self, member: str, text: str) -> Sequence[tuple[str, str]]:
        """Suggestions for the option being typed, else for the command's name."""
        guild, user = self.find(member)
        name = text.removeprefix("/")
        names = [h for h in self.commands(member) if h.name.startswith(name.lower())]
        if names and " " not in name.removeprefix(names[0].name):
            return [(f"/{hint.name} ", f"/{hint.name}") for hint in names]
        channel = next(c for c in self.channels.values() if c.guild == guild)
        return await interactions.complete(self, user, guild, channel, text)

    def ledger(self) -> Sequence[Mapping[str, Any]]:
        """Every request of the bot."""
        return self.log.entries()

    def faults(self) -> FaultQueue:
        """Scripted misbehaviour."""
        return self.fault_queue

    def connected(self) -> int:
        """Live gateway sockets."""
        return self.gateway.count()

    # --- doing --------------------------------------------------------------------------------------------------

    async def say(self, member: str, place: str, text: str) -> None:
        """A slash command or an ordinary message."""
        channel, user = self._channel(member, place)
        if text.startswith("/"):
            try:
                await interactions.command(self, user, channel.guild, channel, text)
            except Refused as error:
                self.note_failure(channel, user, str(error))
        elif text.strip():
            self.post(channel, Msg(self.next_id(), channel.id, user, self.clock.now(), text))

    async def press(self, member: str, message: str, control: str, values: Sequence[str] = ()) -> None:
        """A button, link or select."""
        guild, user = self.find(member)
        for channel in self.channels.values():
            msg = channel.messages.get(message)
            if msg and self._visible(channel, guild, user) and msg.only_for in {"", user.id}:
                await interactions.press(self, user, guild, msg, control, values)
                return
        raise Refused("this message is no longer there")

    async def submit(self, member: str, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Sends the open modal; it closes when the client's own checks pass."""
        user = self.find(member)[1]
        modal = self.modals.get(user.id)
        if modal is None:
            raise Refused("no dialog is open")
        sending = interactions.submit(self, user, modal, answers)
        await sending
        if self.modals.get(user.id) is modal:
            del self.modals[user.id]
        self.changed()

    async def dismiss(self, member: str) -> None:
        """Closes the modal; Discord tells the bot nothing."""
        self.modals.pop(self.find(member)[1].id, None)
        self.changed()

    def set_dms_open(self, member: str, open_: bool) -> None:
        """Whether the bot may write to this person."""
        self.find(member)[1].dms_open = open_
        self.changed()

    # --- used by the protocol -----------------------------------------------------------------------------------

    def next_id(self) -> str:
        """A snowflake: the sandbox clock and a number that only grows."""
        ms = int(self.clock.now().timestamp() * 1000) - EPOCH_MS
        return str((ms << 22) | (next(self._numbers) & 0x3FFFFF))

    def gateway_url(self) -> str:
        """Where sessions resume."""
        return f"{self.base_url.replace('http', 'ws', 1)}/discord/gateway"

    def post(self, channel: Channel, msg: Msg) -> None:
        """Puts a message where its readers see it."""
        channel.messages[msg.id] = msg
        while len(channel.messages) > KEPT:
            del channel.messages[next(iter(channel.messages))]
        self.changed()

    def note_failure(self, channel: Channel, user: User, sentence: str) -> None:
        """The client's own failure note, seen only by this person."""
        self.post(channel, Msg(self.next_id(), channel.id, self.bot, self.clock.now(), sentence, only_for=user.id))

    def dm_with(self, user: str) -> Channel:
        """The direct conversation of the bot and a person, opened on first use."""
        found = next((c for c in self.channels.values() if c.kind == "dm" and c.recipient == user), None)
        if found is None:
            found = Channel(self.next_id(), "", "dm", "", user)
            self.channels[found.id] = found
        return found

    def member_payload(self, guild: str, user: User) -> dict[str, Any]:
        """A guild member."""
        return {"user": user.native(), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False,
                "mute": False,                "flags": 0, "nick": None, "avatar": None, "pending": False}  # fmt: skip

    def guild_payload(self, guild: Guild) -> dict[str, Any]:
        """GUILD_CREATE, as a bot without privileged intents gets it."""
        everyone = {"id": guild.id, "name": "@everyone", "permissions": EVERYONE_PERMISSIONS, "position": 0, "color": 0,
                    "hoist": False, "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
        channels = [c.native(self.users) for c in self.channels.values() if c.guild == guild.id and c.kind == "channel"]
        return {
            "id": guild.id, "name": guild.name, "icon": None, "owner_id": self.bot.id, "unavailable": False,
            "large": False,
            "member_count": len(guild.members) + 1, "members": [self.member_payload(guild.id, self.bot)],
            "roles": [everyone],
            "channels": channels, "threads": [], "emojis": [], "stickers": [], "features": [], "voice_states": [],
            "presences": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
            "joined_at": "2026-01-01T00:00:00+00:00", "preferred_locale": "en-US", "nsfw_level": 0, "premium_tier": 0,
            "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
            "system_channel_flags": 0, "afk_timeout": 300, "premium_progress_bar_enabled": False,
        }  # fmt: skip
