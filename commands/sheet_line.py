"""One line of a list that grows, in other words or taken out: the list itself only takes new ones."""

from __future__ import annotations

from chat.errors import Mistakes, Tellable
from chat.form import Answers
from chat.message import Button, Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_drafts import drop_draft, keep_draft, mark, read_draft, unsaved
from commands._sheet_next import step_page
from commands._sheets import Own, careful, own_now, save, write_on
from content.say import Say
from content.worksheet import Field, Step
from sheets.answers import WrongAnswers, read_line
from sheets.filling import edit_item, remove_item
from sheets.line_cards import line_form
from sheets.line_ways import SheetLine, SheetLineChosen, SheetLineGiven
from sheets.refs import field_at, line_of
from sheets.sheet import Item, Sheet
from sheets.shown import inert
from sheets.step_cards import conflict_card
from sheets.typed import same, tidy

STANDS = 1_200  # characters of each of two texts side by side


@answers(SheetLine)
async def open_line(call: Call, opened: SheetLine) -> Reply:
    """With its words, or with those that were typed and not saved yet."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, opened.sheet)
            waits = await read_draft(tx, call, opened.sheet, _draft(opened.ref), opened.item)
    _step, field = _list(own, opened.ref)
    if (line := line_of(own.sheet, opened.ref, str(opened.item))) is None:
        raise Tellable(own.say("This line was taken out in another window meanwhile."))
    if waits is None:
        return line_form(own.say, field, line, _then(own, opened.ref, line))
    then = SheetLineGiven(own.sheet.id, opened.ref, line.id, waits.stood)
    made = line_form(own.say, field, line, then, waits.typed.text(field.key))
    return unsaved(call, own.say, made, waits.since)


@answers(SheetLineGiven)
async def line_given(call: Call, sent: SheetLineGiven, typed: Answers) -> Reply:
    """Saved at once, unless it is not understood or the line was changed in another window. The words are kept before
    that is judged."""
    await keep_draft(call, sent.sheet, _draft(sent.ref), sent.item, typed, sent.stood)
    return await _take(call, sent, typed)


@answers(SheetLineChosen)
async def line_chosen(call: Call, chosen: SheetLineChosen) -> Reply:
    """Mine over the other as far as it was read; or the other, and mine goes."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, chosen.sheet)
            waits = await read_draft(tx, call, chosen.sheet, _draft(chosen.ref), chosen.item)
            if not chosen.mine:
                await drop_draft(tx, call, chosen.sheet, _draft(chosen.ref), chosen.item)
    if not chosen.mine:
        return Edit(step_page(own, _list(own, chosen.ref)[0]))
    if waits is None:
        raise Tellable(call.say("What you typed is no longer waiting: it was saved, or you kept what stands."))
    return await _take(call, SheetLineGiven(chosen.sheet, chosen.ref, chosen.item, chosen.stood), waits.typed)


async def _take(call: Call, sent: SheetLineGiven, typed: Answers) -> Reply:
    """Raises Tellable that says where the words are."""
    try:
        with careful(call.say):
            async with call.store.begin() as tx:
                own = await write_on(tx, call, sent.sheet, lock=True)
                step, field = _list(own, sent.ref)
                line = line_of(own.sheet, sent.ref, str(sent.item))
                came = _judged(call, own, field, line, sent, typed) if line is not None else None
                if isinstance(came, Sheet):
                    own = await save(tx, call, own, came)
                if isinstance(came, Sheet) or came is None:
                    await drop_draft(tx, call, sent.sheet, _draft(sent.ref), sent.item)
    except Tellable as refused:
        told = call.say(
            "{refused} What you typed is kept: it stands in the form when you open it again.", refused=refused
        )
        raise Tellable(told) from refused
    words = typed.text(field.key)
    if line is None and words.strip():
        raise Tellable(_given_back(own.say, words))
    if isinstance(came, WrongAnswers) and line is not None:
        raise Mistakes(came.by_key, line_form(own.say, field, line, sent, words))
    return Edit(came) if isinstance(came, Message) else Edit(step_page(own, step, saved=True))


def _judged(
    call: Call, own: Own, field: Field, line: Item, sent: SheetLineGiven, typed: Answers
) -> Sheet | Message | WrongAnswers:  # fmt: skip
    """The sheet as it will be; or what is wrong, or both texts where one would overwrite the other."""
    words, others = tidy(typed.text(field.key)), [one for one in own.sheet.items(sent.ref) if one.id != line.id]
    if words:
        try:
            words = read_line(own.say, field, words)
        except WrongAnswers as error:
            return error
        if any(same(one.text) == same(words) for one in others):
            return WrongAnswers({field.key: own.say("This line stands in the list already.")}, typed)
    if _mark(line) != sent.stood and same(words) != same(line.text):
        return _both(own, sent, line, words)
    if not words:
        return remove_item(own.worksheet, own.sheet, sent.ref, line.id, own_now(call))
    return edit_item(own.worksheet, own.sheet, sent.ref, line.id, words, own_now(call))


def _both(own: Own, sent: SheetLineGiven, line: Item, words: str) -> Message:
    """Both texts, and whose counts."""
    mine, theirs = (SheetLineChosen(own.sheet.id, sent.ref, line.id, _mark(line), mine=mine) for mine in (True, False))
    buttons = Button(own.say("Use mine"), mine), Button(own.say("Keep what stands"), theirs)
    return conflict_card(own.say, inert(line.text, STANDS), inert(words, STANDS), *buttons)


def _list(own: Own, ref: str) -> tuple[Step, Field]:
    """The list at "step.field". Raises Tellable for one the worksheet has no more."""
    found = field_at(own.worksheet, ref)
    if found is None or found[2].kind != "lines":
        raise Tellable(own.say("This part of the worksheet has changed since. Please open the sheet anew."))
    return found[0], found[2]


def _given_back(say: Say, words: str) -> str:
    """Nobody can open the form of a line that is gone: its words are shown once more."""
    told = say("This line was taken out in another window meanwhile.")
    return f"{told}\n{say('You had typed: {words}', words=inert(words, STANDS))}"


def _then(own: Own, ref: str, line: Item) -> SheetLineGiven:
    return SheetLineGiven(own.sheet.id, ref, line.id, _mark(line))


def _mark(line: Item) -> str:
    return mark({"line": line.text})


def _draft(ref: str) -> str:
    """What its drafts are kept under, apart from those of a part of the same name."""
    return f"{ref}:line"
