"""Did they meet: one tap each; the first word moves the introduction on, and nobody learns who said what."""

from __future__ import annotations

from typing import Literal

from chat.errors import Tellable
from chat.platform import Edit, Reply
from commands._call import Call
from commands._coffee import gently
from commands._matching import own_day
from commands._registry import answers
from commands._talks import own_talk
from content import coffee_cards as cards
from content.coffee_ways import CoffeeMet, CoffeeMissed, CoffeeNotYet
from store.introductions import State

UNDER_WAY: tuple[State, ...] = ("introduced", "scheduled")


@answers(CoffeeMet)
async def met(call: Call, pressed: CoffeeMet) -> Reply:
    """They met."""
    return await _said(call, pressed.introduction, "met")


@answers(CoffeeNotYet)
async def not_yet(call: Call, pressed: CoffeeNotYet) -> Reply:
    """They may still; nobody is asked again."""
    return await _said(call, pressed.introduction, "not_yet")


@answers(CoffeeMissed)
async def missed(call: Call, pressed: CoffeeMissed) -> Reply:
    """It did not happen; as long as not all of them say so, another one may still say that it did."""
    return await _said(call, pressed.introduction, "missed")


async def _said(call: Call, id_: str, word: Literal["met", "not_yet", "missed"]) -> Reply:
    with gently(call.say):
        async with call.store.begin() as tx:
            talk = await own_talk(tx, call, id_)
            if talk.kind != "coffee":
                raise Tellable(call.say("This one is not among your coffees. `/coffee status` shows how they stand."))
            others = [side.said for side in talk.sides if side.person != call.person]
            await tx.introductions.heard(call.person, talk.id, word, call.now)
            if word == "met" and talk.state in UNDER_WAY:
                await tx.introductions.transition(
                    talk.space, talk.id, UNDER_WAY, "met", call.now, next=None, met_on=own_day(call)
                )
            elif word == "missed" and talk.state in UNDER_WAY and all(said == "missed" for said in others):
                await tx.introductions.transition(talk.space, talk.id, UNDER_WAY, "missed", call.now, next=None)
    return Edit(cards.heard_card(call.say, word))
