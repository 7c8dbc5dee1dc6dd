"""/coffee join: one form, filled with what is known; who comes late is introduced within the day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chat.errors import Mistakes
from chat.form import Answers
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._coffee import Mine, barred, chosen, gently, next_text, standing
from commands._matching import CONDUCT, zones
from commands._notes import line
from commands._profile import CONTACT, no_contacts, read_availability
from commands._registry import _, answers, command
from commands.coffee import come_back
from content import coffee_cards as cards
from content import coffee_forms as forms
from content import coffee_words as words
from content.coffee_ways import CoffeeAdult, CoffeeAgreed, CoffeeGiven, CoffeeJoin
from content.interview_cards import adult_card, conduct_card
from content.interview_forms import NAME, ROOM, SHORT
from content.interview_words import LANGUAGES, hours_text
from store import Tx
from store.adults import of_age
from store.conducts import ADULT
from store.participants import Participant

WAITING = "coffee-waiting"
"""The draft of a form that waits for the rules to be agreed to."""


@command("coffee join", _("Meet somebody from this channel now and then"), also=("加入", "参加"))
async def join(call: Call) -> Reply:
    """The rules, or the form, which also changes what was said before."""
    return await _open(call, "")


@answers(CoffeeJoin)
async def ask_join(call: Call, pressed: CoffeeJoin) -> Reply:
    """From a card, or the invitation everybody reads."""
    return await _open(call, pressed.channel)


@answers(CoffeeAgreed)
async def agree(call: Call, agreed: CoffeeAgreed) -> Reply:
    """On to the form."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, CONDUCT, call.now)
    return await _open(call, agreed.channel)


