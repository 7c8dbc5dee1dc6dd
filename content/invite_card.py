"""The invitation to offer a talk, in a channel: said when members wait for somebody of a role and nobody is free."""

from __future__ import annotations

from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text
from content.interview_ways import TalkOffered
from content.say import Say

ENOUGH = 3
"""From so many on they are counted; fewer might be known by their number."""


def invite_card(say: Say, role: str, count: int, letter: str) -> Message:
    """`count`: how many wait; who they are is said to nobody."""
    name = escape(role)
    wish = (
        say("{n} members here would like to talk with somebody who is: **{role}**.", n=say.number(count), role=name)
        if count >= ENOUGH
        else say("Somebody here would like to talk with somebody who is: **{role}**.", role=name)
    )
    how = say("It is 20 to 30 minutes. You are asked each time before anybody learns your name; a no costs nothing.")
    note = Note(say("I say this once a week at most, because those who look after this community let me."))
    row = Row((Button(say("Offer a talk"), TalkOffered(letter), "primary"),))
    return Message(say("Where you are, somebody would like to be"), (Text(wish), Text(how), row, note))
