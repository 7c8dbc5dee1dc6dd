"""A small PNG of one colour, for messages with pictures."""

from __future__ import annotations

import struct
import zlib


def png(shade: int = 0, size: int = 8) -> bytes:
    """`size` x `size` grey pixels; another shade is another picture."""
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([shade]) * size) * size)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(named: tuple[bytes, bytes]) -> bytes:
    name, data = named
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
