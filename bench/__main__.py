"""`python -m bench`: all figures, one after the other."""

from __future__ import annotations

import asyncio
import logging
import platform
import sqlite3
import sys

from bench import content, drain, matching, round_trip, sandbox, sheets, ticks, years

logging.disable(logging.WARNING)
print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {sys.platform}\n")
asyncio.run(round_trip.main())
content.content()
asyncio.run(ticks.main())
years.main()
asyncio.run(drain.main())
asyncio.run(sandbox.main())
matching.main()
asyncio.run(sheets.main())
