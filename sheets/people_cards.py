"""Who is on a sheet: co-owners who write in turn, and those who may comment; asked by an owner, and free to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.markup import escape
from chat.message import Button, Message, Note, Part, People, Row, Text
from chat.people import Person
from content.say import Say
from sheets.buttons import rows
from sheets.share_ways import (
    InviteAnswered,
    PenTaken,
    PeopleListed,
    PersonInvited,
    PersonOut,
    SheetBlockAsked,
    SheetLeft,
    SheetRead,
    SheetReportAsked,
    SheetSharing,
)
from sheets.ways import SheetOpened

MOST = 8


@dataclass(frozen=True, slots=True)
class Someone:
    """`part` as in store.sheet_people. `asked`: they have not said yes; `writes`: the pen is theirs now."""

    person: Person
    part: str
    asked: bool
    writes: bool
    me: bool


def part_name(say: Say, part: str) -> str:
    """In words."""
    names = {"owner": say("owns it"), "co-owner": say("co-owns it"), "commenter": say("may comment")}
    return names.get(part, say("reads it"))


def people_card(say: Say, title: str, sheet: str, people: Sequence[Someone], *, owns: bool, pen: bool) -> Message:
    """Everybody on it. `owns`: the reader is the owner; `pen`: they may take it now."""
    parts: list[Part] = []
    for one in people[:MOST]:
        marks = [part_name(say, one.part)]
        marks += [say("asked, no answer yet")] if one.asked else []
        marks += [say("writes just now")] if one.writes else []
        line = escape(" · ".join(marks))
        parts += [Text(f"{escape(say('You'))}: {line}")] if one.me else [People((one.person,)), Text(line)]
        if owns and not one.me:
            parts.append(Row((Button(say("End it"), PersonOut(sheet, one.person.id)),)))
    parts.append(
        Note(
            say("One of you writes at a time: ten minutes after somebody's last save another one may. All can comment.")
        )
    )
    if owns:
        parts.append(
            Text(say("`/scope share` with somebody's name asks them to co-own it or to comment; they may say no."))
        )
    buttons = [Button(say("Take the pen"), PenTaken(sheet), "primary")] if pen else []
    buttons += [] if owns else [Button(say("Leave this sheet"), SheetLeft(sheet))]
    return Message(title, (*parts, *rows([*buttons, Button(say("Sharing"), SheetSharing(sheet))])))


def sheet_invite_card(say: Say, title: str, sheet: str, whom: Person) -> Message:
    """As what is somebody asked?"""
    text = say("Ask this member onto “{title}”?", title=title)
    note = say(
        "Who co-owns it sees and changes everything, in turn with you, and keeps it if you leave. Who may comment "
        "reads all steps and changes nothing. They read your name and what the sheet is called, and may say no."
    )
    row = Row(
        (
            Button(say("To co-own it"), PersonInvited(sheet, whom.id, "co-owner"), "primary"),
            Button(say("To comment"), PersonInvited(sheet, whom.id, "commenter")),
            Button(say("Not now"), PeopleListed(sheet)),
        )
    )
    return Message("", (Text(escape(text)), People((whom,)), Note(note), row))


def asked_card(say: Say, sheet: str) -> Message:
    """The same words whether somebody can be asked or not: why they cannot is nobody's to know."""
    text = say("I will ask them if I may. A yes stands under “{name}”.", name=say("Who is on it"))
    return Message("", (Text(escape(text)), Row((Button(say("Who is on it"), PeopleListed(sheet)),))))


def sheet_invited_card(say: Say, title: str, part: str, owner: Person, sheet: str, letter: str) -> Message:
    """The letter: somebody would like to have them on a sheet."""
    if part == "co-owner":
        text = say("would like you to co-own the sheet “{title}”: you would both write on it, in turn.", title=title)
    else:
        text = say("would like your comments on the sheet “{title}”: you read it and change nothing.", title=title)
    row = Row(
        (
            Button(say("Yes, gladly"), InviteAnswered(sheet, True, letter), "primary"),  # on the wire
            Button(say("No, thank you"), InviteAnswered(sheet, False, letter)),
            Button(say("Report"), SheetReportAsked(sheet, owner.id)),
            Button(say("Block"), SheetBlockAsked(sheet, owner.id)),
        )
    )
    note = Note(say("A no needs no reason, and I do not ask again about this sheet."))
    return Message(say("An invitation"), (People((owner,)), Text(escape(text)), note, row))


def invite_taken_card(say: Say, title: str, part: str, sheet: str) -> Message:
    """Welcome."""
    text = escape(say("You are on “{title}” now.", title=title))
    way = SheetOpened(sheet) if part == "co-owner" else SheetRead(sheet)
    return Message("", (Text(text), Row((Button(say("Open the sheet"), way, "primary"),))))


def invite_declined_card(say: Say) -> Message:
    """A no, and nothing more of it."""
    return Message("", (Text(say("Fine. Nothing more comes of it.")),))


def sheet_left_card(say: Say) -> Message:
    """Out of it."""
    return Message("", (Text(say("You are out. What you said there stays with whoever owns it.")),))
