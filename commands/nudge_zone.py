"""Which clock is a member's: asked where the platform does not say, changed by /nudge zone, followed on a journey."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Annotated

from chat.action import Action
from chat.errors import Mistakes, Tellable
from chat.form import Answers, Ask, Form
from chat.markup import clean, escape
from chat.message import LABEL, PICKER_OPTIONS, Button, Choice, Message, Note, Part, Picker, Row, Text
from chat.moment import zones
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import change_week, clock, mine
from commands._registry import Option, _, answers, command
from commands.nudge import GoOn, WelcomeStep, ZoneAsked
from commands.nudge_moved import moved_card
from content.cities import Place, cities, full_name
from content.city_search import find_cities, meant_exactly
from content.say import Say
from content.ways import ZoneFollow, ZoneKeep

USUAL_ZONES = (
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo",
    "Europe/London", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Athens", "Europe/Istanbul",
    "Africa/Lagos", "Africa/Accra", "Africa/Nairobi", "Africa/Johannesburg", "Asia/Dubai", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Dhaka", "Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo",
    "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip  # one for each place such communities gather; any other city can be typed


_GO_ON = GoOn()


@dataclass(frozen=True)
class ZoneChosen(Action, name="zone-chosen"):
    """This is my time zone. `line`: which line of a list it was, for cities of one zone."""

    zone: str
    line: int = 0


@dataclass(frozen=True)
class ZoneTyped(Action, name="zone-typed"):
    """Without answers: let me type my city. With answers: this is my city."""


async def near(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Cities near what is typed, each with what its clock shows. What is chosen comes back by its full name, since
    several cities may share a zone."""
    found = await asyncio.to_thread(find_cities, partial) if partial.strip() else usual()
    labels = dict.fromkeys((full_name(place, call.say.lang), place.zone) for place in found)
    lines = ((label, zone, clock(call, zone)) for label, zone in labels)
    return [(zone if "(" in label else label, _with_time(call.say, label, local)[:100]) for label, zone, local in lines]


@command("nudge zone", _("Your time zone, by a city near you"), also=("timezone", "tz", "时区"))
async def zone_command(
    call: Call, city: Annotated[str, Option(_("a city near you, such as Lagos"), complete=near)] = ""
) -> Reply:
    """Without a city, asks for one."""
    words = clean(city).strip()
    if not words:
        return zone_card(call.say)
    found, sure = await _find(words)
    if not found:
        raise Tellable(call.say("I found no time zone for this. A larger city nearby, perhaps?"))
    return await _set(call, found[0].zone) if sure else zones_found(call.say, _timed(call, found))


@answers(ZoneAsked)
async def ask_zone(call: Call, pressed: ZoneAsked) -> Reply:
    """Back to the question."""
    return Edit(zone_card(call.say, _skip(call)))


@answers(ZoneChosen)
async def zone_chosen(call: Call, chosen: ZoneChosen) -> Reply:
    """Keeps the zone and shows its local time as the proof."""
    if chosen.zone not in zones():
        raise Tellable(call.say("I do not know this time zone. Please choose another one."))
    return Edit(await _set(call, chosen.zone))


@answers(ZoneTyped)
async def zone_typed(call: Call, typed: ZoneTyped, given: Answers) -> Reply:
    """A city in the member's own words; several near ones are offered to choose from."""
    if "city" not in given.values:  # the button, not the form
        return city_form(call.say)
    words = clean(given.text("city")).strip()
    found, _sure = await _find(words)
    if not found:
        text = call.say("I found no time zone for this. A larger city nearby, perhaps?")
        raise Mistakes({"city": text}, city_form(call.say, words))
    return zones_found(call.say, _timed(call, found), _skip(call))


@answers(ZoneKeep)
async def keep(call: Call, pressed: ZoneKeep) -> Reply:
    """The platform's clock moved, the step stays. A new message: the step the question came with stays as well."""
    async with call.store.begin() as tx:
        await tx.members.keep_zone(call.person)
    return await _moved(call, call.member.zone or "UTC")


