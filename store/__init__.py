"""What we remember: one database, opened once; everything happens inside a transaction."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.blocks import Blocks
from store.budget import Budget
from store.circles import Circles
from store.claims import Claims
from store.conducts import Conducts
from store.deliveries import Deliveries
from store.drafts import Drafts
from store.engine import lock_file, make_engine, read_url
from store.errors import Conflict, NoSeat, SecretUnreadable, StoreError, TooLarge, TooMany
from store.forget import Forget
from store.hosts import Hosts
from store.house import House
from store.inbox import Inbox
from store.introductions import Introductions
from store.jumps import Jumps
from store.kept import Having
from store.keyring import Keyring
from store.leaving import Leaving
from store.members import Members
from store.met import Met
from store.migrate import migrate
from store.moments import Moments
from store.notes import Notes
from store.nudges import Nudges
from store.overview import Ledger
from store.participants import Participants
from store.programmes import Programmes
from store.proposals import Proposals
from store.recalls import Recalls
from store.reflections import Reflections
from store.reports import Reports
from store.rounds import Rounds
from store.secrets import Secrets
from store.seekers import Seekers
from store.sheet_asks import SheetAsks
from store.sheet_comments import SheetComments
from store.sheet_drafts import SheetDrafts
from store.sheet_follows import SheetFollows
from store.sheet_people import SheetPeople
from store.sheet_reviews import SheetReviews
from store.sheet_shares import SheetShares
from store.sheets import Sheets
from store.spaces import Spaces
from store.starts import Starts
from store.turns import Turns, install


class Tx:
    """One transaction and the families of tables in it. Nothing is sent to a platform while one is open. Rows of one
    person are written in the order members, nudges, deliveries, seekers, hosts, introductions, sides, rounds and who is
    in them, circles and who is in them, sheets, who is on them, their comments, drafts and reminders, where they are
    shared, who reads them: another order may deadlock on PostgreSQL."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self.spaces = Spaces(connection)
        self.secrets = Secrets(connection, keyring)
        self.members = Members(connection)
        self.nudges = Nudges(connection)
        self.moments = Moments(connection)
        self.jumps = Jumps(connection)
        self.deliveries = Deliveries(connection)
        self.claims = Claims(connection)
        self.budget = Budget(connection)
        self.recalls = Recalls(connection)
        self.reflections = Reflections(connection)
        self.house = House(connection)
        self.turns = Turns(connection)
        self.ledger = Ledger(connection)
        self.drafts = Drafts(connection)
        self.starts = Starts(connection)
        self.inbox = Inbox(connection)
        self.seekers = Seekers(connection)
        self.hosts = Hosts(connection)
        self.proposals = Proposals(connection)
        self.introductions = Introductions(connection)
        self.met = Met(connection)
        self.blocks = Blocks(connection)
        self.programmes = Programmes(connection)
        self.participants = Participants(connection)
        self.rounds = Rounds(connection)
        self.circles = Circles(connection, keyring)
        self.notes = Notes(connection, keyring)
        self.reports = Reports(connection, keyring)
        self.conducts = Conducts(connection)
        self.sheets = Sheets(connection, keyring)
        self.sheet_people = SheetPeople(connection)
        self.sheet_comments = SheetComments(connection, keyring)
        self.sheet_drafts = SheetDrafts(connection, keyring)
        self.sheet_follows = SheetFollows(connection)
        self.sheet_shares = SheetShares(connection)
        self.sheet_reviews = SheetReviews(connection)
        self.sheet_asks = SheetAsks(connection)
        self.having = Having(connection, keyring)
        self.forget = Forget(connection)
        self.leaving = Leaving(connection)


class Store:
    """An open database."""

    def __init__(self, engine: AsyncEngine, keyring: Keyring | None, release: Callable[[], None]) -> None:
        self._engine, self._keyring, self._release = engine, keyring, release

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    @property
    def dsn(self) -> str:
        """The address for asyncpg itself. It holds a password: never log it."""
        return self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[Tx]:
        """One transaction: committed at the end, rolled back on any error. Do not nest: SQLite has one connection."""
        async with self._engine.begin() as connection:
            yield Tx(connection, self._keyring)

    async def scrub(self) -> None:
        """After a deletion: SQLite's log still holds the old pages until it begins anew, so it does now. (In the file
        itself what is deleted is overwritten, see store/engine.py. PostgreSQL frees it by its own vacuum.)"""
        if self.dialect == "sqlite":
            connection = await self._engine.raw_connection()
            try:
                driver: Any = connection.driver_connection
                await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    async def close(self) -> None:
        """Gives the database back."""
        await self._engine.dispose()
        self._release()


async def open_store(url: str, *, keyring: Keyring | None = None) -> Store:
    """Opens, locks and migrates. `url` is a file's path, or postgresql://… . Raises StoreError with advice."""
    parsed = read_url(url)
    release = lock_file(parsed)
    engine: AsyncEngine | None = None
    try:
        engine = make_engine(parsed)
        await migrate(engine)
        if engine.dialect.name == "postgresql":
            await install(engine)
    except BaseException:
        if engine is not None:
            await engine.dispose()
        release()
        raise
    return Store(engine, keyring, release)


__all__ = [
    "Conflict", "Keyring", "NoSeat", "SecretUnreadable", "Store", "StoreError", "TooLarge", "TooMany", "Tx",
    "open_store",
]  # fmt: skip
