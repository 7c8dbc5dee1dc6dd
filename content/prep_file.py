"""The page for a talk as a Markdown file, to print or to keep beside the call; what is not written yet says so."""

from __future__ import annotations

from collections.abc import Sequence

from chat.markup import escape
from chat.message import Button, File, Message, Row, Text
from content.interview_ways import PrepForm
from content.prep_cards import RESEARCH, Prep, heads, not_quoted, page_title
from content.say import Say


def crib_text(say: Say, name: str, prep: Prep, questions: Sequence[str], *, quiet: bool = False) -> str:
    """The document, also of a page that is half finished. `quiet`: see crib_card."""
    blank = say("not yet")
    lines = [f"# {_line(page_title(say, name))}", ""]
    lines += [f"> {not_quoted(say)}", ""] if quiet else []
    lines += [f"## {say('What you would like to know afterwards')}", "", _line(prep.goal) or blank, ""]
    for key in RESEARCH:
        lines += [f"## {heads(say)[key]}", "", escape(prep.notes.get(key, "").strip()) or blank, ""]
    lines += [f"## {say('Questions to take along')}", ""]
    lines += [f"{n}. {_line(words)}" for n, words in enumerate(questions, 1)] or [blank]
    lines += ["", say("Ask, listen, keep to the time, say thank you. Nobody but you reads this page.")]
    return "\n".join(lines) + "\n"


def crib_file_card(say: Say, talk: str, text: str) -> Message:
    """The file, and the way back to the page."""
    file = File(text.encode(), "talk.md", say("Your page for the talk, as a file"))
    row = Row((Button(say("My page"), PrepForm(talk, "page")),))
    return Message("", (Text(say("It comes here or as a direct message.")), file, row))


def _line(words: str) -> str:
    return escape(" ".join(words.split()))
