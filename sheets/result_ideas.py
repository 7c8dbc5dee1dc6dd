"""Six beginnings of a problem in the member's own words, and an example for a mind that is blank today."""

from __future__ import annotations

from datetime import date

from content.document import Block, Listing, Paragraph, Small
from content.say import Say
from content.worksheet import Worksheet
from sheets.quotes import text_at
from sheets.results import result
from sheets.sheet import Sheet

DOORS = ("join", "talk", "apply", "side")
MARKS = " .\u3002!\uff01,\uff0c;\uff1b"


@result("starters")
def starters(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """Six sentences to finish, all about somebody's trouble and none about a solution; () while the three answers are
    blank. They are templates: nothing in them was made up."""
    door, topic, data, person = _answers(sheet)
    if not (topic or data or person):
        return ()
    return (
        Paragraph(say("Six beginnings. Which one makes you say “oh, that”?")),
        Listing(_six(say, door, topic, data, person), True),
    )


@result("pizza-example")
def pizza_example(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """For three blank answers: how a corner shop finds a use (intro.pizza-demand), and one task for the way home."""
    door, *answers = _answers(sheet)
    if not door or any(answers):
        return ()
    return (
        Paragraph(
            say(
                "Nothing comes to mind? A pizza shop has its sales of every evening. A straight line through them says "
                "roughly how many guests come on Friday: whom to call in, what to buy, which pies to make beforehand. "
                "The guests wait less."
            )
        ),
        Small(say("One task for today: look for one queue, take a photo, and ask who is waiting for what.")),
    )


def _answers(sheet: Sheet) -> tuple[str, str, str, str]:
    """The door, and its three answers."""
    door = text_at(sheet, "door.door")
    topic, data, person = (text_at(sheet, f"{door}.{door}_{key}").strip(MARKS) for key in ("topic", "data", "person"))
    return door, topic, data, person


def _six(say: Say, door: str, topic: str, data: str, person: str) -> tuple[str, ...]:
    topic = topic or say("what goes on there")
    data = data or say("the notes that nobody looks at")
    person = person or say("the people who do it every day")
    return (
        say("“{person}”: every week, time is lost because …", person=person),
        say("Around “{topic}”, somebody waits too long for …", topic=topic),
        say("Nobody looks into “{data}”, and so it is overlooked that …", data=data),
        say("“{person}”: today this is guessed, although “{data}” could say …", person=person, data=data),
        say("When “{topic}” goes wrong, it is noticed too late, and then …", topic=topic),
        _by_door(say, door, topic, person),
    )


def _by_door(say: Say, door: str, topic: str, person: str) -> str:
    match door:
        case "join":
            return say("Whoever works on “{topic}” already is held up most by …", topic=topic)
        case "talk":
            return say("Asked about “{topic}”, somebody who knows it would wish first that …", topic=topic)
        case "side":
            return say("On a free evening, “{topic}” would be more fun if it were not so hard to …", topic=topic)
        case _:
            return say("In my place, “{topic}” matters most, and it suffers when …", topic=topic)
