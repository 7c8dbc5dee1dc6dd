"""From claimed rows to the messages they stand for: read fresh at the moment of sending, many with one look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chat.message import Message, Note
from chat.moment import Occurrence
from chat.people import Person
from content.library import Library
from content.nudge_card import Recipe, step_card, welcome_card
from content.say import Say, pick_language, speaker
from scheduler.when import decide
from store import Store, Tx
from store.deliveries import Delivery, with_choice
from store.members import Member
from store.next_prompt import Wanted, next_prompts
from store.nudges import Nudge


@dataclass(frozen=True, slots=True)
class Composed:
    """A row with its message, or with the reason why there is none. `place`: our conversation, where it is known."""

    delivery: Delivery
    message: Message | None
    place: str | None = None
    nothing: str = ""


async def compose(store: Store, library: Library, claimed: Sequence[Delivery], now: datetime) -> list[Composed]:
    """Chooses what is not chosen yet and keeps the choice, in one transaction, before anything is sent."""
    persons = list(dict.fromkeys(delivery.person for delivery in claimed))
    async with store.begin() as tx:
        members, nudges = await tx.members.of(persons), await tx.nudges.of(persons)
        fit, gone = _sort(claimed, members, nudges, now)
        chosen = await _choose(tx, library, fit, members)
    return gone + [_made(library, delivery, members[delivery.person], nudges[delivery.person]) for delivery in chosen]


def _sort(
    claimed: Sequence[Delivery], members: dict[Person, Member], nudges: dict[Person, Nudge], now: datetime
) -> tuple[list[Delivery], list[Composed]]:
    fit: list[Delivery] = []
    gone: list[Composed] = []
    for delivery in claimed:
        nudge = nudges.get(delivery.person)
        if nudge is None or delivery.person not in members or nudge.state in {"off", "graduated"}:
            gone.append(Composed(delivery, None, nothing="opted_out"))
        elif delivery.kind != "welcome" and nudge.paused_until is not None:
            gone.append(Composed(delivery, None, nothing="paused"))
        elif delivery.kind != "welcome" and _late(nudge, delivery, now):
            gone.append(Composed(delivery, None, nothing="late"))
        else:
            fit.append(delivery)
    return fit, gone


def _late(nudge: Nudge, delivery: Delivery, now: datetime) -> bool:
    return decide(nudge.schedule, Occurrence(delivery.day, delivery.planned_at), now) != "send"


async def _choose(tx: Tx, library: Library, fit: Sequence[Delivery], members: dict[Person, Member]) -> list[Delivery]:
    """Steps without a subject get one; a recall question may come in a step's place unless it is the smallest size."""
    open_ = [delivery for delivery in fit if delivery.kind == "prompt" and not delivery.subject]
    wanted = [Wanted(members[d.person], d.day, d.ordinal, recall=not d.extra) for d in open_]
    choices = await next_prompts(tx, library, wanted)
    chosen: dict[str, Delivery] = {}
    for delivery, choice in zip(open_, choices, strict=True):
        extra = "recall" if choice.recall else delivery.extra
        why = ",".join(("recall",) if choice.recall else choice.gave_way)
        chosen[delivery.id] = with_choice(delivery, choice.prompt.id, choice.prompt.rev, extra, why)
    await tx.deliveries.chosen(list(chosen.values()))
    return [chosen.get(delivery.id, delivery) for delivery in fit]


def _made(library: Library, delivery: Delivery, member: Member, nudge: Nudge) -> Composed:
    say = speaker(pick_language(member.language, member.locale))
    message = _message(say, library, delivery, nudge, member)
    if message is None:
        return Composed(delivery, None, nothing="prompt_gone")
    if delivery.repeats:
        message = Message(message.title, (Note(say("This may be a repeat.")), *message.parts))
    return Composed(delivery, message, member.direct)


def _message(say: Say, library: Library, delivery: Delivery, nudge: Nudge, member: Member) -> Message | None:
    recipe = Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)
    if delivery.kind == "welcome":
        return welcome_card(say, recipe, nudge.schedule.zone)
    prompt = library.prompts.get(delivery.subject)
    return None if prompt is None else step_card(say, prompt, delivery.id, recipe)
