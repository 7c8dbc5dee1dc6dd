"""Tells the open pages that something changed, over server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiohttp import web

PAUSE = 0.03  # seconds within which any number of changes is one


class Bell:
    """One "changed" for any number of changes within a moment."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers
        self._waiting: set[asyncio.Event] = set()

    def ring(self) -> None:
        """Something changed."""
        for event in self._waiting:
            event.set()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """One page's stream, until it goes away."""
        response = web.StreamResponse(headers={**self._headers, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            while True:
                await response.write(b"data: changed\n\n")
                await event.wait()
                await asyncio.sleep(PAUSE)
                event.clear()
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            self._waiting.discard(event)
