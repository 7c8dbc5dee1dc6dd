"""/scope share: what a channel would see of a sheet, shown to its owner alone; posted once they say so."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Annotated

from chat.errors import LimitError
from chat.message import Message, Picture
from chat.people import Person, Place
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import Option, _, answers, command
from commands._sheets import Own, careful, file_name, look_at
from commands.scope import own_sheets
from content.document_pages import CannotDraw, can_draw, card_alt, card_png
from content.fold import fold
from content.say import speaker
from sheets import share_cards as cards
from sheets.naming import title_of
from sheets.people_cards import sheet_invite_card
from sheets.printing import card_of
from sheets.share_cards import Poster
from sheets.share_ways import SheetNotPosted, SheetPosted, SheetShareAsked, SheetSharing, SheetUnshared

SEARCHED = 50
_NAMED = re.compile(r"<@([A-Z0-9]{2,32})>")
"""Somebody a platform knows, as its inbound.py writes them."""


@command("scope share", _("Post a sheet's card in this channel, or ask somebody onto it"), also=("分享",))
async def share(
    call: Call,
    sheet: Annotated[str, Option(_("The sheet, or some words of its name"), complete=own_sheets)] = "",
    who: Annotated[str, Option(_("Somebody to co-own it or to comment on it"), person=True)] = "",
) -> Reply:
    """A preview that names the channel; with somebody's name the question as what they are asked."""
    named = _NAMED.search(f"{who} {sheet}")
    words = _NAMED.sub("", sheet).strip()
    found = await _meant(call, words)
    if len(found) != 1:
        return cards.share_which_card(call.say, [(own.sheet.id, _title(own)) for own in found])
    if named is not None:
        return sheet_invite_card(call.say, _title(found[0]), found[0].sheet.id, Person(call.person.space, named[1]))
    return await _preview(call, found[0])


@answers(SheetSharing)
async def sharing(call: Call, wanted: SheetSharing) -> Reply:
    """In the message's place."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, wanted.sheet)
            counts = await tx.sheet_comments.counts(call.person.space, wanted.sheet)
    return Edit(cards.sharing_card(own.say, _title(own), own.sheet.id, counts))


@answers(SheetShareAsked)
async def ask(call: Call, asked: SheetShareAsked) -> Reply:
    """The preview, beside the card it was asked from."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, asked.sheet)
    return await _preview(call, own)


@answers(SheetPosted, private=False)
async def post(call: Call, posted: SheetPosted) -> Reply:
    """Once a channel, and only what its owner has seen: a picture and the words it shows are one."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, posted.sheet)
    poster = await _poster(call, own, words=posted.words)
    if call.place.direct or call.place.id != posted.place or poster.digest != posted.digest:
        return Edit(await _preview(call, own, changed=True))
    with careful(call.say):
        async with call.store.begin() as tx:
            await look_at(tx, call, posted.sheet)
            if not await tx.sheet_shares.first(call.place, own.sheet.id, poster.digest, call.now):
                return Edit(cards.posted_already_card(own.say, own.sheet.id, call.place.id))
    return cards.posted_card(own.say, poster)


@answers(SheetNotPosted)
async def leave_it(call: Call, pressed: SheetNotPosted) -> Reply:
    """Nothing is posted."""
    return Edit(cards.not_posted_card(call.say, pressed.sheet))


@answers(SheetUnshared)
async def unshare(call: Call, pressed: SheetUnshared) -> Reply:
    """What stands in the channel stays there; nobody comments from it any more, and it can be posted anew."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, pressed.sheet)
            await tx.sheet_shares.stop(Place(call.person.space, pressed.place), pressed.sheet)
    return Edit(cards.unshared_card(own.say, own.sheet.id))


async def _preview(call: Call, own: Own, *, changed: bool = False) -> Message:
    if call.place.direct:
        return cards.share_elsewhere_card(own.say, own.sheet.id)
    poster = await _poster(call, own)
    return cards.share_preview(own.say, poster, call.place, changed=changed)


async def _poster(call: Call, own: Own, *, words: bool = False) -> Poster:
    """Drawn apart from the event loop; in words alone where there are no letters to draw it with."""
    with careful(call.say):
        async with call.store.begin() as tx:
            said = await tx.sheet_comments.of(call.person.space, own.sheet.id, shown=True)
    card = card_of(own.say, own.worksheet, own.sheet, today=own.today)
    poster = Poster(own.sheet.id, card, tuple(one.text for one in said), call.person)
    if words or not await asyncio.to_thread(can_draw, card):
        return poster
    try:
        data = await asyncio.to_thread(card_png, card)
        return replace(poster, picture=Picture(data, card_alt(card), f"{file_name(own.worksheet.slug)[:35]}.png"))
    except (CannotDraw, LimitError):
        return poster


async def _meant(call: Call, words: str) -> list[Own]:
    """The sheets whose name has these words; all open ones for none."""
    with careful(call.say):
        async with call.store.begin() as tx:
            sheets = await tx.sheets.of(call.person, limit=SEARCHED)
            named = [one for one in sheets if one.id == words]
            known = [one.id for one in named or sheets if one.worksheet in call.library.worksheets]
            found = [await look_at(tx, call, id_) for id_ in known]
    return [own for own in found if own.sheet.id == words or fold(words) in fold(_title(own))]


def _title(own: Own) -> str:
    return title_of(speaker(own.sheet.lang), own.worksheet, own.sheet)
