"""/help: what one can do here, made from the registry itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Divider, Message, Note, Part, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import _, answers, command
from content.say import Say

PAGE = 3_000
"""Characters of the commands on one page: a message takes a thousand more."""


@dataclass(frozen=True)
class HelpPage(Action, name="help-page"):
    """So many pages on."""

    page: int


@command("help", _("See what I can do, and how to stop me"))
async def help_(call: Call) -> Reply:
    """Every command with its summary."""
    return help_card(call.say, call.rooms.registry.usages(owner=call.profile.owner))


@answers(HelpPage)
async def turn(call: Call, turned: HelpPage) -> Reply:
    """In the message's place."""
    return Edit(help_card(call.say, call.rooms.registry.usages(owner=call.profile.owner), turned.page))


def help_card(say: Say, usages: Sequence[tuple[str, str]], page: int = 0) -> Message:
    """One line a command, as many as a message takes; the way out stands last."""
    pages = _pages([f"`{usage}`  {escape(say.look_up(summary))}" for usage, summary in usages])
    page = max(0, min(page, len(pages) - 1))
    lines = pages[page] if pages else []
    parts: list[Part] = [Text("\n".join(lines[start : start + 8])) for start in range(0, len(lines), 8)]
    turns = [Button(say("Earlier"), HelpPage(page - 1))] if page else []
    turns += [Button(say("More"), HelpPage(page + 1))] if page + 1 < len(pages) else []
    parts += [Row(tuple(turns))] if turns else []
    return Message(
        say("One tiny step a day"),
        (
            Text(say("I send one small step a day at your own moment, only if you ask me to.")),
            *parts,
            Divider(),
            Note(say("Everything stays between us unless you share it. /nudge off stops all messages.")),
        ),
    )


def _pages(lines: Sequence[str]) -> list[list[str]]:
    pages: list[list[str]] = []
    room = 0
    for line in lines:
        if room < len(line) + 1:
            pages.append([])
            room = PAGE
        pages[-1].append(line)
        room -= len(line) + 1
    return pages
