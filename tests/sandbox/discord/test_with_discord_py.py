"""discord.py itself: several shards, and once with nothing patched: own resolver and certificate, discord.com's names.

The other tests with discord.py point it here by two class attributes; this one shows that they hide nothing.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (aiohttp's handlers and discord.py's options are only partly typed)

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from aiohttp import web as http
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox.demo import GUILDS
from sandbox.server import Sandbox
from tests.sandbox.raw import until

NAMES = ("discord.com", "gateway.discord.gg")


@asynccontextmanager
async def running(client: discord.Client, token: str) -> AsyncGenerator[None]:
    """Logged in and connected."""
    await client.login(token)
    task = asyncio.create_task(client.connect())
    try:
        await until(client.is_ready, "ready", seconds=15)
        yield
    finally:
        await client.close()
        await asyncio.gather(task, return_exceptions=True)


async def test_two_shards_serve_a_guild_each(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", sandbox.discord_api)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(sandbox.discord_gateway))
    far = str(int(GUILDS[0]) ^ (1 << 22))
    sandbox.discord.add_guild(far, "Far")
    sandbox.discord.gateway.recommended = sandbox.discord.gateway.concurrency = 2
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
    async with running(client, sandbox.discord.bot_token):
        assert client.shard_count == 2
        assert {guild.shard_id for guild in client.guilds} == {0, 1}
        assert {str(guild.id) for guild in client.guilds} == {*GUILDS, far}
        assert sandbox.discord.connected() == 2


async def test_nothing_is_patched_and_the_same_happens(sandbox: Sandbox, tmp_path: Path) -> None:
    server, trusting = _certificates(tmp_path)
    async with _in_front(sandbox, server) as port:
        connector = aiohttp.TCPConnector(resolver=_Here(port), ssl=trusting)
        client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1, connector=connector)
        async with running(client, sandbox.discord.bot_token):
            assert len(client.guilds) == 2
            channel = client.get_partial_messageable(700000000000000001)
            message = await channel.send("by the real names")
            assert message.content == "by the real names"
    assert Route.BASE == "https://discord.com/api/v10"
    ada = f"{GUILDS[0]}/800000000000000001"
    assert [seen.text for seen in sandbox.discord.messages(ada, "700000000000000001")] == ["by the real names"]


class _Here(AbstractResolver):
    """Every name is this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        assert host in NAMES, f"no test may leave this machine: {host}"
        found = ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=family, proto=0, flags=0)
        return [found]

    async def close(self) -> None:
        """Nothing to close."""


@asynccontextmanager
async def _in_front(sandbox: Sandbox, context: ssl.SSLContext) -> AsyncGenerator[int]:
    """TLS for discord.com and its gateway, passed on to the sandbox."""
    sandbox.discord.base_url = "https://gateway.discord.gg"

    async def rest(request: http.Request) -> http.StreamResponse:
        url = sandbox.url + "/discord" + request.rel_url.path_qs
        headers = {k: v for k, v in request.headers.items() if k.lower() in {"authorization", "content-type"}}
        async with (
            aiohttp.ClientSession() as session,
            session.request(request.method, url, data=await request.read(), headers=headers) as answer,
        ):
            kept = {k: v for k, v in answer.headers.items() if k.lower().startswith(("x-rate", "via", "content-type"))}
            return http.Response(status=answer.status, body=await answer.read(), headers=kept)

    async def gateway(request: http.Request) -> http.StreamResponse:
        outer = http.WebSocketResponse()
        await outer.prepare(request)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{sandbox.discord_gateway}?{request.query_string}") as inner,
        ):
            await asyncio.gather(_pass(inner, outer), _pass(outer, inner))
        return outer

    app = http.Application()
    app.router.add_route("*", "/api/{rest:.*}", rest)
    app.router.add_get("/{rest:.*}", gateway)
    runner = http.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await http.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _pass(source: Any, target: Any) -> None:
    async for message in source:
        if message.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)
    await target.close()


def _certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for the two names, and a client's that trusts it alone."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test's own")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in NAMES]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    (folder / "both.pem").write_bytes(secret + public)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=public.decode())
