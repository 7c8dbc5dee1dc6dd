"""What a press on a letter about a sheet does: leave it, or keep a sheet that would go."""

from __future__ import annotations

from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheets import careful, look_at
from sheets.letter_cards import sheet_not_now_card, sheet_stays_card
from sheets.letter_ways import SheetNotNow, SheetStays
from sheets.naming import title_of


@answers(SheetNotNow)
async def not_now(call: Call, left: SheetNotNow) -> Reply:
    """In the letter's place; nothing changes."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, left.sheet)
            goes = await tx.sheets.warned_at(call.person.space, left.sheet) is not None
    return Edit(sheet_not_now_card(call.say, own.sheet.id, goes=goes))


@answers(SheetStays)
async def stay(call: Call, kept: SheetStays) -> Reply:
    """Another half year, as it stands; twice does no harm."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, kept.sheet)
            await tx.sheets.stay(call.person.space, kept.sheet, call.now)
    return Edit(sheet_stays_card(call.say, title_of(call.say, own.worksheet, own.sheet), own.sheet.id))
