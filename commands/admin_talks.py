"""/admin talks: an owner switches talks on or off, says who takes part, where two meet, and whether I may invite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from chat.message import Message, Note, Text
from chat.platform import Reply
from commands._call import Call
from commands._matching import kindly
from commands._registry import Option, _, command
from content.say import Say
from store.programmes import Programme
from store.proposals import INTERVIEWS

_ON, _OFF = frozenset({"on", "yes", "开", "是"}), frozenset({"off", "no", "关", "否"})
SWITCH = (("on", _("on")), ("off", _("off")))
HERE = (("here", _("this channel")), ("nowhere", _("no channel")))
_NOWHERE = frozenset({"nowhere", "none", "无"})


@command("admin talks", _("Owners: switch talks on or off, and say who takes part"), owner=True)
async def talks(
    call: Call,
    state: Annotated[str, Option(_("whether members are matched at all"), choices=SWITCH)] = "",
    guests: Annotated[str, Option(_("whether guests from other workspaces take part"), choices=SWITCH)] = "",
    adults: Annotated[str, Option(_("whether talks, coffees and circles are for adults alone"), choices=SWITCH)] = "",
    place: Annotated[str, Option(_("the channel for invitations and, on Discord, private threads"), choices=HERE)] = "",
    invite: Annotated[str, Option(_("whether I may invite to offer talks there, weekly at most"), choices=SWITCH)] = "",
) -> Reply:
    """Says how it stands, after what was asked for."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            was = await tx.programmes.get(call.person.space, INTERVIEWS)
            zone = call.member.zone or "UTC"
            now = was or Programme(space=call.person.space, name=INTERVIEWS, zone=zone, state="on")
            if (on := _read(state)) is not None:
                now = replace(now, state="on" if on else "off")
            now = replace(now, settings=_with(call, now.settings, guests, adults, invite))
            if place:
                now = replace(now, place=None if place.strip().casefold() in _NOWHERE else call.place.id)
            if now != was and (state or guests or adults or place or invite):
                await tx.programmes.save(now, call.now)
    return talks_card(call.say, now)


def _with(call: Call, settings: Mapping[str, object], guests: str, adults: str, invite: str) -> Mapping[str, object]:
    """Invitations go out in the name of the owner who allowed them last."""
    made = dict(settings)
    if (open_ := _read(guests)) is not None:
        made["external"] = open_
    if (grown := _read(adults)) is not None:
        made["adults"] = grown
    if (may := _read(invite)) is not None:
        made["invite"] = call.person.id if may else ""
    return made


def talks_card(say: Say, programme: Programme) -> Message:
    """How it stands."""
    placed, settings = programme.place is not None, programme.settings
    lines = [
        say("Talks are on.") if programme.state == "on" else say("Talks are off: nobody is matched."),
        say("Guests from other workspaces take part.")
        if settings.get("external")
        else say("Guests from other workspaces do not."),
        say("Private threads for two stand in the channel you chose.")
        if placed
        else say("No channel is chosen for private threads; on Discord both are then introduced by direct message."),
    ]
    if settings.get("adults"):
        lines.append(say("Talks, coffees and circles are for adults: each says once that they are of age."))
    if settings.get("invite"):
        lines.append(
            say("When nobody is free to be asked, I invite there to offer a talk, once a week at most.")
            if placed
            else say("I may invite to offer a talk, and need a channel for it: place:here.")
        )
    note = Note("/admin talks state:off guests:on adults:on place:here invite:on")
    return Message(say("Talks here"), (Text("\n".join(lines)), note))


def _read(word: str) -> bool | None:
    folded = word.strip().casefold()
    return True if folded in _ON else False if folded in _OFF else None
