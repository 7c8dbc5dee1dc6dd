"""A second pair of eyes, from both desks: what is asked for, offered, read, said, and ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chat.people import Person, Place
from sheets.review_ways import ReaderAsked, ReaderShown, ReviewAnswered, ReviewDone, ReviewShown, ReviewWanted
from sheets.share_ways import CommentAsked, SheetRead
from store import Store, severing
from store.conducts import ADULT
from store.participants import Participant
from store.programmes import Programme
from store.proposals import INTERVIEWS
from store.sheet_asks import SheetAsk
from store.sheet_reviews import ANSWER, REVIEWS, SheetReview
from tests.commands.conftest import NOON, SPACE
from tests.commands.desk import Desk
from tests.commands.scoping import PROBLEM, only, to_the_second_step

GONE = "This sheet is not available any more."
SETTLED = "This is settled by now."


@pytest.fixture
async def kofi(store: Store) -> Desk:
    """Kofi in a direct message, who has used us once."""
    desk = Desk(store, Person(SPACE, "U003"), NOON)
    desk.place = Place(SPACE, "D3", direct=True)
    await desk.type("scope", "")
    return desk


async def wanted(ada: Desk, store: Store, **said: str | tuple[str, ...]) -> str:
    """Ada asks for it; the sheet's id."""
    await to_the_second_step(ada)
    ada.form = None
    sheet = (await only(store, ada)).id
    await ada.act(ReviewShown(sheet).wire())
    await ada.press("I agree")
    await ada.fill(dict(said))
    await ada.press("Ask for it")
    return sheet


async def asked(store: Store, kofi: Desk, sheet: str) -> None:
    """As the clock asks."""
    async with store.begin() as tx:
        review = await tx.sheet_reviews.get(SPACE, sheet)
        shown = review.shown if review is not None else frozenset[str]()
        ask = SheetAsk(kofi.person, sheet, "reviewer", "asked", NOON, NOON + ANSWER, shown=shown)
        assert await tx.sheet_asks.add(ask)


async def review(store: Store, sheet: str) -> SheetReview:
    """As it stands."""
    async with store.begin() as tx:
        found = await tx.sheet_reviews.get(SPACE, sheet)
    assert found is not None
    return found


async def offer(store: Store, kofi: Desk) -> Participant | None:
    """As it stands."""
    async with store.begin() as tx:
        return await tx.participants.get(kofi.person, REVIEWS)


