"""From claimed rows to the messages they stand for: read fresh at the moment of sending, many with one look."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chat.message import Message, Note
from chat.moment import Occurrence
from chat.people import Person
from content.library import Library
from content.say import Say, pick_language, speaker
from habit.ladder import DOSES
from scheduler.letter_state import Letter
from scheduler.letters import compose_letter
from scheduler.message import WISH_LASTS, message_of, opens_week
from scheduler.when import decide
from store import Store, Tx
from store.deliveries import Delivery, with_choice
from store.members import Member
from store.next_prompt import Wanted, next_prompts
from store.nudges import Nudge

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Composed:
    """A row with its message, or with the reason why there is none, or until when it waits. `place`: the conversation
    it goes to, where it is known."""

    delivery: Delivery
    message: Message | None
    place: str | None = None
    nothing: str = ""
    until: datetime | None = None


async def compose_each(store: Store, library: Library, claimed: Sequence[Delivery], now: datetime) -> list[Composed]:
    """As `compose`; where that breaks, each row in a transaction of its own, so that one bad row is the only one."""
    try:
        return await compose(store, library, claimed, now)
    except Exception:
        if len(claimed) == 1:
            log.exception("a message could not be composed", extra={"delivery": claimed[0].id})
            return [Composed(claimed[0], None, nothing="broke")]
    log.warning("messages could not be composed together; each by itself", extra={"count": len(claimed)})
    return [made for delivery in claimed for made in await compose_each(store, library, [delivery], now)]


async def compose(store: Store, library: Library, claimed: Sequence[Delivery], now: datetime) -> list[Composed]:
    """Chooses what is not chosen yet and keeps the choice, in one transaction, before anything is sent."""
    persons = list(dict.fromkeys(delivery.person for delivery in claimed))
    async with store.begin() as tx:
        members, nudges = await tx.members.of(persons), await tx.nudges.of(persons)
        letters = [await compose_letter(tx, library, row, now) for row in claimed if row.kind == "letter"]
        fit, gone = _sort([row for row in claimed if row.kind != "letter"], members, nudges, now)
        chosen = await _choose(tx, library, fit, members)
        wishes = await _wishes(tx, chosen, nudges)
    made = [
        _made(library, delivery, members[delivery.person], nudges[delivery.person], wishes.get(delivery.person, ""))
        for delivery in chosen
    ]
    return [*gone, *made, *(_posted(letter, members.get(letter.delivery.person)) for letter in letters)]


def _sort(
    claimed: Sequence[Delivery], members: dict[Person, Member], nudges: dict[Person, Nudge], now: datetime
) -> tuple[list[Delivery], list[Composed]]:
    fit: list[Delivery] = []
    gone: list[Composed] = []
    for delivery in claimed:
        member, nudge = members.get(delivery.person), nudges.get(delivery.person)
        nothing = "opted_out" if member is None else unwanted(delivery, nudge)
        if not nothing and nudge is not None and delivery.kind != "welcome" and _late(nudge, delivery, now):
            nothing = "late"
        if nothing:
            gone.append(Composed(delivery, None, member.direct if member else None, nothing))
        else:
            fit.append(delivery)
    return fit, gone


def unwanted(delivery: Delivery, nudge: Nudge | None) -> Literal["", "opted_out", "paused"]:
    """Why the member would not have this message now, whatever the hour; "" when they would."""
    if nudge is None or nudge.state in {"off", "graduated"}:
        return "opted_out"
    if delivery.kind not in {"welcome", "last"} and (nudge.paused_until or nudge.next_at is None):
        return "paused"
    return ""


def _late(nudge: Nudge, delivery: Delivery, now: datetime) -> bool:
    return decide(nudge.schedule, Occurrence(delivery.day, delivery.planned_at), now) != "send"


async def _choose(tx: Tx, library: Library, fit: Sequence[Delivery], members: dict[Person, Member]) -> list[Delivery]:
    """Steps without a subject get one; a recall question may come in a step's place unless it is the smallest size."""
    open_ = [delivery for delivery in fit if delivery.kind == "prompt" and not delivery.subject]
    wanted = [Wanted(members[d.person], d.day, d.ordinal, recall=not d.extra, seconds=DOSES[d.dose]) for d in open_]
    choices = await next_prompts(tx, library, wanted)
    chosen: dict[str, Delivery] = {}
    for delivery, choice in zip(open_, choices, strict=True):
        extra = "recall" if choice.recall else delivery.extra
        why = ",".join(("recall",) if choice.recall else choice.gave_way)
        chosen[delivery.id] = with_choice(delivery, choice.prompt.id, choice.prompt.rev, extra, why)
    await tx.deliveries.chosen(list(chosen.values()))
    return [chosen.get(delivery.id, delivery) for delivery in fit]


async def _wishes(tx: Tx, chosen: Sequence[Delivery], nudges: dict[Person, Nudge]) -> dict[Person, str]:
    """What members wanted to do this week, for the first step of it."""
    first = [d for d in chosen if d.kind == "prompt" and opens_week(nudges[d.person], d.day)]
    if not first:
        return {}
    kept = await tx.reflections.of([d.person for d in first], min(d.day for d in first) - WISH_LASTS)
    return {person: reflection.next for person, reflection in kept.items()}


def _made(library: Library, delivery: Delivery, member: Member, nudge: Nudge, wish: str) -> Composed:
    say = speaker(pick_language(member.language, member.locale))
    message = message_of(say, library, delivery, nudge, member, wish)
    if message is None:
        return Composed(delivery, None, member.direct, "prompt_gone")
    return Composed(delivery, _marked(say, delivery, message), member.direct)


def _posted(letter: Letter, member: Member | None) -> Composed:
    place = letter.delivery.place or (member.direct if member else None)
    if letter.message is None:
        return Composed(letter.delivery, None, place, letter.nothing, letter.until)
    say = speaker(pick_language(member.language, member.locale) if member else "en")
    return Composed(letter.delivery, _marked(say, letter.delivery, letter.message), place)


def _marked(say: Say, delivery: Delivery, message: Message) -> Message:
    if not delivery.repeated:
        return message
    return Message(message.title, (Note(say("This may be a repeat.")), *message.parts))
