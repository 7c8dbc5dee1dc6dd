"""From Slack's payloads to our events: pure. Nothing of Slack's JSON is known beyond this file and `render`."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from chat.event import ActionTaken, CommandUsed, FormSent, HomeOpened, MemberLeft, ProfileChanged
from chat.form import Answers
from chat.people import Person, Place, Profile, Sent, Space

PLATFORM = "slack"
_PICKED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened, carried through it: a place to answer into."""

    wire: str
    place: str
    response_url: str = ""
    message: str = ""
    home: str = ""  # "1": on App Home
    mark: str = ""  # stands behind the name of each question, see `render.view`
    turned: int = 0  # how often its window has turned to another form

    def dump(self) -> str:
        """As private_metadata, at most 3,000 characters."""
        fields = [self.wire, self.place, self.response_url, self.message, self.home, self.mark, self.turned]
        return json.dumps(fields, separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Origin:
        """The inverse of `dump`."""
        return cls(*json.loads(text))


def space_of(payload: Payload) -> Space:
    """The workspace where it happens (not the one the person may come from)."""
    team = payload.get("team_id") or (payload.get("team") or {}).get("id") or payload["user"]["team_id"]
    return Space(PLATFORM, str(team))


def _person(payload: Payload, space: Space) -> tuple[Person, Profile]:
    user = payload["user"]
    home = user.get("team_id", space.id)
    return Person(space, str(user["id"])), Profile(external=home != space.id)


def _place(space: Space, id_: str, name: str = "") -> Place:
    """Direct conversations begin with D; those of several have only a name that tells (where we read a home page, the
    place is the person)."""
    return Place(space, id_, direct=id_[:1] in {"D", "U", "W"} or name.startswith("mpdm-"))


def command(payload: Payload, escaping: Collection[str] = ()) -> CommandUsed:
    """A slash command."""
    space = space_of(payload)
    name = str(payload["command"]).removeprefix("/")
    text = str(payload.get("text") or "")
    text = _typed(text) if name in escaping else text
    place = _place(space, str(payload["channel_id"]), str(payload.get("channel_name") or ""))
    return CommandUsed(Person(space, str(payload["user_id"])), place, name, text=text)


def _typed(text: str) -> str:
    """An escaped command's words as they were typed; somebody who was picked stays "<@" id ">", without the name.

    >>> _typed("share <@U012|ada> R&amp;D")
    'share <@U012> R&D'
    """
    return _PICKED.sub(r"<@\1>", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def action(payload: Payload) -> ActionTaken | None:
    """A button or a choice; None for link buttons and controls that carry nothing."""
    space = space_of(payload)
    person, profile = _person(payload, space)
    pressed: Payload = payload["actions"][0]
    wire = pressed.get("value") or (pressed.get("selected_option") or {}).get("value")
    if not wire:
        return None
    container: Payload = payload.get("container") or {}
    channel: Payload = payload.get("channel") or {}
    place = str(container.get("channel_id") or channel.get("id") or person.id)
    on = Sent(place, str(container["message_ts"])) if container.get("message_ts") else None
    return ActionTaken(person, _place(space, place, str(channel.get("name") or "")), str(wire), on, profile)


def form(payload: Payload) -> tuple[FormSent, Origin]:
    """A modal that was sent, and where it had been opened."""
    space = space_of(payload)
    person, profile = _person(payload, space)
    origin = Origin.load(payload["view"]["private_metadata"])
    state: Payload = payload["view"]["state"]["values"]
    behind = f"@{origin.mark}" if origin.mark else ""
    values = {name.removesuffix(behind): _answer(entry["answer"]) for name, entry in state.items()}
    on = Sent(origin.place, origin.message) if origin.message else None
    return FormSent(person, _place(space, origin.place), origin.wire, Answers(values), on, profile), origin


def _answer(state: Payload) -> str | tuple[str, ...]:
    if "selected_options" in state:
        return tuple(str(option["value"]) for option in state["selected_options"])
    if "selected_option" in state:
        return (str(state["selected_option"]["value"]),) if state["selected_option"] else ()
    return str(state.get("value") or "")


def home(payload: Payload) -> HomeOpened | None:
    """Somebody looks at the app; None when at its messages."""
    opened: Payload = payload["event"]
    return HomeOpened(Person(space_of(payload), str(opened["user"]))) if opened.get("tab") == "home" else None


def at_home(payload: Payload) -> bool:
    """Whether a button was pressed on App Home."""
    return (payload.get("container") or {}).get("type") == "view" and (payload.get("view") or {}).get("type") == "home"


def changed(payload: Payload) -> ProfileChanged | MemberLeft:
    """Whose profile a user_change is about, and what it is now; a deactivated account is told in the same way."""
    space, user = space_of(payload), payload["event"]["user"]
    if user.get("deleted"):
        return MemberLeft(Person(space, str(user["id"])))
    return ProfileChanged(Person(space, str(user["id"])), profile(user, space))


def profile(user: Payload, space: Space) -> Profile:
    """What users.info says. Somebody from another workspace never owns this one."""
    external = user.get("team_id", space.id) != space.id
    owner = not external and bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner"))
    return Profile(user.get("locale"), user.get("tz"), external=external, owner=owner)