async def test_its_owner_sees_what_somebody_would_be_asked_and_nobody_is_asked_before(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    ada.form = None
    sheet = (await only(store, ada)).id
    await ada.act(ReviewShown(sheet).wire())
    assert "Nobody is graded." in ada.card.plain(), "the rules come first"
    await ada.press("I agree")
    assert ada.typed("steps") == "gate,problem", "all that is filled in"
    await ada.fill({"steps": ()})
    assert ada.wrong == {"steps": "At least one step, please."}
    preview = await ada.fill({"steps": ("problem",), "named": ("no",), "field": ("food",)})
    assert "Field: Food and farming" in preview.plain()
    assert "Steps: 1 The problem" in preview.plain()
    assert PROBLEM["wishes"] not in preview.plain()
    assert preview.people() == ()
    draft = await review(store, sheet)
    assert (draft.state, draft.next_at, draft.draft_shown) == ("draft", None, {"problem"})
    await ada.press("Ask for it")
    assert "I look until Friday, 4 December." in ada.card.plain()
    looking = await review(store, sheet)
    assert (looking.state, looking.next_at) == ("looking", NOON)
    await ada.act(ReviewWanted(sheet).wire())
    assert (await review(store, sheet)).version == looking.version, "a second press asks nobody twice"
    await ada.press("Ask nobody any more")
    assert (await review(store, sheet)).state == "over"


async def test_an_offer_to_read_is_made_changed_and_taken_back(kofi: Desk, store: Store) -> None:
    await kofi.act(ReaderAsked().wire())
    await kofi.press("I agree")
    await kofi.fill({"languages": ()})
    assert kofi.wrong == {"languages": "At least one language, please."}
    await kofi.fill({"languages": ("en", "fr"), "fields": ("food",), "month": ("2",)})
    assert "You read at most 2 sheets a month" in kofi.card.plain()
    part = await offer(store, kofi)
    assert part is not None
    assert (part.state, part.profile) == ("in", {"languages": ("en", "fr"), "fields": ("food",), "month": 2})
    await kofi.press("Change")
    assert kofi.typed("languages") == "en,fr"
    kofi.form = None
    await kofi.press("Stop offering")
    part = await offer(store, kofi)
    assert part is not None
    assert part.state == "out"
    await kofi.act(ReaderShown().wire())
    assert "I would read" in kofi.labels()


async def test_where_owners_ask_for_it_a_reader_says_that_they_are_of_age(kofi: Desk, store: Store) -> None:
    async with store.begin() as tx:
        talks = Programme(space=SPACE, name=INTERVIEWS, zone="UTC", state="on", settings={"adults": True})
        await tx.programmes.save(talks, NOON)
    await kofi.act(ReaderAsked().wire())
    await kofi.press("I agree")
    await kofi.press("I am of age")
    assert kofi.form is not None
    async with store.begin() as tx:
        assert await tx.conducts.accepted(kofi.person, ADULT) == NOON


async def test_a_yes_names_both_and_shows_the_steps_that_are_shown_and_no_more(
    ada: Desk, kofi: Desk, store: Store
) -> None:
    sheet = await wanted(ada, store, steps=("problem",))
    await asked(store, kofi, sheet)
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain(), "a question shows nothing yet"
    page = await kofi.act(ReviewAnswered(sheet, yes=True, letter="x").wire())
    assert page.people() == (ada.person,)
    assert PROBLEM["asked"] in page.plain()
    assert "Three questions" not in page.plain()
    await kofi.act(SheetRead(sheet, "gate").wire())
    assert "May I do this" not in kofi.card.plain()
    await kofi.act(CommentAsked(sheet, "problem").wire())
    await kofi.fill({"text": "Who counts the bread?"})
    assert "nobody else unless they show it" in kofi.card.plain()
    await kofi.act(ReviewDone(sheet).wire())
    assert "Your comment is with them." in kofi.card.plain()
    async with store.begin() as tx:
        known = await tx.sheet_asks.get(kofi.person, sheet)
    assert known is not None
    assert (known.state, known.tell, known.next_at) == ("done", "reviewed", NOON + timedelta(days=30))
    standing = await ada.act(ReviewShown(sheet).wire())
    assert standing.people() == (kofi.person,)
    assert "has read it." in standing.plain()
    await ada.press("End it")
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain()


async def test_a_no_asks_somebody_else_and_stopping_does_too(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await wanted(ada, store)
    await asked(store, kofi, sheet)
    kofi.now = NOON + timedelta(hours=3)
    await kofi.act(ReviewAnswered(sheet, yes=False, letter="x").wire())
    assert "Nobody hears of it" in kofi.card.plain()
    assert (await review(store, sheet)).next_at == kofi.now
    assert SETTLED in (await kofi.act(ReviewAnswered(sheet, yes=True, letter="x").wire())).plain()
    await kofi.act(f"reader-out|{sheet}|x")
    assert "I ask you no more." in kofi.card.plain()


@pytest.mark.parametrize("why", ["withdrawn", "blocked", "deleted", "never asked", "too late"])
async def test_a_yes_to_what_is_settled_reads_the_same_whatever_the_reason(
    ada: Desk, kofi: Desk, store: Store, why: str
) -> None:
    sheet = await wanted(ada, store)
    if why != "never asked":
        await asked(store, kofi, sheet)
    async with store.begin() as tx:
        match why:
            case "blocked":
                await severing.block(tx, ada.person, kofi.person, NOON)
            case "deleted":
                await tx.sheets.delete(SPACE, sheet)
            case "too late":
                known = await tx.sheet_asks.get(kofi.person, sheet)
                assert known is not None
                await tx.sheet_asks.move(known, "silent", None)
            case _:
                pass
    if why == "withdrawn":
        await ada.act(f"review-ended|{sheet}")
    assert SETTLED in (await kofi.act(ReviewAnswered(sheet, yes=True, letter="x").wire())).plain()
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain()
