"""The worksheets beside the scope sheet: choosing, aiming, ideas, research and papers, all on the same engine."""

from __future__ import annotations

from sheets.sheet import Sheet
from sheets.ways import SheetPart
from store import Store
from tests.commands.desk import Desk
from tests.commands.scoping import only, to_the_second_step, wires


async def test_an_idea_that_was_found_begins_a_scope_sheet(ada: Desk, store: Store) -> None:
    await ada.type("scope", "ideas")
    await ada.press("Begin")
    await ada.press("An application near me")
    await ada.press("Next step")
    assert ada.form is not None
    keys = [question.key for question in ada.form.questions]
    await ada.fill({keys[0]: "fresh bread", keys[1]: "the tills", keys[2]: "shop managers"})
    await ada.type("scope", "ideas")
    await ada.press("Idea finder")
    starters = [label for label in ada.labels() if "shop managers" in label or "bread" in label or "tills" in label]
    assert len(starters) >= 6, ada.card.plain()
    await ada.press(starters[0])
    assert ada.card.title == "Three questions before anything else"
    async with store.begin() as tx:
        (scope,) = await tx.sheets.of(ada.person, worksheet="scope")
    (wish,) = scope.items("problem.wishes")
    assert wish.text[:60] == starters[0][:60]


async def test_too_many_ideas_are_taken_over_scored_and_seen_as_dots(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    await ada.type("scope", "pick new")
    assert ada.form is not None
    await ada.fill({"projects": "A bread forecast\nA chess coach"})
    await ada.type("scope", "pick")
    await ada.press("A bread forecast")
    await ada.press("● Which projects")
    await ada.press("Take over from my sheets")
    card = await ada.press("Managers guess tomorrow's bread")
    assert "Managers guess tomorrow" in card.plain()
    await ada.press("Next step")
    assert "A bread forecast" in ada.card.plain()
    await ada.press("Next: A bread forecast")
    for _ in range(3):
        await ada.fill({"growth": ("2",), "people": ("1",), "stone": ("3",), "ethics": ("yes",)})
    assert ada.form is None
    assert "●●●●●●○○○" in ada.card.plain()


async def test_research_speaks_chinese_and_sorts_titles_by_one_press(yu: Desk, store: Store) -> None:
    await yu.type("step", "选题 新建")
    assert yu.form is not None
    await yu.fill({"topic": "老年人跌倒检测"})
    await yu.press("下一步")
    await yu.fill(
        {"titles": "一、跌倒检测综述\n二、可穿戴设备\n三、家庭摄像头\n四、睡眠监测\n五、步态分析\n六、药物提醒"}
    )
    await yu.press("❤ 还是 😴")
    for n in range(3):
        await yu.act(wires(yu, "❤")[n])
    assert (await only(store, yu)).lang == "zh-CN"
    again = await yu.act(wires(yu, "❤")[0])
    assert again.plain().count("❤") >= 3


async def test_a_paper_that_is_dropped_after_the_first_pass_is_a_good_end(ada: Desk, store: Store) -> None:
    card = await ada.type("step", "paper")
    assert "Begin" in ada.labels(), card.plain()
    await ada.press("Begin")
    await ada.fill({"title": "Attention is all you need", "link": "arXiv:1706.03762"})
    if ada.form is None:
        await ada.press("Next step")
    await ada.fill({"sentence": "Attention instead of recurrence", "verdict": ("drop",)})
    assert (await only(store, ada)).state == "done"
    assert (await ada.type("step", "paper open")).title.startswith("Attention is all you need")
    await ada.type("step", "paper export")
    assert "Text (Markdown)" in ada.labels()


async def test_words_that_mean_no_worksheet_go_on_to_the_cards(ada: Desk) -> None:
    assert (await ada.type("step", "paper clips")).title != "Three-pass sheet"
    assert (await ada.type("step", "math")).title == "How much maths"


async def test_aiming_takes_taps_and_gives_its_reasons(ada: Desk) -> None:
    await ada.type("scope", "aim new")
    assert ada.form is not None
    await ada.fill({"idea": "A bread forecast"})
    await ada.press("What the first try costs")
    for answer in ("A product direction", "Hours", "None", "Easily", "Yes, in a day", "Nobody"):
        await ada.press(answer)
    assert "because" in ada.card.plain().lower()


async def test_too_many_sheets_or_ideas_begin_a_choice_among_them(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    await ada.type("scope", "list")
    assert "Too many ideas?" not in ada.labels(), "one is not too many"
    await ada.type("scope", "ideas new")
    finder = await of(store, ada, "ideas")
    await ada.act(SheetPart(finder.id, "kept.form").wire())
    await ada.fill({"ideas": "Guests wait for a table nobody counts\nFlour is ordered twice"})
    await ada.type("scope", "list")
    await ada.press("Too many ideas?")
    pick = await of(store, ada, "pick")
    names = [item.text for item in pick.items("projects.projects")]
    assert names[0].startswith("Managers guess tomorrow's bread")
    assert names[1:] == ["Guests wait for a table nobody counts", "Flour is ordered twice"]
    assert "Flour is ordered twice" in ada.card.plain()
    await ada.type("scope", f"open {finder.id}")
    await ada.press("Too many ideas?")
    assert "Flour is ordered twice" in ada.card.plain()
    assert "Managers guess" not in ada.card.plain()


async def test_a_core_paper_of_research_enters_the_queue_of_papers(ada: Desk, store: Store) -> None:
    await ada.type("step", "research new")
    research = await of(store, ada, "research")
    await ada.act(SheetPart(research.id, "seed.list").wire())
    await ada.fill({"papers": "Sound maps of a town\narXiv:1706.03762"})
    await ada.type("step", "research open")
    await ada.press("Sound maps of a town")
    paper = await of(store, ada, "paper")
    assert paper.value("add.title") == "Sound maps of a town"
    assert ada.form is not None
    assert ada.form.title == "Pass 1"
    assert "next: Pass 1" in (await ada.type("step", "paper")).plain()


async def of(store: Store, desk: Desk, slug: str) -> Sheet:
    """The member's newest sheet of a worksheet."""
    async with store.begin() as tx:
        return (await tx.sheets.of(desk.person, worksheet=slug))[0]


async def test_step_ideas_is_the_idea_finder_and_its_words_stand_in_the_pack(ada: Desk, yu: Desk) -> None:
    assert (await ada.type("step", "ideas")).title == "Idea finder"
    await yu.type("step", "点子 新建")
    assert "身边" in " ".join(yu.labels())


async def test_a_second_sheet_on_the_same_paper_is_told_of_the_first(ada: Desk, store: Store) -> None:
    await ada.type("step", "paper new")
    await ada.fill({"title": "Attention is all you need", "link": "arXiv:1706.03762v5"})
    assert "already" not in ada.card.plain()
    await ada.type("step", "paper new")
    card = await ada.fill({"title": "The transformer paper", "link": "https://arxiv.org/abs/1706.03762"})
    assert "You have a sheet on this already: “Attention is all you need”." in card.plain()
    assert (await ada.press("Open that one")).title.startswith("Attention is all you need")
    async with store.begin() as tx:
        assert len(await tx.sheets.of(ada.person, worksheet="paper")) == 2, "both may stay"


async def test_of_two_hundred_titles_the_first_fifty_are_taken_and_the_rest_waits(ada: Desk, store: Store) -> None:
    await ada.type("step", "research new")
    sheet = await only(store, ada)
    titles = [f"Title {n} of many" for n in range(1, 121)]
    await ada.act(SheetPart(sheet.id, "self.titles").wire())
    card = await ada.fill({"titles": "\n".join(titles)})
    assert ada.wrong == {}
    assert "70 more lines wait in the form until there is room." in card.plain()
    assert [line.text for line in (await only(store, ada)).items("self.titles")] == titles[:50]
    await ada.act(SheetPart(sheet.id, "self.titles").wire())
    assert ada.typed("titles") == "\n".join(titles[50:])
    await ada.fill({})
    assert "holds 50 lines" in ada.wrong["titles"]
