"""A sheet in a channel, comments on it, and who may do what: told at the desks of its owner and of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chat.message import People, Picture
from chat.people import Person, Place
from sheets.share_ways import CommentAsked, CommentDropped, CommentsListed, PeopleListed, SheetPosted, SheetRead
from store import Store, severing
from tests.commands.conftest import NOON, SPACE
from tests.commands.desk import Desk
from tests.commands.scoping import PROBLEM, only, to_the_second_step

GONE = "This sheet is not available any more."


@pytest.fixture
async def kofi(store: Store) -> Desk:
    """Kofi, who has used us once."""
    desk = Desk(store, Person(SPACE, "U003"), NOON)
    await desk.type("scope", "")
    return desk


async def shared(ada: Desk, store: Store) -> str:
    """Ada's sheet stands in the channel; its id."""
    await to_the_second_step(ada)
    ada.form = None
    await ada.type("scope", "share")
    await ada.press("Post it there")
    return (await only(store, ada)).id


async def comment(desk: Desk, sheet: str, text: str, step: str = "problem") -> None:
    """By the button below the posted card."""
    await desk.act(CommentAsked(sheet).wire())
    await desk.fill({"step": (step,), "text": text})


async def test_the_preview_names_the_channel_and_shows_what_is_posted_once(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    ada.form = None
    preview = await ada.type("scope", "share")
    assert "Everybody in #C1 would see this:" in preview.plain()
    assert "Left out: all other answers" in preview.plain()
    assert PROBLEM["wishes"] in preview.plain()
    assert ada.posted == []
    wire = ada.wire("Post it there")
    await ada.press("Post it there")
    (posted,) = ada.posted
    assert posted.pictures()[0].alt in preview.plain()
    assert [part for part in posted.parts if isinstance(part, (Picture, People))] == [
        part for part in preview.parts if isinstance(part, (Picture, People))
    ]
    assert PROBLEM["asked"] not in posted.plain(), "not on the card"
    await ada.act(wire)
    assert "It is posted here" in ada.card.plain()
    await ada.press("No more comments from here")
    await ada.act(wire)
    assert len(ada.posted) == 2, "taken back, it can be posted anew"


async def test_the_text_alone_goes_where_its_owner_would_rather(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    await ada.type("scope", "share")
    await ada.press("Only the text")
    (posted,) = ada.posted
    assert posted.pictures() == ()
    assert PROBLEM["wishes"] in posted.plain()


async def test_what_changed_since_the_preview_or_is_meant_for_another_channel_is_shown_first(
    ada: Desk, store: Store
) -> None:
    await to_the_second_step(ada)
    sheet = await only(store, ada)
    await ada.act(SheetPosted(sheet.id, "older", "C1", words=False).wire())
    assert "It has changed since." in ada.card.plain()
    await ada.act(SheetPosted(sheet.id, "older", "C2", words=False).wire())
    assert "Everybody in #C1 would see this:" in ada.card.plain()
    assert ada.posted == []


async def test_in_a_direct_message_nothing_is_posted(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    ada.place = Place(SPACE, "D1", direct=True)
    told = await ada.type("scope", "share")
    assert "typed in the channel you mean" in told.plain()
    assert "Post it there" not in ada.labels()


async def test_nobody_else_shares_a_sheet_and_no_id_is_an_authority(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    for action in (SheetPosted(sheet, "seen", "C1", words=False), CommentsListed(sheet), PeopleListed(sheet)):
        assert "not among yours" in (await kofi.act(action.wire())).plain()
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain(), "the channel saw the card, and no more"
    kofi.place = Place(SPACE, "C2")
    assert GONE in (await kofi.act(CommentAsked(sheet).wire())).plain(), "it was not shared there"
    assert kofi.posted == []


async def test_a_comment_reaches_its_owner_alone_who_decides_what_is_shown(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    await comment(kofi, sheet, "Who counts the *bread*?")
    thanks = kofi.card
    kofi.now = NOON + timedelta(minutes=1)
    await comment(kofi, sheet, "Which tills?", "ideas")
    await ada.type("scope", "open")
    assert "Comments: 2, 2 new" in ada.labels()
    page = await ada.press("Comments: 2, 2 new")
    assert "Who counts the *bread*?" in page.plain()
    assert page.people() == (kofi.person,)
    await ada.act([wire for label, wire in ada.controls() if label == "Show"][1])
    assert ada.labels().count("Hide") == 1
    await ada.type("scope", "open")
    assert "Comments: 2" in ada.labels()
    await ada.press("Export")
    await ada.press("Text (Markdown)")
    text = ada.card.files()[0].data.decode()
    assert "Who counts the" in text
    assert "Which tills?" not in text
    await ada.type("scope", "share")
    assert "Who counts the *bread*?" in ada.card.plain()
    kofi.card = thanks
    await kofi.press("Take it back")
    async with store.begin() as tx:
        assert [one.text for one in await tx.sheet_comments.of(SPACE, sheet)] == ["Which tills?"]
        (left,) = await tx.sheet_comments.of(SPACE, sheet)
    yu = Desk(store, Person(SPACE, "U002"), NOON)
    await yu.act(CommentDropped(sheet, left.id).wire())
    async with store.begin() as tx:
        assert len(await tx.sheet_comments.of(SPACE, sheet)) == 1, "a stranger deletes nothing"


async def test_after_a_block_or_its_end_the_sheet_is_not_available_in_the_same_words(
    ada: Desk, kofi: Desk, store: Store
) -> None:
    sheet = await shared(ada, store)
    await comment(kofi, sheet, "Who counts?")
    await ada.act(CommentsListed(sheet).wire())
    await ada.press("More…")
    await ada.press("Block")
    assert ada.card.people() == (kofi.person,)
    await ada.press("Yes, block")
    assert GONE in (await kofi.act(CommentAsked(sheet).wire())).plain()
    yu = Desk(store, Person(SPACE, "U002"), NOON)
    await yu.act(CommentAsked(sheet).wire())
    assert yu.form is not None
    async with store.begin() as tx:
        await tx.sheets.delete(SPACE, sheet)
    await yu.fill({"step": ("problem",), "text": "Too late"})
    assert GONE in yu.card.plain()


async def test_a_comment_can_be_reported_and_nobody_is_told_by_whom(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    await comment(kofi, sheet, "Buy my course")
    await ada.act(CommentsListed(sheet).wire())
    await ada.press("More…")
    await ada.press("Report")
    await ada.fill({"reason": ("selling",), "words": "an advertisement"})
    assert "Thank you." in ada.card.plain()
    async with store.begin() as tx:
        (report,) = await tx.reports.queue(SPACE)
    assert (report.about, report.reason, report.words) == (kofi.person, "selling", "an advertisement")
    stranger = Desk(store, Person(SPACE, "U009"), NOON)
    await stranger.act(f"sheet-report|{sheet}|{kofi.person.id}")
    assert stranger.form is None


async def test_a_guest_comments_only_where_owners_let_guests_take_part(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    kofi.profile = replace(kofi.profile, external=True)
    told = await kofi.act(CommentAsked(sheet).wire())
    assert "You are a guest from another workspace." in told.plain()


async def test_who_is_invited_says_yes_writes_in_turn_and_may_go(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    await ada.type("scope", "share <@U003>")
    await ada.press("To co-own it")
    assert "I will ask them if I may." in ada.card.plain()
    await ada.type("scope", "share <@U003>")
    await ada.press("To comment")
    async with store.begin() as tx:
        assert len(await tx.sheet_asks.of(SPACE, sheet)) == 1, "one open question a pair and sheet"
    assert "not among yours" in (await kofi.act(CommentsListed(sheet).wire())).plain(), "not before a yes"
    await kofi.act(f"sheet-invited|{sheet}|1|")
    assert "You are on" in kofi.card.plain()
    people = await kofi.act(PeopleListed(sheet).wire())
    assert "owns it · writes just now" in people.plain()
    assert "Take the pen" not in kofi.labels()
    ten = NOON.replace(minute=11)
    kofi.now = ada.now = ten
    await kofi.act(PeopleListed(sheet).wire())
    await kofi.press("Take the pen")
    assert "You: co-owns it · writes just now" in kofi.card.plain()
    assert "Somebody" in (await ada.act(f"sh-still|{sheet}|problem")).plain(), "one pen"
    await kofi.press("Leave this sheet")
    assert "not among yours" in (await kofi.act(PeopleListed(sheet).wire())).plain()


async def test_an_invitation_can_be_declined_and_is_not_repeated(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    await ada.type("scope", "share <@U003>")
    await ada.press("To comment")
    await kofi.act(f"sheet-invited|{sheet}|0|")
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain()
    await ada.type("scope", "share <@U003>")
    await ada.press("To comment")
    assert "I will ask them if I may." in ada.card.plain()
    await ada.type("scope", "share <@U099>")
    await ada.press("To comment")
    assert "I will ask them if I may." in ada.card.plain(), "the same words for a stranger"
    async with store.begin() as tx:
        assert [(one.person, one.state) for one in await tx.sheet_asks.of(SPACE, sheet)] == [(kofi.person, "no")]
        await severing.block(tx, kofi.person, ada.person, NOON)
    kofi.place = Place(SPACE, "D3", direct=True)
    assert GONE in (await kofi.act(CommentAsked(sheet).wire())).plain()


async def test_who_may_comment_reads_all_steps_and_changes_none(ada: Desk, kofi: Desk, store: Store) -> None:
    sheet = await shared(ada, store)
    await ada.type("scope", "share <@U003>")
    await ada.press("To comment")
    await kofi.act(f"sheet-invited|{sheet}|1|")
    page = await kofi.press("Open the sheet")
    assert PROBLEM["asked"] in page.plain()
    await kofi.press(kofi.labels()[1])
    assert PROBLEM["wishes"] in kofi.card.plain()
    await kofi.act(f"sh-part|{sheet}|problem.form|0")
    assert "you can comment on it" in kofi.card.plain()
    await ada.act(PeopleListed(sheet).wire())
    await ada.press("End it")
    kofi.place = Place(SPACE, "D3", direct=True)
    assert GONE in (await kofi.act(SheetRead(sheet).wire())).plain()
