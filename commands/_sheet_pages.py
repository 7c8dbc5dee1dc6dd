"""Pages that several commands show: a whole sheet, the list of one's own, an example, the beginning of a new one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Literal

from chat.form import Form
from chat.message import Message
from chat.platform import Reply
from commands._call import Call
from commands._matching import own_day
from commands._sheet_next import begin
from commands._sheets import Own, careful, own_now
from content.say import speaker
from content.worksheet import Worksheet
from sheets.cards import example_card, sheet_card
from sheets.flow import next_part
from sheets.giving import gatherers, taken_over
from sheets.list_cards import PAGE, first_sheet_card, list_card, too_many_card
from sheets.printing import example_of
from sheets.progress import steps_of
from sheets.sheet import OPEN_MOST, Sheet, SheetState
from store import Tx
from store.errors import TooMany


def whole_sheet(own: Own) -> Message:
    """The sheet as it stands."""
    known = (own.library.worksheets.get(one.slug) for one in own.worksheet.next)
    following = [(one.slug, one.short.get(own.say.lang)) for one in known if one is not None]
    gathering = gatherers(own.library.worksheets, [own.worksheet.slug] * len(own.sheet.items(own.worksheet.names)))
    return sheet_card(own.say, own.worksheet, own.sheet, own.today, following, own.heard, gathering)


async def sheets_page(call: Call, slug: str, page: int = 0, *, away: bool = False, first: str = "") -> Message:
    """A page of one's sheets of a worksheet, "" of all; before the first one what it is good for, or `first`."""
    states: tuple[SheetState, ...] = ("away",) if away else ("open", "done")
    page, worksheet = max(page, 0), call.library.worksheets.get(slug or first)
    with careful(call.say):
        async with call.store.begin() as tx:
            found = await tx.sheets.of(
                call.person, worksheet=slug, states=states, limit=PAGE + 1, offset=page * PAGE
            )  # fmt: skip
            put = bool(found) or bool(await tx.sheets.of(call.person, worksheet=slug, states=("away",), limit=1))
    if not found and not put and not away and worksheet is not None:
        return first_sheet_card(call.say, worksheet, _topic(call, worksheet.slug))
    more = len(found) > PAGE
    topic, known = _topic(call, slug), call.library.worksheets
    return list_card(call.say, known, slug, found[:PAGE], page, more=more, away=away, topic=topic)


def _topic(call: Call, slug: str) -> str:
    return slug if slug in call.library.topics else ""


async def begin_one(call: Call, worksheet: Worksheet, into: str = "", lines: Sequence[str] = ()) -> Form | Message:
    """A new sheet, and the first thing it asks. `lines`: what stands in its field `into` already."""
    lang: Literal["en", "zh-CN"] = "zh-CN" if call.say.lang == "zh-CN" else "en"
    made = Sheet(space=call.person.space, id=secrets.token_hex(8), worksheet=worksheet.slug, lang=lang)
    if lines:
        made = taken_over(worksheet, made, into, lines, own_now(call))
    with careful(call.say):
        try:
            async with call.store.begin() as tx:
                first = await tx.inbox.first(call.event, call.now)  # begun again after a crash it is there already
                kept = await _begun(tx, call, made) if first else made
        except TooMany:
            return await too_many(call)
    if not first:
        return await sheets_page(call, worksheet.slug)
    own = Own(worksheet, kept, speaker(lang), own_day(call), call.library)
    waits = ((step, part) for step in steps_of(worksheet, kept) if (part := next_part(worksheet, kept, step)))
    step, part = next(waits, (None, None))
    return begin(own, step, part) if step and part else whole_sheet(own)


async def _begun(tx: Tx, call: Call, made: Sheet) -> Sheet:
    """The new one; or, while nothing stands on it, one begun before on which nothing stands either. Raises TooMany."""
    there = await tx.sheets.of(call.person, worksheet=made.worksheet, states=("open",)) if not made.steps else ()
    for one in there:
        everybody = await tx.sheet_people.of(one.space, one.id)
        if not one.steps and one.lang == made.lang and len(everybody) == 1:
            await tx.sheets.stay(one.space, one.id, call.now)
            return one
    return await tx.sheets.add(made, call.person, call.now)


async def too_many(call: Call) -> Message:
    """Ten are open; which one may rest?"""
    with careful(call.say):
        async with call.store.begin() as tx:
            found = await tx.sheets.of(call.person, states=("open",), limit=2 * OPEN_MOST)
    return too_many_card(call.say, call.library.worksheets, found)


def example_page(call: Call, worksheet: Worksheet, step: str = "") -> Message:
    """The example of a worksheet, or one step of it."""
    filled = example_of(worksheet, "zh-CN" if call.say.lang == "zh-CN" else "en")
    return example_card(call.say, worksheet, filled, own_day(call), worksheet.step(step))


async def new_or_list(call: Call, worksheet: Worksheet, words: str = "") -> Reply:
    """What `/step research`, `/scope pick` and their like do: "new" begins one, anything else shows those there are."""
    return await begin_one(call, worksheet) if words == "new" else await sheets_page(call, worksheet.slug)
