"""People of a workspace coming, going and changing, the app being removed: what they see, and the events of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack.methods.people import native_user
from sandbox.slack.model import Channel, Grant, Member, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState


def _stamp(world: SlackState) -> dict[str, str]:
    return {"event_ts": world.next_ts()}


def changed(world: SlackState, space: Workspace, person: Member, what: str = "user_change") -> None:
    """A profile changed: user_change; somebody new: team_join."""
    user = native_user(space, person, world.clock.now())
    world.delivery.event(
        space.id,
        {"type": what, "user": user, "cache_ts": int(world.clock.now().timestamp())} | _stamp(world),
        f"{space.id}/{person.id}",
    )
    world.changed()


def joined(world: SlackState, space: Workspace, person: Member) -> None:
    """Somebody new, who sees every channel called general or the first there is."""
    open_ = [channel for channel in space.channels.values() if channel.kind == "channel" and not channel.archived]
    for channel in [c for c in open_ if c.name == "general"] or open_[:1]:
        channel.members.add(person.id)
        member_event(world, space, channel, person, "member_joined_channel")
    changed(world, space, person, "team_join")


def left(world: SlackState, space: Workspace, person: Member) -> None:
    """Deactivated: the account stays, marked deleted; its modals close."""
    person.gone = True
    world.close_all(space.id, person.id)
    for channel in space.channels.values():
        if channel.kind in {"channel", "private"} and person.id in channel.members:
            channel.members.discard(person.id)
            member_event(world, space, channel, person, "member_left_channel")
    changed(world, space, person)


def member_event(world: SlackState, space: Workspace, channel: Channel, person: Member, what: str) -> None:
    """member_joined_channel or member_left_channel, where the bot is."""
    if channel.has_bot:
        kind = "C" if channel.kind == "channel" else "G"
        event = {"type": what, "user": person.id, "channel": channel.id, "channel_type": kind, "team": space.id}
        world.delivery.event(space.id, event | _stamp(world), f"{space.id}/{person.id}")


def archive(world: SlackState, space: Workspace, channel: Channel, *, archived: bool) -> None:
    """A channel is archived or comes back."""
    channel.archived = archived
    admin = next((member.id for member in space.members.values() if member.is_admin), "")
    event = {"type": "channel_archive" if archived else "channel_unarchive", "channel": channel.id, "user": admin}
    world.delivery.event(space.id, event | _stamp(world))
    world.changed()


def home_opened(world: SlackState, space: Workspace, person: Member, tab: str, channel: Channel) -> None:
    """app_home_opened, for the home or the messages tab."""
    event = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab} | _stamp(world)
    more = {"view": person.home} if tab == "home" and person.home else {}
    world.delivery.event(space.id, event | more, f"{space.id}/{person.id}")


def uninstalled(world: SlackState, space: Workspace) -> None:
    """The app is removed: its tokens die at once, then it hears of it."""
    space.installed = False
    tokens = {"oauth": list[str](), "bot": [space.bot_user]}
    world.delivery.event(space.id, {"type": "tokens_revoked", "tokens": tokens} | _stamp(world))
    world.delivery.event(space.id, {"type": "app_uninstalled"} | _stamp(world))
    world.changed()


def installed(world: SlackState, space: Workspace, grant: Grant) -> None:
    """The app is installed, again or with a fresh token."""
    space.grant, space.bot_token = grant, grant.token
    space.installed, space.revoked = True, False
    world.changed()
