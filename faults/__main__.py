"""`python -m faults [case ...] [--quick]`: every case of every file here, one line each; exit 1 when one went wrong."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import logging
import pkgutil
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import faults

Case = Callable[[], Awaitable[Mapping[str, Any]]]


def cases(*, quick: bool) -> dict[str, Case]:
    """By name ("8 gateway": the number and the file), those of a number first; a file's QUICK holds shorter ways of the
    same."""
    found: dict[str, Case] = {}
    for module in pkgutil.iter_modules(faults.__path__):
        if not module.name.startswith("_"):
            loaded = importlib.import_module(f"faults.{module.name}")
            here: dict[int | str, Case] = dict(getattr(loaded, "CASES", {}))
            if quick:
                here |= getattr(loaded, "QUICK", {})
            found |= {f"{name} {module.name}": case for name, case in here.items()}
    return dict(sorted(found.items(), key=_order))


def _order(case: tuple[str, Case]) -> tuple[bool, int, str]:
    name, _, file = case[0].partition(" ")
    return not name.isdecimal(), int(name) if name.isdecimal() else 0, f"{name} {file}"


def main() -> int:
    """Runs them one after the other: each has the machine to itself."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("case", nargs="*", help="numbers of the fault list, or names (default: all)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds where a case knows how")
    given = parser.parse_args()
    known = cases(quick=given.quick)
    wanted = [name for name in known if not given.case or name in given.case or name.split()[0] in given.case]
    if unknown := set(given.case) - {one for name in wanted for one in (name, name.split()[0])}:
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    logging.disable(logging.CRITICAL)
    failed = 0
    for name in wanted:
        began = time.monotonic()
        try:
            figures = asyncio.run(_whole(known[name]))
        except Exception:  # noqa: BLE001  # one case that goes wrong must not hide the others
            failed += 1
            print(f"case {name}: WRONG after {time.monotonic() - began:.0f} s", flush=True)
            traceback.print_exc()
        else:
            print(f"case {name}: {time.monotonic() - began:.0f} s {json.dumps(figures, default=str)}", flush=True)
    return 1 if failed else 0


async def _whole(case: Case) -> Mapping[str, Any]:
    return await case()


if __name__ == "__main__":
    sys.exit(main())
