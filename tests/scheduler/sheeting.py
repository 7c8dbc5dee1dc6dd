"""A member of the demo community and a sheet of theirs, for the stories about its letters."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from chat.people import Person as Someone
from content.worksheet import Worksheet
from sandbox.world import Seen
from scheduler._rooms import Rooms
from scheduler.jobs import follow_sheets, tidy_sheets
from sheets.follows import moments
from sheets.sheet import Filled, Item, Sheet
from store import Tx
from store.deliveries import Delivery
from store.member_hours import zone_of
from store.sheet_tables import sheets
from tests.acceptance.days import Life
from tests.kit.house import House
from tests.scheduler.matchmaking import Match

DAY = timedelta(days=1)
WISH = "Nobody knows how many seed cakes to bake"
IDEA = Filled(values={"who": "Bakers", "wishes": (Item(1, WISH),)}, version=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """`jobs` does what is due; `passes` lets time go by first."""

    home: House
    platform: str

    @property
    def rooms(self) -> Rooms:
        """Of the running house."""
        return Match(self.home, self.platform).rooms

    @property
    def now(self) -> datetime:
        """By the house's clock."""
        return self.home.sandbox.clock.now()

    def life(self, name: str) -> Life:
        """Somebody of the community."""
        return Match(self.home, self.platform).life(name)

    def someone(self, name: str) -> Someone:
        """As the store knows them."""
        return self.life(name).someone

    def worksheet(self, sheet: Sheet) -> Worksheet:
        """As the pack has it."""
        return self.rooms.library.worksheets[sheet.worksheet]

    async def begins(self, name: str, worksheet: str = "scope", **steps: Filled) -> Sheet:
        """A sheet with its first step filled in, or with these."""
        person = await Match(self.home, self.platform).meet(name)
        sheet = Sheet(space=person.space, id=secrets.token_hex(8), worksheet=worksheet, lang="en",
                      step="problem", steps=steps or {"problem": IDEA}, next_id=9)  # fmt: skip
        async with self.rooms.store.begin() as tx:
            return await tx.sheets.add(sheet, person, self.now)

    async def asks(self, name: str, sheet: Sheet, key: str) -> None:
        """Presses "Remind me once"."""
        async with self.rooms.store.begin() as tx:
            member = await tx.members.get(self.someone(name))
            at = moments(self.worksheet(sheet), sheet, zone_of(member))[key]
            assert await tx.sheet_follows.ask(self.someone(name), sheet.id, key, at)

    async def saves(self, sheet: Sheet) -> Sheet:
        """As a command does: whatever changed on the sheet, and its letters move along."""
        async with self.rooms.store.begin() as tx:
            return await self.saved(tx, sheet)

    async def saved(self, tx: Tx, sheet: Sheet) -> Sheet:
        """By its owner, in a transaction of somebody else's."""
        kept = await tx.sheets.save(sheet, self.now)
        owner = next(one.person for one in await tx.sheet_people.of(kept.space, kept.id) if one.part == "owner")
        zone = zone_of(await tx.members.get(owner))
        await tx.sheet_follows.touch(kept, moments(self.worksheet(kept), kept, zone))
        return kept

    async def jobs(self) -> None:
        """Everything due, as far as it goes now."""
        await follow_sheets.run(self.rooms)
        await tidy_sheets.run(self.rooms)
        await self.settled()

    async def settled(self) -> None:
        """Nothing that is due waits in the ledger."""
        await Match(self.home, self.platform).settled()

    async def passes(self, time: timedelta) -> None:
        """Time, and what it brings."""
        self.home.sandbox.clock.advance(time)
        await self.jobs()

    async def letters(self, name: str) -> list[Delivery]:
        """The ledger's, oldest first."""
        return await self.life(name).rows(["letter"])

    async def sent(self, name: str) -> list[str]:
        """What letters went to somebody."""
        return [row.subject.partition(" ")[0] for row in await self.letters(name) if row.state == "sent"]

    def reads(self, name: str) -> list[Seen]:
        """What somebody sees of us."""
        return self.life(name).person.dms()

    async def mislay(self, sheet: Sheet, sealed: bytes = b"lost") -> bytes:
        """It opens no more, or again; gives back what stood there."""
        async with self.rooms.store.begin() as tx:
            db = tx.members._db  # pyright: ignore[reportPrivateUsage]
            this = (sheets.c.space == sheet.space.key) & (sheets.c.id == sheet.id)
            was = (await db.execute(sa.select(sheets.c.body).where(this))).scalar_one()
            await db.execute(sa.update(sheets).where(this).values(body=sealed))
        return was

    async def sheet(self, sheet: Sheet) -> Sheet | None:
        """As stored."""
        async with self.rooms.store.begin() as tx:
            return await tx.sheets.get(sheet.space, sheet.id)


def on(sheet: Sheet, day: str) -> Sheet:
    """Its milestones, a number and this day (ISO)."""
    values = {"business": "Cakes left over", "date": day}
    return replace(sheet, steps={**sheet.steps, "milestones": Filled(values=values, version=sheet.version + 1)})
