"""A sheet as a whole: to look at, to list, to begin, and the example of a finished one."""

from __future__ import annotations

from chat.errors import Tellable
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_pages import begin_one, example_page, sheets_page, whole_sheet
from commands._sheets import careful, look_at
from content.say import speaker
from sheets.giving import lines_or_name, lines_to_give
from sheets.ways import SheetExample, SheetNew, SheetOpened, SheetsGathered, SheetsListed


@answers(SheetOpened)
async def open_sheet(call: Call, opened: SheetOpened) -> Reply:
    """The whole sheet, in the message's place or beside it."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, opened.sheet)
    message = whole_sheet(own)
    return Edit(message) if opened.here else message


@answers(SheetsListed)
async def list_sheets(call: Call, listed: SheetsListed) -> Reply:
    """A page of them, in the message's place."""
    return Edit(await sheets_page(call, listed.worksheet, listed.page, away=listed.away))


@answers(SheetNew)
async def begin_sheet(call: Call, new: SheetNew) -> Reply:
    """A new one, its first question at once; with a line of another sheet in its first list."""
    worksheet = call.library.worksheets.get(new.worksheet)
    if worksheet is None:
        raise Tellable(call.say("I have no such worksheet any more."))
    if not new.source:
        return await begin_one(call, worksheet)
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, new.source)
    hands = next((one for one in own.worksheet.next if one.slug == new.worksheet and one.lines), None)
    lines = lines_to_give(own.say, own.worksheet, own.sheet, own.today, hands.lines) if hands else ()
    return await begin_one(call, worksheet, hands.into if hands else "", lines[new.line : new.line + 1])


@answers(SheetsGathered)
async def begin_gathered(call: Call, wanted: SheetsGathered) -> Reply:
    """A new one with what my others give, the newest first; what finds no room stays where it is."""
    worksheet = call.library.worksheets.get(wanted.worksheet)
    if worksheet is None or worksheet.gather is None:
        raise Tellable(call.say("I have no such worksheet any more."))
    with careful(call.say):
        async with call.store.begin() as tx:
            if wanted.source:
                found = [(await look_at(tx, call, wanted.source)).sheet]
            else:
                found = [one for slug in worksheet.gather.of for one in await tx.sheets.of(call.person, worksheet=slug)]
    lines: list[str] = []
    for sheet in found:
        if (of := call.library.worksheets.get(sheet.worksheet)) is not None:
            lines += lines_or_name(speaker(sheet.lang), of, sheet)
    return await begin_one(call, worksheet, worksheet.gather.into, lines)


@answers(SheetExample)
async def example(call: Call, wanted: SheetExample) -> Reply:
    """In the message's place."""
    worksheet = call.library.worksheets.get(wanted.worksheet)
    if worksheet is None:
        raise Tellable(call.say("I have no such worksheet any more."))
    return Edit(example_page(call, worksheet, wanted.step))
