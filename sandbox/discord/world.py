"""Discord's side of the sandbox without any protocol: what people see, and what they do to the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord import forms, interactions, reading
from sandbox.discord.commands import hints
from sandbox.discord.gateway import INTENTS
from sandbox.discord.model import LOADING, Channel, Msg, User
from sandbox.discord.reading import Options
from sandbox.discord.state import DiscordState
from sandbox.faults import FaultQueue
from sandbox.ledger import KEPT
from sandbox.world import CommandHint, Dialog, File, Refused, Resident, Room, Seen, Trouble


class DiscordWorld(DiscordState):
    """Implements `sandbox.world.World`. Member ids outside are "<guild>/<user>"; places and messages Discord's own."""

    # --- looking ------------------------------------------------------------------------------------------------

    def residents(self) -> Sequence[Resident]:
        """Everybody, by guild, those who left last."""
        return tuple(
            Resident(f"{g.id}/{u}", self.users[u].name, self.users[u].locale, self.users[u].zone, g.id, g.name,
                     self.users[u].dms_open, admin, gone=u in g.gone)
            for g in self.guilds.values()
            for u, admin in (g.members | g.gone).items()
        )  # fmt: skip

    def find(self, member: str) -> tuple[str, User]:
        """Guild id and person of "<guild>/<user>"."""
        guild, _, user = member.partition("/")
        if guild not in self.guilds or user not in self.guilds[guild].members | self.guilds[guild].gone:
            raise Refused(f"nobody here is called {member!r}")
        return guild, self.users[user]

    def _active(self, member: str) -> tuple[str, User]:
        guild, user = self.find(member)
        if user.id in self.guilds[guild].gone:
            raise Refused(f"{user.name} has left {self.guilds[guild].name}")
        return guild, user

    def rooms(self, member: str) -> Sequence[Room]:
        """Channels, threads one is in, and the direct conversation once the bot opened it."""
        guild, user = self.find(member)
        mine = [c for c in self.channels.values() if self._visible(c, guild, user)]
        return tuple(Room(c.id, c.name or self.bot.name, c.kind, c.parent, c.archived, self._inside(c)) for c in mine)

    def _inside(self, channel: Channel) -> tuple[str, ...]:
        """Who is in a private thread."""
        here = sorted(channel.members, key=lambda id_: (id_ == self.bot.id, id_)) if channel.private else []
        return tuple(self.users[id_].name for id_ in here)

    def _visible(self, channel: Channel, guild: str, user: User) -> bool:
        match channel.kind:
            case "dm":
                return channel.recipient == user.id
            case "thread":
                member = user.id in self.guilds[guild].members
                return channel.guild == guild and (user.id in channel.members or (member and not channel.private))
            case "channel":
                return channel.guild == guild and user.id in self.guilds[guild].members

    def messages(self, member: str, place: str) -> Sequence[Seen]:
        """What the person sees in a place, oldest first."""
        guild, _ = self.find(member)
        channel, user = self._channel(member, place)
        offered = self.offered(guild)
        return tuple(self._seen(m, offered) for m in channel.messages.values() if m.only_for in {"", user.id})

    def count(self, member: str, place: str) -> int:
        """Messages of the bot this person sees."""
        channel, user = self._channel(member, place)
        return sum(1 for m in channel.messages.values() if m.author.bot and m.only_for in {"", user.id})

    def _channel(self, member: str, place: str) -> tuple[Channel, User]:
        guild, user = self.find(member)
        channel = self.channels.get(place)
        if channel is None or not self._visible(channel, guild, user):
            raise Refused(f"{user.name} cannot open {place!r}")
        return channel, user

    def _seen(self, m: Msg, offered: reading.Offered) -> Seen:
        text = "…" if m.flags & LOADING else reading.text_of(m.content, m.components, m.embeds)
        controls = reading.controls_of(m.components, offered)
        files = tuple(File(a.id, a.filename, a.url, a.mimetype, a.size, a.description) for a in m.attachments)
        thread = str(m.thread["id"]) if m.thread else ""
        replies = len(self.channels[thread].messages) if thread in self.channels else 0
        return Seen(m.id, m.channel, m.author.name, m.author.bot, text, controls, bool(m.only_for), bool(m.edited),
                    m.at, m.native(), thread, replies, files, tuple(u.id for u in m.mentions))  # fmt: skip

    def offered(self, guild: str) -> reading.Offered:
        """What selects of people, roles and channels offer in a guild; in direct messages nothing."""
        here = self.guilds.get(guild)
        if here is None:
            return {}
        people: Options = tuple((u, self.users[u].name) for u in here.members)
        roles: Options = tuple((role.id, role.name) for role in here.roles.values())
        channels: Options = tuple(
            (c.id, c.name) for c in self.channels.values() if c.guild == guild and c.kind == "channel"
        )
        return {"users": people, "roles": roles, "channels": channels}

    def ids_in(self, guild: str) -> Mapping[str, str]:
        """Name -> id of everything a person may mean in a command's options."""
        return {name: id_ for options in self.offered(guild).values() for id_, name in options}

    def names(self, member: str) -> Mapping[str, str]:
        """How mentioned ids read."""
        guild, _ = self.find(member)
        known = {id_: name for options in self.offered(guild).values() for id_, name in options}
        gone = {id_: self.users[id_].name for id_ in self.guilds[guild].gone}  # still called so
        return gone | known | {self.bot.id: self.bot.name}

    def dialog(self, member: str) -> Dialog | None:
        """The open modal."""
        modal = self.modals.get(self.find(member)[1].id)
        return reading.dialog_of(modal, self.offered(modal.guild)) if modal else None

    def commands(self, member: str) -> Sequence[CommandHint]:
        """The completion list in the person's language."""
        guild, user = self.find(member)
        return hints(self.commands_in(guild), user.locale)

    async def complete(self, member: str, text: str) -> Sequence[tuple[str, str]]:
        """Suggestions for the option being typed, else for the command's name."""
        guild, user = self._active(member)
        name = text.removeprefix("/")
        names = [h for h in self.commands(member) if h.name.startswith(name.lower())]
        if names and " " not in name.removeprefix(names[0].name):
            return [(f"/{hint.name} ", f"/{hint.name}") for hint in names]
        channel = next((c for c in self.channels.values() if c.guild == guild), None)
        if channel is None:
            return []
        return await interactions.complete(self, user, guild, channel, text)

    def ledger(self, newest: int = KEPT) -> Sequence[Mapping[str, Any]]:
        """Every request of the bot."""
        return self.log.entries(newest)

    def deliveries(self, newest: int = KEPT) -> Sequence[Mapping[str, Any]]:
        """Every interaction and event."""
        return self.told.entries(newest)

    def faults(self) -> FaultQueue:
        """Scripted misbehaviour."""
        return self.fault_queue

    def connected(self) -> int:
        """Live gateway sockets."""
        return self.gateway.count()

    # --- doing --------------------------------------------------------------------------------------------------

    async def say(self, member: str, place: str, text: str, thread: str = "") -> None:
        """A slash command or an ordinary message; `thread`, a thread's id, is a place of its own here."""
        self._active(member)
        channel, user = self._channel(member, thread or place)
        if channel.locked:
            raise Refused("this thread is locked")
        if text.startswith("/"):
            try:
                await interactions.command(self, user, channel.guild, channel, text)
            except Refused as error:
                self.note_failure(channel, user, str(error))
        elif text.strip():
            msg = Msg(self.next_id(), channel.id, user, self.clock.now(), text)
            self.mention(channel, msg, text, None)
            self.post(channel, msg)

    async def press(self, member: str, message: str, control: str, values: Sequence[str] = ()) -> None:
        """A button, link or select."""
        guild, user = self._active(member)
        channel = self.channels.get(self.places.get(message, ""))
        msg = channel.messages.get(message) if channel else None
        if channel is None or msg is None or not self._visible(channel, guild, user):
            raise Refused("this message is no longer there")
        if msg.only_for not in {"", user.id}:
            raise Refused("this message is no longer there")
        await interactions.press(self, user, guild, msg, control, values)

    async def submit(self, member: str, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Sends the open modal; it closes when the client's own checks pass."""
        user = self._active(member)[1]
        modal = self.modals.get(user.id)
        if modal is None:
            raise Refused("no dialog is open")
        await forms.submit(self, user, modal, answers)
        if self.modals.get(user.id) is modal:
            del self.modals[user.id]
        self.changed()

    async def dismiss(self, member: str) -> None:
        """Closes the modal; Discord tells the bot nothing."""
        self.modals.pop(self.find(member)[1].id, None)
        self.changed()

    async def open_home(self, member: str) -> None:
        """Discord has no home."""
        self.find(member)

    def set_dms_open(self, member: str, open_: bool) -> None:
        """Whether the bot may write to this person."""
        self.find(member)[1].dms_open = open_
        self.changed()

    async def change_member(self, member: str, *, zone: str = "", locale: str = "", name: str = "") -> None:
        """A person moves (the bot hears nothing), changes language (interactions carry it) or name."""
        guild, user = self._active(member)
        user.zone, user.locale = zone or user.zone, locale or user.locale
        if name:
            user.name = name
            self.member_changed(guild, user.id)
        self.changed()

    async def join(self, member: str, name: str, locale: str, zone: str) -> None:
        """Somebody new, or back again; GUILD_MEMBER_ADD for those who may hear it."""
        guild, _, user = member.partition("/")
        if guild not in self.guilds or not user.isdecimal() or user in self.guilds[guild].members:
            raise Refused("a new member's id is <guild>/<digits nobody has there>")
        was_admin = self.guilds[guild].gone.pop(user, False)
        self.add_member(guild, user, name, locale, zone, is_admin=was_admin)
        data = self.member_payload(guild, self.users[user]) | {"guild_id": guild}
        self.tell("GUILD_MEMBER_ADD", data, guild, INTENTS["GUILD_MEMBER"])

    async def leave(self, member: str) -> None:
        """Leaves the guild; GUILD_MEMBER_REMOVE for those who may hear it."""
        guild, user = self._active(member)
        here = self.guilds[guild]
        here.gone[user.id] = here.members.pop(user.id)
        for channel in self.channels.values():
            if channel.guild == guild:
                channel.members.discard(user.id)
        self.modals.pop(user.id, None)
        data = {"guild_id": guild, "user": user.native()}
        self.tell("GUILD_MEMBER_REMOVE", data, guild, INTENTS["GUILD_MEMBER"])

    def kick_bot(self, guild: str) -> None:
        """The bot is removed from a guild: GUILD_DELETE without `unavailable`."""
        self.guilds[guild].has_bot = False
        self.tell("GUILD_DELETE", {"id": guild}, guild)

    def invite_bot(self, guild: str) -> None:
        """The bot comes (back) into a guild: GUILD_CREATE."""
        self.guilds[guild].has_bot = True
        self.tell("GUILD_CREATE", self.guild_payload(self.guilds[guild]), guild)

    async def trouble(self, kind: Trouble) -> None:
        """Does something to the bot's connections or token."""
        match kind:
            case "drop":
                self.gateway.drop_all()
            case "half_open":
                self.gateway.half_open()
            case "reconnect":
                await self.gateway.ask_reconnect()
            case "invalid_session":
                await self.gateway.invalidate()
            case "revoke" | "restore":
                self.revoked = kind == "revoke"
                if self.revoked:
                    await self.gateway.close_all(4004, "Authentication failed.")
            case _:
                raise Refused(f"Discord knows no {kind}")
        self.changed()
