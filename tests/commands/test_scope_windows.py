"""Two windows, two owners, a stranger, and the eleventh sheet: nothing is overwritten, and who may not is told so."""

from __future__ import annotations

from datetime import timedelta

from chat.event import EVENT
from chat.people import Person
from sheets.ways import SheetDeleted, SheetOpened, SheetPart, SheetQuick, SheetStill
from store import Store
from tests.commands.conftest import NOON, SPACE
from tests.commands.desk import Desk
from tests.commands.scoping import IDEAS, PROBLEM, only, to_the_end, to_the_second_step


def window(desk: Desk) -> Desk:
    """Another one of the same member."""
    return Desk(desk.store, desk.person, desk.now)


async def both_open(ada: Desk, store: Store, part: str = "problem.form") -> tuple[Desk, Desk, str]:
    """Two windows with the same form, and the sheet's id."""
    await to_the_second_step(ada)
    sheet = (await only(store, ada)).id
    other = window(ada)
    for desk in (ada, other):
        await desk.act(SheetPart(sheet, part).wire())
        assert desk.form is not None
    return ada, other, sheet


async def test_two_windows_cannot_overwrite_each_other(ada: Desk, store: Store) -> None:
    first, second, _ = await both_open(ada, store)
    await first.fill({"who": "Shop managers"})
    card = await second.fill({"who": "Bakers"})
    assert card.title == "This step was saved in another window meanwhile"
    assert "Shop managers" in card.plain()
    assert "Bakers" in card.plain()
    assert (await only(store, ada)).value("problem.who") == "Shop managers"
    mine = second.wire("Use mine")
    await second.act(mine)
    assert (await only(store, ada)).value("problem.who") == "Bakers"
    again = await second.act(mine)
    assert "no longer waiting" in again.plain()


async def test_what_stands_can_be_kept_and_the_other_text_goes(ada: Desk, store: Store) -> None:
    first, second, sheet = await both_open(ada, store)
    await first.fill({"who": "Shop managers"})
    await second.fill({"who": "Bakers"})
    card = await second.press("Keep what stands")
    assert "Shop managers" in card.plain()
    await second.act(SheetPart(sheet, "problem.form").wire())
    assert second.typed("who") == "Shop managers"


async def test_the_same_words_twice_are_no_conflict(ada: Desk, store: Store) -> None:
    first, second, _ = await both_open(ada, store)
    await first.fill({"who": "Shop managers"})
    card = await second.fill({"who": "Shop managers"})
    assert "another window" not in card.title
    assert (await only(store, ada)).value("problem.who") == "Shop managers"


async def test_another_step_saved_meanwhile_merges_silently(ada: Desk, store: Store) -> None:
    first, second, sheet = await both_open(ada, store)
    await first.act(SheetPart(sheet, "ideas.form").wire())
    await first.fill(IDEAS)
    card = await second.fill({"who": "Bakers"})
    assert "another window" not in card.title
    kept = await only(store, ada)
    assert kept.value("problem.who") == "Bakers"
    assert len(kept.items("ideas.ideas")) == 2


