"""What becomes of a sheet: the other language above it, put away, taken out again, deleted for good."""

from __future__ import annotations

from dataclasses import replace

from chat.errors import Tellable
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_pages import too_many, whole_sheet
from commands._sheets import Own, careful, look_at, save, write_on
from sheets import cards
from sheets.ways import SheetDeleteAsked, SheetDeleted, SheetLang, SheetPutAway, SheetTakenOut
from store import Tx
from store.errors import TooMany


@answers(SheetLang)
async def switch_language(call: Call, switched: SheetLang) -> Reply:
    """The headings turn, what was typed stays."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, switched.sheet, lock=True)
            own = await save(tx, call, own, replace(own.sheet, lang="en" if own.sheet.lang == "zh-CN" else "zh-CN"))
    return Edit(whole_sheet(own))


@answers(SheetPutAway)
async def put_away(call: Call, put: SheetPutAway) -> Reply:
    """Unfinished, and out of the way; twice does no harm."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, put.sheet, lock=True)
            if own.sheet.state == "open":
                own = await save(tx, call, own, replace(own.sheet, state="away"))
    return Edit(cards.sheet_away_card(own.say, own.worksheet, own.sheet))


@answers(SheetTakenOut)
async def take_out(call: Call, taken: SheetTakenOut) -> Reply:
    """Open again, where there is room among the ten."""
    with careful(call.say):
        try:
            async with call.store.begin() as tx:
                own = await look_at(tx, call, taken.sheet)
                if own.sheet.state == "away":
                    own = own.at(await tx.sheets.reopen(own.sheet, call.now))
        except TooMany:
            return await too_many(call)
    return Edit(whole_sheet(own))


@answers(SheetDeleteAsked)
async def ask_delete(call: Call, asked: SheetDeleteAsked) -> Reply:
    """Once."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await _owned(tx, call, asked.sheet)
    return Edit(cards.delete_sheet_card(own.say, own.worksheet, own.sheet))


@answers(SheetDeleted)
async def delete(call: Call, deleted: SheetDeleted) -> Reply:
    """At once and for good."""
    with careful(call.say):
        async with call.store.begin() as tx:
            await _owned(tx, call, deleted.sheet)
            await tx.sheets.delete(call.person.space, deleted.sheet)
    await call.store.scrub()
    return Edit(cards.sheet_gone_card(call.say))


async def _owned(tx: Tx, call: Call, sheet: str) -> Own:
    """For its owner alone: a co-owner leaves a sheet, and does not take it from the other. Raises Tellable."""
    own = await look_at(tx, call, sheet)
    mine = await tx.sheet_people.get(call.person, sheet)
    if mine is None or mine.part != "owner":
        raise Tellable(call.say("Only the one who began this sheet can delete it."))
    return own
