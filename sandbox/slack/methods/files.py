"""files.*: an address to upload to, the upload itself, and sharing it in a channel."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from sandbox.slack.methods._common import Answer, ApiError, Args, Method, ids, writable
from sandbox.slack.methods.chat import content, thread_of
from sandbox.slack.model import Msg, Upload, Workspace, native_file

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

LARGEST = 64 << 20  # bytes; Slack takes 1 GB, a local stand-in need not
KEPT, KEPT_BYTES = 200, 256 << 20  # files a workspace remembers, the oldest go
UNUSED = 20  # addresses nobody has uploaded to


def _upload_url(world: SlackState, space: Workspace, args: Args) -> Answer:
    name, length = str(args.get("filename") or ""), str(args.get("length") or "")
    if not name:
        raise ApiError("invalid_arguments", ["missing required field: filename"])
    if not length.isdecimal() or int(length) < 1:
        raise ApiError("invalid_arguments", ["length must be the number of bytes"])
    if int(length) > LARGEST:
        raise ApiError("file_upload_size_restricted")
    safe = name.replace("/", "_").replace("\\", "_")
    file = Upload(world.next_id("F"), space.id, safe, int(length), str(args.get("alt_txt") or ""))
    space.uploads[file.id] = file
    unused = [known for known in space.uploads.values() if not known.completed]
    for old in unused[: max(0, len(unused) - UNUSED)]:
        del space.uploads[old.id]
    while len(space.uploads) > KEPT or sum(known.length for known in space.uploads.values() if known.body) > KEPT_BYTES:
        del space.uploads[next(iter(space.uploads))]
    return {"upload_url": f"{world.base_url}/slack/upload/{space.id}/{file.id}", "file_id": file.id}


def _complete(world: SlackState, space: Workspace, args: Args) -> Answer:
    given = args.get("files")
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except json.JSONDecodeError:
            raise ApiError("invalid_arguments", ["files must be JSON"]) from None
    if not isinstance(given, list) or not given:
        raise ApiError("invalid_arguments", ["files must name at least one file"])
    files = [_uploaded(space, item) for item in given]
    for channel in [*ids(args.get("channel_id")), *ids(args.get("channels"))]:
        _share(world, space, dict(args) | {"channel": channel}, files)
    return {"files": [native_file(file, world.base_url) for file in files]}


def _uploaded(space: Workspace, item: Any) -> Upload:
    file = space.uploads.get(str(item.get("id"))) if isinstance(item, dict) else None
    if file is None:
        raise ApiError("file_not_found")
    if file.body is None:
        raise ApiError("file_update_failed", [f"nothing was uploaded for {file.id} yet"])
    file.ready = file.ready or time.monotonic() + space.looks_at_files
    file.completed, file.title = True, str(item.get("title") or file.title)
    return file


def _share(world: SlackState, space: Workspace, args: Args, files: list[Upload]) -> None:
    channel = writable(space, args)
    words = {"text": str(args.get("initial_comment") or ""), "blocks": args.get("blocks")}
    text, blocks = content(space, words) if words["text"] or words["blocks"] else ("", [])
    msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, files=files)
    msg.thread = thread_of(channel, args)
    world.post(space, channel, msg)


def _info(world: SlackState, space: Workspace, args: Args) -> Answer:
    file = space.uploads.get(str(args.get("file") or ""))
    if file is None or not file.completed:
        raise ApiError("file_not_found")
    return {"file": native_file(file, world.base_url)}


def _delete(world: SlackState, space: Workspace, args: Args) -> Answer:
    file = space.uploads.pop(str(args.get("file") or ""), None)
    if file is None:
        raise ApiError("file_not_found")
    for channel in space.channels.values():
        for msg in channel.messages.values():
            msg.files = [kept for kept in msg.files if kept.id != file.id]
    world.changed()
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(_upload_url, 4, ("files:write",)),
    "files.completeUploadExternal": Method(_complete, 4, ("files:write",)),
    "files.info": Method(_info, 4, ("files:read",)),
    "files.delete": Method(_delete, 3, ("files:write",)),
}
