"""After a talk: thanks that the member sends, passing it on, what came of it, and somebody else to talk with."""

from __future__ import annotations

from typing import get_args

from chat.form import Answers
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import kindly, mine, name_of, role_name, tomorrow, welcome, zones
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
from content.introduction_ways import PayForward, Rematch, ThankDraft, Thanked, WhatCame
from content.talk_cards import BLANK
from store import Tx
from store import following as steps
from store.introductions import State


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
    return cards.came_card(call.say, name, str(thanks.get("will", "")))


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
            newest = (await tx.introductions.of(call.person, states=get_args(State)))[0]
            free = talk.met_on is None and talk.id == newest.id and own.seeking(call.person) is None
            if free and own.seeker.state != "open":
                saved = await again(tx, call, own.seeker)
                lines_ = [call.say("I look now, and then every day; the next time on {day}.", day=tomorrow(call))]
                return Edit(search_kept_card(call.say, role_name(call, saved.role), lines_, zones(call)))
            busy = own.seeker.state != "off"
    if busy:
        return Edit(await standing(call))
    return await search(call, SearchAgain())


async def _own(tx: Tx, call: Call, talk: str) -> str:
    """The name of the other side of one's own talk."""
    if talk.startswith(OWN):
        return str((await read_note(tx, call, talk, "prep")).get("who", "")) or "…"
    found = await own_talk(tx, call, talk, side="seeker")
    return await name_of(tx, found, found.the("host")) or "…"
