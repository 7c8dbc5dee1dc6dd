"""The first setting up, under a minute and by consent: six small questions, each with a way past it, none asked twice.

How far somebody came stands in `members.onboarded`, so it goes on where it was, also after a restart.
"""

from __future__ import annotations

from dataclasses import replace

from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._names import FAMILIES, TRACKS, family_name, track_name
from commands._nudges import clock, mine
from commands._registry import answers
from commands.nudge import Agreed, StepNow, WelcomeStep, standing_card
from commands.nudge_recipe import recipe_offer
from commands.nudge_zone import zone_card, zone_proof
from content.say import Say, pick_language, speaker
from store import Tx
from store.members import Member

STEPS = ("welcome", "language", "zone", "track", "families", "recipe")
THROUGH = STEPS[-1]
CONSENT = 2
"""The version of `kept_text`. Whenever that says something else is kept, raise it: whoever agreed to an earlier one is
asked again at their next `/nudge on`, never before."""


@answers(WelcomeStep)
async def answered(call: Call, pressed: WelcomeStep) -> Reply:
    """Keeps the answer, if there is one, and shows what comes next."""
    if pressed.step not in STEPS:
        raise Tellable(call.say("This button comes from another version of me. `/help` shows what works today."))
    if pressed == WelcomeStep("welcome"):  # not now: nothing is kept, and the next time begins here again
        return Edit(all_set_card(call.say))
    async with call.store.begin() as tx:
        await _keep(tx, call, pressed)
        if STEPS.index(pressed.step) > _position(call.member):
            await tx.members.set_onboarded(call.person, pressed.step)
        member = await tx.members.get(call.person) or call.member
    speak = speaker(pick_language(member.language, call.locale))
    return Edit(await welcome(replace(call, member=member, say=speak)))


async def _keep(tx: Tx, call: Call, pressed: WelcomeStep) -> None:
    """Choices of another version are let pass."""
    choice, person = pressed.choice, call.person
    match pressed.step:
        case "welcome" if choice:
            await tx.members.consented(person, CONSENT, call.now)
        case "language" if choice in ("en", "zh-CN", "auto"):
            await tx.members.set_language(person, choice)
        case "track":
            for track in TRACKS:
                if track == choice:
                    await tx.members.set_track(person, track)
        case "families" if choice:
            await tx.members.set_optins(person, set(choice.split(",")) & set(FAMILIES))
        case _:
            pass


async def welcome(call: Call) -> Message:
    """The next question of the first setting up, or that there is none left; an old card of it, pressed by somebody
    whose step is set up, leads to that step."""
    if await mine(call) is not None:
        return await standing_card(call)
    position = _position(call.member)
    cards = (_card(call, step) for step in STEPS[position + 1 :])
    return next((card for card in cards if card is not None), all_set_card(call.say))


def _position(member: Member) -> int:
    return STEPS.index(member.onboarded) if member.onboarded in STEPS else -1


def _card(call: Call, step: str) -> Message | None:
    """None: nothing to ask."""
    say, member = call.say, call.member
    match step:
        case "welcome":
            return start_card(say)
        case "language":
            clear = member.language != "auto" or (call.locale or "").casefold().startswith(("en", "zh"))
            return None if clear else language_question(say)
        case "zone":
            skip = WelcomeStep("zone")
            if member.zone is None:
                return zone_card(say, skip)
            if member.zone_source == "member":
                return None
            return zone_proof(say, member.zone, clock(call, member.zone), WelcomeStep("zone", "yes"), skip)
        case "track":
            return track_question(say)
        case "families":
            return families_question(say)
        case _:
            return recipe_offer(say, call.library)


def start_card(say: Say) -> Message:
    """Two sentences, what is stored, and nothing before Start."""
    return Message(
        say("One tiny step a day"),
        (
            Text(
                say(
                    "Once a day, at a moment you choose, I send you one small step, ten seconds by default. You can "
                    "make it smaller, pause it or stop it at any time, and nobody else sees any of it."
                )
            ),
            Note(kept_text(say)),
            Row(
                (
                    Button(say("Start"), WelcomeStep("welcome", "start"), "primary"),
                    Button(say("Not now"), WelcomeStep("welcome")),
                )
            ),
        ),
    )


def kept_text(say: Say) -> str:
    """What somebody agrees to; see CONSENT."""
    return say(
        "If you start, I keep your language, time zone and choices, your recipe, what you write to me, which steps I "
        "sent and how you answered. /mydata shows all of it, and deletes it whenever you like."
    )


def consent_again(say: Say) -> Message:
    """Asked at `/nudge on` of somebody who agreed to an earlier text; until they answer, nothing changes."""
    later = say("Until you say yes, everything stays as it is. /mydata shows what I have, and /nudge off stops me.")
    return Message(
        say("What I keep, in new words"),
        (
            Text(escape(kept_text(say))),
            Note(later),
            Row((Button(say("Fine, go on"), Agreed(), "primary"),)),
        ),
    )


def language_question(say: Say) -> Message:
    """Asked only where the platform's language is neither."""
    return Message(
        "",
        (
            Text(say("Which language shall I speak?")),
            Row(
                (
                    Button("English", WelcomeStep("language", "en")),
                    Button("中文", WelcomeStep("language", "zh-CN")),
                    Button(say("Automatic"), WelcomeStep("language", "auto")),
                    Button(say("Skip"), WelcomeStep("language")),
                )
            ),
        ),
    )


def track_question(say: Say) -> Message:
    """Three ways to be here, and not to know yet."""
    tracks = tuple(Button(track_name(say, track), WelcomeStep("track", track)) for track in TRACKS)
    return Message("", (Text(say("What are you here for?")), Row((*tracks, Button(say("Skip"), WelcomeStep("track"))))))


def families_question(say: Say) -> Message:
    """Sensitive steps come only to those who ask for them."""
    row = (
        *(Button(family_name(say, one), WelcomeStep("families", one)) for one in FAMILIES),
        Button(say("Both"), WelcomeStep("families", ",".join(FAMILIES))),
        Button(say("Skip"), WelcomeStep("families")),
    )
    off = Note(say("Both are off unless you switch them on."))
    return Message("", (*families_text(say), off, Row(row)))


def families_text(say: Say) -> tuple[Text, ...]:
    """What the two families are, in plain words."""
    return (
        Text(say("Some steps touch on tender things. They come only if you ask for them.")),
        Text(
            "\n".join(
                (
                    say("**Making days count**: how many days there are, and what is worth them."),
                    say("**Doubt and setbacks**: feeling like an impostor, waiting, hard news."),
                )
            )
        ),
    )


def all_set_card(say: Say) -> Message:
    """After skipping: everything else works all the same."""
    return Message(
        "",
        (
            Text(say("Fine as it is. Nothing comes by itself; `/nudge on` whenever you like, `/help` shows the rest.")),
            Row((Button(say("A step now"), StepNow()),)),
        ),
    )
