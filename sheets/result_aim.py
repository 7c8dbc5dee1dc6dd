"""What ready-fire-aim advises: a rule, the two answers that decided, a stop rule, and perhaps who would disagree."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from content.document import Block, Paragraph, Small
from content.say import Say
from content.worksheet import Worksheet
from sheets.aiming import Case, Verdict, case_of, rule
from sheets.quotes import text_at
from sheets.results import moment, result
from sheets.sheet import Sheet


@result("aim-advice")
def aim_advice(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """() until every tap was answered."""
    if (case := case_of(sheet)) is None:
        return ()
    ruling = rule(case)
    one, two = (_because(say, case, key) for key in ruling.because)
    why = say("Because {one}, and because {two}.", one=one, two=two)
    advice = (
        Paragraph(f"{_verdict(say, ruling.verdict, case)}\n{why}"),
        Paragraph(_stop(say, ruling.verdict, case)),
    )
    return (*advice, Small(other)) if (other := _counter(say, ruling.verdict, case)) else advice


@moment("aim-again")
def aim_again(worksheet: Worksheet, sheet: Sheet, today: date) -> date | None:
    """The day the member set to look again."""
    try:
        return date.fromisoformat(text_at(sheet, "again.date"))
    except ValueError:
        return None


def _verdict(say: Say, verdict: Verdict, case: Case) -> str:
    match verdict:
        case "aim-safe":
            return say(
                "Aim first: list what must be true for this to go well, and find the cheapest evidence for each."
            )
        case "aim-study" if case.place == "model":
            return say(
                "Aim first, with a study of {study} and no longer: read how others solved something like it, and try "
                "two ways on a small piece of the data.",
                study=_study(say, case),
            )
        case "aim-study":
            return say(
                "Aim first, with a study of {study} and no longer: compare at least three places it could be used in.",
                study=_study(say, case),
            )
        case "smaller":
            return say("Cut a smaller shot: the smallest version that could fail.")
        case "fire-model":
            return say("Fire first: build it end to end quickly, then let the errors say what to try next.")
        case "fire-shots":
            return say("Fire first, and plan several shots: fire, aim, fire, aim.")
        case "mixed":
            return say("Half and half: aim for one day, then fire, and look again on a day you set now.")
        case _:
            assert_never(verdict)


def _stop(say: Say, verdict: Verdict, case: Case) -> str:
    match verdict:
        case "aim-safe":
            return say(
                "A stop rule to begin with: as soon as one thing that must be true is not, stop; finding that out "
                "early is cheap."
            )
        case "aim-study":
            return say(
                "A stop rule to begin with: when {study} is over, decide with what you know by then.",
                study=_study(say, case),
            )
        case "smaller":
            return say(
                "A stop rule to begin with: half of {what} you planned. If it has shown nothing by then, let it go.",
                what=_half(say, case),
            )
        case "fire-model" | "fire-shots":
            return say(
                "A stop rule to begin with: you planned {plan}. Once that is used up, look before you go on.",
                plan=_plan(say, case),
            )
        case "mixed":
            return say("A stop rule to begin with: after the one day of aiming, fire or let it go.")
        case _:
            assert_never(verdict)


def _counter(say: Say, verdict: Verdict, case: Case) -> str:
    """Where aiming is safety, or a try is small and easily undone, neither book would disagree: ""."""
    if verdict == "aim-study":
        return say(
            "The other side: for open-ended exploration, Why Greatness Cannot Be Planned (Stanley and Lehman) puts the "
            "next interesting stone before any plan."
        )
    if verdict == "aim-safe" or not (case.dear or case.undo == "pain"):
        return ""
    return say(
        "The other side: for work that is big and hard to undo, How Big Things Get Done (Flyvbjerg and Gardner) puts "
        "slow planning before quick building."
    )


def _because(say: Say, case: Case, key: str) -> str:
    match key, getattr(case, key):
        case "hurt", _:
            return say("many people could be hurt if it is wrong")
        case "undo", "oneway":
            return say("it is a one-way door")
        case "undo", "easily":
            return say("you can stop easily afterwards")
        case "undo", _:
            return say("stopping afterwards hurts a little")
        case "place", _:
            return say("the direction is agreed and this is the model inside it")
        case "study", "no":
            return say("no short study could say whether it is worth it")
        case "study", _:
            return say("a study of {study} could say whether it is worth it", study=_study(say, case))
        case _:
            return say("the first try takes {plan}", plan=_plan(say, case))


def _plan(say: Say, case: Case) -> str:
    """ "weeks and some money"."""
    times = {"hours": say("a few hours"), "days": say("a few days"), "weeks": say("weeks"), "months": say("months")}
    money = {"none": say("no money"), "some": say("some money"), "lot": say("a lot of money")}
    return say("{time} and {money}", time=times[case.cost], money=money[case.money])


def _half(say: Say, case: Case) -> str:
    words = {"weeks": say("the weeks"), "months": say("the months")}
    return words.get(case.cost, say("the money"))


def _study(say: Say, case: Case) -> str:
    words = {"yes-day": say("a day"), "yes-week": say("a week"), "yes-month": say("a month")}
    return words.get(case.study, "")
