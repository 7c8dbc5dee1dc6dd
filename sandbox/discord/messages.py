"""Reading a message body as Discord does: text, embeds, components, files, who would be pinged; and editing one."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.discord.components import Complaints, check_components, check_rows, complete, error_body
from sandbox.discord.model import EPHEMERAL, LOADING, V2, Attachment, Channel, Msg
from sandbox.discord.reading import words_of

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

LARGEST_FILE = 10 << 20  # bytes, where nobody pays for more
SUPPRESS = 1 << 2
SILENT = 1 << 12
Files = Mapping[int, tuple[str, bytes, str]]  # n of files[n] -> name, bytes, type
NO_FILES: Files = {}


class RestError(Exception):
    """An HTTP status and Discord's JSON error."""

    def __init__(self, status: int, code: int, message: str, body: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status, self.body = status, body or {"message": message, "code": code}


def refuse(complaints: Complaints) -> None:
    """Raises 50035 when there is a complaint."""
    if complaints:
        raise RestError(400, 50035, "Invalid Form Body", error_body(complaints))


@dataclass
class Content:
    """What a body says, once it was found right."""

    content: str
    components: list[dict[str, Any]]
    embeds: list[dict[str, Any]]
    flags: int
    attachments: list[Attachment] = field(default_factory=list[Attachment])


def read_message(
    world: DiscordWorld, data: Mapping[str, Any], channel: str, *, before: Msg | None = None, files: Files = NO_FILES
) -> Content:
    """A message body. Raises 50035, 50006 or 40005. With `before` it is an edit: what is not named stays."""
    flags = int(data.get("flags") or 0) | ((before.flags & V2) if before else 0)
    attachments = _attachments(world, data, channel, before, files)
    names = [attachment.filename for attachment in attachments]
    content, components = _kept(data, "content", before, ""), deepcopy(list(_kept(data, "components", before, [])))
    embeds = list(_kept(data, "embeds", before, []))
    if flags & V2:
        if content or embeds or data.get("poll") or data.get("sticker_ids"):
            refuse({"content": "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"})
        refuse(check_components(components, names))
        _resolve(components, attachments)
    elif not isinstance(content, str) or len(content) > 2000:
        refuse({"content": "Must be 2000 or fewer in length."})
    else:
        refuse(check_rows(components) | check_embeds(embeds))
        if not (content.strip() or embeds or components or attachments):
            raise RestError(400, 50006, "Cannot send an empty message")
    allowed = data.get("allowed_mentions")
    if allowed is not None:
        refuse(_check_allowed(allowed))
    complete(components)
    for embed in embeds:
        embed.setdefault("type", "rich")
        for item in embed.get("fields") or []:
            item.setdefault("inline", False)
    return Content(content, components, embeds, flags & (V2 | EPHEMERAL | SUPPRESS | SILENT), attachments)


def _kept(data: Mapping[str, Any], key: str, before: Msg | None, empty: Any) -> Any:
    if key in data or before is None or before.flags & LOADING:
        return data.get(key) or empty
    return getattr(before, key)


def _attachments(
    world: DiscordWorld, data: Mapping[str, Any], channel: str, before: Msg | None, files: Files
) -> list[Attachment]:
    described = {str(item.get("id")): item for item in data.get("attachments") or []}
    kept = [a for a in before.attachments if "attachments" not in data or a.id in described] if before else []
    if len(files) + len(kept) > 10:
        refuse({"attachments": "Must be 10 or fewer in length."})
    made: list[Attachment] = []
    for index, (name, body, mimetype) in files.items():
        if len(body) > LARGEST_FILE:
            raise RestError(413, 40005, "Request entity too large")
        about = described.get(str(index), {})
        if len(str(about.get("description") or "")) > 1024:
            refuse({f"attachments.{index}.description": "Must be 1024 or fewer in length."})
        id_ = world.next_id()
        filename = str(about.get("filename") or name)
        url = f"{world.base_url}/discord/attachments/{channel}/{id_}/{filename}"
        made.append(Attachment(id_, filename, body, mimetype, url, str(about.get("description") or ""), len(body)))
    return [*kept, *made]


def _resolve(components: list[dict[str, Any]], attachments: list[Attachment]) -> None:
    """Puts the served address where a component named an attachment, and what Discord adds to media."""
    by_name = {attachment.filename: attachment for attachment in attachments}
    todo = list(components)
    while todo:
        item = todo.pop()
        todo += item.get("components") or []
        todo += [child for key in ("accessory",) if (child := item.get(key))]
        for media in [item.get("media"), item.get("file"), *(entry["media"] for entry in item.get("items") or [])]:
            if media is None:
                continue
            found = by_name.get(media["url"].removeprefix("attachment://"))
            if found is not None and media["url"].startswith("attachment://"):
                media |= {"url": found.url, "content_type": found.mimetype, "attachment_id": found.id}
            media |= {"proxy_url": media["url"], "id": media.get("attachment_id", "0"), "width": None, "height": None}
        if item.get("file") and (found := next((a for a in attachments if a.url == item["file"]["url"]), None)):
            item |= {"name": found.filename, "size": found.size}


def check_embeds(embeds: list[Any]) -> Complaints:
    """Complaints about embeds: ten of them, 6,000 characters together."""
    out: Complaints = {} if len(embeds) <= 10 else {"embeds": "Must be 10 or fewer in length."}
    total = 0
    for index, embed in enumerate(embeds):
        texts = [("title", embed.get("title"), 256), ("description", embed.get("description"), 4096)]
        texts.append(("footer.text", (embed.get("footer") or {}).get("text"), 2048))
        texts.append(("author.name", (embed.get("author") or {}).get("name"), 256))
        fields = embed.get("fields") or []
        urls = [("url", embed.get("url"))]
        urls += [(f"{key}.url", (embed.get(key) or {}).get("url")) for key in ("image", "thumbnail", "author")]
        for path, url in urls:
            if url is not None and not re.match(r"(https?|attachment)://", str(url)):
                out[f"embeds.{index}.{path}"] = "Not a well formed URL."
        if len(fields) > 25:
            out[f"embeds.{index}.fields"] = "Must be 25 or fewer in length."
        for n, item in enumerate(fields):
            texts += [
                (f"fields.{n}.name", item.get("name") or "", 256),
                (f"fields.{n}.value", item.get("value") or "", 1024),
            ]
        for path, text, most in texts:
            if text is not None and not (
                isinstance(text, str) and ("fields" not in path or text) and len(text) <= most
            ):
                out[f"embeds.{index}.{path}"] = f"Must be between 1 and {most} in length."
            total += len(text) if isinstance(text, str) else 0
    return out if total <= 6000 else out | {"embeds": "Embed size exceeds maximum size of 6000"}


def _check_allowed(allowed: Any) -> Complaints:
    parse = allowed.get("parse") or []
    if not set(parse) <= {"users", "roles", "everyone"}:
        return {"allowed_mentions.parse": "Value must be one of {'users', 'roles', 'everyone'}."}
    for key in ("users", "roles"):
        if len(allowed.get(key) or []) > 100:
            return {f"allowed_mentions.{key}": "Must be 100 or fewer in length."}
        if key in parse and allowed.get(key):
            return {"allowed_mentions": f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.'}
    return {}


def rewrite(world: DiscordWorld, channel: Channel, msg: Msg, data: Mapping[str, Any], files: Files = NO_FILES) -> None:
    """An edit; a "thinking" message becomes the answer and keeps its privacy."""
    thinking = bool(msg.flags & LOADING)
    made = read_message(world, data, channel.id, before=msg, files=files)
    world.keep_files(msg, made.attachments)
    msg.content, msg.components, msg.embeds = made.content, made.components, made.embeds
    msg.flags = (made.flags & V2) | (msg.flags & EPHEMERAL)
    msg.edited = msg.edited if thinking else world.clock.now()
    world.pinged += world.mention(channel, msg, words_of(made.content, made.components), data.get("allowed_mentions"))
    world.announce("MESSAGE_UPDATE", channel, msg)
    world.changed()
