"""The forms of circles: one of five questions to join or to host, one for a goal, one for an owner's help lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chat.form import Ask, Choose, Form
from content import circle_words as words
from content.circle_ways import CircleGiven, CircleGoalGiven, HelpGiven
from content.interview_words import languages
from content.say import Say

SHORT, ROOM, GOAL, LINES, CONTACT = 80, 1_000, 300, 1_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """What stands in the form when it opens. `hours` as typed; `way`: see content.circle_words.ways."""

    call_me: str = ""
    theme: str = ""
    languages: Collection[str] = ()
    hours: str = ""
    way: str = "circle-text"


def circle_form(say: Say, seated: Seated, *, hosts: bool) -> Form:
    """For who joins and for who hosts."""
    title = say("Host a circle") if hosts else say("Join a circle")
    known = dict(languages(say))
    options, ways = words.themes(say), words.ways(say)
    return Form(
        title,
        (
            Choose("theme", say("What would you like company for?"), options,
                   tuple(value for value, _label in options if value == seated.theme)),
            Choose("languages", say("Languages you can talk in"), tuple(known.items()),
                   tuple(code for code in known if code in seated.languages), many=True),
            Ask("hours", say("When could you meet, by your clock?"), value=seated.hours[:ROOM], required=False,
                most=ROOM, hint=say("weekdays 18:00-20:00, Sat 10-12; empty: by day; any: always")),
            Choose("way", say("How would you like it?"), ways,
                   tuple(value for value, _label in ways if value == seated.way)),
            Ask("call_me", say("What shall others call you?"), hint=say("a first name is enough"),
                value=seated.call_me[:SHORT], least=1, most=SHORT),
        ),
        CircleGiven(hosts),
        say("Look for a circle"),
    )  # fmt: skip


def goal_form(say: Say, circle: str, goal: str) -> Form:
    """One's own goal, which nobody else sees."""
    ask = Ask("goal", say("My goal for these weeks"), value=goal[:GOAL], required=False, long=True, most=GOAL,
              hint=say("for your eyes only; empty deletes it"))  # fmt: skip
    return Form(say("My own goal"), (ask,), CircleGoalGiven(circle), say("Keep it"))


def help_form(say: Say, lines: str, contact: str) -> Form:
    """What an owner gives members who need more than peers."""
    return Form(
        say("More than peers"),
        (
            Ask("lines", say("Help lines, one a line"), value=lines[:LINES], required=False, long=True, most=LINES,
                hint=say("name, number or address, hours, language")),
            Ask("contact", say("Whom to write to here"), value=contact[:CONTACT], required=False, most=CONTACT,
                hint=say("a moderator's name or channel")),
        ),
        HelpGiven(),
        say("Keep it"),
    )  # fmt: skip
