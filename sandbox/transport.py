"""Ending connections as a broken network does: without a goodbye."""

from __future__ import annotations

from aiohttp import web


def cut(request: web.Request) -> web.Response:
    """Closes a request's connection; the response it gives back reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def cut_socket(socket: web.WebSocketResponse) -> None:
    """Closes a web socket's connection."""
    request = socket._req  # no public way  # pyright: ignore[reportPrivateUsage]
    if request is not None and request.transport is not None:
        request.transport.abort()
