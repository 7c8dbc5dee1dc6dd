"""What a member sees of what is kept of them: the overview, the choice of what to delete, and that it is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chat.action import Action
from chat.form import Ask, Form
from chat.markup import escape
from chat.message import Button, Choice, File, Message, Note, Part, Picker, Row, Text
from content.data_words import Family, everything, until_deleted, words
from content.say import Say

PAGE = 2_400
"""Characters of the families on one page."""


@dataclass(frozen=True)
class DataShown(Action, name="data-see"):
    """Turn this message to what is kept of me, a page of it."""

    page: int = 0


@dataclass(frozen=True)
class DataExported(Action, name="data-export"):
    """Both files of it in this message's place ("files"), all of it to read below ("read"), or a page of it in this
    message's place ("text", "json")."""

    kind: str
    page: int


@dataclass(frozen=True)
class DeletionAsked(Action, name="data-delete"):
    """Choose what to delete."""


@dataclass(frozen=True)
class DeletionChosen(Action, name="data-delete-one"):
    """Open the form that asks for the word: a family's name, "here" or "everywhere"."""

    what: str


@dataclass(frozen=True)
class DeletionConfirmed(Action, name="data-deleted"):
    """The form came back."""

    what: str


def see_card(say: Say, having: Mapping[Family, int], page: int = 0) -> Message:
    """Each family there is something of, in plain words, a page of them; on the last page the others by name. How long
    most are kept is said once."""
    pages = _pages([_family(say, family, count) for family, count in having.items() if count])
    page = max(0, min(page, len(pages) - 1))
    parts: list[Part] = [Text(text) for text in pages[page]]
    turn = [Button(say("Earlier"), DataShown(page - 1))] if page else []
    if page + 1 < len(pages):
        turn.append(Button(say("More"), DataShown(page + 1)))
    elif nothing := [words(say, family).name for family, count in having.items() if not count]:
        parts.append(Text(escape(say("Nothing of: {families}", families=say.join(nothing)))))
    parts.append(Text(escape(_besides(say))))
    row = [Button(say("Give it to me"), DataExported("files", 0), "primary"), Button(say("Delete…"), DeletionAsked())]
    parts += [Row(tuple(turn))] if turn else []
    parts.append(Row((*row, Button(say("Forget me here"), DeletionChosen("here")))))
    return Message(say("What I keep of you here"), tuple(parts))


def _family(say: Say, family: Family, count: int) -> str:
    said = words(say, family)
    head = f"**{escape(said.name)}** · {count}" if count > 1 else f"**{escape(said.name)}**"
    about = (said.what, said.source, *(() if said.until == until_deleted(say) else (said.until,)))
    return f"{head}\n{escape(' '.join(about))}"


def _pages(texts: Sequence[str]) -> list[list[str]]:
    """As many on each as a message has room for beside the rest; one page at least."""
    pages, room = [list[str]()], PAGE
    for text in texts:
        if room < len(text) and pages[-1]:
            pages.append([])
            room = PAGE
        pages[-1].append(text)
        room -= len(text)
    return pages


def _besides(say: Say) -> str:
    return " ".join(
        (
            say("Where nothing else is said, I keep it until you delete it."),
            say("No channel is read, and of your name I keep what you typed yourself."),
            say("Leave this community, and all of it goes thirty days later."),
            _safety(say),
            say("My messages stay in your conversation until they are deleted there."),
            say("Whoever runs me may have backups and a log with ids, without your words."),
        )
    )


def delete_card(say: Say, having: Mapping[Family, int], alone: Sequence[Family], communities: int) -> Message:
    """One thing, or everything. `communities`: in how many this account is known."""
    choices = [
        Choice(words(say, family).name, DeletionChosen(family), say.number(having[family]))
        for family in alone
        if having.get(family)
    ]
    choices.append(Choice(everything(say), DeletionChosen("here")))
    if communities > 1:
        choices.append(Choice(_everywhere(say, communities), DeletionChosen("everywhere")))
    return Message(
        say("Delete what?"),
        (
            Text(
                say("Choose one thing, or everything. Nothing happens before you have typed a word in the next step.")
            ),
            Picker(say("One thing, or everything"), tuple(choices)),
            Row((Button(say("Back"), DataShown()),)),
        ),
    )


def delete_form(say: Say, what: Family | Literal["here", "everywhere"], typed: str = "") -> Form:
    """Shows the word and asks for it; accepts more than that, so that a wrong one is explained."""
    word = word_of(say)
    ask = Ask("word", say("Type “{word}” to delete it for good", word=word), hint=word, value=typed, least=0, most=100)
    return Form(name_of(say, what), (ask,), DeletionConfirmed(what), say("Delete for good"))


def word_of(say: Say) -> str:
    """What is to be typed."""
    return say("delete")


def name_of(say: Say, what: Family | Literal["here", "everywhere"]) -> str:
    """The form's title, at most 24 characters."""
    match what:
        case "here":
            return everything(say)
        case "everywhere":
            return say("Everything everywhere")
        case _:
            return words(say, what).name


def _everywhere(say: Say, communities: int) -> str:
    return say("Everything, in all {n} communities where I know you", n=communities)


def deleted_card(say: Say, what: Family) -> Message:
    """One thing is gone."""
    gone = say("Gone: {what}.", what=escape(words(say, what).name))
    parts: list[Part] = [Text(gone)]
    if what == "recipe":
        parts.append(Text(say("Your daily step is off with it. `/nudge on` makes a new one.")))
    return Message("", (*parts, Row((Button(say("What is left"), DataShown()),))))


def forgotten_card(say: Say, communities: int) -> Message:
    """Everything is gone, here or everywhere."""
    if communities > 1:
        gone = say("Everything I had of you in {n} communities is gone.", n=communities)
    else:
        gone = say("Everything I had of you here is gone.")
    return Message(
        "",
        (
            Text(gone),
            Text(say("A message that was already on its way may still arrive. If you use me again, we begin anew.")),
            Text(_safety(say)),
        ),
    )


def _safety(say: Say) -> str:
    return say("Blocks and reports stay, whoever made them: they keep people safe.")


def files_card(say: Say, files: Sequence[File]) -> Message:
    """Everything as files, and a way to read it here; a file that is too large to send is missing in `files`."""
    row = (Button(say("Read it here"), DataExported("read", 0)), Button(say("Back"), DataShown()))
    if len(files) == 2:
        head = say("Two files of the same, one to read and one for programs. They come here or as a direct message.")
    else:
        head = say("It is too large for a file. Page by page it is here.")
    return Message(say("All I keep of you here"), (Text(head), *files, Row(row)))


def export_card(say: Say, chunk: str, kind: str, page: int, pages: int) -> Message:
    """One page of the text or the JSON, as it stands; with the way to the other."""
    row: list[Button] = []
    if page > 0:
        row.append(Button(say("Page before"), DataExported(kind, page - 1)))
    if page + 1 < pages:
        row.append(Button(say("Next page"), DataExported(kind, page + 1)))
    other = (say("As JSON"), "json") if kind == "text" else (say("To read"), "text")
    row += [Button(other[0], DataExported(other[1], 0)), Button(say("Back"), DataShown())]
    counted = say("Page {n} of {all}", n=page + 1, all=pages)
    return Message(say("All I keep of you here"), (Text(escape(chunk)), Note(counted), Row(tuple(row))))
