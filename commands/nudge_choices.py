"""The choices of the first setting up, changed later from one's own page: track, sensitive families, language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chat.action import Action
from chat.errors import Tellable
from chat.message import Button, Message, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._names import FAMILIES, TRACKS, families, family_name, track_name
from commands._registry import answers
from commands.language import language_card
from commands.nudge import HomeShown
from commands.nudge_welcome import families_text
from content.say import Say


@dataclass(frozen=True)
class TrackAsked(Action, name="track-asked"):
    """Show me the tracks."""


@dataclass(frozen=True)
class TrackChosen(Action, name="track-chosen"):
    """This is what I am here for."""

    track: str


@dataclass(frozen=True)
class FamiliesAsked(Action, name="families-asked"):
    """Show me the sensitive families."""


@dataclass(frozen=True)
class FamilySet(Action, name="family-set"):
    """This family, yes or no."""

    family: str
    wanted: bool


@dataclass(frozen=True)
class LanguageAsked(Action, name="language-asked"):
    """Show me the languages."""


@answers(TrackAsked)
async def ask_track(call: Call, pressed: TrackAsked) -> Reply:
    """The four tracks."""
    return Edit(track_card(call.say, call.member.track))


@answers(TrackChosen)
async def choose_track(call: Call, chosen: TrackChosen) -> Reply:
    """Steps come from it from now on."""
    for track in TRACKS:
        if track == chosen.track:
            async with call.store.begin() as tx:
                await tx.members.set_track(call.person, track)
            return Edit(track_card(call.say, track))
    raise Tellable(call.say("This button comes from another version of me. `/help` shows what works today."))


@answers(FamiliesAsked)
async def ask_families(call: Call, pressed: FamiliesAsked) -> Reply:
    """What is on and off."""
    return Edit(families_card(call.say, call.member.optins))


@answers(FamilySet)
async def set_family(call: Call, chosen: FamilySet) -> Reply:
    """On, or off again, at once."""
    one = {chosen.family} & set(FAMILIES)
    optins = call.member.optins | one if chosen.wanted else call.member.optins - one
    async with call.store.begin() as tx:
        await tx.members.set_optins(call.person, optins)
    return Edit(families_card(call.say, optins))


@answers(LanguageAsked)
async def ask_language(call: Call, pressed: LanguageAsked) -> Reply:
    """As /language."""
    return Edit(language_card(call.say, call.member.language))


def track_card(say: Say, track: str) -> Message:
    """What somebody is here for, and the other tracks."""
    others = tuple(Button(track_name(say, one), TrackChosen(one)) for one in TRACKS if one != track)
    text = Text(say("You are here for: **{track}**. Your steps come from there.", track=track_name(say, track)))
    return Message("", (text, Row((*others, Button(say("My page"), HomeShown())))))


def families_card(say: Say, optins: Collection[str]) -> Message:
    """Both families with a switch each."""
    on = Text(say("On now: {families}.", families=families(say, optins)))
    switches = tuple(
        Button(say("Without: {name}", name=family_name(say, one)), FamilySet(one, wanted=False))
        if one in optins
        else Button(say("With: {name}", name=family_name(say, one)), FamilySet(one, wanted=True))
        for one in FAMILIES
    )
    return Message("", (*families_text(say), on, Row((*switches, Button(say("My page"), HomeShown())))))
