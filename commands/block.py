"""Block: asked once, silent, in both directions and for ever, whatever else stands between the two."""

from __future__ import annotations

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
from store import severing
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
    """Written down, and what is open between the two closed, in one transaction; nobody else is told why. Who
    pressed is taken out of their conversation, where the platform allows that."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, meant.introduction)
            conversations = await severing.block(tx, call.person, one_of(call, talk, meant.whom), call.now)
    for person, place in conversations:
        await call.rooms.part(person, place)
    return Edit(cards.blocked_card(call.say, talk.id, talked=bool(conversations)))


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
