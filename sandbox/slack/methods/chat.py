"""chat.*: posting, privately or later, editing and deleting."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import check_blocks, fill_ids
from sandbox.slack.methods._common import Answer, ApiError, Args, Method, true, writable
from sandbox.slack.model import Channel, Msg, Scheduled, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

LONGEST_TEXT = 40_000
FARTHEST = timedelta(days=120)
_WRITE = ("chat:write",)


def content(space: Workspace, args: Args) -> tuple[str, list[dict[str, Any]]]:
    """Text and blocks of a message. Raises no_text, msg_too_long, invalid_blocks and kin."""
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if not isinstance(text, str):
        raise ApiError("invalid_arguments", ["text must be a string"])
    if args.get("markdown_text"):
        if text or blocks:
            raise ApiError("markdown_text_conflict")
        blocks = [{"type": "markdown", "text": args["markdown_text"]}]
    if complaints := check_blocks(blocks, files=space.showable):
        too_many = isinstance(blocks, list) and len(blocks) > 50
        raise ApiError("msg_blocks_too_long" if too_many else "invalid_blocks", complaints)
    if args.get("attachments"):
        raise ApiError("invalid_attachments", ["the sandbox serves blocks, not legacy attachments"])
    metadata = args.get("metadata")
    if metadata is not None and complaints_about_metadata(metadata):
        raise ApiError("invalid_metadata_format")
    if not text.strip() and not blocks:
        raise ApiError("no_text")
    if len(text) > LONGEST_TEXT:
        raise ApiError("msg_too_long")
    fill_ids(blocks, "m")
    return text, blocks


def complaints_about_metadata(metadata: Any) -> bool:
    """Whether it is anything but {event_type: string, event_payload: object}."""
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        return True
    return not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict)


def _post(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel = writable(space, args)
    text, blocks = content(space, args)
    key = str(args.get("client_msg_id") or "")
    if world.dedupe_keys and key:
        earlier = next((m for m in channel.messages.values() if m.key == key), None)
        if earlier:
            return {"channel": channel.id, "ts": earlier.ts, "message": earlier.native(world.base_url)}
    msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, key=key)
    msg.metadata = args.get("metadata")
    msg.thread, msg.broadcast = thread_of(channel, args), true(args.get("reply_broadcast"))
    world.post(space, channel, msg)
    return {"channel": channel.id, "ts": msg.ts, "message": msg.native(world.base_url)}


def thread_of(channel: Channel, args: Args) -> str:
    """The root of the thread a message goes to, or "". Raises thread_not_found."""
    root = str(args.get("thread_ts") or "")
    found = channel.messages.get(root)
    if root and (found is None or found.only_for):
        raise ApiError("thread_not_found")
    return found.thread or found.ts if found else ""


def _post_ephemeral(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel, person = writable(space, args), space.members.get(str(args.get("user", "")))
    if person is None or person.id not in channel.members or person.gone:
        raise ApiError("user_not_in_channel")
    text, blocks = content(space, args)
    msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, person.id)
    msg.thread = thread_of(channel, args)
    world.post(space, channel, msg)
    return {"message_ts": msg.ts}


def _own(space: Workspace, args: Args, otherwise: str) -> tuple[Channel, Msg]:
    if str(args.get("channel")) in space.members:
        raise ApiError("channel_not_found")  # editing takes the conversation's id, not the person's
    channel = writable(space, args)
    msg = channel.messages.get(str(args.get("ts", "")))
    if msg is None or msg.only_for:
        raise ApiError("message_not_found")
    if not msg.by_bot:
        raise ApiError(otherwise)
    return channel, msg


def _update(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel, msg = _own(space, args, "cant_update_message")
    text, blocks = content(space, args)
    msg.text, msg.blocks, msg.edited = text, blocks, True
    msg.metadata = args.get("metadata") or msg.metadata
    world.changed()
    return {"channel": channel.id, "ts": msg.ts, "text": msg.text, "message": msg.native(world.base_url)}


def _delete(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel, msg = _own(space, args, "cant_delete_message")
    world.remove(space, channel, msg)
    return {"channel": channel.id, "ts": msg.ts}


def _schedule(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel, now = writable(space, args), world.clock.now()
    content(space, args)
    if not re.fullmatch(r"[0-9]{1,10}", str(args.get("post_at"))):
        raise ApiError("invalid_time")
    due = datetime.fromtimestamp(int(args["post_at"]), UTC)
    if due <= now:
        raise ApiError("time_in_past")
    if due > now + FARTHEST:
        raise ApiError("time_too_far")
    made = Scheduled(world.next_id("Q"), channel.id, int(due.timestamp()), dict(args) | {"channel": channel.id})
    space.scheduled[made.id] = made
    world.clock.call_at(due, lambda: _due(world, space, made.id))
    return {"scheduled_message_id": made.id, "channel": channel.id, "post_at": made.post_at,
            "message": {"text": str(args.get("text") or ""), "type": "delayed_message"}}  # fmt: skip


def _due(world: SlackState, space: Workspace, id_: str) -> None:
    made = space.scheduled.pop(id_, None)
    if made is None:
        return
    try:
        answer = _post(world, space, made.args)
        world.log.note("scheduled message", ok=True, place=made.channel, message=str(answer["ts"]))
    except ApiError as error:
        world.log.note("scheduled message", ok=False, error=error.code, place=made.channel)


def _scheduled_list(world: SlackState, space: Workspace, args: Args) -> Answer:
    listed = [
        {"id": s.id, "channel_id": s.channel, "post_at": s.post_at, "text": str(s.args.get("text") or "")}
        for s in space.scheduled.values()
        if str(args.get("channel") or s.channel) == s.channel
    ]
    return {"scheduled_messages": listed, "response_metadata": {"next_cursor": ""}}


def _unschedule(world: SlackState, space: Workspace, args: Args) -> Answer:
    if space.scheduled.pop(str(args.get("scheduled_message_id", "")), None) is None:
        raise ApiError("invalid_scheduled_message_id")
    return {}


def _permalink(world: SlackState, space: Workspace, args: Args) -> Answer:
    found = space.at(str(args.get("message_ts", "")))
    if found is None or found[0].id != args.get("channel"):
        raise ApiError("message_not_found")
    link = f"https://{space.name.lower()}.sandbox.invalid/archives/{found[0].id}/p{found[1].ts.replace('.', '')}"
    return {"channel": found[0].id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(_post, 0, _WRITE),
    "chat.postEphemeral": Method(_post_ephemeral, 4, _WRITE),
    "chat.update": Method(_update, 3, _WRITE),
    "chat.delete": Method(_delete, 3, _WRITE),
    "chat.scheduleMessage": Method(_schedule, 3, _WRITE),
    "chat.deleteScheduledMessage": Method(_unschedule, 3, _WRITE),
    "chat.scheduledMessages.list": Method(_scheduled_list, 3),
    "chat.getPermalink": Method(_permalink, 0),
}
