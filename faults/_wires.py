"""Our two connections in a process of their own, to be blocked and stopped: `python -m faults._wires '<addresses>'`,
which are what `python -m sandbox --json` prints.

Prints a JSON line every half second. SIGUSR1 blocks the loop for twelve seconds, SIGUSR2 makes `time.time()` jump to
the next of JUMPS.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.pulse import Pulse
from chat.event import Event
from chat.platform import Responder
from store import Keyring, open_store
from tests.kit.wires import Bot, discord_platform

BLOCK = 12.0  # seconds
YEAR = 365.25 * 86_400.0
JUMPS = (1.0, -1.0, 60.0, -60.0, 3600.0, -3600.0, 86_400.0, -86_400.0, 10 * YEAR, -10 * YEAR, 0.0)  # from the truth
_wall, _ahead = time.time, [0.0]
time.time = lambda: _wall() + _ahead[0]


async def ignore(_event: Event, _responder: Responder) -> None:
    """What Discord says is of no interest here."""


async def main(sandbox: dict[str, str]) -> None:
    """Until it is killed."""
    loop, jumps = asyncio.get_running_loop(), iter(JUMPS)
    pulse = Pulse(wall=time.time)
    pulse.start()
    loop.add_signal_handler(signal.SIGUSR1, lambda: time.sleep(BLOCK))
    loop.add_signal_handler(signal.SIGUSR2, lambda: _ahead.__setitem__(0, next(jumps)))
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        store = await open_store(str(Path(folder) / "store.sqlite3"), keyring=Keyring.parse(Keyring.generate()))
        slack = Bot(sandbox["slack_api"], sandbox["slack_app_token"])
        discord = discord_platform(
            sandbox["discord_api"],
            sandbox["discord_gateway"],
            sandbox["discord_token"],
            store,
            lambda: datetime.now(UTC),
            fast=False,
        )
        await slack.socket.start()
        await discord.start(ignore)
        while True:
            print(json.dumps(_told(slack, discord.healthy(), pulse)), flush=True)  # for the parent
            await asyncio.sleep(0.5)


def _told(slack: Bot, discord: bool, pulse: Pulse) -> dict[str, Any]:
    return {
        "slack": slack.socket.connected(),
        "discord": discord,
        "stalls": pulse.stalls,
        "jumps": pulse.jumps,
        "lag": round(pulse.lag(), 1),
    }


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
