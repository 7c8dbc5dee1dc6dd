"""/interview-match prep: one page to take to a talk, and notes of it afterwards, which nobody else reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chat.errors import Tellable
from chat.form import Answers
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import kindly, mine, name_of, other_side
from commands._notes import as_kept, keep_note, line, lines, numbers, own_questions, prep_of, read_note, sealed
from commands._registry import _, answers, command
from commands._talks import own_talk
from commands.nudge_form import RecipeGiven, form_with
from commands.nudge_setup import on
from content import prep_cards as cards
from content.interview_ways import (
    AfterGiven,
    NotesDropped,
    PrepForm,
    PrepGiven,
    QuestionsGiven,
    QuestionsKept,
    ThingTaken,
)
from content.introduction_ways import PrepOpened
from content.prep_cards import AFTER, GOAL, NOTE, RESEARCH, STAYED, WHO, Prep, six_questions, to_take
from content.prep_file import crib_file_card, crib_text
from content.website_check import on_their_website
from store import Tx

OWN = "own:"
"""How the talks begin that were found elsewhere."""
PAGES = 50
TINY = 120
"""Characters of a tiny act, as in the recipe form."""


@command("interview-match prep", _("Prepare a talk, also one you found elsewhere"), also=("准备",))
async def prep(call: Call) -> Reply:
    """The page of the talk that is coming, or the pages there are."""
    async with call.store.begin() as tx:
        own = await mine(tx, call)
        coming = next((talk for talk in own.talks if talk.state in {"introduced", "scheduled"}), None)
        if coming is not None:
            return await _page_or_form(tx, call, coming.id)
        with sealed(call.say):
            notes = [note for note in await tx.notes.of(call.person) if note.kind == "prep"]
        pages = [(note.introduction, await _name(tx, call, note.introduction)) for note in notes]
        new = next(f"{OWN}{n}" for n in range(1, PAGES) if f"{OWN}{n}" not in dict(pages) or n == PAGES - 1)
        if not pages:
            return cards.research_form(call.say, new, Prep())
        return cards.preps_card(call.say, pages, new)


@answers(PrepOpened)
async def open_page(call: Call, pressed: PrepOpened) -> Reply:
    """The page, or the form that begins it; in a group for the one who pressed alone."""
    async with call.store.begin() as tx:
        return await _page_or_form(tx, call, pressed.introduction)


@answers(PrepForm)
async def open_form(call: Call, asked: PrepForm) -> Reply:
    """One of the forms, filled with what there is; or the page."""
    async with call.store.begin() as tx:
        await _own(tx, call, asked.talk)
        if asked.step == "after":
            return cards.after_form(call.say, asked.talk, await read_note(tx, call, asked.talk, "after"))
        if asked.step == "page":
            return await _page_or_form(tx, call, asked.talk)
        known = prep_of(await read_note(tx, call, asked.talk, "prep"))
        name, quiet = await _name(tx, call, asked.talk), await _quiet(tx, call, asked.talk)
    if asked.step == "file":
        questions = to_take(known, six_questions(call.say, call.library))
        return crib_file_card(call.say, asked.talk, crib_text(call.say, name, known, questions, quiet=quiet))
    if asked.step == "questions":
        return cards.questions_form(call.say, call.library, asked.talk, known)
    return cards.research_form(call.say, asked.talk, known)


@answers(PrepGiven)
async def keep_research(call: Call, given: PrepGiven, typed: Answers) -> Reply:
    """Who, what, and what for; then the page."""
    notes = {key: words for key in RESEARCH if (words := lines(typed, key, NOTE))}
    return await _change(
        call,
        given.talk,
        lambda was: replace(was, who=line(typed, "who", WHO), notes=notes, goal=line(typed, "goal", GOAL)),
    )


@answers(QuestionsGiven)
async def keep_questions(call: Call, given: QuestionsGiven, typed: Answers) -> Reply:
    """Ticked ones, own ones, and their order; then the page."""
    keep = tuple(int(n) for n in typed.chosen("keep") if n.isdecimal())
    order = numbers(typed.text("order"))
    return await _change(call, given.talk, lambda was: replace(was, keep=keep, own=own_questions(typed), order=order))


@answers(QuestionsKept)
async def keep_as_is(call: Call, pressed: QuestionsKept) -> Reply:
    """What the member decides is right."""
    async with call.store.begin() as tx:
        await _own(tx, call, pressed.talk)
        known = prep_of(await read_note(tx, call, pressed.talk, "prep"))
        name, quiet = await _name(tx, call, pressed.talk), await _quiet(tx, call, pressed.talk)
        return Edit(_card(call, pressed.talk, name, known, advice=False, quiet=quiet))


@answers(AfterGiven)
async def keep_after(call: Call, given: AfterGiven, typed: Answers) -> Reply:
    """Kept; one thing to do may become the next step."""
    kept = {key: words for key in STAYED if (words := lines(typed, key, AFTER))}
    with kindly(call.say):
        async with call.store.begin() as tx:
            await _own(tx, call, given.talk)
            await keep_note(tx, call, given.talk, "after", kept)
            quiet = await _quiet(tx, call, given.talk)
    return cards.after_card(call.say, given.talk, kept.get("thing", ""), quiet=quiet)


@answers(ThingTaken)
async def take_thing(call: Call, pressed: ThingTaken) -> Reply:
    """The recipe form with the one thing in it: sending it is the consent. Who has no daily step sets one up first,
    and finds the words in the form."""
    async with call.store.begin() as tx:
        await _own(tx, call, pressed.talk)
        thing = str((await read_note(tx, call, pressed.talk, "after")).get("thing", ""))
        nudge = await tx.nudges.get(call.person)
        if not thing:
            raise Tellable(call.say("There is no such note any more."))
        tiny = thing if len(thing) <= TINY else thing[: TINY - 1] + "…"
        if nudge is None:
            draft = {"tiny": tiny, "days": tuple(str(day) for day in range(7))}
            await tx.drafts.keep(call.person, RecipeGiven.wire_name, draft, call.now)
    if nudge is None:
        return await on(call)
    words = {"anchor": nudge.anchor, "tiny": tiny, "celebrate": nudge.celebrate, "at": call.say.time(nudge.schedule.at)}
    return form_with(call.say, call.library, words, nudge.schedule.days)


@answers(NotesDropped)
async def drop(call: Call, pressed: NotesDropped) -> Reply:
    """All notes of one talk, at once and for good."""
    async with call.store.begin() as tx:
        await tx.notes.drop(call.person, pressed.talk)
    await call.store.scrub()
    return Edit(cards.dropped_card(call.say))


async def _change(call: Call, talk: str, change: Callable[[Prep], Prep]) -> Reply:
    with kindly(call.say):
        async with call.store.begin() as tx:
            await _own(tx, call, talk)
            known = change(prep_of(await read_note(tx, call, talk, "prep")))
            await keep_note(tx, call, talk, "prep", as_kept(known))
            return _card(call, talk, await _name(tx, call, talk), known, quiet=await _quiet(tx, call, talk))


async def _page_or_form(tx: Tx, call: Call, talk: str) -> Reply:
    await _own(tx, call, talk)
    kept = await read_note(tx, call, talk, "prep")
    if not kept:
        return cards.research_form(call.say, talk, Prep())
    return _card(call, talk, await _name(tx, call, talk), prep_of(kept), quiet=await _quiet(tx, call, talk))


def _card(call: Call, talk: str, name: str, known: Prep, *, advice: bool = True, quiet: bool = False) -> Message:
    questions = to_take(known, six_questions(call.say, call.library))
    own = {words for words in known.own if words}
    doubts = [n for n, words in enumerate(questions, 1) if words in own and on_their_website(words)] if advice else []
    return cards.crib_card(call.say, talk, name, known, questions, doubts, quiet=quiet)


async def _quiet(tx: Tx, call: Call, talk: str) -> bool:
    """Whether the host asked not to be quoted: a line for the one who asked, on their own pages."""
    found = None if talk.startswith(OWN) else await tx.introductions.get(call.person.space, talk)
    host = found.the("host") if found else None
    return host is not None and host != call.person and await tx.notes.has(host, talk, "quote")


async def _own(tx: Tx, call: Call, talk: str) -> None:
    """Pages of talks found elsewhere are kept under the member; those of introductions are a side's alone."""
    if not talk.startswith(OWN):
        await own_talk(tx, call, talk)


async def _name(tx: Tx, call: Call, talk: str) -> str:
    """Whom the talk is with, as far as it is known."""
    if talk.startswith(OWN):
        return prep_of(await read_note(tx, call, talk, "prep")).who
    found = await tx.introductions.get(call.person.space, talk)
    return await name_of(tx, found, other_side(found, call.person)) if found else ""
