"""/interview-match find: say whom you would like to talk with; one search at a time, two a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from chat.form import Answers
from chat.message import Message
from chat.people import Person
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import (
    Mine,
    kindly,
    mine,
    next_month,
    own_day,
    requests_left,
    role_name,
    tomorrow,
    welcome,
    zones,
)
from commands._profile import read_seeker, seeker_form, typed
from commands._registry import Option, _, answers, command
from commands.role import unknown_role
from content import interview_cards as cards
from content import interview_forms as forms
from content.find import exact_role, suggest_roles
from content.interview_ways import SearchAgain, SeekerGiven, TalkSought
from store import Tx
from store.seekers import Seeker

WAITING = "seeker-waiting"
"""The draft of a form that waits for the rules to be agreed to."""


async def role_names(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Roles near what is typed."""
    roles = call.library.roles
    return [(role, roles[role].name.get(call.say.lang)) for role in suggest_roles(call.library, partial)]


@command("interview-match find", _("Talk with somebody who does the work you are curious about"), also=("找人", "寻找"))
async def find(
    call: Call, role: Annotated[str, Option(_("a role you are curious about"), complete=role_names)] = ""
) -> Reply:
    """The rules, or the form, which also changes a search that is under way; a role nobody knows is said to be so."""
    words = role.strip()
    wanted = call.library.roles.get(words) or exact_role(call.library, words)
    async with call.store.begin() as tx:
        own = await mine(tx, call)
        draft = await tx.drafts.get(call.person, SeekerGiven.wire_name) or await tx.drafts.get(call.person, WAITING)
    first = welcome(call, own, "seeker", wanted.id if wanted else "")
    if words and wanted is None:
        return unknown_role(call.say, call.library, words, TalkSought)
    if first is not None:
        return first
    if draft is not None:
        filled = typed(Answers(draft))
        return forms.seeker_form(call.say, call.library, replace(filled, role=wanted.id) if wanted else filled)
    return seeker_form(call, own.seeker, own.host, wanted.id if wanted else "")


@answers(TalkSought)
async def seek(call: Call, pressed: TalkSought) -> Reply:
    """From a role or from advice about changing one: the same form."""
    return await find(call, pressed.role)


@answers(SearchAgain)
async def search(call: Call, pressed: SearchAgain) -> Reply:
    """With the profile there is; without one, the form."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call, lock=True)
            if (first := welcome(call, own, "seeker")) is not None:
                return first
            if own.seeker is None:
                return seeker_form(call, own.seeker, own.host)
            saved = await tx.seekers.save(_begun(call, own, own.seeker), call.now)
            return Edit(_kept(call, own, saved))


@answers(SeekerGiven)
async def given(call: Call, sent: SeekerGiven, answers: Answers) -> Reply:
    """Keeps the profile and begins a search, where none is under way and the month has one left."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call, lock=True)
            if (first := welcome(call, own, "seeker")) is not None:
                await tx.drafts.keep(call.person, WAITING, answers.values, call.now)
                return first
            was = own.seeker or _new(call.person)
            saved = await tx.seekers.save(_begun(call, own, read_seeker(call, answers, was)), call.now)
            await tx.drafts.drop(call.person, SeekerGiven.wire_name)
            await tx.drafts.drop(call.person, WAITING)
            return _kept(call, own, saved)


async def again(tx: Tx, call: Call, seeker: Seeker) -> Seeker:
    """The same request goes on: a talk that did not come about counts as none."""
    return await tx.seekers.save(replace(seeker, state="open", since=call.now, paused_until=None), call.now)


def _new(person: Person) -> Seeker:
    return Seeker(person=person, call_me="", languages=frozenset())


def _begun(call: Call, own: Mine, seeker: Seeker) -> Seeker:
    """Open from now on, unless it is so already, a talk is under way, or the month is full."""
    day, busy = own_day(call), own.seeking(call.person) is not None
    rules_at = seeker.rules_at or call.now
    if busy or seeker.state in {"open", "matched", "paused"}:
        return replace(seeker, rules_at=rules_at)
    if requests_left(seeker, day) < 1:
        return replace(seeker, rules_at=rules_at)
    recent = tuple(on for on in seeker.asked if (day - on).days < 100)
    return replace(
        seeker, state="open", since=call.now, waited=0, asked=(*recent, day), paused_until=None, rules_at=rules_at
    )


def _kept(call: Call, own: Mine, saved: Seeker) -> Message:
    say, role = call.say, role_name(call, saved.role)
    if saved.state == "off":
        again_on = say.date(next_month(own_day(call)))
        return cards.search_rests_card(say, role, again_on)
    lines = [say("I look now, and then every day; the next time on {day}.", day=tomorrow(call))]
    if own.seeking(call.person) is not None:
        lines = [say("The talk you are in the middle of stays as it is.")]
    elif saved.state == "paused":
        lines = [say("It is paused; “I am back” in /interview-match status ends that.")]
    return cards.search_kept_card(say, role, lines, zones(call))
