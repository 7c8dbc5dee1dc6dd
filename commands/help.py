"""/help: what one can do here, made from the registry itself."""

from __future__ import annotations

from functools import cache

from chat.markup import escape
from chat.message import Divider, Message, Note, Text
from chat.platform import Reply
from commands._call import Call
from commands._registry import Registry, _, command, load
from content.say import Say


@command("help", _("See what I can do, and how to stop me"))
async def help_(call: Call) -> Reply:
    """Every command with its summary."""
    return help_card(call.say, _registry())


def help_card(say: Say, registry: Registry) -> Message:
    """One line a command, grouped by first word; the way out stands last."""
    parts: list[Text] = []
    for commands in registry.groups().values():
        lines = [f"`{command.usage}`  {escape(say.look_up(command.summary))}" for command in commands]
        parts.append(Text("\n".join(lines)))
    return Message(
        say("One tiny step a day"),
        (
            Text(say("I send one small step a day at your own moment, only if you ask me to.")),
            *parts,
            Divider(),
            Note(say("Everything stays between us unless you share it. /nudge off stops all messages.")),
        ),
    )


@cache
def _registry() -> Registry:
    return load()
