"""What of an entry is searched: its names, and its texts, in both languages."""

from __future__ import annotations

from content.cards import Card
from content.prompts import Prompt
from content.roles import Role
from content.text import Localised
from content.worksheet import Worksheet

Entry = Card | Role | Prompt | Worksheet


def both(*texts: Localised | None) -> list[str]:
    """The texts that exist, in the languages in which they exist."""
    return [text for localised in texts if localised for text in (localised.en, localised.zh) if text]


def title_of(entry: Entry) -> Localised:
    """What it is called."""
    return entry.name if isinstance(entry, Role | Worksheet) else entry.title


def names_of(entry: Entry) -> list[str]:
    """What a member may type for it."""
    match entry:
        case Card():
            person = [entry.person.name] if entry.person else []
            return [*both(entry.title, entry.short), *entry.aliases, *person, *([entry.site] if entry.site else [])]
        case Role() | Worksheet():
            return [*both(entry.name, entry.short), *entry.aliases]
        case Prompt():
            return both(entry.title)


def texts_of(entry: Entry) -> list[str]:
    """What it says."""
    match entry:
        case Card():
            return both(entry.body, *entry.points, entry.ask, entry.note, entry.person.role if entry.person else None)
        case Role():
            told = both(entry.summary, *(task.text for task in entry.tasks), *entry.skills, entry.surprise)
            return [*told, *entry.tool_names]
        case Prompt():
            recall = (entry.recall.question, entry.recall.answer) if entry.recall else ()
            return both(entry.body, entry.action, entry.tiny, *recall)
        case Worksheet():
            return both(entry.about)
