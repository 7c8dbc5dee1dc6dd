"""Block: asked once, silent, in both directions and for ever, whatever else stands between the two."""

from __future__ import annotations

from dataclasses import replace

from chat.errors import Tellable
from chat.people import Person
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import kindly, name_of
from commands._registry import answers
from commands._talks import own_talk
from content import safety_cards as cards
from content.interview_ways import BlockMeant, BlockNot
from content.introduction_ways import BlockAsked
from store.introductions import Introduction


@answers(BlockAsked)
async def ask(call: Call, pressed: BlockAsked) -> Reply:
    """In the presser's eyes alone; the card it stood on stays."""
    async with call.store.begin() as tx:
        talk = await own_talk(tx, call, pressed.introduction)
        others = others_in(call, talk)
        name = await name_of(tx, talk, others[0]) if len(others) == 1 else ""
    if len(others) == 1:
        return cards.block_card(call.say, talk.id, name, others[0])
    return cards.whom_card(call.say, talk.id, others, report=False)


@answers(BlockMeant)
async def block(call: Call, meant: BlockMeant) -> Reply:
    """Written down, and what is open between the two closed, in one transaction; nobody else notices."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, meant.introduction)
            other = one_of(call, talk, meant.whom)
            await tx.blocks.block(call.person, other, call.now)
            searches = [await tx.seekers.get(one, lock=True) for one in sorted((call.person, other))]
            closed = await tx.introductions.part(call.person, other, call.now)
            for search in searches:
                was = next((one for one in closed if search and one.the("seeker") == search.person), None)
                if search is None or was is None or search.state != "matched":
                    continue
                # A question that nobody answered goes on being asked elsewhere, as it would after a no.
                state = "open" if was.state == "proposed" else "off"
                await tx.seekers.save(replace(search, state=state), call.now)
    return Edit(cards.blocked_card(call.say, talk.id))


@answers(BlockNot)
async def leave_it(call: Call, pressed: BlockNot) -> Reply:
    """All stays as it is."""
    return Edit(cards.nothing_done_card(call.say))


def others_in(call: Call, talk: Introduction) -> tuple[Person, ...]:
    """Everybody in it but the one who pressed. Raises Tellable where they are gone."""
    others = tuple(one for one in talk.persons if one != call.person)
    if not others:
        raise Tellable(call.say("The other side is not here any more."))
    return others


def one_of(call: Call, talk: Introduction, whom: str) -> Person:
    """The one meant, who must be in it: a block or a report needs a talk of both."""
    for other in others_in(call, talk):
        if other.id == whom:
            return other
    raise Tellable(call.say("The other side is not here any more."))
