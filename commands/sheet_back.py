"""Back to an earlier step, with a reason; nothing that was written later goes."""

from __future__ import annotations

from chat.errors import Mistakes
from chat.form import Answers
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from commands._sheet_next import step_page
from commands._sheets import careful, look_at, save, write_on
from sheets.answers import WrongAnswers, read_reason
from sheets.back_cards import back_step_card, reason_form
from sheets.filling import go_back
from sheets.ways import SheetBack, SheetBackAsked, SheetBackOffered


@answers(SheetBackOffered)
async def offer(call: Call, offered: SheetBackOffered) -> Reply:
    """To which step?"""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await look_at(tx, call, offered.sheet)
    return Edit(back_step_card(own.say, own.worksheet, own.sheet))


@answers(SheetBackAsked)
async def ask_reason(call: Call, asked: SheetBackAsked) -> Reply:
    """In a form of one line."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, asked.sheet)
    return reason_form(own.say, own.sheet, own.step(asked.to), of=asked.of)


@answers(SheetBack)
async def back(call: Call, sent: SheetBack, typed: Answers) -> Reply:
    """There again; what comes later is marked once something here has changed."""
    with careful(call.say):
        async with call.store.begin() as tx:
            own = await write_on(tx, call, sent.sheet, lock=True)
            step = own.step(sent.to)
            try:
                reason = read_reason(own.say, typed)
            except WrongAnswers as error:
                again = reason_form(own.say, own.sheet, step, typed.text("reason"), sent.of)
                raise Mistakes(error.by_key, again) from error
            if await tx.inbox.first(call.event, call.now):  # begun again after a crash, it is one return
                gone = go_back(own.worksheet, own.sheet, step.key, reason, call.now, sent.of)
                own = await save(tx, call, own, gone)
    return Edit(step_page(own, step))
