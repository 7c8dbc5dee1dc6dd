"""Where is this from? The ids, books and places an entry draws on, so that every claim can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.library import Library
from content.origins import origins_of
from content.say import Say

MOST = 10  # places shown; an entry draws on one to four


def origin_card(say: Say, library: Library, entry: str, sources: Sequence[str], back: Button) -> Message:
    """Each place with the ids of its ideas; whose the ideas are, and whose the words."""
    lines: list[str] = []
    notes: list[str] = []
    for origin, ids in origins_of(library.ideas, sources)[:MOST]:
        book = origin.book
        title = f"**{escape(book.title.get(say.lang))}**"
        by = say("{title}, by {author}", title=title, author=escape(book.by)) if book.by else title
        named = " ".join(f"`{id_}`" for id_ in ids)
        lines.append(f"{by}\n{escape(origin.place.get(say.lang))}\n{named}")
        if book.note:
            notes.append(book.note.get(say.lang))
    parts: list[Part] = [Text(line) for line in lines]
    parts += [Note(note) for note in dict.fromkeys(notes)]
    parts += [Note(say("The ideas are theirs, the words are ours. This entry is {id}.", id=entry)), Row((back,))]
    return Message(say("Where is this from?"), tuple(parts))
