"""A host's answers: yes, not now, not a fit; once, whoever presses how often, and a no reaches nobody."""

from __future__ import annotations

from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import barred, name_of
from commands._registry import answers
from commands._talks import lock_search, own_talk
from content import talk_cards as cards
from content.introduction_ways import HostNotFit, HostNotNow, HostYes
from store import Conflict, NoSeat, Tx
from store.following import accepted, declined
from store.introductions import Introduction
from store.proposals import INTERVIEWS

SAID_YES = ("accepted", "introduced", "scheduled", "met", "thanked")


@answers(HostYes)
async def yes(call: Call, pressed: HostYes) -> Reply:
    """Seats and blocks are looked at once more, in the transaction that accepts."""
    try:
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, pressed.introduction, side="host")
            if talk.state == "proposed" and not await barred(tx, call) and await _invited(tx, talk):
                talk = await tx.proposals.accept(call.person, talk.id, call.now, next=accepted(call.now))
            if talk.state not in SAID_YES:
                return Edit(cards.moved_on_card(call.say))
            return Edit(cards.yes_card(call.say, await _seekers_name(tx, talk), talk.id))
    except NoSeat:
        async with call.store.begin() as tx:
            host = await tx.hosts.get(call.person)
        return Edit(cards.full_card(call.say, host.capacity if host else 1))
    except Conflict:  # answered elsewhere, withdrawn, or not possible: the same words for all
        return Edit(cards.moved_on_card(call.say))


@answers(HostNotNow)
async def not_now(call: Call, pressed: HostNotNow) -> Reply:
    """The search goes on; the seeker reads nothing of it."""
    return await _no(call, pressed.introduction)


@answers(HostNotFit)
async def not_fit(call: Call, pressed: HostNotFit) -> Reply:
    """The same, for whoever knows the other too well, or would rather not say."""
    return await _no(call, pressed.introduction)


async def _no(call: Call, id_: str) -> Reply:
    try:
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, id_, side="host")
            if talk.state == "proposed":
                await lock_search(tx, talk)
                talk = await tx.introductions.transition(
                    talk.space, id_, ["proposed"], "declined", call.now, next=declined(call.now)
                )
    except Conflict:
        return Edit(cards.moved_on_card(call.say))
    if talk.state != "declined":
        return Edit(cards.moved_on_card(call.say))
    return Edit(cards.no_card(call.say, id_))


async def _invited(tx: Tx, talk: Introduction) -> bool:
    """Whether the seeker may still be introduced: guests are asked for only while an owner lets them take part."""
    seeker = talk.the("seeker")
    asks = await tx.seekers.get(seeker) if seeker else None
    programme = await tx.programmes.get(talk.space, INTERVIEWS)
    return asks is None or not asks.external or bool(programme and programme.settings.get("external"))


async def _seekers_name(tx: Tx, talk: Introduction) -> str:
    return await name_of(tx, talk, talk.the("seeker")) or "?"
