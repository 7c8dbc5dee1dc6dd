"""Files on Slack: no block holds one, so it is shared into the thread of its message, where it notifies nobody anew.

The message goes first and says in words what the file is. By then the bytes are with Slack, and one call is left that
can fail; it is made again only when it surely did nothing. So a message may stay without its file, and never has two.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.upload import UPLOADING, Calls, upload
from chat.errors import DeliveryError, Throttled, Unavailable
from chat.message import File, Message
from chat.people import Sent, Space

log = logging.getLogger(__name__)

WAIT, PATIENCE = 1.0, 10.0  # seconds before the one other try, and how long Slack may ask us to wait for it


@dataclass(frozen=True, slots=True)
class Uploaded:
    """With Slack, and shown to nobody yet."""

    id: str
    file: File


class Files:
    """Uploads before a message is posted, shares after it. What goes wrong is logged: the words are there already.
    `pace` shortens the wait."""

    def __init__(self, api: Calls, *, pace: float = 1.0) -> None:
        self._api, self._pace = api, pace

    async def uploaded(self, space: Space, message: Message) -> list[Uploaded]:
        """Those of the message's files that Slack took in time."""
        done: list[Uploaded] = []
        try:
            async with asyncio.timeout(UPLOADING):
                for file in message.files():
                    id_ = await upload(self._api, space, file.name, file.data)
                    done.append(Uploaded(id_, file))
        except (DeliveryError, TimeoutError) as error:
            self._warn("a file could not be uploaded, its words go alone", space, error)
        return done

    async def share_below(self, space: Space, files: list[Uploaded], sent: Sent, posted: Mapping[str, Any]) -> None:
        """Into the thread of a message of ours. `posted` is the message as Slack answered: one that has replies was
        there before, from an earlier try, and so are its files."""
        if not posted.get("reply_count"):
            named = [{"id": known.id, "title": known.file.name} for known in files]
            await self._share(space, named, channel_id=sent.place, thread_ts=sent.message)

    async def give(self, space: Space, files: list[Uploaded], conversation: str) -> None:
        """Alone into a conversation, its words as its title: an answer that only one person sees holds no file."""
        named = [{"id": known.id, "title": known.file.about} for known in files]
        await self._share(space, named, channel_id=conversation)

    async def _share(self, space: Space, files: list[dict[str, str]], **where: str) -> None:
        if not files:
            return
        try:
            try:
                await self._api.call(space, "files.completeUploadExternal", files=files, **where)
            except (Throttled, Unavailable) as error:
                wait = error.retry_after if isinstance(error, Throttled) else WAIT * self._pace
                if wait > PATIENCE:
                    raise
                await asyncio.sleep(wait)
                await self._api.call(space, "files.completeUploadExternal", files=files, **where)
        except DeliveryError as error:
            self._warn("a file may not have arrived, its words have", space, error)

    def _warn(self, sentence: str, space: Space, error: DeliveryError | TimeoutError) -> None:
        reason = error.reason if isinstance(error, DeliveryError) else "timeout"
        log.warning(sentence, extra={"space": space.key, "reason": reason})
