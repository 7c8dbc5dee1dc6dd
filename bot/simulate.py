"""`python -m bot simulate`: runs rounds ahead on real or made-up members; it never writes."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """What may stand behind the word."""
    parser.add_argument("--space", default="", help="a community of the configured database, such as slack:T024")
    parser.add_argument("--synthetic", type=int, default=0, metavar="N", help="N made-up members instead")
    parser.add_argument("--programme", default="coffee", help="coffee:<channel id>, circles or interviews")
    parser.add_argument("--rounds", type=int, default=12, help="how many rounds ahead (default 12)")
    parser.add_argument("--seed", type=int, default=1, help="of the lots drawn; the same seed, the same future")
    parser.add_argument("--attend", type=float, default=1.0, help="probability that a member comes (default 1.0)")
    parser.add_argument("--join", type=int, default=0, help="newcomers before each round (default 0)")
    parser.add_argument("--ids", action="store_true", help="name the stranded by their ids")
    parser.add_argument("--json", action="store_true", help="print JSON")


async def simulate(arguments: Namespace) -> int:
    """Runs rounds ahead on real or made-up members: how they go, and who would be stranded and why. Never writes."""
    from bot.simulated import as_json, printed, run_ahead

    shown = sys.stderr.isatty()
    community, run = await run_ahead(arguments, _show if shown else None)
    if shown:
        sys.stderr.write("\n")
    told = [json.dumps(as_json(community, run, ids=arguments.ids))] if arguments.json else None
    sys.stdout.write("\n".join(told or printed(community, run, ids=arguments.ids)) + "\n")
    return 0


def _show(_done: float, stage: str) -> None:
    sys.stderr.write(f"\r{stage} ")
    sys.stderr.flush()
