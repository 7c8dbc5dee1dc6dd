"""/mydata export: everything that is kept of a member, to read and as JSON."""

from __future__ import annotations

from chat.markup import escape
from chat.message import PICTURE_BYTES, File, Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import mine, today
from commands._registry import _, answers, command
from content.data_card import DataExported, export_card, files_card
from content.data_text import data_text
from store.export import as_json, document

PAGE = 2_800
"""Characters of a page, with the backslashes that make it inert."""


@command("mydata export", _("Everything I keep of you, to read and as JSON"), also=("导出",))
async def export(call: Call) -> Reply:
    """Both files."""
    return _given(call, *await documents(call))


@answers(DataExported)
async def shown(call: Call, pressed: DataExported) -> Reply:
    """The files or another page in the message's place; the first page to read below the files, which stay."""
    text, json = await documents(call)
    match pressed.kind:
        case "files":
            return Edit(_given(call, text, json))
        case "read":
            return _page(call, "text", text, 0)
        case "json":
            return Edit(_page(call, "json", json, pressed.page))
        case _:
            return Edit(_page(call, "text", text, pressed.page))


async def documents(call: Call) -> tuple[str, str]:
    """All of it to read and as JSON, of the same instant."""
    day = today(call, await mine(call))
    async with call.store.begin() as tx:
        rows, space = await tx.having.rows(call.person), await tx.spaces.get(call.person.space)
    community = space.name if space else ""
    text = data_text(call.say, call.library, community, rows, day)
    return text, as_json(document(call.person, community, rows, call.now))


def _given(call: Call, text: str, json: str) -> Message:
    made = (
        ("mydata.md", call.say("All I keep of you here, to read"), text),
        ("mydata.json", call.say("All I keep of you here, as JSON"), json),
    )
    sent = [File(data, name, about) for name, about, words in made if len(data := words.encode()) <= PICTURE_BYTES]
    return files_card(call.say, sent)


def _page(call: Call, kind: str, words: str, page: int) -> Message:
    cut = pages(words)
    at = min(max(page, 0), len(cut) - 1)
    return export_card(call.say, cut[at], kind, at, len(cut))


def pages(text: str, most: int = PAGE) -> list[str]:
    """The text in parts of at most so many characters once they are escaped, cut at line ends where that is possible.

    >>> pages("one\\ntwo\\nthree", 8)
    ['one\\ntwo', 'three']
    >>> pages("abcdefgh", 3)
    ['abc', 'def', 'gh']
    """
    cut: list[str] = [""]
    for line in text.split("\n"):
        room, rest = cut[-1] + "\n" + line if cut[-1] else line, line
        if len(escape(room)) <= most:
            cut[-1] = room
            continue
        while len(escape(rest)) > most:
            end = most
            while len(escape(rest[:end])) > most:
                end -= max(1, (len(escape(rest[:end])) - most) // 2)
            cut.append(rest[:end])
            rest = rest[end:]
        cut.append(rest)
    return [page for page in cut if page.strip()]
