"""Pictures on Slack: uploaded before a message is rendered, shared with nobody, shown by their file's id.

Slack looks at an uploaded file for a moment before a block may name it, and says invalid_blocks until then. Whatever
happens to a picture, its message goes out: at last with the words in the picture's place.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from bot.slack.render import Block, blocks
from chat.errors import DeliveryError, Rejected
from chat.message import Message, Picture
from chat.people import Space

log = logging.getLogger(__name__)

NOT_READY = frozenset({"invalid_blocks", "invalid_arguments"})  # of messages, and of views
UPLOADING, WAIT = 6.0, 2.0  # seconds one message's uploads may take; before the one other try
KEPT = 5_000  # uploaded files remembered, over all workspaces
T = TypeVar("T")
_Key = tuple[str, bytes]  # workspace, and hash of the bytes and words


class Calls(Protocol):
    """What of Slack's Web API is needed here; each raises a DeliveryError."""

    async def call(self, space: Space, method: str, **arguments: Any) -> Any: ...
    async def form(self, space: Space, method: str, **arguments: str) -> Any: ...
    async def put(self, url: str, data: bytes) -> None: ...


class Pictures:
    """Uploads each different picture once a workspace, as long as it is remembered. `pace` shortens the wait."""

    def __init__(self, api: Calls, *, pace: float = 1.0) -> None:
        self._api, self._wait = api, WAIT * pace
        self._known: OrderedDict[_Key, str] = OrderedDict()

    async def posted(self, space: Space, message: Message, post: Callable[[list[Block]], Awaitable[T]]) -> T:
        """Gives `post` the message's blocks, again with later or fewer pictures when Slack refuses those: nothing was
        posted then, so nothing is posted twice. Raises the DeliveryError of the last try."""
        pictures = message.pictures()
        ids, old = await self._ids(space, pictures) if pictures else ({}, [])
        if not ids:
            return await post(blocks(message))
        try:
            return await post(blocks(message, ids))
        except Rejected as error:
            if error.reason not in NOT_READY:
                raise
        self._forget(old)  # a file uploaded long ago may have been deleted since
        ids, _ = await self._ids(space, pictures)
        await asyncio.sleep(self._wait)
        try:
            return await post(blocks(message, ids))
        except Rejected as error:
            if error.reason not in NOT_READY:
                raise
        log.warning("Slack does not take a picture, its words go instead", extra={"space": space.key})
        self._forget([_key(space, picture) for picture in pictures])
        return await post(blocks(message))

    async def _ids(self, space: Space, pictures: tuple[Picture, ...]) -> tuple[dict[str, str], list[_Key]]:
        """Name -> file id of what could be uploaded, and which of them had been uploaded before."""
        ids: dict[str, str] = {}
        old: list[_Key] = []
        try:
            async with asyncio.timeout(UPLOADING):
                for picture in pictures:
                    key = _key(space, picture)
                    if key in self._known:
                        old.append(key)
                        self._known.move_to_end(key)
                    else:
                        self._known[key] = await self._upload(space, picture)
                    ids[picture.name] = self._known[key]
        except (DeliveryError, TimeoutError) as error:
            reason = error.reason if isinstance(error, DeliveryError) else "timeout"
            log.warning(
                "a picture could not be uploaded, its words go instead", extra={"space": space.key, "reason": reason}
            )
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return ids, old

    async def _upload(self, space: Space, picture: Picture) -> str:
        size = str(len(picture.data))
        where = await self._api.form(
            space, "files.getUploadURLExternal", filename=picture.name, length=size, alt_txt=picture.alt
        )
        await self._api.put(str(where["upload_url"]), picture.data)
        id_ = str(where["file_id"])
        await self._api.call(space, "files.completeUploadExternal", files=[{"id": id_, "title": picture.name}])
        return id_

    def _forget(self, keys: list[_Key]) -> None:
        for key in keys:
            self._known.pop(key, None)


def _key(space: Space, picture: Picture) -> _Key:
    return space.id, hashlib.sha256(picture.alt.encode() + b"\0" + picture.data).digest()
