"""What the Discord half of the sandbox consists of, and what its protocol may do to it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from typing import Any, Literal

from sandbox.clock import SandboxClock
from sandbox.discord.gateway import INTENTS, Gateway
from sandbox.discord.messages import RestError
from sandbox.discord.model import SINCE, Attachment, Channel, Guild, Interaction, Modal, Msg, Role, User
from sandbox.discord.permissions import NOTHING, Overwrite, effective, mask, overwrites_for
from sandbox.discord.rates import RateLimits
from sandbox.discord.reading import mentioned
from sandbox.faults import FaultQueue
from sandbox.ledger import Ledger

EPOCH_MS = 1_420_070_400_000
KEPT = 500  # messages a channel remembers
FILES, FILES_BYTES = 200, 256 << 20  # files kept at all; older ones are no longer available


class DiscordState:
    """Guilds, users, channels, messages and what the bot may do with them."""

    platform: Literal["slack", "discord"] = "discord"

    def __init__(self, clock: SandboxClock, bot_name: str = "bot") -> None:
        self.clock, self.bot_token = clock, "sandbox-discord-token"  # no secret
        self.enforce_limits = True
        self.enforce_pace = True  # five seconds between two IDENTIFYs; off where a bot is started again and again
        self.revoked = False
        self._numbers = itertools.count(1)
        self.bot = User(self.next_id(), bot_name, "en-US", "UTC", True, bot=True)
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.dms: dict[str, str] = {}  # user id -> channel id
        self.places: dict[str, str] = {}  # message id -> channel id
        self.files: dict[str, Attachment] = {}
        self.commands_global: list[dict[str, Any]] = []
        self.interactions: dict[str, Interaction] = {}
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.modals: dict[str, Modal] = {}  # user id -> the open one
        self.by_nonce: dict[tuple[str, str], Msg] = {}
        self.base_url = ""  # set by the server
        self.pinged = 0  # mentions honoured by the request under way
        entries = itertools.count(1)
        self.log, self.told = Ledger(clock, entries, self.changed), Ledger(clock, entries, self.changed)
        self.rates = RateLimits()
        self.exchanges: list[Callable[[dict[str, Any]], None]] = []  # hear every request and answer, for conformance
        self._listeners: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.gateway = Gateway(self)
        self.fault_queue = FaultQueue(self.gateway.drop_all)

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

    def add_role(self, guild: str, id: str, name: str, *permissions: str) -> None:  # noqa: A002
        """A role below the bot's own."""
        self.guilds[guild].roles[id] = Role(id, name, mask(permissions))

    def set_bot_permissions(self, guild: str, *permissions: str) -> None:
        """What the bot's own role grants in a guild (beside what everybody has)."""
        self.guilds[guild].bot_role.permissions = mask(permissions)

    def deny_bot(self, channel: str, *permissions: str) -> None:
        """Takes permissions away from the bot in one channel; without any, gives all of them back."""
        place = self.channels[channel]
        role = self.guilds[place.guild].bot_role.id
        place.overwrites.pop(role, None)
        if permissions:
            place.overwrites[role] = Overwrite(deny=mask(permissions))

    def on_change(self, listener: Callable[[], None]) -> None:
        """Called after anything a person could see changed."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Tells the listeners."""
        for listener in self._listeners:
            listener()

    # --- permissions --------------------------------------------------------------------------------------------

    def guild(self, id: str) -> Guild:  # noqa: A002
        """A guild the bot is in. Raises 10004."""
        guild = self.guilds.get(id)
        if guild is None or not guild.has_bot:
            raise RestError(404, 10004, "Unknown Guild")
        return guild

    def bot_permissions(self, guild: Guild, channel: Channel | None = None) -> int:
        """The bits the bot holds, in a channel (a thread: in its parent) or in the guild."""
        place = self.channels.get(channel.parent, channel) if channel else None
        changes = place.overwrites if place else {}
        held = [guild.roles[guild.id].permissions, guild.bot_role.permissions]
        return effective(held, overwrites_for([guild.bot_role.id], changes), changes.get(guild.id, NOTHING))

    def guild_may(self, guild: Guild, name: str) -> bool:
        """Whether the bot holds a permission in a guild."""
        return bool(self.bot_permissions(guild) & mask([name]))

    def may(self, channel: Channel, name: str) -> bool:
        """Whether the bot holds a permission in a channel; in direct messages it does."""
        guild = self.guilds.get(channel.guild)
        return guild is None or (guild.has_bot and bool(self.bot_permissions(guild, channel) & mask([name])))

    def require(self, channel: Channel, *names: str) -> None:
        """Raises 50001 without access to the channel, 50013 without a permission."""
        for name in names:
            if not self.may(channel, name):
                hidden = name == "VIEW_CHANNEL"
                raise (
                    RestError(403, 50001, "Missing Access") if hidden else RestError(403, 50013, "Missing Permissions")
                )

    def require_dm(self, channel: Channel) -> None:
        """Raises 50007 when the person's direct messages are closed, 50278 when no guild is shared."""
        if not self.users[channel.recipient].dms_open:
            raise RestError(403, 50007, "Cannot send messages to this user")
        if not any(channel.recipient in guild.members for guild in self.guilds.values() if guild.has_bot):
            raise RestError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")

    # --- used by the protocol -----------------------------------------------------------------------------------

    def next_id(self) -> str:
        """A snowflake: the sandbox clock and a number that only grows."""
        ms = int(self.clock.now().timestamp() * 1000) - EPOCH_MS
        return str((ms << 22) | (next(self._numbers) & 0x3FFFFF))

    def gateway_url(self) -> str:
        """Where sessions begin and resume."""
        return f"{self.base_url.replace('http', 'ws', 1)}/discord/gateway"

    def post(self, channel: Channel, msg: Msg) -> None:
        """Puts a message where its readers see it."""
        channel.messages[msg.id] = msg
        self.places[msg.id] = channel.id
        while len(channel.messages) > KEPT:
            oldest = next(iter(channel.messages))
            del channel.messages[oldest], self.places[oldest]
        self.changed()
        self.announce("MESSAGE_CREATE", channel, msg)

    def announce(self, event: str, channel: Channel, msg: Msg) -> None:
        """MESSAGE_CREATE, UPDATE or DELETE, where the bot is and may look, for those who asked. Without the content
        intent the words of others are left out, except in direct messages and where the bot is mentioned."""
        intent = INTENTS["MESSAGE" if channel.guild else "DM_MESSAGE"]
        if msg.only_for or not self.gateway.wants(intent) or not self.may(channel, "VIEW_CHANNEL"):
            return
        where = {"guild_id": channel.guild} if channel.guild else {}
        if event == "MESSAGE_DELETE":
            self.tell(event, {"id": msg.id, "channel_id": channel.id} | where, channel.guild, intent)
            return
        data = msg.native() | {"channel_type": channel.native(self.users)["type"]} | where
        if channel.guild:
            member = self.member_payload(channel.guild, msg.author)
            data |= {"member": {key: value for key, value in member.items() if key != "user"}}
        open_to_all = not channel.guild or msg.author.bot or self.bot in msg.mentions
        empty: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}
        without = data | empty
        self.tell(event, data, channel.guild, intent, data if open_to_all else without)

    def tell(
        self, event: str, data: dict[str, Any], guild: str = "", intent: int = 0, without: dict[str, Any] | None = None
    ) -> None:
        """Emits an event in the background; `without` is what sessions lacking the content intent get."""
        self.told.note(event, ok=bool(self.gateway.count()), error="", member="", attempt=0, ms=0.0)
        task = asyncio.get_running_loop().create_task(self.gateway.emit(event, data, guild, intent, without))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.changed()

    def remove(self, channel: Channel, msg: Msg) -> None:
        """Takes a message away."""
        del channel.messages[msg.id], self.places[msg.id]
        self.announce("MESSAGE_DELETE", channel, msg)
        self.changed()

    def forget(self, channel: Channel) -> None:
        """A thread is gone, with everything in it."""
        del self.channels[channel.id]
        for id_ in channel.messages:
            self.places.pop(id_, None)

    def mention(self, channel: Channel, msg: Msg, words: str, allowed: Any) -> int:
        """Sets whom a message notifies; how many that are."""
        everyone = self.may(channel, "MENTION_EVERYONE")
        reader = msg.only_for or (channel.recipient if channel.kind == "dm" else "")
        people, roles, msg.mentions_all = mentioned(words, allowed, everyone=everyone)
        msg.mentions = [self.users[id_] for id_ in dict.fromkeys(people) if id_ in self.users]
        return len([id_ for id_ in people if id_ != reader]) + len(roles) + msg.mentions_all

    def keep_files(self, msg: Msg, attachments: list[Attachment]) -> None:
        """Puts files on a message and serves them; the oldest go when there are too many."""
        msg.attachments = attachments
        for attachment in attachments:
            self.files[attachment.id] = attachment
        while len(self.files) > FILES or sum(known.size for known in self.files.values()) > FILES_BYTES:
            self.files.pop(next(iter(self.files))).body = None

    def note_failure(self, channel: Channel, user: User, sentence: str) -> None:
        """The client's own failure note, seen only by this person."""
        self.post(channel, Msg(self.next_id(), channel.id, self.bot, self.clock.now(), sentence, only_for=user.id))

    def dm_with(self, user: str) -> Channel:
        """The direct conversation of the bot and a person, opened on first use."""
        if user not in self.dms:
            made = Channel(self.next_id(), "", "dm", "", user)
            self.channels[made.id] = made
            self.dms[user] = made.id
        return self.channels[self.dms[user]]

    def commands_in(self, guild: str) -> list[dict[str, Any]]:
        """Global and guild commands; in direct messages the global ones."""
        return [*self.commands_global, *(self.guilds[guild].commands if guild else [])]

    def member_changed(self, guild: str, user: str) -> None:
        """GUILD_MEMBER_UPDATE, for those who may hear it."""
        data = self.member_payload(guild, self.users[user]) | {"guild_id": guild}
        self.tell("GUILD_MEMBER_UPDATE", data, guild, INTENTS["GUILD_MEMBER"])

    def member_payload(self, guild: str, user: User) -> dict[str, Any]:
        """A guild member."""
        here = self.guilds[guild]
        roles = [here.bot_role.id] if user is self.bot else sorted(here.given.get(user.id, ()))
        return {"user": user.native(), "roles": roles, "joined_at": SINCE, "deaf": False, "mute": False, "flags": 0,
                "nick": None, "avatar": None, "banner": None, "pending": False, "premium_since": None,
                "communication_disabled_until": None}  # fmt: skip

    def guild_native(self, guild: Guild) -> dict[str, Any]:
        """A guild as REST shows it."""
        nothing = ("description", "home_header", "splash", "discovery_splash", "banner", "icon", "application_id",
                   "afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code",
                   "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id",
                   "incidents_data")  # fmt: skip
        empty: dict[str, list[Any]] = {key: [] for key in ("features", "emojis", "stickers")}
        return dict.fromkeys(nothing) | empty | {
            "id": guild.id, "name": guild.name, "owner_id": next(iter(guild.members), self.bot.id), "region": "",
            "afk_timeout": 300, "system_channel_flags": 0, "widget_enabled": False, "verification_level": 0,
            "roles": [role.native() for role in guild.roles.values()], "default_message_notifications": 0,
            "mfa_level": 0, "explicit_content_filter": 0, "max_members": 500_000, "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25, "premium_tier": 0, "premium_subscription_count": 0,
            "preferred_locale": "en-US", "premium_progress_bar_enabled": False, "nsfw": False, "nsfw_level": 0,
        }  # fmt: skip

    def guild_payload(self, guild: Guild) -> dict[str, Any]:
        """GUILD_CREATE, as a bot without privileged intents gets it."""
        here = [c for c in self.channels.values() if c.guild == guild.id]
        threads = [c.native(self.users) for c in here if c.kind == "thread" and self.bot.id in c.members]
        none = ("voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds")
        empty: Mapping[str, list[Any]] = {key: [] for key in none}
        shared = {key: value for key, value in self.guild_native(guild).items() if key not in {"home_header", "nsfw"}}
        return shared | empty | {
            "unavailable": False, "large": False, "hub_type": None, "member_count": len(guild.members) + 1,
            "members": [self.member_payload(guild.id, self.bot)], "threads": threads, "joined_at": SINCE,
            "channels": [c.native(self.users) for c in here if c.kind == "channel"],
        }  # fmt: skip
