"""/circle join and host: one form, filled with what is known, and honest words about how long it may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chat.errors import Mistakes
from chat.form import Answers
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._circles import CONDUCT, barred, gently, into_round, programme, waiting
from commands._matching import own_day, zones
from commands._notes import line
from commands._profile import CONTACT, no_contacts, read_availability
from commands._registry import _, answers, command
from commands.circle import guide
from content import circle_cards as cards
from content import circle_forms as forms
from content import circle_words as words
from content.circle_forms import Seated
from content.circle_ways import CircleAdult, CircleAgreed, CircleGiven, CircleJoinAsked
from content.interview_cards import adult_card
from content.interview_words import LANGUAGES, hours_text
from store import Tx
from store.adults import of_age
from store.circling import CIRCLE, PAIR
from store.conducts import ADULT
from store.participants import Participant
from store.round_pool import CIRCLES

WAITING = "circle-waiting"
"""The draft of a form that waits for the rules to be agreed to."""


@command("circle join", _("Look for a small circle, or one partner, for six weeks"), also=("加入",))
async def join(call: Call) -> Reply:
    """The rules, or the form, which also changes a wish that is there."""
    return await _open(call, hosts=False)


@command("circle host", _("Look after a circle: say hello first"), also=("带领", "主持"))
async def host(call: Call) -> Reply:
    """As `join`; at most one host sits in a circle."""
    return await _open(call, hosts=True)


@answers(CircleJoinAsked)
async def ask_join(call: Call, pressed: CircleJoinAsked) -> Reply:
    """From a card."""
    return await _open(call, hosts=pressed.hosts)


@answers(CircleAgreed)
async def agree(call: Call, agreed: CircleAgreed) -> Reply:
    """On to the form."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, CONDUCT, call.now)
    return await _open(call, hosts=agreed.hosts)


