"""Report: a reason and words to the moderators, sealed, with whoever wrote it hidden from everybody.

Somebody who deleted everything meanwhile is reported without a name.
"""

from __future__ import annotations

from chat.form import Answers
from chat.markup import clean
from chat.people import Person
from chat.platform import Edit, Reply
from commands._call import Call
from commands._notes import sealed
from commands._registry import answers
from commands._talks import own_talk
from content import safety_cards as cards
from content.interview_ways import ReportGiven, ReportOne
from content.introduction_ways import AnswerCleared, ReportAsked
from content.safety_cards import WORDS
from store.introductions import Introduction
from store.owners import moderators_of


@answers(ReportAsked)
async def ask(call: Call, pressed: ReportAsked) -> Reply:
    """The form; in a group, and where a group may have been larger, first whom it is about."""
    async with call.store.begin() as tx:
        talk = await own_talk(tx, call, pressed.introduction)
    others = _others(call, talk)
    if not others or (len(others) == 1 and (talk.kind == "interview" or talk.reasons)):
        return cards.report_form(call.say, talk.id, others[0] if others else None)
    return cards.whom_card(call.say, talk.id, others, report=True)


@answers(AnswerCleared)
async def clear(call: Call, pressed: AnswerCleared) -> Reply:
    """The answer of the moderators, in whose place nothing is left to find."""
    return Edit(cards.cleared_card(call.say))


@answers(ReportOne)
async def ask_one(call: Call, pressed: ReportOne) -> Reply:
    """The form about one of several."""
    async with call.store.begin() as tx:
        talk = await own_talk(tx, call, pressed.introduction)
    return cards.report_form(call.say, talk.id, _meant(call, talk, pressed.whom))


@answers(ReportGiven)
async def file(call: Call, given: ReportGiven, typed: Answers) -> Reply:
    """Into the queue, once, also when the event is handled again."""
    known = dict(cards.reasons(call.say))
    reason = typed.text("reason") if typed.text("reason") in known else "other"
    words = clean(typed.text("words")).strip()[:WORDS]
    async with call.store.begin() as tx:
        talk = await own_talk(tx, call, given.introduction)
        about = _meant(call, talk, given.whom)
        if await tx.inbox.first(call.event, call.now):
            with sealed(call.say):
                await tx.reports.file(call.person, about, reason, words, call.now, introduction=talk.id)
        read = any(one != about for one in await moderators_of(tx, talk.space))
    return cards.reported_card(call.say, talk.id, read=read, left=about is None)


def _others(call: Call, talk: Introduction) -> tuple[Person, ...]:
    return tuple(one for one in talk.persons if one != call.person)


def _meant(call: Call, talk: Introduction, whom: str) -> Person | None:
    """None: not in it (any more)."""
    return next((one for one in _others(call, talk) if one.id == whom), None)
