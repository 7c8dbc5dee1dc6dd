"""From an interaction as Discord sends it to an event of ours: pure, and the only reader of Discord's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.discord.render import MARK
from chat.event import ActionTaken, CommandUsed, Completing, FormSent, MemberEvent
from chat.form import Answers
from chat.people import Person, Place, Profile, Sent, Space

PLATFORM = "discord"
COMMAND, COMPONENT, COMPLETION, SUBMIT = 2, 3, 4, 5
SUB_COMMAND, SUB_COMMAND_GROUP, USER, ROW, LABEL = 1, 2, 6, 1, 18
ADMINISTRATOR, MANAGE_GUILD = 1 << 3, 1 << 5

Json = Mapping[str, object]
_NOTHING: Json = {}
Kind = Literal["command", "component", "completion", "submit"]
_KINDS: Mapping[object, Kind] = {
    COMMAND: "command",
    COMPONENT: "component",
    COMPLETION: "completion",
    SUBMIT: "submit",
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is needed to answer one interaction: valid 3 seconds, 15 minutes once deferred. Never log `token`."""

    id: int
    token: str
    application: int
    kind: Kind
    space: str  # guild id; "" for a control in a direct message that carries none
    on_message: bool  # a control in a message, or a form such a control opened: that message can be edited


@dataclass(frozen=True, slots=True)
class Inbound:
    """One interaction, read. `event` is None when it cannot be told to belong to a space, or is of a kind we never
    offered. `claimed` is True when the space stands only in the control: the reader must check it (direct messages)."""

    ticket: Ticket
    event: MemberEvent | None
    claimed: bool


def read(interaction: Json) -> Inbound | None:
    """Reads one INTERACTION_CREATE. None for kinds that need no answer of ours (a ping)."""
    kind = _KINDS.get(interaction.get("type"))
    if kind is None:
        return None
    data = _map(interaction, "data")
    prefix, mark, wire = _text(data, "custom_id").partition(MARK)
    guild = _text(interaction, "guild_id") or (prefix if mark and prefix.isdigit() else "")
    message = _map(interaction, "message")
    ticket = Ticket(
        int(_text(interaction, "id")),
        _text(interaction, "token"),
        int(_text(interaction, "application_id")),
        kind,
        guild,
        bool(message),
    )
    user = _text(_map(interaction, "member", "user") or _map(interaction, "user"), "id")
    if not guild or not user:
        return Inbound(ticket, None, claimed=False)
    space = Space(PLATFORM, guild)
    who = _Who(
        Person(space, user),
        Place(
            space,
            _text(interaction, "channel_id") or _text(_map(interaction, "channel"), "id"),
            direct="guild_id" not in interaction,
        ),
        Sent(_text(message, "channel_id"), _text(message, "id")) if message else None,
        Profile(
            locale=_text(interaction, "locale") or None, owner=_owns(_text(_map(interaction, "member"), "permissions"))
        ),
    )
    return Inbound(ticket, _event(kind, data, wire if mark else prefix, who), claimed="guild_id" not in interaction)


def _owns(permissions: str) -> bool:
    """Whether a member's permissions here let them manage the guild. Direct messages tell none."""
    return permissions.isdecimal() and bool(int(permissions) & (ADMINISTRATOR | MANAGE_GUILD))


@dataclass(frozen=True, slots=True)
class _Who:
    person: Person
    place: Place
    on: Sent | None
    profile: Profile


def _event(kind: Kind, data: Json, wire: str, who: _Who) -> MemberEvent | None:
    match kind:
        case "command":
            name, options = _command(data)
            values = {_text(o, "name"): _value(o) for o in options}
            return CommandUsed(who.person, who.place, name, options=values, profile=who.profile)
        case "completion":
            name, options = _command(data)
            focused = next((o for o in options if o.get("focused") is True), _NOTHING)
            return Completing(who.person, who.place, name, _text(focused, "name"), _value(focused), who.profile)
        case "component":
            # A menu's own id says nothing: each of its options carries an action.
            chosen = [value for value in _list(data, "values") if isinstance(value, str)]
            wire = chosen[0] if chosen else wire
            return ActionTaken(who.person, who.place, wire, who.on, who.profile) if wire else None
        case "submit":
            answers = Answers(dict(_answers(_maps(data, "components"))))
            return FormSent(who.person, who.place, wire, answers, who.on, who.profile) if wire else None


def _command(data: Json) -> tuple[str, list[Json]]:
    """The full name, sub-command included, and the innermost options."""
    words, options = [_text(data, "name")], _maps(data, "options")
    while options and options[0].get("type") in {SUB_COMMAND, SUB_COMMAND_GROUP}:
        words.append(_text(options[0], "name"))
        options = _maps(options[0], "options")
    return " ".join(words), options


def _answers(components: list[Json]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for component in components:
        match component.get("type"):
            case int(kind) if kind == ROW:
                yield from _answers(_maps(component, "components"))
            case int(kind) if kind == LABEL:
                yield from _answers([_map(component, "component")])
            case _ if "values" in component:
                values = tuple(value for value in _list(component, "values") if isinstance(value, str))
                yield _text(component, "custom_id"), values
            case _ if "value" in component:
                yield _text(component, "custom_id"), _text(component, "value")
            case _:
                continue  # a text display: nobody answers it


def _value(option: Json) -> str:
    """What was given, as text: our options are strings, but Discord would also send numbers and booleans. A person is
    "<@" id ">"."""
    value = option.get("value", "")
    if option.get("type") == USER:
        return f"<@{value}>"
    return value if isinstance(value, str) else str(value).lower()


def _text(within: Json, key: str) -> str:
    value = within.get(key)
    return value if isinstance(value, str) else ""


def _list(within: Json, key: str) -> list[object]:
    value = within.get(key)
    return [*value] if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType]  # elements are object


def _maps(within: Json, key: str) -> list[Json]:
    return [_as_map(value) for value in _list(within, key)]


def _map(within: Json, *path: str) -> Json:
    for key in path:
        within = _as_map(within.get(key))
    return within


def _as_map(value: object) -> Json:
    return value if isinstance(value, dict) else _NOTHING  # pyright: ignore[reportUnknownVariableType]  # JSON keys are str