@answers(ZoneFollow)
async def follow(call: Call, pressed: ZoneFollow) -> Reply:
    """The step comes along."""
    zone = call.member.zone_seen or call.member.zone or "UTC"
    async with call.store.begin() as tx:
        await tx.members.set_zone(call.person, zone, "profile")
    return await _moved(call, zone)


async def _moved(call: Call, zone: str) -> Message:
    nudge = await mine(call)
    if nudge is None:
        return zone_proof(call.say, zone, clock(call, zone))
    moved = await change_week(call, nudge, schedule=replace(nudge.schedule, zone=zone))
    return moved_card(call.say, moved, clock(call, zone))


async def _set(call: Call, zone: str) -> Message:
    async with call.store.begin() as tx:
        await tx.members.set_zone(call.person, zone, "member")
    return await _moved(call, zone)


async def _find(words: str) -> tuple[tuple[Place, ...], bool]:
    """Cities for these words, and whether there is nothing to choose: all that are called so share one clock. In a
    thread, for the table is read when somebody first asks."""
    exact = await asyncio.to_thread(meant_exactly, words)
    found = exact or await asyncio.to_thread(find_cities, words)
    return found[:PICKER_OPTIONS], len({place.zone for place in found}) == 1


def _timed(call: Call, found: Sequence[Place]) -> list[tuple[Place, time]]:
    return [(place, clock(call, place.zone)) for place in found]


def _skip(call: Call) -> Action | None:
    """While the first setting up stands at the zone, it can be skipped."""
    return WelcomeStep("zone") if call.member.onboarded in {"welcome", "language"} else None


def _choose(say: Say, places: Sequence[tuple[str, str]], skip: Action | None) -> tuple[Part, ...]:
    """`places`: label and zone."""
    choices = tuple(Choice(label[:LABEL], ZoneChosen(zone, line)) for line, (label, zone) in enumerate(places))
    other = Button(say("Another city"), ZoneTyped())
    return Picker(say("Choose a city"), choices), Row((other, Button(say("Skip"), skip)) if skip else (other,))


def _with_time(say: Say, label: str, local: time) -> str:
    return say("{place} — {time} now", place=label, time=say.time(local))


def usual() -> tuple[Place, ...]:
    """Cities to choose from before anything is typed."""
    return tuple(cities().of(zone) for zone in USUAL_ZONES)


def zone_card(say: Say, skip: Action | None = None) -> Message:
    """Where the platform does not say it, the zone is asked once. The question may stand for days: no times in it."""
    text = Text(say("So that your step comes at your own moment, I need your time zone. A city near you will do."))
    places = [(full_name(place, say.lang), place.zone) for place in usual()]
    return Message(say("Which clock is yours?"), (text, *_choose(say, places, skip)))


def zones_found(say: Say, found: Sequence[tuple[Place, time]], skip: Action | None = None) -> Message:
    """Near cities to choose from, with what their clocks show."""
    labels = {(full_name(place, say.lang), place.zone): local for place, local in found}
    places = [(_with_time(say, label, local), zone) for (label, zone), local in labels.items()]
    return Message("", (Text(say("Which of these shares your clock?")), *_choose(say, places, skip)))


def zone_proof(say: Say, zone: str, local: time, go_on: Action = _GO_ON, skip: Action | None = None) -> Message:
    """The local time as proof, then on to what comes next."""
    row = [Button(say("Yes, go on"), go_on, "primary"), Button(say("Another city"), ZoneAsked())]
    if skip:
        row.append(Button(say("Skip"), skip))
    text = Text(say("It is **{time}** for you now, right?", time=escape(say.time(local))))
    return Message("", (text, Note(zone), Row(tuple(row))))


def city_form(say: Say, typed: str = "") -> Form:
    """One question: the city."""
    ask = Ask("city", say("A city near you"), hint=say("for example Lagos, Pune, Chengdu"), value=typed[:60], most=60)
    return Form(say("Your time zone"), (ask,), ZoneTyped(), say("Find"))
