"""`python -m sandbox [--port 8477]`: the sandbox alone, for any bot written with slack-bolt or discord.py."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from sandbox.demo import SLACK_TOKENS, populate
from sandbox.server import Sandbox


def addresses(sandbox: Sandbox) -> dict[str, str]:
    """What a bot has to be pointed at."""
    slack, discord = sandbox.slack, sandbox.discord
    return {
        "page": f"{sandbox.url}/", "slack_api": sandbox.slack_api, "slack_authorize": sandbox.slack_authorize,
        "slack_app_token": slack.app_token, "slack_bot_token": SLACK_TOKENS[0], "discord_api": sandbox.discord_api,
        "discord_gateway": sandbox.discord_gateway, "discord_token": discord.bot_token,
        "discord_application": discord.bot.id,
    }  # fmt: skip


async def main(arguments: argparse.Namespace, manifest: dict[str, Any]) -> None:
    """Serves until interrupted."""
    sandbox = Sandbox()
    populate(sandbox)
    sandbox.discord.gateway.allow_privileged = arguments.privileged
    if manifest:
        sandbox.slack.register_manifest(manifest)
    await sandbox.start(port=arguments.port)
    told = addresses(sandbox)
    if arguments.json:
        print(json.dumps(told), flush=True)
    else:
        for name, value in told.items():
            print(f"{name:20}{value}")
        print("\nslack-bolt: AsyncWebClient(base_url=slack_api). discord.py: discord.http.Route.BASE = discord_api and")
        print("DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(discord_gateway). Ctrl-C ends it.", flush=True)
    try:
        if arguments.http:
            await sandbox.slack.delivery.use_http(arguments.http, arguments.signing_secret)
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8477, help="0 takes a free one")
    parser.add_argument("--json", action="store_true", help="print the addresses as one line of JSON")
    parser.add_argument("--manifest", default="", help="Slack's app manifest as a JSON file: its commands exist")
    parser.add_argument("--privileged", action="store_true", help="Discord's privileged intents are switched on")
    parser.add_argument("--http", default="", help="Slack sends signed requests to this URL instead of Socket Mode")
    parser.add_argument("--signing-secret", default="sandbox-signing-secret", help="the secret of those signatures")
    try:
        given = parser.parse_args()
        asyncio.run(main(given, json.loads(Path(given.manifest).read_text("utf-8")) if given.manifest else {}))
    except KeyboardInterrupt:
        print("bye")
