"""The bytes of a file to Slack: an address for them, then the bytes; nobody sees the file yet."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

from typing import Any, Protocol

from chat.people import Space

UPLOADING = 6.0  # seconds one message's uploads may take


class Calls(Protocol):
    """What of Slack's Web API is needed here; each raises a DeliveryError."""

    async def call(self, space: Space, method: str, **arguments: Any) -> Any: ...
    async def form(self, space: Space, method: str, **arguments: str) -> Any: ...
    async def put(self, url: str, data: bytes) -> None: ...


async def upload(api: Calls, space: Space, name: str, data: bytes, **more: str) -> str:
    """The file's id, to be given to files.completeUploadExternal once. Raises a DeliveryError."""
    size = str(len(data))
    where = await api.form(space, "files.getUploadURLExternal", filename=name, length=size, **more)
    await api.put(str(where["upload_url"]), data)
    return str(where["file_id"])