@answers(CircleAdult)
async def of_full_age(call: Call, said: CircleAdult) -> Reply:
    """Said once; on to the form, or to how it stands."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, ADULT, call.now)
    return await _open(call, hosts=said.hosts) if said.joins else Edit(await guide(call))


@answers(CircleGiven)
async def given(call: Call, sent: CircleGiven, typed: Answers) -> Reply:
    """Keeps the wish; who sits in a circle already waits for no other one."""
    profile = _read(call, typed, hosts=sent.hosts)
    with gently(call.say):
        async with call.store.begin() as tx:
            await barred(tx, call)
            if (first := await _first(tx, call, hosts=sent.hosts)) is not None:
                await tx.drafts.keep(call.person, WAITING, typed.values, call.now)
                return first
            await programme(tx, call)
            return await _kept(tx, call, profile)


async def _first(tx: Tx, call: Call, *, hosts: bool) -> Message | None:
    """The rules where they are not agreed to yet, then whether somebody is of age where an owner asks it."""
    if await tx.conducts.accepted(call.person, CONDUCT) is None:
        return cards.circle_conduct_card(call.say, hosts=hosts)
    return None if await of_age(tx, call.person) else adult_card(call.say, CircleAdult(joins=True, hosts=hosts))


async def _kept(tx: Tx, call: Call, profile: Mapping[str, Any]) -> Message:
    was = await tx.participants.get(call.person, CIRCLES)
    part = was or Participant(person=call.person, programme=CIRCLES, since=call.now)
    sits = bool(await tx.circles.of(call.person))
    again = part.state == "out"
    rests = part.state == "paused" and not (part.paused_until and part.paused_until <= own_day(call))
    state = "out" if sits else "paused" if rests else "in"
    kept = replace(
        part, profile={**part.profile, **await _ground(tx, call), **profile}, state=state,
        paused_until=part.paused_until if rests else None, external=call.profile.external,
        since=call.now if again else part.since,
    )  # fmt: skip
    saved = await tx.participants.save(kept, call.now)
    if state == "in":
        await into_round(tx, saved)
    for draft in (WAITING, CircleGiven.wire_name):
        await tx.drafts.drop(call.person, draft)
    found = await waiting(tx, call, saved)
    return (
        cards.circle_changed_card(call.say) if found is None else cards.circle_kept_card(call.say, found, zones(call))
    )


async def _ground(tx: Tx, call: Call) -> dict[str, str]:
    """What they said for talks and nobody asks again here: colleagues of a team are not put together."""
    known = await tx.seekers.get(call.person) or await tx.hosts.get(call.person)
    said = {"native": known.native, "team": known.team} if known else {}
    return {name: value for name, value in said.items() if value}


async def _open(call: Call, *, hosts: bool) -> Reply:
    async with call.store.begin() as tx:
        await barred(tx, call)
        if (first := await _first(tx, call, hosts=hosts)) is not None:
            return first
        draft = await tx.drafts.get(call.person, CircleGiven.wire_name) or await tx.drafts.get(call.person, WAITING)
        seated = _typed(Answers(draft)) if draft is not None else await _known(tx, call)
    return forms.circle_form(call.say, seated, hosts=hosts)


async def _known(tx: Tx, call: Call) -> Seated:
    """What somebody said before, here or for talks and coffee, so that nobody types a thing twice."""
    parts = sorted(await tx.participants.of(call.person), key=lambda part: part.programme != CIRCLES)
    seeker, host = await tx.seekers.get(call.person), await tx.hosts.get(call.person)
    own = call.say.lang.partition("-")[0]
    made = Seated(languages={own, "en"})
    if (profile := seeker or host) is not None:
        hours = {"any": call.say("any"), "waking": ""}.get(profile.availability, hours_text(call.say, profile.hours))
        made = replace(made, call_me=profile.call_me, languages=profile.languages, hours=hours)
    if parts:
        said = parts[0].profile
        hours = {"any": call.say("any"), "stated": hours_text(call.say, tuple(said.get("hours", ())))}
        made = replace(
            made, call_me=str(said.get("call_me", made.call_me)), languages=said.get("languages", made.languages),
            hours=hours.get(str(said.get("availability", "")), made.hours if "hours" not in said else ""),
            theme=str(said.get("theme", "")),
            way=words.way_of(str(said.get("wish", CIRCLE)), str(said.get("comfort", "text"))),
        )  # fmt: skip
    return made


def _typed(answers: Answers) -> Seated:
    return Seated(
        call_me=line(answers, "call_me", forms.SHORT), theme=answers.text("theme"),
        languages=answers.chosen("languages"), hours=line(answers, "hours", forms.ROOM), way=answers.text("way"),
    )  # fmt: skip


def _read(call: Call, answers: Answers, *, hosts: bool) -> dict[str, Any]:
    """The form as a participant's profile. Raises Mistakes with what was typed still in the form."""
    say, typed, wrong = call.say, _typed(answers), dict[str, str]()
    availability, hours = read_availability(typed.hours)
    if availability is None:
        wrong["hours"] = say("I read times such as: weekdays 18:00-20:00, Sat 10-12.")
    if not 1 <= len(typed.call_me) <= words.NAME:
        wrong["call_me"] = say("Between 1 and {most} characters, please.", most=words.NAME)
    if CONTACT.search(typed.call_me):
        wrong["call_me"] = no_contacts(say)
    if typed.theme not in dict(words.themes(say)):
        wrong["theme"] = say("One of these, please.")
    if typed.way not in dict(words.ways(say)):
        wrong["way"] = say("One of these, please.")
    if not typed.languages or not set(typed.languages) <= set(LANGUAGES):
        wrong["languages"] = say("At least one language, please.")
    if wrong:
        raise Mistakes(wrong, forms.circle_form(say, typed, hosts=hosts))
    wish, _dash, comfort = typed.way.partition("-")
    return {
        "call_me": typed.call_me, "languages": sorted(typed.languages), "availability": availability,
        "hours": [list(part) for part in hours], "theme": typed.theme, "wish": PAIR if wish == PAIR else CIRCLE,
        "comfort": comfort, "hosts": hosts and wish != PAIR,
    }  # fmt: skip
