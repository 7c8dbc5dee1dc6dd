"""Raw protocol clients for load: sockets and bytes, no library, so that only the sandbox is measured.

They send well-formed frames and read what they need of the answers by looking for it in the bytes.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import struct
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
OnText = Callable[[bytes], None]


class WebSocket(asyncio.Protocol):
    """A client's side of RFC 6455 without extensions; `on_text` gets every text message."""

    def __init__(self, host: str, path: str, on_text: OnText) -> None:
        self._host, self._path, self._on_text = host, path, on_text
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self.open = asyncio.get_running_loop().create_future()
        self._shaken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {self._path} HTTP/1.1", f"Host: {self._host}", "Upgrade: websocket", "Connection: Upgrade",
                 f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""]  # fmt: skip
        transport.write("\r\n".join(lines).encode())

    def data_received(self, data: bytes) -> None:
        """Frames, however the stream cuts them."""
        self._buffer += data
        if not self._shaken:
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                raise ConnectionError(head.decode(errors="replace"))
            self._shaken, self._buffer = True, bytearray(rest)
            self.open.set_result(None)
        while (frame := self._frame()) is not None:
            kind, payload = frame
            if kind == TEXT:
                self._on_text(payload)
            elif kind == PING:
                self._write(PONG, payload)

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size == 126:
            size, start = (struct.unpack_from("!H", buffer, 2)[0], 4) if len(buffer) >= 4 else (1 << 62, 4)
        elif size == 127:
            size, start = (struct.unpack_from("!Q", buffer, 2)[0], 10) if len(buffer) >= 10 else (1 << 62, 10)
        if len(buffer) < start + size:
            return None
        kind, payload = buffer[0] & 0x0F, bytes(buffer[start : start + size])
        del buffer[: start + size]
        return kind, payload

    def send(self, text: bytes) -> None:
        """One text message."""
        self._write(TEXT, text)

    def _write(self, kind: int, payload: bytes) -> None:
        """A masked frame; a mask of zeros is valid and leaves the bytes as they are."""
        assert self._transport is not None
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | kind, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | kind, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 0x80 | 127, size)
        self._transport.write(head + b"\0\0\0\0" + payload)


async def connect(url: str, on_text: OnText) -> WebSocket:
    """An open socket."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    loop = asyncio.get_running_loop()
    assert parts.hostname is not None
    _, socket = await loop.create_connection(
        lambda: WebSocket(parts.netloc, path, on_text), parts.hostname, parts.port or 80
    )
    await socket.open
    return socket


class Pipe(asyncio.Protocol):
    """One HTTP/1.1 connection kept alive; requests are written one behind another, answers counted."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self.answers: deque[int] = deque(maxlen=16)  # statuses, newest last
        self.count = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def post(self, host: str, path: str, body: bytes) -> None:
        """Sends a request and does not wait."""
        assert self._transport is not None
        head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        self._transport.write(head.encode() + b"\r\n\r\n" + body)

    def data_received(self, data: bytes) -> None:
        """Whole answers: a head, and as much body as it announces."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._buffer[:end])
            status = int(head[9:12])
            at = head.lower().find(b"content-length:")
            size = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 and status != 204 else 0
            if len(self._buffer) < end + 4 + size:
                return
            del self._buffer[: end + 4 + size]
            self.answers.append(status)
            self.count += 1


def between(text: bytes, before: bytes, after: bytes = b'"') -> bytes:
    """What stands between two marks.

    >>> between(b'{"id":"7","token":"x"}', b'"token":"')
    b'x'
    """
    start = text.index(before) + len(before)
    return text[start : text.index(after, start)]


async def post_json(url: str, body: object, token: str = "") -> dict[str, Any]:
    """One request over a fresh connection, its JSON; for setting things up."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    raw = json.dumps(body).encode()
    auth = f"Authorization: {token}\r\n" if token else ""
    head = f"{'PUT' if isinstance(body, list) else 'POST'} {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{auth}"
    head += f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode() + raw)
    answer = await reader.read()
    writer.close()
    top, _, rest = answer.partition(b"\r\n\r\n")
    if b" 200 " not in top.split(b"\r\n")[0]:
        raise ConnectionError(answer.decode(errors="replace"))
    parsed: Any = json.loads(rest)
    return parsed if isinstance(body, dict) else {"items": parsed}
