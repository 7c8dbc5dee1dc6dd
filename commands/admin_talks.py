"""/admin talks: an owner switches talks on or off, lets guests take part or not, and says where two may meet."""

from __future__ import annotations

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


@command("admin talks", _("Owners: switch talks on or off, and let guests take part"), owner=True)
async def talks(
    call: Call,
    state: Annotated[str, Option(_("whether members are matched at all"), choices=SWITCH)] = "",
    guests: Annotated[str, Option(_("whether guests from other workspaces take part"), choices=SWITCH)] = "",
    place: Annotated[str, Option(_("where private threads for two may stand, on Discord"), choices=HERE)] = "",
) -> Reply:
    """Says how it stands, after what was asked for."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            was = await tx.programmes.get(call.person.space, INTERVIEWS)
            zone = call.member.zone or "UTC"
            now = was or Programme(space=call.person.space, name=INTERVIEWS, zone=zone, state="on")
            if (on := _read(state)) is not None:
                now = replace(now, state="on" if on else "off")
            if (open_ := _read(guests)) is not None:
                now = replace(now, settings={**now.settings, "external": open_})
            if place:
                now = replace(now, place=None if place.strip().casefold() in _NOWHERE else call.place.id)
            if now != was and (state or guests or place):
                await tx.programmes.save(now, call.now)
    guests_in = bool(now.settings.get("external"))
    return talks_card(call.say, on=now.state == "on", guests=guests_in, placed=now.place is not None)


def talks_card(say: Say, *, on: bool, guests: bool, placed: bool) -> Message:
    """How it stands. `placed`: a channel for private threads is set."""
    lines = (
        say("Talks are on.") if on else say("Talks are off: nobody is matched."),
        say("Guests from other workspaces take part.") if guests else say("Guests from other workspaces do not."),
        say("Private threads for two stand in the channel you chose.")
        if placed
        else say("No channel is chosen for private threads; on Discord both are then introduced by direct message."),
    )
    return Message(say("Talks here"), (Text("\n".join(lines)), Note("/admin talks state:off guests:on place:here")))


def _read(word: str) -> bool | None:
    folded = word.strip().casefold()
    return True if folded in _ON else False if folded in _OFF else None
