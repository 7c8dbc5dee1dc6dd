"""`python -m sandbox [--port 8477]`: the sandbox alone, for any bot written with slack-bolt or discord.py."""

from __future__ import annotations

import argparse
import asyncio

from sandbox.demo import SLACK_TOKENS, populate
from sandbox.server import Sandbox


async def main(port: int) -> None:
    """Serves until interrupted."""
    sandbox = Sandbox()
    populate(sandbox)
    await sandbox.start(port=port)
    print(f"page              {sandbox.url}/")
    print(f"slack-bolt        base_url={sandbox.slack_api}")
    print(f"                  app token {sandbox.slack.app_token}, bot token {SLACK_TOKENS[0]}")
    print(f"discord.py        Route.BASE={sandbox.discord_api}, DEFAULT_GATEWAY={sandbox.discord_gateway}")
    print(f"                  token {sandbox.discord.bot_token}")
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8477)
    try:
        asyncio.run(main(parser.parse_args().port))
    except KeyboardInterrupt:
        print("bye")
