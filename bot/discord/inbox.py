"""What of an interaction is kept until it is handled, and how one is answered that was begun again later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from bot.discord.inbound import Json, Ticket
from bot.discord.responder import DiscordResponder

_KEPT = ("id", "application_id", "type", "token", "data", "guild_id", "channel_id", "locale")
_PARTS = {"channel": ("id",), "message": ("id", "channel_id"), "member": ("permissions",), "user": ("id",)}


def key_of(ticket: Ticket) -> str:
    """The same when the gateway replays an interaction after a RESUME. Discord's ids are unique everywhere."""
    return f"discord:{ticket.id}"


def dump(interaction: Json) -> str:
    """What `inbound.read` reads, without names and message texts. It holds the token: never log it."""
    kept: dict[str, object] = {name: interaction[name] for name in _KEPT if name in interaction}
    for part, names in _PARTS.items():
        if (found := interaction.get(part)) and isinstance(found, dict):
            kept[part] = _some(cast("Json", found), names)
    member = interaction.get("member")
    user = cast("Json", member).get("user") if isinstance(member, dict) else None
    if isinstance(user, dict):
        cast("dict[str, object]", kept["member"])["user"] = _some(cast("Json", user), ("id",))
    return json.dumps(kept, separators=(",", ":"))


def load(body: str) -> Json:
    """The inverse, as far as anybody reads it."""
    return cast("Mapping[str, object]", json.loads(body))


def _some(within: Json, names: tuple[str, ...]) -> dict[str, object]:
    return {name: within[name] for name in names if name in within}


class LateResponder(DiscordResponder):
    """Answers an interaction whose three seconds are over. When it had been deferred before, the answer still arrives;
    otherwise Discord refuses it and the effect is all there is."""

    def resume(self) -> LateResponder:
        """As after a deferral. Of a command it is not known whether "thinking" was private: as after a public one, so
        that a private answer takes it away first."""
        self._deferred = "update" if self._ticket.on_message else "public"
        return self

    async def defer(self, *, private: bool) -> None:
        """Nothing is left to defer."""
