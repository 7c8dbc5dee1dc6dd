"""/mydata export: everything that is kept of a member, to read and as JSON."""

from __future__ import annotations

from chat.markup import escape
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import mine, today
from commands._registry import _, answers, command
from content.data_card import DataExported, export_card
from content.data_text import data_text
from store.export import as_json, document

PAGE = 2_800
"""Characters of a page, with the backslashes that make it inert."""


@command("mydata export", _("Everything I keep of you, to read and as JSON"), also=("导出",))
async def export(call: Call) -> Reply:
    """The first page to read."""
    return await _shown(call, "text", 0)


@answers(DataExported)
async def another_page(call: Call, pressed: DataExported) -> Reply:
    """Another page, in the message's place."""
    return Edit(await _shown(call, pressed.kind, pressed.page))


async def documents(call: Call) -> dict[str, str]:
    """Both documents of the same instant, "text" and "json"."""
    day = today(call, await mine(call))
    async with call.store.begin() as tx:
        rows, space = await tx.having.rows(call.person), await tx.spaces.get(call.person.space)
    community = space.name if space else ""
    return {
        "text": data_text(call.say, call.library, community, rows, day),
        "json": as_json(document(call.person, community, rows, call.now)),
    }


async def _shown(call: Call, kind: str, page: int) -> Message:
    """Page by page; a kind this version does not know is the text."""
    made = await documents(call)
    kind = kind if kind in made else "text"
    cut = pages(made[kind])
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
