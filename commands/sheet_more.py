"""What else can be done with a sheet: a letter asked for once, what is said to it, lines taken over from elsewhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_next import step_page
from commands._sheets import Own, careful, look_at, own_now, save, write_on
from sheets.cards import more_card, sheet_reminded_card
from sheets.filling import import_lines
from sheets.follows import moments
from sheets.giving import lines_or_name, lines_to_give
from sheets.letter_cards import sheet_said_card
from sheets.list_cards import import_card
from sheets.refs import field_at
from sheets.ways import SheetImport, SheetMoment, SheetMore, SheetReminded
from store.member_hours import zone_of


@answers(SheetMore)
async def more(call: Call, wanted: SheetMore) -> Reply:
    """In the message's place; a letter that was asked for, or written, is not offered again."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, wanted.sheet)
            known = await tx.sheet_follows.of(call.person, wanted.sheet)
    possible = moments(own.worksheet, own.sheet, zone_of(call.member))
    offered = [(key, _when(call, own, key, at)) for key, at in possible.items() if key not in known and at > call.now]
    return Edit(more_card(own.say, own.worksheet, own.sheet, offered))


@answers(SheetReminded)
async def remind(call: Call, asked: SheetReminded) -> Reply:
    """Once, and only while there is a reason for it."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, asked.sheet)
            at = moments(own.worksheet, own.sheet, zone_of(call.member)).get(asked.key)
            if at is None or not await tx.sheet_follows.ask(call.person, own.sheet.id, asked.key, at):
                raise Tellable(call.say("There is nothing to remind you of any more."))
    return Edit(sheet_reminded_card(own.say, own.worksheet, own.sheet, _when(call, own, asked.key, at)))


@answers(SheetMoment)
async def moment(call: Call, told: SheetMoment) -> Reply:
    """What came of it, kept beside the sheet as a remark of the member's own."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, told.sheet)
            follow = next((one for one in own.worksheet.follows if one.key == told.key), None)
            said = next((one for one in (follow.options if follow else ()) if one.value == told.said), None)
            if said is None:
                raise Tellable(call.say("This part of the worksheet has changed since. Please open the sheet anew."))
            text = said.kept.get(own.say.lang)
            known = await tx.sheet_comments.of(call.person.space, told.sheet)
            if not any(one.by == call.person and one.text == text for one in known):  # a second press
                await tx.sheet_comments.add(call.person, told.sheet, "", text, call.now, shown=True, seen=True)
    return Edit(sheet_said_card(own.say, text, told.sheet))


@answers(SheetImport)
async def take_over(call: Call, wanted: SheetImport) -> Reply:
    """From which sheet, then its lines."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, wanted.sheet, lock=bool(wanted.source))
            found = field_at(own.worksheet, wanted.into)
            if found is None or found[2].kind != "lines":
                raise Tellable(call.say("This part of the worksheet has changed since. Please open the sheet anew."))
            if not wanted.source:
                slugs = own.worksheet.gather.of if own.worksheet.gather else ()
                sources = [one for slug in slugs for one in await tx.sheets.of(call.person, worksheet=slug, limit=25)]
                return Edit(import_card(own.say, call.library.worksheets, own.sheet, wanted.into, sources))
            lines = _lines_of(await look_at(tx, call, wanted.source))
            own = await save(tx, call, own, import_lines(own.worksheet, own.sheet, wanted.into, lines, own_now(call)))
    return Edit(step_page(own, found[0], saved=True))


def _lines_of(source: Own) -> tuple[str, ...]:
    """What a sheet gives to another one's list: lines kept or proposed, or what it is called."""
    worksheet, sheet = source.worksheet, source.sheet
    found = lines_to_give(source.say, worksheet, sheet, source.today, worksheet.names)
    return found or lines_or_name(source.say, worksheet, sheet)


def _when(call: Call, own: Own, key: str, at: datetime) -> str:
    follow = next(one for one in own.worksheet.follows if one.key == key)
    if follow.after and not follow.since:
        return own.say.plural("after a day without a change", "after {n} days without a change", follow.after)
    return own.say("on {date}", date=own.say.date(at.astimezone(ZoneInfo(zone_of(call.member))).date()))
