"""Which clock is a member's: asked once where the platform does not know it, with the local time as the proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from chat.action import Action
from chat.errors import Mistakes, Tellable
from chat.form import Answers, Ask, Form
from chat.markup import clean, escape
from chat.message import Button, Choice, Message, Note, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._read import find_zones
from commands._registry import answers
from commands.nudge import NudgeSetUp, ZoneAsked
from content.say import Say

USUAL_ZONES = (
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo",
    "Europe/London", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Athens", "Europe/Istanbul",
    "Africa/Lagos", "Africa/Accra", "Africa/Nairobi", "Africa/Johannesburg", "Asia/Dubai", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Dhaka", "Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo",
    "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip  # one for each place such communities gather; any other city can be typed


@dataclass(frozen=True)
class ZoneChosen(Action, name="zone-chosen"):
    """This is my time zone."""

    zone: str


@dataclass(frozen=True)
class ZoneTyped(Action, name="zone-typed"):
    """Without answers: let me type my city. With answers: this is my city."""


@answers(ZoneAsked)
async def ask_zone(call: Call, pressed: ZoneAsked) -> Reply:
    """Back to the question."""
    return Edit(zone_card(call.say))


@answers(ZoneChosen)
async def zone_chosen(call: Call, chosen: ZoneChosen) -> Reply:
    """Keeps the zone and shows its local time as the proof."""
    names = find_zones(chosen.zone)
    if chosen.zone not in names:
        raise Tellable(call.say("I do not know this time zone. Please choose another one."))
    async with call.store.begin() as tx:
        await tx.members.set_zone(call.person, chosen.zone, "member")
    local = call.now.astimezone(ZoneInfo(chosen.zone)).time().replace(second=0, microsecond=0)
    return Edit(zone_proof(call.say, chosen.zone, local))


@answers(ZoneTyped)
async def zone_typed(call: Call, typed: ZoneTyped, given: Answers) -> Reply:
    """A city in the member's own words; several near ones are offered to choose from."""
    if "city" not in given.values:  # the button, not the form
        return city_form(call.say)
    words = clean(given.text("city")).strip()
    found = find_zones(words)
    if not found:
        text = call.say("I found no time zone for this. A larger city nearby, perhaps?")
        raise Mistakes({"city": text}, city_form(call.say, words))
    return zones_found(call.say, found)


def zone_card(say: Say) -> Message:
    """Where the platform does not say it, the zone is asked once."""
    zones = tuple(
        Choice(f"{zone.rpartition('/')[2].replace('_', ' ')} ({zone})", ZoneChosen(zone)) for zone in USUAL_ZONES
    )
    return Message(
        say("Which clock is yours?"),
        (
            Text(say("Your step should come at your own moment, so I need your time zone. A city near you will do.")),
            Picker(say("Choose a city"), zones),
            Row((Button(say("Another city"), ZoneTyped()),)),
        ),
    )


def zones_found(say: Say, zones: tuple[str, ...]) -> Message:
    """Near cities to choose from."""
    choices = tuple(Choice(f"{zone.rpartition('/')[2].replace('_', ' ')} ({zone})", ZoneChosen(zone)) for zone in zones)
    text = Text(say("Which of these shares your clock?"))
    return Message("", (text, Picker(say("Choose a city"), choices), Row((Button(say("Another city"), ZoneTyped()),))))


def zone_proof(say: Say, zone: str, local: time) -> Message:
    """The local time as proof, then on to the recipe."""
    return Message(
        "",
        (
            Text(say("It is **{time}** for you now, right?", time=escape(say.time(local)))),
            Note(zone),
            Row((Button(say("Yes, go on"), NudgeSetUp(), "primary"), Button(say("Another city"), ZoneAsked()))),
        ),
    )


def city_form(say: Say, typed: str = "") -> Form:
    """One question: the city."""
    ask = Ask("city", say("A city near you"), hint=say("for example Lagos, Pune, Chengdu"), value=typed[:60], most=60)
    return Form(say("Your time zone"), (ask,), ZoneTyped(), say("Find"))
