"""Comments beside a sheet: from who is on it or reads the channel it was shared in, to its owners alone."""

from __future__ import annotations

from chat.errors import Tellable
from chat.form import Answers
from chat.markup import clean
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._shared import gone, visit
from commands._sheets import Own, careful, look_at
from sheets import comment_cards as cards
from sheets.comment_cards import LONGEST, PAGE, Said
from sheets.naming import title_of
from sheets.share_ways import CommentAsked, CommentDropped, CommentGiven, CommentMore, CommentShown, CommentsListed
from store import Tx
from store.member_hours import local_day
from store.sheet_comments import Comment

MOST = 25
"""Comments of one member on one sheet."""


@answers(CommentAsked)
async def ask(call: Call, asked: CommentAsked) -> Reply:
    """The form."""
    with careful(call.say):
        async with call.store.begin() as tx:
            seen = await visit(tx, call, asked.sheet)
    return cards.comment_form(call.say, asked.sheet, seen.steps or seen.worksheet.steps, asked.step)


@answers(CommentGiven)
async def keep(call: Call, given: CommentGiven, typed: Answers) -> Reply:
    """To its owners, once, also when the event is handled again."""
    step, text = given.step or typed.text("step"), clean(typed.text("text")).strip()[:LONGEST]
    with careful(call.say):
        async with call.store.begin() as tx:
            seen = await visit(tx, call, given.sheet)
            if step not in {one.key for one in seen.steps or seen.worksheet.steps}:
                gone(call)
            if not text:
                raise Tellable(call.say("There was nothing in it to send."))
            mine = [one for one in await tx.sheet_comments.of(call.person.space, given.sheet) if one.by == call.person]
            if len(mine) >= MOST:
                raise Tellable(call.say("You have said a lot about this sheet; that is enough for it."))
            if await tx.inbox.first(call.event, call.now):
                owns = seen.part in {"owner", "co-owner"}
                made = await tx.sheet_comments.add(call.person, given.sheet, step, text, call.now, seen=owns)
            elif mine:
                made = mine[-1]
            else:
                gone(call)
    return cards.commented_card(call.say, given.sheet, made.id)


@answers(CommentsListed)
async def list_(call: Call, listed: CommentsListed) -> Reply:
    """A page of them, in the message's place; from then on they are not new."""
    with careful(call.say):
        async with call.store.begin() as tx:
            return Edit(await _page(tx, call, listed.sheet, listed.page))


@answers(CommentShown)
async def show(call: Call, pressed: CommentShown) -> Reply:
    """What is shown goes along with exports and with what is shared."""
    with careful(call.say):
        async with call.store.begin() as tx:
            await _one(tx, call, pressed.sheet, pressed.comment)
            await tx.sheet_comments.show(call.person.space, pressed.comment, shown=pressed.shown)
            return Edit(await _page(tx, call, pressed.sheet, pressed.page))


@answers(CommentMore)
async def more(call: Call, pressed: CommentMore) -> Reply:
    """One, whole."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own, comment = await _one(tx, call, pressed.sheet, pressed.comment)
            mine = await tx.sheet_people.get(call.person, pressed.sheet)
    owns = mine is not None and mine.part == "owner"
    return Edit(cards.comment_card(own.say, pressed.sheet, _said(call, own, comment), owns=owns))


@answers(CommentDropped)
async def drop(call: Call, pressed: CommentDropped) -> Reply:
    """Owners any, everybody else their own, wherever they stand now."""
    with careful(call.say):
        async with call.store.begin() as tx:
            comment = await tx.sheet_comments.get(call.person.space, pressed.comment)
            mine = await tx.sheet_people.get(call.person, pressed.sheet)
            owns = mine is not None and mine.writes
            there = comment is not None and comment.sheet == pressed.sheet
            if not owns and (comment is None or not there or comment.by != call.person):
                gone(call)
            if there:
                await tx.sheet_comments.drop(call.person.space, pressed.comment)
    if there:
        await call.store.scrub()
    return Edit(cards.comment_dropped_card(call.say, pressed.sheet, owns=owns))


async def _page(tx: Tx, call: Call, sheet: str, page: int) -> cards.Message:
    own = await look_at(tx, call, sheet)
    said = list(reversed(await tx.sheet_comments.of(call.person.space, sheet)))
    await tx.sheet_comments.read(call.person.space, sheet)
    page = min(max(page, 0), max(len(said) - 1, 0) // PAGE)
    shown = [_said(call, own, one) for one in said[page * PAGE : (page + 1) * PAGE]]
    title = title_of(own.say, own.worksheet, own.sheet)
    return cards.comments_card(own.say, title, sheet, shown, page, more=len(said) > (page + 1) * PAGE)


async def _one(tx: Tx, call: Call, sheet: str, id_: str) -> tuple[Own, Comment]:
    """A comment on a sheet of one's own. Raises Tellable."""
    own = await look_at(tx, call, sheet)
    comment = await tx.sheet_comments.get(call.person.space, id_)
    if comment is None or comment.sheet != sheet:
        raise Tellable(call.say("This comment was taken back."))
    return own, comment


def _said(call: Call, own: Own, one: Comment) -> Said:
    step = own.worksheet.step(one.step)
    about = step.title.get(own.say.lang) if step is not None else own.worksheet.name.get(own.say.lang)
    day = own.say.date(local_day(call.member, one.at))
    return Said(one.id, about, one.by, one.text, day, one.shown, not one.seen, one.by == call.person)
