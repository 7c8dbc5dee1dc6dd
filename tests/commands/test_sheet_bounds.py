"""What a reader, a channel, a guest and somebody who was blocked do not get to see of a sheet, whatever is pressed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.people import Person, Place
from sheets.review_ways import ReaderShown, ReviewAnswered, ReviewShown
from sheets.share_ways import (
    CommentAsked,
    CommentDropped,
    CommentShown,
    PeopleListed,
    PersonOut,
    SheetBlockAsked,
    SheetLeft,
    SheetRead,
)
from store import Store, severing
from store.sheet_reviews import REVIEWS
from tests.commands.conftest import NOON, SPACE
from tests.commands.desk import Desk
from tests.commands.scoping import IDEAS, PROBLEM, only, to_the_end, to_the_second_step
from tests.commands.test_sheet_reviews import asked, review, wanted
from tests.commands.test_sheet_sharing import comment, shared

GONE = "This sheet is not available any more."


async def desk(store: Store, id_: str, *, direct: bool = True) -> Desk:
    """Somebody who has used us once."""
    made = Desk(store, Person(SPACE, id_), NOON)
    await made.type("scope", "")
    if direct:
        made.place = Place(SPACE, f"D{id_}", direct=True)
    return made


async def joins(ada: Desk, other: Desk, sheet: str, how: str = "To co-own it") -> None:
    """Asked, and says yes."""
    ada.place = Place(SPACE, "C1")
    await ada.type("scope", f"share <@{other.person.id}>")
    await ada.press(how)
    await other.act(f"sheet-invited|{sheet}|1|")


async def reads(store: Store, kofi: Desk, sheet: str) -> None:
    """Asked to read, and says yes."""
    await asked(store, kofi, sheet)
    await kofi.act(ReviewAnswered(sheet, yes=True, letter="x").wire())


async def parts(store: Store, sheet: str) -> dict[str, str]:
    """Who is on it, and how."""
    async with store.begin() as tx:
        return {one.person.id: one.state for one in await tx.sheet_people.of(SPACE, sheet)}


async def test_a_step_filled_in_later_is_not_shown_to_who_reads_already(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    sheet = await wanted(ada, store, steps=("problem",), named=("no",))
    await reads(store, kofi, sheet)
    await ada.type("scope", "open")
    await ada.act(f"sh-part|{sheet}|ideas.form|0")
    await ada.fill({**IDEAS, "ideas": "An idea of later\nAnother"})
    page = await kofi.act(SheetRead(sheet).wire())
    assert PROBLEM["asked"] in page.plain()
    assert "An idea of later" not in page.plain()


async def test_a_new_request_beside_a_reader_shows_them_no_more_and_can_still_be_ended(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    sheet = await wanted(ada, store, steps=("problem",))
    await reads(store, kofi, sheet)
    before = (await kofi.act(SheetRead(sheet).wire())).plain()
    await ada.act(ReviewShown(sheet).wire())
    await ada.press("Ask somebody else")
    await ada.fill({"steps": ("gate", "problem")})
    await ada.press("Not now")
    assert (await review(store, sheet)).state == "reading"
    assert (await kofi.act(SheetRead(sheet).wire())).plain() == before
    await ada.act(ReviewShown(sheet).wire())
    await ada.press("Ask somebody else")
    assert ada.typed("steps") == "gate,problem", "what was ticked last"
    await ada.fill({})
    await ada.press("Ask for it")
    assert ada.card.people() == (kofi.person,), "who reads it is named while somebody else is looked for"
    assert (await kofi.act(SheetRead(sheet).wire())).plain() == before
    await ada.press("Ask nobody any more")
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain()


async def test_a_step_left_out_is_not_told_by_the_title_either(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    sheet = await wanted(ada, store, steps=("gate",))
    await reads(store, kofi, sheet)
    assert PROBLEM["wishes"] not in kofi.card.plain()
    await kofi.act(ReaderShown().wire())
    assert "Project scope sheet" in kofi.labels()
    assert not any(PROBLEM["wishes"][:20] in label for label in kofi.labels())


async def test_of_two_co_owners_who_are_apart_the_later_one_goes_and_nobody_blocked_comes(
    ada: Desk, store: Store
) -> None:
    kofi, sam, ken = [await desk(store, id_) for id_ in ("U003", "U004", "U005")]
    sheet = await shared(ada, store)
    await joins(ada, kofi, sheet)
    sam.now = ada.now = NOON.replace(minute=5)
    await joins(ada, sam, sheet)
    async with store.begin() as tx:
        await severing.block(tx, kofi.person, sam.person, NOON)
        await severing.block(tx, ken.person, kofi.person, NOON)
    await joins(ada, ken, sheet)
    assert await parts(store, sheet) == {"U001": "in", "U003": "in", "U004": "out"}
    assert "not among yours" in (await sam.act(PeopleListed(sheet).wire())).plain()


async def test_who_a_co_owner_blocked_reads_nothing(ada: Desk, store: Store) -> None:
    kofi, sam = await desk(store, "U003"), await desk(store, "U004")
    sheet = await wanted(ada, store, steps=("problem",))
    await joins(ada, kofi, sheet)
    await asked(store, sam, sheet)
    async with store.begin() as tx:
        await severing.block(tx, kofi.person, sam.person, NOON)
    assert "settled by now" in (await sam.act(ReviewAnswered(sheet, yes=True, letter="x").wire())).plain()
    assert "U004" not in await parts(store, sheet)


async def test_a_comment_shown_after_the_preview_is_shown_to_its_owner_before_the_channel(
    ada: Desk, store: Store
) -> None:
    kofi = await desk(store, "U003", direct=False)
    sheet = await shared(ada, store)
    await comment(kofi, sheet, "About salaries")
    await ada.act(f"sheet-unshare|{sheet}|C1")
    await ada.type("scope", "share")
    wire = ada.wire("Post it there")
    async with store.begin() as tx:
        (said,) = await tx.sheet_comments.of(SPACE, sheet)
    await ada.act(CommentShown(sheet, said.id, shown=True, page=0).wire())
    await ada.act(wire)
    assert "It has changed since." in ada.card.plain()
    assert len(ada.posted) == 1
    await ada.press("Post it there")
    assert "About salaries" in ada.posted[-1].plain()


async def test_the_channel_does_not_learn_an_answer_from_which_steps_there_are(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003", direct=False)
    await to_the_end(ada)
    ada.form = None
    await ada.type("scope", "share")
    await ada.press("Post it there")
    sheet = await only(store, ada)
    await kofi.act(CommentAsked(sheet.id).wire())
    before, kofi.form = kofi.form, None
    async with store.begin() as tx:
        gate = sheet.steps["gate"]
        changed = replace(gate, values={**gate.values, "harm": "yes"})
        await tx.sheets.save(replace(sheet, steps={**sheet.steps, "gate": changed}), NOON)
    await kofi.act(CommentAsked(sheet.id).wire())
    assert before is not None
    assert kofi.form == before


async def test_a_guest_says_yes_only_where_guests_are_let_in(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    sheet = await shared(ada, store)
    kofi.profile = replace(kofi.profile, external=True)
    await joins(ada, kofi, sheet)
    assert "You are a guest" in kofi.card.plain()
    assert (await parts(store, sheet))["U003"] == "asked"


async def test_a_no_to_one_sheet_is_a_no_to_the_next_of_the_same_owner(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    first = await shared(ada, store)
    await ada.type("scope", "share <@U003>")
    await ada.press("To comment")
    await kofi.act(f"sheet-invited|{first}|0|")
    async with store.begin() as tx:
        await tx.sheets.delete(SPACE, first)
    second = await shared(ada, store)
    await ada.type("scope", "share <@U003>")
    await ada.press("To comment")
    assert "I will ask them if I may." in ada.card.plain()
    async with store.begin() as tx:
        assert await tx.sheet_asks.of(SPACE, second) == ()


@pytest.mark.parametrize("why", ["left", "off", "late"])
async def test_a_yes_comes_to_nothing_where_nobody_is_there_to_read_it(ada: Desk, store: Store, why: str) -> None:
    kofi = await desk(store, "U003")
    sheet = await wanted(ada, store, steps=("problem",))
    await asked(store, kofi, sheet)
    async with store.begin() as tx:
        programme = await tx.programmes.get(SPACE, REVIEWS)
        assert programme is not None
        match why:
            case "left":
                await tx.leaving.left([ada.person], NOON)
            case "off":
                await tx.programmes.save(replace(programme, state="off"), NOON)
            case _:
                kofi.now = NOON.replace(month=12, day=30)
    assert "settled by now" in (await kofi.act(ReviewAnswered(sheet, yes=True, letter="x").wire())).plain()
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain()


async def test_nobody_comments_on_a_sheet_whose_owner_left(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003", direct=False)
    sheet = await shared(ada, store)
    async with store.begin() as tx:
        await tx.leaving.left([ada.person], NOON)
    assert GONE in (await kofi.act(CommentAsked(sheet).wire())).plain()


async def test_a_reader_who_leaves_leaves_the_wish_behind(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    sheet = await wanted(ada, store, steps=("problem",))
    await reads(store, kofi, sheet)
    await kofi.act(SheetLeft(sheet).wire())
    found = await review(store, sheet)
    assert (found.state, found.next_at) == ("looking", NOON)


async def test_an_owner_does_not_learn_who_said_no(ada: Desk, store: Store) -> None:
    kofi, sam = await desk(store, "U003"), await desk(store, "U004")
    sheet = await wanted(ada, store, steps=("problem",))
    await asked(store, kofi, sheet)
    await kofi.act(ReviewAnswered(sheet, yes=False, letter="x").wire())
    ada.place = Place(SPACE, "C1")
    said = list[tuple[str, str]]()
    for other in (kofi, sam):
        block = (await ada.act(SheetBlockAsked(sheet, other.person.id).wire())).plain()
        await ada.type("scope", f"share <@{other.person.id}>")
        said.append((block, (await ada.press("To comment")).plain()))
    assert said[0] == said[1]
    assert await parts(store, sheet) == {"U001": "in", "U003": "asked", "U004": "asked"}


async def test_who_was_put_out_does_not_come_back_through_the_channel(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003", direct=False)
    sheet = await shared(ada, store)
    await joins(ada, kofi, sheet, "To comment")
    await ada.act(PersonOut(sheet, "U003").wire())
    assert GONE in (await kofi.act(CommentAsked(sheet).wire())).plain()


async def test_a_stranger_deletes_no_comment_and_reads_so(ada: Desk, store: Store) -> None:
    kofi, sam = await desk(store, "U003", direct=False), await desk(store, "U004")
    sheet = await shared(ada, store)
    await comment(kofi, sheet, "Mine")
    async with store.begin() as tx:
        (said,) = await tx.sheet_comments.of(SPACE, sheet)
    assert GONE in (await sam.act(CommentDropped(sheet, said.id).wire())).plain()
    async with store.begin() as tx:
        assert await tx.sheet_comments.of(SPACE, sheet) == (said,)


async def test_a_title_of_nothing_reads_as_its_kind(ada: Desk, store: Store) -> None:
    kofi = await desk(store, "U003")
    await to_the_second_step(ada)
    ada.form = None
    sheet = (await only(store, ada)).id
    await joins(ada, kofi, sheet, "To comment")
    page = await kofi.act(SheetRead(sheet).wire())
    assert PROBLEM["wishes"][:20] in page.title, "who sees all steps sees its name"
