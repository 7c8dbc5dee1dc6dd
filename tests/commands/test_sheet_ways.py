"""Everything else about sheets: lists, names, examples, files, letters asked for, and how one sheet begins another."""

from __future__ import annotations

from datetime import timedelta

from chat.message import File, Picture
from content.document_pages import fonts_missing
from sheets.ways import SheetMoment, SheetReminded
from store import Store
from tests.commands.desk import Desk
from tests.commands.scoping import only, to_the_end, to_the_second_step


async def test_before_the_first_sheet_there_is_a_welcome_and_an_example(ada: Desk) -> None:
    card = await ada.type("scope")
    assert card.title == "Project scope sheet"
    assert ada.labels() == ["Begin", "See an example", "Cards on this", "A second pair of eyes"]
    example = await ada.press("See an example")
    assert "5 of 5" in example.plain()
    step = await ada.press("● A business problem")
    assert "operators who keep a power grid in balance" in step.plain()
    await ada.press("Begin my own")
    assert ada.card.title == "Three questions before anything else"


async def test_a_list_is_paged_by_five_and_opens_by_name(ada: Desk) -> None:
    await to_the_second_step(ada)
    for _ in range(5):
        ada.now += timedelta(minutes=1)
        await ada.type("scope", "new")
        await ada.press("Yes")
    first = await ada.type("scope", "list")
    assert first.plain().count("• ") == 5
    assert "More" in ada.labels()
    second = await ada.press("More")
    assert "Managers guess tomorrow's bread" in second.plain()
    assert "1 of 5" in second.plain()
    await ada.press("Earlier")
    assert (await ada.type("scope", "open bread")).title.startswith("Managers guess")
    assert (await ada.type("scope", "open astronauts")).title == "Your sheets"
    (found,) = await ada.suggest("scope open", "sheet", "BREAD")
    assert found[1].startswith("Managers guess")
    assert (await ada.type("scope", f"back {found[0]}")).title == "Back to which step?"


async def test_the_list_and_open_know_sheets_of_every_kind(ada: Desk) -> None:
    await to_the_second_step(ada)
    await ada.type("step", "paper new")
    await ada.fill({"title": "Attention is all you need"})
    every = (await ada.type("scope", "list")).plain()
    assert "Managers guess tomorrow's bread" in every
    assert "Attention is all you need" in every
    assert (await ada.type("scope", "open")).title == "Your sheets", "which of the two?"
    await ada.type("step", "paper")
    assert "Managers guess" not in ada.card.plain()
    assert "Managers guess" in (await ada.press("All my sheets")).plain()
    await ada.press("Attention")
    await ada.press("More…")
    assert "Managers guess" in (await ada.press("My sheets")).plain()


async def test_open_finds_the_one_sheet_that_waits_whatever_it_is(ada: Desk) -> None:
    await ada.type("step", "paper new")
    await ada.fill({"title": "Attention is all you need"})
    assert (await ada.type("scope", "open")).title == "Attention is all you need"


async def test_a_list_of_papers_says_which_pass_each_waits_for(ada: Desk) -> None:
    await ada.type("step", "paper new")
    await ada.fill({"title": "Attention is all you need"})
    ada.close()
    await ada.type("step", "paper new")
    await ada.fill({"title": "Sound maps of a town"})
    await ada.fill({"verdict": ("go",)})
    ada.close()
    await ada.type("step", "paper new")
    await ada.fill({"title": "Street noise"})
    await ada.fill({"verdict": ("stop",)})
    lines = (await ada.type("step", "paper")).plain().splitlines()
    waits = {line.split("• ")[1].split(" Paper in three")[0]: line for line in lines if "• " in line}
    assert "next: Pass 1" in waits["Attention is all you need"]
    assert "next: Pass 2" in waits["Sound maps of a town"]
    assert "complete" in waits["Street noise"]


async def test_a_half_finished_sheet_comes_as_every_kind_of_file(ada: Desk) -> None:
    await to_the_second_step(ada)
    await ada.type("scope", "open")
    choice = await ada.press("Export")
    assert "not yet" in choice.plain()
    made = await ada.press("Text (Markdown)")
    (file,) = made.files()
    assert isinstance(file, File)
    assert file.name == "scope.md"
    text = file.data.decode()
    assert "Managers guess tomorrow" in text
    assert "not yet" in text
    ada.card = choice
    if fonts_missing():
        assert "PDF" not in ada.labels()
        return
    (file,) = (await ada.press("PDF")).files()
    assert file.data.startswith(b"%PDF")
    ada.card = choice
    (picture,) = (await ada.press("Picture to share")).pictures()
    assert isinstance(picture, Picture)
    assert "Managers guess tomorrow" in picture.alt


async def test_the_tables_of_a_sheet_come_as_csv(ada: Desk) -> None:
    await to_the_end(ada)
    await ada.press("The whole sheet")
    await ada.press("Export")
    (file,) = (await ada.press("Tables (CSV)")).files()
    assert file.name == "scope-1.csv"
    assert "Published work" in file.data.decode("utf-8-sig")


async def test_a_letter_is_asked_for_once(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    await ada.type("scope", "open")
    more = await ada.press("More…")
    assert "after 3 days without a change" in more.plain()
    asked = await ada.press("Remind me once")
    assert "I will write to you once, after 3 days" in asked.plain()
    await ada.press("The whole sheet")
    await ada.press("More…")
    assert "Remind me once" not in ada.labels()
    sheet = await only(store, ada)
    assert "nothing to remind" in (await ada.act(SheetReminded(sheet.id, "milestone_gone").wire())).plain()


async def test_what_became_of_the_numbers_is_kept_once_and_printed(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    sheet = await only(store, ada)
    for _ in range(2):
        assert "Kept with the sheet" in (await ada.act(SheetMoment(sheet.id, "numbers", "moved").wire())).plain()
    async with store.begin() as tx:
        (kept,) = await tx.sheet_comments.of(ada.person.space, sheet.id)
    assert kept.text == "On the day of the milestones, the numbers had moved."
    assert "has changed since" in (await ada.act(SheetMoment(sheet.id, "numbers", "flew").wire())).plain()
    await ada.type("scope", f"open {sheet.id}")
    await ada.press("Export")
    (file,) = (await ada.press("Text (Markdown)")).files()
    assert "the numbers had moved" in file.data.decode()


async def test_the_day_a_step_is_first_saved_is_the_members_own(ada: Desk, store: Store) -> None:
    await ada.type("scope")
    async with store.begin() as tx:
        await tx.members.set_zone(ada.person, "Asia/Shanghai", "member")
    ada.now = ada.now.replace(hour=17)  # one in the morning there
    await to_the_second_step(ada)
    filled = (await only(store, ada)).steps["problem"]
    assert filled.first_on == (ada.now + timedelta(hours=8)).date()
    assert filled.first_on != ada.now.date()
