"""/mydata: what is kept of a member, shown and deleted by themselves, at once and for good."""

from __future__ import annotations

from typing import Literal

from chat.errors import Mistakes, Tellable
from chat.form import Answers
from chat.markup import clean
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import _, answers, command
from content.data_card import (
    DataShown,
    DeletionAsked,
    DeletionChosen,
    DeletionConfirmed,
    delete_card,
    delete_form,
    deleted_card,
    forgotten_card,
    see_card,
    word_of,
)
from content.data_words import Family
from content.fold import fold
from store.kept import KEPT

What = Family | Literal["here", "everywhere"]
ALONE: tuple[Family, ...] = tuple(kept.family for kept in KEPT if kept.alone)


@command("mydata see", _("What I keep of you, where it came from, and for how long"), bare=True, also=("show", "查看"))
async def see(call: Call) -> Message:
    """Every family in plain words."""
    async with call.store.begin() as tx:
        return see_card(call.say, await tx.having.counts(call.person))


@answers(DataShown)
async def see_again(call: Call, pressed: DataShown) -> Reply:
    """In the message's place."""
    async with call.store.begin() as tx:
        return Edit(see_card(call.say, await tx.having.counts(call.person), pressed.page))


@command("mydata delete", _("Delete one thing I keep of you, or everything"), also=("删除",))
async def delete(call: Call) -> Message:
    """What there is to choose from."""
    async with call.store.begin() as tx:
        having, known = await tx.having.counts(call.person), await tx.members.accounts(call.person)
    return delete_card(call.say, having, ALONE, len(known))


@answers(DeletionAsked)
async def delete_asked(call: Call, pressed: DeletionAsked) -> Reply:
    """In the message's place."""
    return Edit(await delete(call))


@command("mydata forget", _("Delete everything I keep of you in this community"), also=("忘记", "忘掉"))
async def forget(call: Call) -> Reply:
    """Straight to the word."""
    return delete_form(call.say, "here")


@answers(DeletionChosen)
async def chosen(call: Call, pressed: DeletionChosen) -> Reply:
    """The form that asks for the word."""
    return delete_form(call.say, _what(call, pressed.what))


@answers(DeletionConfirmed)
async def confirmed(call: Call, given: DeletionConfirmed, typed: Answers) -> Reply:
    """Deletes, after the right word in the member's language or in English."""
    what, word = _what(call, given.what), clean(typed.text("word"))
    if fold(word) not in {fold(word_of(call.say)), "delete"}:
        sentence = call.say(
            "That was another word. It is “{word}”; closing this window deletes nothing.", word=word_of(call.say)
        )
        raise Mistakes({"word": sentence}, delete_form(call.say, what, word[:100]))
    if what not in ("here", "everywhere"):
        async with call.store.begin() as tx:
            await tx.forget.family(call.person, what, call.now)
        await call.store.scrub()
        return Edit(deleted_card(call.say, what))
    async with call.store.begin() as tx:
        known = await tx.members.accounts(call.person)
    persons = known if what == "everywhere" else (call.person,)
    for person in persons:
        async with call.store.begin() as tx:
            await tx.forget.here(person, call.now)
    await call.store.scrub()
    return Edit(forgotten_card(call.say, len(persons)))


def _what(call: Call, name: str) -> What:
    for what in (*ALONE, "here", "everywhere"):
        if what == name:
            return what
    raise Tellable(call.say("This button comes from another version of me. `/help` shows what works today."))