async def test_an_id_in_a_button_is_no_authority(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    sheet = await only(store, ada)
    kofi = Desk(store, Person(SPACE, "U003"), NOON)
    await kofi.type("help")
    for action in (SheetOpened(sheet.id), SheetPart(sheet.id, "problem.form"), SheetDeleted(sheet.id)):
        card = await kofi.act(action.wire())
        assert "not among yours" in card.plain()
        assert kofi.form is None
    assert await only(store, ada) == sheet


async def test_one_owner_writes_at_a_time_and_a_commenter_never(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    sheet = await only(store, ada)
    kofi, priya = Desk(store, Person(SPACE, "U003"), NOON), Desk(store, Person(SPACE, "U004"), NOON)
    for desk in (kofi, priya):
        await desk.type("help")
    async with store.begin() as tx:
        await tx.sheet_people.add(kofi.person, sheet.id, "co-owner", NOON, state="in")
        await tx.sheet_people.add(priya.person, sheet.id, "commenter", NOON, state="in")
    told = await kofi.act(SheetPart(sheet.id, "problem.form").wire())
    assert "Ten minutes after that" in told.plain()
    assert "you can comment on it" in (await priya.act(SheetPart(sheet.id, "problem.form").wire())).plain()
    kofi.now = NOON + timedelta(minutes=11)
    await kofi.act(SheetPart(sheet.id, "problem.form").wire())
    await kofi.fill({"who": "Bakers"})
    assert (await only(store, ada)).value("problem.who") == "Bakers"
    ada.now = NOON + timedelta(minutes=12)
    told = await ada.act(SheetPart(sheet.id, "problem.form").wire())
    assert "Ten minutes after that" in told.plain()
    assert "Only the one who began" in (await kofi.act(SheetDeleted(sheet.id).wire())).plain()


async def test_the_eleventh_sheet_asks_which_may_rest(ada: Desk, store: Store) -> None:
    for _ in range(10):
        await ada.type("scope", "new")
        await ada.press("Yes")
    card = await ada.type("scope", "new")
    assert card.title == "Ten are enough"
    await ada.press("Project scope sheet")
    assert "is put away" in ada.card.plain()
    away = await ada.press("Take out again")
    assert "Take out again" not in ada.labels(), "there was room for it again"
    await ada.press("More…")
    await ada.press("Put away")
    full = ada.card
    assert "is put away" in full.plain()
    await ada.type("scope", "new")
    assert ada.card.title == "Three questions before anything else"
    ada.card = full
    assert (await ada.press("Take out again")).title == "Ten are enough"
    assert away.title == "Project scope sheet"


async def test_a_sheet_that_was_put_away_rests_until_it_is_taken_out(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    sheet = await only(store, ada)
    await ada.type("scope", "open")
    await ada.press("More…")
    await ada.press("Put away")
    told = await ada.act(SheetPart(sheet.id, "problem.form").wire())
    assert "put away" in told.plain()
    await ada.type("scope", f"open {sheet.id}")
    await ada.press("Take out again")
    await ada.press("● A business problem")
    await ada.press("Change: 1 The problem")
    assert ada.form is not None
    await ada.fill({"who": "Bakers"})
    assert (await only(store, ada)).value("problem.who") == "Bakers"


async def test_deleted_is_deleted_with_what_was_typed(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    sheet = await only(store, ada)
    await ada.fill({"ideas": "x" * 900})
    await ada.type("scope", f"open {sheet.id}")
    await ada.press("More…")
    assert "goes for good" in (await ada.press("Delete")).plain()
    assert "Deleted." in (await ada.press("Delete")).plain()
    async with store.begin() as tx:
        assert await tx.sheets.of(ada.person) == ()
        assert (await tx.having.counts(ada.person))["sheet_drafts"] == 0
    assert "not among yours" in (await ada.act(SheetOpened(sheet.id).wire())).plain()


async def test_an_event_that_is_handled_once_more_begins_no_second_sheet(ada: Desk, store: Store) -> None:
    token = EVENT.set("slack:again")
    try:
        await ada.type("scope", "new")
        again = await ada.type("scope", "new")
    finally:
        EVENT.reset(token)
    assert (await only(store, ada)).worksheet == "scope"
    assert "0 of 5" in again.plain()


async def test_looking_ten_times_at_what_is_asked_first_leaves_one_empty_sheet(ada: Desk, store: Store) -> None:
    for _ in range(10):
        await ada.type("scope", "new")
        assert ada.card.title == "Three questions before anything else"
    empty = await only(store, ada)
    await ada.press("Yes")
    await ada.type("scope", "new")
    async with store.begin() as tx:
        assert {one.id for one in await tx.sheets.of(ada.person)} > {empty.id}


async def test_an_empty_sheet_that_somebody_else_owns_too_is_not_taken_for_the_next_one(
    ada: Desk, store: Store
) -> None:
    await ada.type("scope", "new")
    kofi = await co_owner(store, (await only(store, ada)).id)
    await kofi.type("scope", "new")
    async with store.begin() as tx:
        assert len(await tx.sheets.of(kofi.person)) == 2


async def test_a_finished_sheet_can_still_be_changed_and_is_open_while_something_lacks(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    sheet = await only(store, ada)
    await ada.act(SheetPart(sheet.id, "problem.form").wire())
    await ada.fill(PROBLEM | {"who": "Bakers of one town"})
    assert (await only(store, ada)).state == "done", "what is to be looked at again opens nothing"
    await ada.act(SheetPart(sheet.id, "problem.form").wire())
    await ada.fill(PROBLEM | {"who": ""})
    after = await only(store, ada)
    assert (after.state, after.value("problem.who")) == ("open", None)
    await ada.act(SheetPart(sheet.id, "problem.form").wire())
    await ada.fill(PROBLEM)
    for key, filled in (await only(store, ada)).steps.items():
        if filled.recheck:
            await ada.act(SheetStill(sheet.id, key).wire())
    assert (await only(store, ada)).state == "done"


async def test_where_ten_are_open_a_finished_sheet_stays_finished(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    sheet = await only(store, ada)
    for _ in range(10):
        await ada.type("scope", "new")
        await ada.press("Yes")
    await ada.act(SheetPart(sheet.id, "problem.form").wire())
    await ada.fill(PROBLEM | {"who": ""})
    async with store.begin() as tx:
        after = await tx.sheets.get(SPACE, sheet.id)
    assert after is not None
    assert (after.state, after.value("problem.who")) == ("done", None)


async def test_words_that_waited_do_not_overwrite_what_was_saved_since(ada: Desk, store: Store) -> None:
    """Also a week later, and when it was a co-owner who saved: the form says what it holds, and sending it asks."""
    _, second, sheet = await both_open(ada, store)
    assert second.form is not None
    assert second.form.sealed, "a platform writes no draft of it down"
    await second.fill({"who": "Bakers", "wishes": "x" * 1_000})
    assert second.wrong
    kofi = await co_owner(store, sheet)
    kofi.now = NOON + timedelta(days=3)
    await kofi.act(SheetPart(sheet, "problem.form").wire())
    assert kofi.typed("who") == PROBLEM["who"], "another's words are theirs"
    await kofi.fill({"who": "Shop managers"})
    ada.now = NOON + timedelta(days=7)
    await ada.act(SheetPart(sheet, "problem.form").wire())
    assert ada.form is not None
    assert ada.typed("who") == "Bakers"
    assert ada.form.title.startswith("Unsaved: ")
    assert "typed on 20 November 2026" in ada.form.intro
    card = await ada.fill({"wishes": "Less waste"})
    assert card.title == "This step was saved in another window meanwhile"
    assert (await only(store, ada)).value("problem.who") == "Shop managers"
    later = Desk(store, ada.person, ada.now + timedelta(minutes=1))
    await later.act(SheetPart(sheet, "problem.form").wire())
    assert "Bakers" in later.typed("who")


async def test_what_was_saved_after_both_texts_were_shown_is_shown_before_it_is_overwritten(
    ada: Desk, store: Store
) -> None:
    first, second, sheet = await both_open(ada, store)
    await first.fill({"who": "Shop managers"})
    await second.fill({"who": "Bakers"})
    kofi = await co_owner(store, sheet)
    kofi.now = second.now = NOON + timedelta(minutes=11)
    await kofi.act(SheetPart(sheet, "problem.form").wire())
    await kofi.fill({"who": "Millers"})
    second.now = NOON + timedelta(minutes=22)
    card = await second.press("Use mine")
    assert "Millers" in card.plain()
    assert (await only(store, ada)).value("problem.who") == "Millers"
    await second.press("Use mine")
    assert (await only(store, ada)).value("problem.who") == "Bakers"


async def test_each_form_of_a_sheet_keeps_its_own_words(ada: Desk, store: Store) -> None:
    _, second, sheet = await both_open(ada, store)
    await second.fill({"who": "Bakers", "wishes": "x" * 1_000})
    await ada.act(SheetPart(sheet, "ideas.form").wire())
    await ada.fill({"ideas": "x" * 900})
    await ada.act(SheetPart(sheet, "ideas.form").wire())
    await ada.fill(IDEAS)
    await ada.act(SheetPart(sheet, "problem.form").wire())
    assert ada.typed("wishes") == "x" * 1_000
    await ada.act(SheetPart(sheet, "ideas.form").wire())
    assert ada.typed("ideas") == IDEAS["ideas"], "what was saved waits no more"


async def test_no_word_is_lost_when_saving_is_refused(ada: Desk, store: Store) -> None:
    """A co-owner took the pen while the form stood open; and later somebody put the sheet away."""
    _, second, sheet = await both_open(ada, store)
    kofi = await co_owner(store, sheet)
    kofi.now = second.now = ada.now = NOON + timedelta(minutes=11)
    await kofi.act(SheetPart(sheet, "ideas.form").wire())
    await kofi.fill(IDEAS)
    told = await second.fill({"who": "Bakers of one town"})
    assert "Ten minutes after that" in told.plain()
    assert "What you typed is kept" in told.plain()
    ada.now = NOON + timedelta(minutes=22)
    await ada.act(SheetPart(sheet, "problem.form").wire())
    assert ada.typed("who") == "Bakers of one town"
    other = window(ada)
    await other.type("scope", f"open {sheet}")
    await other.press("More…")
    await other.press("Put away")
    assert "put away" in (await ada.fill({"who": "Bakers of two towns"})).plain()
    await other.press("Take out again")
    await other.act(SheetPart(sheet, "problem.form").wire())
    assert other.typed("who") == "Bakers of two towns"


async def test_what_was_typed_about_a_line_that_is_gone_is_given_back(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    await ada.fill(IDEAS)
    sheet = await only(store, ada)
    line = sheet.items("ideas.ideas")[0].id
    other = window(ada)
    await other.act(SheetPart(sheet.id, "value.weigh", line).wire())
    assert other.form is not None
    key = "note"
    await ada.act(SheetPart(sheet.id, "ideas.form").wire())
    await ada.fill({"ideas": IDEAS["ideas"].partition("\n")[2]})
    told = await other.fill({key: "A paper of 2024"})
    assert "taken out in another window" in told.plain()
    assert "A paper of 2024" in told.plain()


async def test_another_line_answered_meanwhile_is_no_conflict(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    await ada.fill(IDEAS)
    sheet = await only(store, ada)
    one, two = (line.id for line in sheet.items("ideas.ideas"))
    other = window(ada)
    await other.act(SheetPart(sheet.id, "value.weigh", one).wire())
    assert other.form is not None
    key = "note"
    await other.fill({key: "A paper of 2024"})
    await other.act(SheetPart(sheet.id, "value.weigh", one).wire())
    await ada.act(SheetQuick(sheet.id, "value.weigh", two, "published", 0).wire())
    card = await other.fill({key: "Two papers of 2024"})
    assert "another window" not in card.title


async def co_owner(store: Store, sheet: str) -> Desk:
    """Kofi, who owns the sheet too."""
    kofi = Desk(store, Person(SPACE, "U003"), NOON)
    await kofi.type("help")
    async with store.begin() as tx:
        await tx.sheet_people.add(kofi.person, sheet, "co-owner", NOON, state="in")
    return kofi
