"""Sending a modal: what the client checks itself, then the submission."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file reads JSON that was judged before)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.discord.components import AUTO_SELECTS, CHECKBOX, INPUT, LABEL, RADIO, ROW, UPLOAD
from sandbox.discord.interactions import MODAL, ask, resolve
from sandbox.discord.model import Modal, User
from sandbox.discord.reading import dialog_of
from sandbox.world import Field, Refused

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

Answers = Mapping[str, str | Sequence[str]]


async def submit(world: DiscordWorld, user: User, modal: Modal, answers: Answers) -> None:
    """Sends a modal, after the checks the client itself makes."""
    fields = {field.id: field for field in dialog_of(modal, world.offered(modal.guild)).fields}
    chosen: list[str] = []

    def answer(inner: dict[str, Any]) -> dict[str, Any]:
        field = fields[inner["custom_id"]]
        given = _checked(field, answers.get(field.id, field.value))
        if inner["type"] in AUTO_SELECTS:
            chosen.extend(given)
        return {"type": inner["type"], "id": inner["id"], "custom_id": inner["custom_id"]} | _value(inner, given)

    components: list[dict[str, Any]] = []
    for item in modal.payload["components"]:
        shown = {"type": item["type"], "id": item["id"]}
        if item["type"] == LABEL:
            shown["component"] = answer(item["component"])
        elif item["type"] == ROW:
            shown["components"] = [answer(inner) for inner in item["components"]]
        components.append(shown)
    channel = world.channels[modal.channel]
    data: dict[str, Any] = {"custom_id": modal.payload["custom_id"], "components": components}
    resolved = resolve(world, modal.guild, chosen)
    data |= {"resolved": resolved} if resolved else {}
    await ask(world, MODAL, user, channel, modal.guild, data, channel.messages.get(modal.source))


def _value(inner: Mapping[str, Any], given: str | list[str]) -> dict[str, Any]:
    match inner["type"]:
        case kind if kind == INPUT:
            return {"value": given}
        case kind if kind == RADIO:
            return {"value": given[0] if given else None}
        case kind if kind == CHECKBOX:
            return {"value": bool(given)}
        case kind if kind == UPLOAD:
            return {"values": []}
        case _:
            return {"values": given}


def _checked(field: Field, given: str | Sequence[str]) -> str | list[str]:
    if field.kind in {"text", "paragraph"}:
        text = given if isinstance(given, str) else " ".join(given)
        if field.required and not text.strip():
            raise Refused(f"“{field.label}” is required.")
        if text and not field.min_length <= len(text) <= field.max_length:
            raise Refused(f"“{field.label}” takes {field.min_length} to {field.max_length} characters.")
        return text
    if field.required and not field.options and field.kind != "multiselect" and not given:
        raise Refused(f"“{field.label}”: in this sandbox nobody can pick a file, so it cannot be required")
    chosen = [given] if isinstance(given, str) and given else list(given)
    known = {value for value, _ in field.options}
    many = field.most if field.kind == "multiselect" else 1
    if not set(chosen) <= known or (field.required and not chosen) or len(chosen) > many:
        raise Refused(f"“{field.label}”: please choose from the list.")
    return chosen
