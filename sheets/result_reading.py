"""How far research has come: questions, papers, steps, and the passes through one paper."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from content.document import Block, Listing, Paragraph, Small
from content.say import Say
from content.worksheet import Worksheet
from sheets.papers import identity
from sheets.progress import progress, steps_of
from sheets.quotes import lines_at, text_at
from sheets.results import result
from sheets.sheet import Sheet

QUESTIONS, ENOUGH, PAPERS = 20, 12, 10
_MAP = "https://www.connectedpapers.com/search?q="


@result("question-count")
def question_count(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """The counter to twenty small questions; from twelve on one may go on (research.step3)."""
    n = len(lines_at(sheet, "questions.questions"))
    if not n:
        return ()
    count = Paragraph(say("{n} of {most} questions", n=n, most=QUESTIONS))
    if n >= QUESTIONS:
        return (count,)
    note = (
        say("Enough to go on; more may come later.")
        if n >= ENOUGH
        else say("From {least} on the next step opens.", least=ENOUGH)
    )
    return (count, Small(note))


@result("paper-count")
def paper_count(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """The counter to ten core papers, and the map around the seed (research.step7.chain)."""
    seed, papers = text_at(sheet, "seed.seed"), lines_at(sheet, "seed.papers")
    if not seed and not papers:
        return ()
    n = len({identity(paper) for paper in papers})
    blocks: list[Block] = [Paragraph(say("{n} of {most} core papers", n=n, most=PAPERS))]
    if seed:
        blocks.append(Small(say("Open in Connected Papers: {link}", link=_MAP + quote(seed[:200], safe=""))))
    return tuple(blocks)


@result("steps-done")
def steps_done(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """The map of the steps: one dot each, and its name (research.step1 to research.step7)."""
    found = [one for one in progress(worksheet, sheet) if one.number is not None]
    titles = {step.key: step.short.get(say.lang) for step in steps_of(worksheet, sheet)}
    done = sum(one.state == "done" for one in found)
    if not any(one.state != "open" for one in found):
        return ()
    dots = "".join("●" if one.state == "done" else "◐" if one.state != "open" else "○" for one in found)
    left = tuple(titles[one.key] for one in found if one.state != "done")
    count = Paragraph(say("{dots} {n} of {most} steps", dots=dots, n=done, most=len(found)))
    return (count, Small(say("Still open: {steps}", steps=say.join(left)))) if left else (count,)


@result("title-read")
def title_read(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """The tiny version of reading a paper: its title, today."""
    if text_at(sheet, "pass1.verdict") != "title":
        return ()
    return (Small(say("The title is read: the tiny version for today, and it counts. The first pass waits for you.")),)


@result("paper-pass")
def paper_pass(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Block, ...]:
    """How often the paper was gone through, the member's own sentence about it, and that stopping is a good end."""
    first, second = text_at(sheet, "pass1.verdict"), text_at(sheet, "pass2.verdict2")
    sentence = text_at(sheet, "pass1.sentence")
    if not first:
        return ()
    if first == "title":
        return title_read(say, worksheet, sheet, today)
    third = any(text_at(sheet, f"pass3.{key}") for key in ("assumptions", "redo", "weakest"))
    n = 3 if third else 2 if second else 1
    stopped = first in {"stop", "drop"} or second == "stop"
    count = say("{n} of 3 passes", n=n)
    blocks: list[Block] = [Paragraph(f"{'●' * n}{'○' * (3 - n)} {count}")]
    blocks += [Listing((sentence,))] if sentence else []
    blocks += [Small(say("Stopped here on purpose: a good end."))] if stopped and not third else []
    return tuple(blocks)