@answers(CoffeeAdult)
async def of_full_age(call: Call, said: CoffeeAdult) -> Reply:
    """Said once; on to the form, or to how it stands."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, ADULT, call.now)
        if not said.joins:
            own = await chosen(tx, call, said.channel)
            return own if isinstance(own, Message) else Edit(await standing(tx, call, own))
    return await _open(call, said.channel)


@answers(CoffeeGiven)
async def given(call: Call, sent: CoffeeGiven, typed: Answers) -> Reply:
    """Keeps what was said; a pause that stands goes on."""
    profile = _read(call, sent.channel, typed)
    with gently(call.say):
        async with call.store.begin() as tx:
            own = await chosen(tx, call, sent.channel)
            if isinstance(own, Message):
                return own
            barred(call, own)
            if (first := await _first(tx, call, own.channel)) is not None:
                await tx.drafts.keep(call.person, WAITING, typed.values, call.now)
                return first
            return await _kept(tx, call, own, profile)


async def _first(tx: Tx, call: Call, channel: str) -> Message | None:
    """The rules where they are not agreed to yet, then whether somebody is of age where an owner asks it."""
    if await tx.conducts.accepted(call.person, CONDUCT) is None:
        return conduct_card(call.say, then=CoffeeAgreed(channel))
    return None if await of_age(tx, call.person) else adult_card(call.say, CoffeeAdult(channel, joins=True))


async def _kept(tx: Tx, call: Call, own: Mine, profile: dict[str, Any]) -> Message:
    part = own.part or Participant(person=call.person, programme=own.programme.name, since=call.now)
    returns = part.state == "out"
    await tx.participants.save(
        replace(
            part, profile={**await _ground(tx, call), **part.profile, **profile}, external=call.profile.external,
            state="in" if returns else part.state, since=call.now if returns else part.since,
        ),
        call.now,
    )  # fmt: skip
    for draft in (WAITING, CoffeeGiven.wire_name):
        await tx.drafts.drop(call.person, draft)
    late = own.takes_late(call.now)
    if returns or own.part is None:
        await _into_round(tx, call, own)
    reminds = own.programme.notice_hours > 0 and not own.under_way
    return cards.kept_card(
        call.say, own.channel, next_text(call, own), by=own.programme.approve, reminds=reminds, late=late,
        zones=zones(call),
    )  # fmt: skip


async def _into_round(tx: Tx, call: Call, own: Mine) -> None:
    """Into the one under way, where it takes anybody still. Who waited before has not waited in vain."""
    waited = own.part.waited if own.part is not None else 0
    if own.round is None:
        return
    if own.present is not None:
        await come_back(tx, call, own)
    elif own.round.state in {"planned", "opened"}:
        await tx.rounds.join(own.round, {call.person: waited})
    elif own.takes_late(call.now):
        await tx.rounds.join(own.round, {call.person: waited}, "late")
        if own.round.state == "introduced":  # before that it is looked at anyway
            await tx.rounds.look_again(own.round, call.now)


async def _ground(tx: Tx, call: Call) -> dict[str, str]:
    """What they said for talks and nobody asks again here."""
    known = await tx.seekers.get(call.person) or await tx.hosts.get(call.person)
    return {"native": known.native} if known is not None and known.native else {}


async def _open(call: Call, channel: str) -> Reply:
    async with call.store.begin() as tx:
        own = await chosen(tx, call, channel)
        if isinstance(own, Message):
            return own
        barred(call, own)
        if (first := await _first(tx, call, own.channel)) is not None:
            return first
        draft = await tx.drafts.get(call.person, CoffeeGiven.wire_name) or await tx.drafts.get(call.person, WAITING)
        filled = _typed(Answers(draft)) if draft is not None else await _known(tx, call, own)
    return forms.coffee_form(call.say, own.channel, filled)


async def _known(tx: Tx, call: Call, own: Mine) -> forms.Person:
    """What somebody said before, here or elsewhere, so that nobody types a thing twice."""
    parts = sorted(await tx.participants.of(call.person), key=lambda part: part.programme != own.programme.name)
    seeker, host = await tx.seekers.get(call.person), await tx.hosts.get(call.person)
    language = call.say.lang.partition("-")[0]
    made = forms.Person(languages={language, "en"})
    if (known := seeker or host) is not None:
        hours = {"any": call.say("any"), "waking": ""}.get(known.availability, hours_text(call.say, known.hours))
        made = replace(
            made, call_me=known.call_me, languages=known.languages, hours=hours, team=known.team or ""
        )  # fmt: skip
    if parts:
        said = parts[0].profile
        spans = tuple(tuple(part) for part in said.get("hours", ()))
        hours = {"any": call.say("any"), "waking": ""}.get(
            str(said.get("availability", "waking")), hours_text(call.say, spans)
        )
        made = replace(
            made, call_me=str(said.get("call_me", made.call_me)), languages=said.get("languages", made.languages),
            hours=hours, stage=str(said.get("stage", "")), team=str(said.get("team") or made.team),
        )  # fmt: skip
    return made


def _typed(answers: Answers) -> forms.Person:
    return forms.Person(
        call_me=line(answers, "call_me", SHORT), languages=answers.chosen("languages"),
        hours=line(answers, "hours", ROOM), stage=answers.text("stage"), team=line(answers, "team", SHORT),
    )  # fmt: skip


def _read(call: Call, channel: str, answers: Answers) -> dict[str, Any]:
    """The form as a participant's profile. Raises Mistakes with what was typed still in the form."""
    say, typed, wrong = call.say, _typed(answers), dict[str, str]()
    availability, hours = read_availability(typed.hours)
    if availability is None:
        wrong["hours"] = say("I read times such as: weekdays 18:00-20:00, Sat 10-12.")
    if not 1 <= len(typed.call_me) <= NAME:
        wrong["call_me"] = say("Between 1 and {most} characters, please.", most=NAME)
    for key, text in (("call_me", typed.call_me), ("team", typed.team)):
        if CONTACT.search(text):
            wrong[key] = no_contacts(say)
    if not typed.languages or not set(typed.languages) <= set(LANGUAGES):
        wrong["languages"] = say("At least one language, please.")
    stage = typed.stage if typed.stage in dict(words.stages(say)) else ""
    if wrong:
        raise Mistakes(wrong, forms.coffee_form(say, channel, typed))
    return {
        "call_me": typed.call_me, "languages": sorted(typed.languages), "availability": availability,
        "hours": [list(part) for part in hours], "stage": int(stage) if stage else None, "team": typed.team,
    }  # fmt: skip
