"""A recall question's buttons: show the answer, say how it went, report it, stop it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from chat.errors import Tellable
from chat.form import Answers
from chat.markup import clean
from chat.people import Person
from chat.platform import Edit, Reply
from commands._answered import answered, celebrate, own, prompt_of
from commands._call import Call
from commands._nudges import today
from commands._registry import answers
from commands._tap import Tap, tapped
from content.done_card import NOTE
from content.prompts import Prompt
from content.recall_card import (
    AnswerShown,
    RecallGraded,
    RecallReported,
    RecallStopped,
    RecallWrong,
    answer_card,
    put_away_card,
    wrong_form,
)
from habit.recall import Grade, after_pause, due_on, new_card, review
from store import Tx
from store.deliveries import Delivery
from store.recalls import Learned

log = logging.getLogger(__name__)

NEVER = date.max
"""When a question that was put away is due."""


@answers(AnswerShown)
async def show_answer(call: Call, pressed: AnswerShown) -> Reply:
    """The answer, and the four ways it may have gone."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        tap = await tapped(tx, call)
        prompt = prompt_of(call, delivery)
        if delivery.answer is not None:
            return Edit(await answered(tx, call, delivery, back=tap.when(call)))
    if prompt.recall is None:
        raise Tellable(call.say("This step has been retired since. `/nudge now` gives you a fresh one."))
    return Edit(answer_card(call.say, prompt, prompt.recall, delivery.id))


@answers(RecallGraded)
async def grade(call: Call, pressed: RecallGraded) -> Reply:
    """Counts as a day shown up, whatever the grade, and sets when it comes again; the first press counts."""
    given = next((one for one in get_args(Grade) if one == pressed.grade), None)
    if given is None:
        raise Tellable(call.say("This button comes from another version of me. `/help` shows what works today."))
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        tap = await tapped(tx, call)
        prompt = prompt_of(call, delivery)
        line = await celebrate(tx, call, delivery)
        if await tx.deliveries.answer(call.person, delivery.id, "done", call.now, celebration=line):
            await _review(tx, call, prompt, given, tap)
        return Edit(await answered(tx, call, await own(tx, call, delivery.id), back=tap.when(call)))


async def _review(tx: Tx, call: Call, prompt: Prompt, given: Grade, tap: Tap) -> None:
    """The card after this answer. A question whose meaning changed since it was learned starts anew."""
    known = await tx.recalls.get(call.person, prompt.id)
    if known is None or known.due == NEVER:  # put away meanwhile, by an older message
        return
    day = today(call, tap.nudge)
    card = known.card if known.rev == prompt.rev else new_card(prompt.id, day)
    zone = tap.nudge.schedule.tz if tap.nudge else call.now.tzinfo
    after, due = review(card, given, call.now.astimezone(zone))
    await tx.recalls.keep(Learned(call.person, prompt.id, prompt.rev, after, due))


@answers(RecallWrong)
async def ask_what(call: Call, pressed: RecallWrong) -> Reply:
    """A line about what is wrong, if the member likes."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        await tapped(tx, call)
    return wrong_form(call.say, delivery.id)


@answers(RecallReported)
async def report(call: Call, given: RecallReported, typed: Answers) -> Reply:
    """Keeps the line with the row, puts the question away, and tells the log which one, not what was said."""
    words = " ".join(clean(typed.text("note")).split())[:NOTE]
    async with call.store.begin() as tx:
        delivery = await own(tx, call, given.delivery)
        await tx.deliveries.note(call.person, delivery.id, words)
        await _put_away(tx, call, delivery)
    log.warning("a recall question was reported as wrong", extra={"delivery": delivery.id, "prompt": delivery.subject})
    return Edit(put_away_card(call.say, reported=True))


@answers(RecallStopped)
async def stop(call: Call, pressed: RecallStopped) -> Reply:
    """This one never again, unless its meaning changes and it is learned anew."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        await tapped(tx, call)
        await _put_away(tx, call, delivery)
    return Edit(put_away_card(call.say, reported=False))


async def spread(tx: Tx, person: Person, first: date) -> None:
    """After a pause what is due comes one a day from `first` on, the longest due first: no backlog (R22). Counted from
    the day the card itself names, so that a pause ended early draws nothing out."""
    known = {one.prompt: one for one in (await tx.recalls.due([person], NEVER - timedelta(days=1)))[person]}
    for prompt, day in after_pause([(one.prompt, due_on(one.card)) for one in known.values()], first):
        if known[prompt].due != day:
            await tx.recalls.keep(replace(known[prompt], due=day))


async def _put_away(tx: Tx, call: Call, delivery: Delivery) -> None:
    """Kept with a day that never comes, so that taking the step again does not bring it back. Looking at it was the
    day's step."""
    known = await tx.recalls.get(call.person, delivery.subject)
    if known is not None:
        await tx.recalls.keep(Learned(call.person, known.prompt, known.rev, known.card, NEVER))
    line = await celebrate(tx, call, delivery)
    await tx.deliveries.answer(call.person, delivery.id, "done", call.now, celebration=line)
