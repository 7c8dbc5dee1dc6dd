"""What `/admin rounds` answers, and the invitation an owner posts by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.markup import channel, escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.coffee_ways import CoffeeJoin, CoffeeShown
from content.programme_ways import CirclesAsked, CoffeesAsked, InvitationPosted, ProgrammeSwitched, RoundsShown
from content.say import Say

SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A programme as an owner sees it. `channel`: "" for circles; `elsewhere`: it is another one than
    the owner asks from; `rhythm` and `next` in words, `next` "" unknown."""

    programme: str
    name: str
    channel: str
    on: bool
    rhythm: str
    size: int
    people: int
    approve: bool
    next: str = ""
    elsewhere: bool = False


def rounds_card(say: Say, here: str, listed: Sequence[Listed], *, ended: bool = False) -> Message:
    """All programmes, with the ways to change them. `here`: the channel the owner asks from, "" in a direct message.
    `ended`: what was switched off had told its members of a round."""
    parts: list[Part] = []
    if ended:
        text = say("Members know of the coming round. It does not take place, and I tell them when it is due.")
        parts.append(Text(text))
    for one in listed[:SHOWN]:
        parts += [Text(_lines(say, one)), _row(say, one)]
    if len(listed) > SHOWN:
        parts.append(Note(say("And {n} more; ask in their channels.", n=len(listed) - SHOWN)))
    new = (
        [Button(say("Set up coffees here"), CoffeesAsked(here))]
        if here and here not in {one.channel for one in listed}
        else []
    )
    if "" not in {one.channel for one in listed}:
        new.append(Button(say("Set up circles"), CirclesAsked()))
    if not listed:
        parts.append(Text(say("No rounds yet. Members of a channel can meet each other for a coffee now and then.")))
    if not here:
        parts.append(Note(say("Coffees belong to a channel: /admin rounds in that channel sets them up.")))
    if new:
        parts.append(Row(tuple(new)))
    return Message(say("Rounds here"), tuple(parts))


def kept_card(say: Say, one: Listed) -> Message:
    """After the form of an owner."""
    parts: list[Part] = [Text(_lines(say, one))]
    if one.channel:
        parts.append(Text(say("Nobody takes part by themselves. An invitation in the channel lets them know.")))
    else:
        parts.append(Note(say("Members join with /circle join.")))
    return Message(say("Kept"), (*parts, _row(say, one), Row((Button(say("All rounds"), RoundsShown()),))))


def invitation_card(say: Say, channel: str, rhythm: str) -> Message:
    """Read by everybody in the channel; pressing is each one's own affair."""
    row = Row(
        (
            Button(say("Take part"), CoffeeJoin(channel), "primary"),
            Button(say("How do I stand?"), CoffeeShown(channel, "invitation")),
        )
    )
    return Message(
        say("Coffee with somebody from here?"),
        (
            Text(
                say(
                    "{rhythm}: I bring people of this channel together who share a language and an hour.", rhythm=rhythm
                )
            ),
            Note(say("Whoever likes takes part, skips or stops at any time. I read no messages here.")),
            row,
        ),
    )


def _lines(say: Say, one: Listed) -> str:
    title = f"**{escape(one.name)}**" + (f" {channel(one.channel)}" if one.elsewhere else "")
    state = say("on") if one.on else say("off")
    how = say("in groups of about {n}", n=one.size) if one.size > 2 else say("two at a time")
    if not one.channel:
        how = say("3 to 5 in each")
    people = say.plural("{n} takes part", "{n} take part", one.people)
    first = f"{title} · {state} · {people}"
    second = f"{one.rhythm} · {how}"
    if one.approve:
        second += " · " + say("an owner looks first")
    lines = [first, second]
    if one.on and one.next:
        lines.append(say("Next: {day}", day=one.next))
    return "\n".join(lines)


def _row(say: Say, one: Listed) -> Row:
    change = CoffeesAsked(one.channel) if one.channel else CirclesAsked()
    switch = ProgrammeSwitched(one.programme, "off" if one.on else "on")
    row = [Button(say("Change"), change), Button(say("Switch off") if one.on else say("Switch on"), switch)]
    if one.channel and one.on:
        row.append(Button(say("Post an invitation here"), InvitationPosted(one.channel)))
    return Row(tuple(row))
