"""What a picker sheet comes to: nine dots for each project, a favourite with its reason, a day to decide by."""

from __future__ import annotations

from datetime import date, timedelta

from content.document import Block, Listing, Paragraph, Small, Table
from content.say import Say
from content.worksheet import Worksheet
from sheets.picking import QUESTIONS, Scored, best, nine, scored, zero_words
from sheets.quotes import lines_with, option_of, text_at
from sheets.refs import line_of
from sheets.results import moment, result
from sheets.sheet import Sheet

_DAYS = {"days": 1, "weeks": 7, "months": 30}
MOST_DAYS = 7


@result("nine-dots")
def nine_dots(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """A table of the projects, the most dots first; zeros in words; those that are not ranked, and why. With one alone
    there is nothing to rank, and with a tie nothing to break."""
    found = [one for one in scored(worksheet, sheet) if one.whole]
    if not found:
        return ()
    ranked = sorted((one for one in found if one.ranked), key=lambda one: -one.total)
    rows = tuple((one.item.text, say("{dots} {n} of 9", dots=nine(one.total), n=one.total)) for one in ranked)
    zeros = tuple(_zeros(say, worksheet, one) for one in found if one.zeros)
    aside = tuple(one.item.text for one in found if not one.ranked)
    blocks = list[Block]()
    if rows:
        blocks.append(Table((say("Project"), say("Dots")), rows))
    if zeros:
        blocks += [Small(say("A zero, in words:")), Listing(zeros)]
    if aside:
        blocks += [
            Small(say("Not ranked, until it is clear that it is good for people and yours to do:")),
            Listing(aside),
        ]
    if len(ranked) > 1 and len(best(found)) > 1:
        blocks.append(Small(say("A tie is fine: flip a coin, and watch which side you hope for.")))
    return tuple(blocks)


@result("top-pick")
def top_pick(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """The member's own pick, without argument; else the project with the most dots, where there is one to compare.
    Then the first ten seconds of it, and the day to decide by."""
    found = scored(worksheet, sheet)
    chosen = line_of(sheet, "projects.projects", text_at(sheet, "decide.picked"))
    first, until = text_at(sheet, "decide.first"), decide_by(worksheet, sheet, today)
    blocks = list[Block]()
    if chosen is not None:
        own = next((one for one in found if one.item.id == chosen.id), None)
        dots = say("{dots} {n} of 9", dots=nine(own.total), n=own.total) if own is not None and own.whole else ""
        pick = say("Your pick: {name}", name=chosen.text)
        blocks.append(Paragraph(f"{pick}\n{dots}" if dots else pick))
    elif len([one for one in found if one.ranked]) > 1 and len(tops := best(found)) == 1:
        top = tops[0]
        said = say(
            "Most dots: {name}, {n} of 9. Pick another one if you would rather.", name=top.item.text, n=top.total
        )
        blocks.append(Paragraph(said))
        blocks += [Small(reason)] if (reason := _reason(say, worksheet, sheet, top)) else []
    if first:
        blocks.append(Small(say("The first ten seconds: {first}", first=first)))
    if until is not None and chosen is None:
        blocks.append(
            Small(
                say(
                    "Decide by {day}: a month of choosing for a week of doing is a poor trade.",
                    day=say.date(until),
                )
            )
        )
    return tuple(blocks)


@moment("decide-by")
def decide_by(worksheet: Worksheet, sheet: Sheet, today: date) -> date | None:
    """The day the length was first written down plus that length, seven days at most (project.analysis-paralysis): it
    does not run away with later saves. None while the length is open."""
    return _after_length(sheet, MOST_DAYS)


@moment("length-over")
def length_over(worksheet: Worksheet, sheet: Sheet, today: date) -> date | None:
    """The day the time given to the project is over: was it a stepping stone (project.checklist.stepping-stone)?"""
    return _after_length(sheet, None)


def _after_length(sheet: Sheet, most: int | None) -> date | None:
    amount, unit = text_at(sheet, "decide.amount"), text_at(sheet, "decide.length")
    filled = sheet.steps.get("decide")
    if filled is None or filled.first_on is None or not amount.isdecimal() or unit not in _DAYS:
        return None
    days = int(amount) * _DAYS[unit]
    return filled.first_on + timedelta(days=days if most is None else min(days, most))


def _zeros(say: Say, worksheet: Worksheet, one: Scored) -> str:
    """ "Reading list: nobody (a circle may change that: /circle)"."""
    words = zero_words(worksheet, one, say.lang)
    if "people" in one.zeros:
        return say("{name}: {zeros} (a circle may change that: /circle)", name=one.item.text, zeros=words)
    return say("{name}: {zeros}", name=one.item.text, zeros=words)


def _reason(say: Say, worksheet: Worksheet, sheet: Sheet, top: Scored) -> str:
    """What its strongest answer was, in the words of the option."""
    said = dict(next(found for item, found in lines_with(worksheet, sheet, "scores.growth") if item == top.item))
    points = {key: value for key in QUESTIONS if isinstance(value := said.get(key), str)}
    if not points:
        return ""
    key = max(points, key=lambda one: points[one])
    label = option_of(worksheet, f"scores.{key}", points[key], say.lang)
    return say("Strongest answer: {answer}", answer=label.lstrip("0123:\uff1a "))
