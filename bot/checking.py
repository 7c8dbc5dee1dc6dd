"""`python -m bot check`: everything wrong with a pack, as file:line, as it would render on both platforms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.checking_sheets import sheet_findings
from bot.discord import render as discord
from bot.slack import render as slack
from chat.errors import LimitError, Tellable
from chat.form import Form
from chat.message import Message
from commands._every import views
from commands._parse import resolve
from commands._registry import Registry
from commands._registry import load as load_commands
from commands.step import find_topic
from content.document_pages import fonts_missing
from content.find import exact_role
from content.library import SHIPPED, Library, load
from content.review import Finding, places, review
from content.say import speaker

SPACE = "9" * 20  # a guild id is at most this long
BLOCKS, CHARACTERS = 50, 12_000
"""Of one Slack message: blocks are documented, the whole fails somewhere near 13,000 characters."""


def check_pack(folder: Path | None) -> tuple[Library, list[str]]:
    """The library, and what to mend as "file:line: entry: …". Raises PackError when it cannot be read at all."""
    library = load(folder)
    found = list(
        dict.fromkeys([*review(library), *_rendered(library), *sheet_findings(library, render), *_doors(library)])
    )
    if not found:
        return library, []
    where = places(folder or SHIPPED)
    return library, [f"{where.get(item.entry, library.slug)}: {item.entry}: {item.text}" for item in found]


def fonts_note() -> str:
    """What to install before PDFs and share cards can be drawn on this machine; "" when nothing is missing."""
    missing = " ".join(fonts_missing())
    return missing and f"until these are installed, some documents come as Markdown only: apt-get install {missing}"


def unshowable(library: Library) -> list[str]:
    """What would become an apology instead of an answer: entries that do not fit both platforms."""
    return [
        f"{library.slug}: {item.entry}: {item.text}" for item in (*_rendered(library), *sheet_findings(library, render))
    ]


def render(value: Message | Form) -> dict[str, object]:
    """Platform name -> its JSON. Raises LimitError with advice when either platform would refuse it."""
    if isinstance(value, Form):
        return {"slack": slack.view(value, ""), "discord": discord.form_payload(value, space=SPACE)}
    blocks = slack.blocks(value)
    if len(blocks) > BLOCKS:
        raise LimitError(f"{len(blocks)} blocks on Slack, allowed {BLOCKS}: say less")
    if (size := len(json.dumps(blocks, ensure_ascii=False))) > CHARACTERS:
        raise LimitError(f"{size} characters of JSON on Slack, allowed {CHARACTERS}: say less")
    return {"slack": blocks, "discord": discord.payload(value, space=SPACE)}


def _rendered(library: Library) -> Iterator[Finding]:
    for lang in library.languages:
        for view in views(speaker(lang), library):
            try:
                render(view.make())
            except LimitError as error:
                yield Finding(view.entry.removeprefix("topic."), f"as {view.name} in {lang}: {error}")


def _doors(library: Library) -> Iterator[Finding]:
    registry = load_commands()
    for entry in (*library.prompts.values(), *library.cards.values()):
        if entry.next and not leads_somewhere(registry, library, entry.next):
            yield Finding(entry.id, f"next is {entry.next!r}, which no command answers: name one that does")
    for role in library.roles.values():
        for door in role.next:
            if not leads_somewhere(registry, library, door):
                yield Finding(role.id, f"next is {door!r}, which no command answers: name one that does")


def leads_somewhere(registry: Registry, library: Library, door: str) -> bool:
    """Whether typing this would be understood: the command exists, and what follows it is known."""
    name, _space, rest = door.removeprefix("/").partition(" ")
    try:
        command, values = resolve(registry, speaker("en"), name, rest, {})
    except Tellable:
        return False
    words = next(iter(values.values()), "")
    match command.name:
        case "step":
            return not words or words in library.cards or find_topic(library, words) is not None
        case "role":
            return not words or exact_role(library, words) is not None
        case _:
            return not words or bool(values)
