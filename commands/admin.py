"""/admin: what an owner of the community may do from the chat itself."""

from __future__ import annotations

import asyncio

from chat.message import Message, Note, Text
from chat.platform import Reply
from commands._call import Call
from commands._registry import _, command
from content.library import Library
from content.read import PackError
from content.say import Say

SHOWN = 10  # problems listed; `python -m bot check` lists all


@command("admin reload", _("Owners: read the content pack again"), owner=True)
async def reload(call: Call) -> Reply:
    """Takes the pack's folder as it is now; a wrong pack is explained and the old one stays."""
    try:
        edition = await asyncio.to_thread(call.rooms.shelf.reload)
    except PackError as error:
        return refused_card(call.say, error.problems)
    return reloaded_card(call.say, edition.library)


def reloaded_card(say: Say, library: Library) -> Message:
    """What the new edition holds."""
    text = say(
        "The pack was read again: {steps} steps, {cards} cards, {roles} roles.",
        steps=say.number(len(library.prompts)),
        cards=say.number(len(library.cards)),
        roles=say.number(len(library.roles)),
    )
    return Message("", (Text(text), Note(f"{library.slug} {library.version}")))


def refused_card(say: Say, problems: tuple[str, ...]) -> Message:
    """File, line and advice for the first problems; the pack in use stays."""
    lines = [problem.replace("`", "'")[:250] for problem in problems[:SHOWN]]
    head = say("The pack was not taken; the old one stays. This is wrong:")
    return Message("", (Text(head), Text("\n".join(f"`{line}`" for line in lines)), Note(_count(say, len(problems)))))


def _count(say: Say, count: int) -> str:
    return say.plural("{n} problem; python -m bot check lists it", "{n} problems; python -m bot check lists all", count)
