"""From a row of the ledger to the message it stands for: read fresh at the moment of sending."""

from __future__ import annotations

from chat.message import Message
from content.library import Library
from content.nudge_card import Recipe, step_card, welcome_card
from content.say import pick_language, speaker
from store import Store
from store.deliveries import Delivery


class NothingToSend(Exception):
    """What the row stood for is gone (opted out, prompt retired): the row ends without a message."""


async def compose(store: Store, library: Library, delivery: Delivery) -> Message:
    """The message in the member's language as it is now. Raises NothingToSend."""
    async with store.begin() as tx:
        member = await tx.members.get(delivery.person)
        nudge = await tx.nudges.get(delivery.person)
    if member is None or nudge is None or nudge.state != "on":
        raise NothingToSend("opted_out")
    speak = speaker(pick_language(member.language, member.locale))
    recipe = Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)
    if delivery.kind == "welcome":
        return welcome_card(speak, recipe, nudge.schedule.zone)
    prompt = library.prompts.get(delivery.subject)
    if prompt is None:
        raise NothingToSend("prompt_gone")
    return step_card(speak, prompt, delivery.id, recipe)
