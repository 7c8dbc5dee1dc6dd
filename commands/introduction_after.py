"""After a talk: thanks that the member sends, passing it on, what came of it, and somebody else to talk with."""

from __future__ import annotations

from datetime import date
from typing import get_args
from zoneinfo import ZoneInfo

from chat.form import Answers
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import Mine, kindly, mine, name_of, role_name, tomorrow, welcome, zones
from commands._notes import keep_note, lines, read_note
from commands._profile import seeker_form
from commands._registry import answers
from commands._talks import OVER, own_talk
from commands.interview_match import standing
from commands.interview_match_find import again, search
from commands.interview_match_offer import offer
from commands.interview_match_prep import OWN
from content import talk_cards as cards
from content.interview_cards import search_kept_card
from content.interview_ways import SearchAgain, ThanksGiven
from content.introduction_ways import PayForward, QuoteNot, Rematch, ThankDraft, Thanked, WhatCame
from content.talk_cards import BLANK
from store import Tx
from store import following as steps
from store.introductions import Introduction, State
from store.member_hours import zone_of
from store.seekers import Seeker

AGAIN = 1
"""Talks of one request that did not come about, after which it goes on all the same."""


@answers(ThankDraft)
async def draft(call: Call, pressed: ThankDraft) -> Reply:
    """The two blanks, filled from what was noted already."""
    talk = pressed.introduction
    async with call.store.begin() as tx:
        await _own(tx, call, talk)
        thanks = await read_note(tx, call, talk, "thanks")
        after = await read_note(tx, call, talk, "after")
    stayed = str(thanks.get("stayed") or after.get("surprised", ""))
    will = str(thanks.get("will") or after.get("thing", ""))
    return cards.thanks_form(call.say, talk, stayed, will)


@answers(ThanksGiven)
async def show_draft(call: Call, given: ThanksGiven, typed: Answers) -> Reply:
    """To be copied: the bot sends nothing to the other side."""
    stayed, will = lines(typed, "stayed", BLANK), lines(typed, "will", BLANK)
    with kindly(call.say):
        async with call.store.begin() as tx:
            name = await _own(tx, call, given.talk)
            await keep_note(tx, call, given.talk, "thanks", {"stayed": stayed, "will": will})
    return cards.thanks_card(call.say, given.talk, name, stayed, will)


@answers(Thanked)
async def thanked(call: Call, pressed: Thanked) -> Reply:
    """Said: nobody is reminded any more, and in two weeks passing it on is offered."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction, side="seeker")
            if talk.state == "met":
                later = (talk.next_step, talk.next_at) if talk.next_at else None
                then = steps.thanked(call.now) if talk.next_step == steps.THANK_YOU else later
                await tx.introductions.transition(talk.space, talk.id, ["met"], "thanked", call.now, next=then)
            elif talk.state not in {"thanked", "closed"}:
                return Edit(cards.moved_on_card(call.say))
    return Edit(cards.thanked_card(call.say, talk.id))


@answers(QuoteNot)
async def quote_not(call: Call, pressed: QuoteNot) -> Reply:
    """A private line on the seeker's own pages; nobody is written to."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction, side="host")
            if not await tx.notes.has(call.person, talk.id, "quote"):
                await keep_note(tx, call, talk.id, "quote", {})
    return Edit(cards.met_card(call.say, talk.id, seeker=False, quiet=True))


@answers(PayForward)
async def pay_forward(call: Call, pressed: PayForward) -> Reply:
    """The host's form, filled with what the member said as a seeker."""
    return await offer(call)


@answers(WhatCame)
async def what_came(call: Call, pressed: WhatCame) -> Reply:
    """A line to copy; the card it was offered on stays."""
    async with call.store.begin() as tx:
        talk = await own_talk(tx, call, pressed.introduction, side="seeker")
        name = await name_of(tx, talk, talk.the("host"))
        thanks = await read_note(tx, call, talk.id, "thanks")
    return cards.came_card(call.say, talk.id, name, str(thanks.get("will", "")))


@answers(Rematch)
async def rematch(call: Call, pressed: Rematch) -> Reply:
    """The same request goes on where the newest talk did not come about; anything else is a request of its own."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction, side="seeker")
            own = await mine(tx, call, lock=True)
            if (first := welcome(call, own, "seeker")) is not None:
                return first
            if own.seeker is None:
                return seeker_form(call, own.seeker, own.host)
            if talk.state not in OVER:
                return Edit(cards.moved_on_card(call.say))
            if own.seeker.state != "open" and await _goes_on(tx, call, own, own.seeker, talk):
                saved = await again(tx, call, own.seeker)
                lines_ = [call.say("I look now, and then every day; the next time on {day}.", day=tomorrow(call))]
                return Edit(search_kept_card(call.say, role_name(call, saved.role), lines_, zones(call)))
            busy = own.seeker.state != "off"
    if busy:
        return Edit(await standing(call))
    return await search(call, SearchAgain())


async def _goes_on(tx: Tx, call: Call, own: Mine, seeker: Seeker, talk: Introduction) -> bool:
    """Whether looking on belongs to the same request: after its newest talk, and after one that did not come about, not
    after each."""
    talks = await tx.introductions.of(call.person, states=get_args(State))
    asked = [one for one in talks if one.kind == "interview" and one.the("seeker") == call.person]
    zone, begun = ZoneInfo(zone_of(call.member)), max(seeker.asked, default=date.min)
    failed = [
        one for one in asked
        if one.introduced_at and one.met_on is None and one.proposed_at.astimezone(zone).date() >= begun
    ]  # fmt: skip
    newest = bool(asked) and asked[0].id == talk.id
    return newest and talk.met_on is None and len(failed) <= AGAIN and own.seeking(call.person) is None


async def _own(tx: Tx, call: Call, talk: str) -> str:
    """The name of the other side of one's own talk."""
    if talk.startswith(OWN):
        return str((await read_note(tx, call, talk, "prep")).get("who", "")) or "…"
    found = await own_talk(tx, call, talk, side="seeker")
    return await name_of(tx, found, found.the("host")) or "…"
