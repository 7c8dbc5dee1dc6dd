"""What the commands of sheets share: whose it is, who may write now, and one way to save."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from commands._call import Call
from commands._matching import own_day
from commands._notes import sealed
from content.library import Library
from content.say import Say, speaker
from content.worksheet import Part, Step, Worksheet
from sheets.follows import moments
from sheets.sheet import Sheet, SheetState
from store import Conflict, Tx
from store.errors import TooLarge, TooMany
from store.member_hours import zone_of
from store.sheet_people import SheetPerson


@dataclass(frozen=True, slots=True)
class Own:
    """A sheet that the caller writes on. `say`: in the language of its headings, which is the sheet's own. `heard`:
    comments on it, and those nobody has read."""

    worksheet: Worksheet
    sheet: Sheet
    say: Say
    today: date
    library: Library
    heard: tuple[int, int] = (0, 0)

    def at(self, sheet: Sheet) -> Own:
        """The same as it stands now."""
        return replace(self, sheet=sheet, say=speaker(sheet.lang))

    def step(self, key: str) -> Step:
        """Raises Tellable for a step that the worksheet has no more."""
        if (step := self.worksheet.step(key)) is None:
            raise Tellable(self.say("This part of the worksheet has changed since. Please open the sheet anew."))
        return step

    def part(self, name: str) -> tuple[Step, Part]:
        """Of "step.part". Raises Tellable as `step` does."""
        key, _, of_step = name.partition(".")
        part = (step := self.step(key)).part(of_step)
        if part is None:
            raise Tellable(self.say("This part of the worksheet has changed since. Please open the sheet anew."))
        return step, part


def own_now(call: Call) -> datetime:
    """Now, on the clock of who calls: the day a step is first saved is theirs."""
    return call.now.astimezone(ZoneInfo(zone_of(call.member)))


@contextmanager
def careful(say: Say) -> Generator[None]:
    """Whoever comes second, writes too much, or writes where no key is set, reads so."""
    try:
        with sealed(say):
            yield
    except Conflict as error:
        raise Tellable(say("This sheet was changed in another window meanwhile. Please open it once more.")) from error


async def look_at(tx: Tx, call: Call, id_: str, *, lock: bool = False) -> Own:
    """The caller's own sheet, or one they co-own; an id in a button is no authority. Raises Tellable."""
    if lock:
        await tx.sheets.hold(call.person.space, id_)
    mine = await tx.sheet_people.get(call.person, id_)
    sheet = await tx.sheets.get(call.person.space, id_, lock=lock) if mine is not None and mine.state == "in" else None
    if mine is None or sheet is None:
        raise Tellable(call.say("This sheet is not among yours, or it was deleted."))
    if not mine.writes:
        raise Tellable(call.say("Only those who own this sheet can change it; you can comment on it."))
    worksheet = call.library.worksheets.get(sheet.worksheet)
    if worksheet is None:
        raise Tellable(call.say("I have no such worksheet any more. `/mydata` still gives you what you wrote."))
    heard = await tx.sheet_comments.counts(call.person.space, id_)
    return Own(worksheet, sheet, speaker(sheet.lang), own_day(call), call.library, heard)


async def write_on(tx: Tx, call: Call, id_: str, *, lock: bool = False) -> Own:
    """As `look_at`, and nobody else holds the pen; put away, it rests. Raises Tellable."""
    own = await look_at(tx, call, id_, lock=lock)
    others = [one for one in await tx.sheet_people.of(call.person.space, id_) if one.person != call.person]
    if any(_holds_pen(one, call) for one in others):
        raise Tellable(
            call.say("Somebody who owns this sheet too is writing on it now. Ten minutes after that it is yours again.")
        )
    if own.sheet.state == "away":
        raise Tellable(call.say("This sheet is put away. Open it and take it out again first."))
    return own


async def save(tx: Tx, call: Call, own: Own, sheet: Sheet) -> Own:
    """The sheet as it was changed; its letters move along. A finished one that lacks something now is open again, where
    there is room among the ten. Raises Tellable, Conflict."""
    if not await tx.sheet_people.take_pen(call.person, sheet.id, call.now):
        raise Conflict("somebody else holds the pen")
    try:
        kept = await _stored(tx, own.sheet.state, sheet, call.now)
    except TooLarge as error:
        raise Tellable(
            call.say("This sheet is as large as one may be. Some shorter answers would make room.")
        ) from error
    await tx.sheet_follows.touch(kept, moments(own.worksheet, kept, zone_of(call.member)))
    return own.at(kept)


async def _stored(tx: Tx, was: SheetState, sheet: Sheet, now: datetime) -> Sheet:
    if was != "done" or sheet.state != "open":
        return await tx.sheets.save(sheet, now)
    try:
        return await tx.sheets.reopen(sheet, now)
    except TooMany:
        return await tx.sheets.save(replace(sheet, state="done"), now)


def file_name(slug: str, *, of: str = "") -> str:
    """As it is saved, without its kind.

    >>> file_name("scope", of="Ideas & values")
    'scope-ideas-values'
    """
    rest = re.sub(r"[^a-z0-9]+", "-", of.lower()).strip("-")
    return (f"{slug}-{rest}" if rest else slug)[:50].strip("-")


def _holds_pen(one: SheetPerson, call: Call) -> bool:
    return one.writes and one.pen_until is not None and one.pen_until > call.now


def open_ones(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Those that still wait for something."""
    return [sheet for sheet in sheets if sheet.state == "open"]
