"""/help: what one can do here, made from the registry itself."""

from __future__ import annotations

from collections.abc import Sequence

from chat.markup import escape
from chat.message import Divider, Message, Note, Text
from chat.platform import Reply
from commands._call import Call
from commands._registry import _, command
from content.say import Say


@command("help", _("See what I can do, and how to stop me"))
async def help_(call: Call) -> Reply:
    """Every command with its summary."""
    return help_card(call.say, call.rooms.registry.usages(owner=call.profile.owner))


def help_card(say: Say, usages: Sequence[tuple[str, str]]) -> Message:
    """One line a command; the way out stands last."""
    lines = [f"`{usage}`  {escape(say.look_up(summary))}" for usage, summary in usages]
    return Message(
        say("One tiny step a day"),
        (
            Text(say("I send one small step a day at your own moment, only if you ask me to.")),
            *(Text("\n".join(lines[start : start + 8])) for start in range(0, len(lines), 8)),
            Divider(),
            Note(say("Everything stays between us unless you share it. /nudge off stops all messages.")),
        ),
    )
