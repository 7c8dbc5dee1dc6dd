"""/mydata: what is kept is shown in plain words, given out whole, and deleted when its owner says the word."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta

import aiohttp
import pytest

from sandbox.world import Fault, File, Seen
from store.kept import KEPT
from store.notes import Note
from store.tables import metadata
from tests.acceptance.days import Life, labels
from tests.acceptance.steps import opt_in
from tests.kit.house import House, until

WORD = {"en": "Type “delete” to delete it for good", "zh-CN": "输入“删除”就会永久删除"}


async def kept(life: Life) -> dict[str, int]:
    """Rows by family."""
    async with life.store.begin() as tx:
        return {str(family): count for family, count in (await tx.having.counts(life.someone)).items()}


async def rows(life: Life) -> str:
    """Everything in all tables but the keys of events, as text."""
    async with life.store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        names = metadata.sorted_tables
        return "\n".join([repr(tuple(row)) for table in names for row in await db.execute(table.select())])


async def lived(home: House, platform: str, name: str = "Ada", lang: str = "en") -> Life:
    """A person with a recipe, a step, an answer, a note and lines."""
    life = Life(home, home.person(platform, name), platform)
    await opt_in(life.person, anchor="zebra anchor", tiny="zebra tiny", lang=lang)
    [step] = await life.morning()
    await life.person.press(step, "Done" if lang == "en" else "做了")
    return life


async def choose(life: Life, what: str) -> None:
    """`/mydata delete` to the open form."""
    seen = await life.person.type("/mydata delete")
    await life.person.press(seen, what)


async def test_it_says_what_is_kept_and_where_it_is_from(home: House, platform: str) -> None:
    ada = await lived(home, platform)
    for words in ("/mydata see", "/step data"):
        seen = await ada.person.type(words)
        for said in (
            "Daily step",
            "You told me.",
            "I keep it until you delete it.",
            "Steps and answers",
            "It goes after",
        ):
            assert said in seen.text
        assert "Nothing of: " in seen.text
    assert labels(seen) == ["Give it to me", "Delete…", "Forget me here"]


async def test_it_gives_out_everything_as_two_files_to_them_alone(home: House, platform: str) -> None:
    ada = await lived(home, platform)
    async with ada.store.begin() as tx:
        await tx.notes.save(Note(ada.someone, "own:1", "prep", "zebra note"), home.sandbox.clock.now())
    shown = await ada.person.type("/mydata export")
    assert shown.only_you
    await until(lambda: len(files(ada)) == 2, "both files")
    text, document = [await content(files(ada)[name]) for name in ("mydata.md", "mydata.json")]
    for words in ("## Daily step", "zebra tiny", "prep: zebra note"):
        assert words in text
    document = json.loads(document)
    assert (document["format"], document["version"]) == ("steppingstone/member-data", 1)
    assert document["kept"]["recipe"][0]["anchor"] == "zebra anchor"
    assert document["kept"]["recipe"][0]["days"][0] == "monday"
    assert {family: len(found) for family, found in document["kept"].items()} == await kept(ada)
    for one in KEPT:
        for row in document["kept"][one.family]:
            assert set(row) == set(one.columns), "every column, or it is not everything"
    assert [row["body"] for row in document["kept"]["talk_notes"]] == ["zebra note"], "sealed for others alone"


def files(life: Life) -> dict[str, File]:
    """Every file the person sees in their channel or their direct messages, by name."""
    return {file.name: file for seen in (*life.person.here(), *life.person.dms()) for file in seen.files}


async def content(file: File) -> str:
    """What stands in it."""
    asking = aiohttp.ClientSession(headers={"Sec-Fetch-Site": "same-origin"})  # as the page does
    async with asking as session, session.get(file.url) as answer:
        assert answer.status == 200
        return (await answer.read()).decode()


async def test_who_gets_no_file_reads_it_page_by_page(home: House, platform: str) -> None:
    ada = await lived(home, platform)
    await ada.person.press(await ada.person.type("/mydata export"), "Read it here")
    await until(lambda: "Page 1 of" in ada.person.here()[-1].text, "the first page")
    text = await whole(ada, ada.person.here()[-1])
    assert "zebra tiny" in text
    first = await ada.person.press(ada.person.here()[-1], "As JSON")
    assert json.loads(await whole(ada, first))["kept"]["recipe"][0]["anchor"] == "zebra anchor"


async def whole(life: Life, seen: Seen) -> str:
    """All pages of an export."""
    found: list[str] = []
    for _ in range(40):
        found.append(re.split(r"\n[^\n]*Page \d+ of ", seen.text.partition("All I keep of you here\n")[2])[0])
        if "Next page" not in labels(seen):
            return "\n".join(found)
        seen = await life.person.press(seen, "Next page")
    raise AssertionError("it does not end")


async def test_one_thing_goes_after_the_right_word_and_a_wrong_one_is_explained(home: House, platform: str) -> None:
    ada = await lived(home, platform)
    await choose(ada, "Steps and answers")
    seen = await ada.person.fill({WORD["en"]: "yes please"})
    dialog = ada.person.world.dialog(ada.person.id)
    told = " ".join(dialog.errors.values()) if dialog and dialog.errors else seen.text
    assert "That was another word. It is “delete”" in told
    assert (await kept(ada))["steps"] > 0
    if platform == "discord":
        await ada.person.press(seen, "Try again")
    await ada.person.fill({WORD["en"]: "Delete"})
    await until(lambda: any("Gone: Steps and answers." in one.text for one in ada.person.here()), "it is gone")
    counts = await kept(ada)
    assert (counts["steps"], counts["recipe"]) == (0, 1)
    async with asyncio.timeout(8):  # a form's draft goes once its answer was shown
        while (await kept(ada))["drafts"]:  # noqa: ASYNC110  # a row of the database has no event to wait for
            await asyncio.sleep(0.01)
    assert len(await ada.morning()) == 1, "the next step comes all the same"


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
async def test_forget_me_leaves_nothing_and_no_step_comes(home: House, platform: str, lang: str) -> None:
    life = await lived(home, platform, "Ada" if lang == "en" else "林雨", lang)
    await life.person.type("/mydata forget")
    await life.person.fill({WORD[lang]: "delete" if lang == "en" else "删除"})
    gone = "Everything I had of you here is gone." if lang == "en" else "我在这里记下的你，已全部删除。"
    await until(lambda: any(gone in one.text for one in life.person.here()), "it is gone")
    left = await rows(life)
    assert "zebra" not in left
    assert f"'{life.someone.id}'" not in left
    before = len(life.person.dms())
    home.sandbox.clock.advance(timedelta(days=3))
    await asyncio.sleep(0.5)
    assert len(life.person.dms()) == before
    assert f"'{life.someone.id}'" not in await rows(life)


async def test_on_discord_one_account_may_be_forgotten_in_every_guild_at_once(home: House) -> None:
    here, away = (
        Life(home, home.person("discord", "Ada"), "discord"),
        Life(home, home.person("discord", "Ada", 1), "discord"),
    )
    assert here.someone.account == away.someone.account
    await here.person.type("/mydata see")
    assert "in all" not in str(labels(await here.person.type("/mydata delete")))
    await away.person.type("/language en")
    await here.person.type("/mydata forget")
    await here.person.fill({WORD["en"]: "delete"})
    await until(lambda: any("of you here is gone" in one.text for one in here.person.here()), "gone here")
    assert ((await kept(here))["you"], (await kept(away))["you"]) == (0, 1), "there nothing changed"

    await choose(here, "Everything, in all 2 communities")
    await here.person.fill({WORD["en"]: "delete"})
    await until(lambda: any("in 2 communities is gone" in one.text for one in here.person.here()), "gone everywhere")
    assert f"'{here.someone.id}'" not in await rows(here)


async def test_a_step_on_its_way_crashes_nothing_and_brings_nobody_back(home: House, platform: str) -> None:
    ada = await lived(home, platform)
    where = "chat.postMessage" if platform == "slack" else "/messages"
    ada.person.world.faults().add(Fault(where, "stall", seconds=2.0))
    home.sandbox.clock.advance(timedelta(days=1))
    await until(lambda: not ada.person.world.faults().pending(), "the step is on its way")
    await ada.person.type("/mydata forget")
    await ada.person.fill({WORD["en"]: "delete"})
    await until(lambda: any("is gone." in one.text for one in ada.person.here()), "it is gone")
    assert home.app is not None
    await until(lambda: home.app is not None and home.app.courier.under_way == 0, "it was recorded, or not")
    assert f"'{ada.someone.id}'" not in await rows(ada)
    assert not home.app.courier.recorder.stuck
    assert home.app.trouble() == []


async def test_a_page_that_slack_shows_by_itself_writes_nobody_down(home: House) -> None:
    ada = Life(home, home.person("slack", "Ada"), "slack")
    await ada.person.world.open_home(ada.person.id)
    await until(lambda: "views.publish" in str(ada.person.world.ledger(5)), "the page")
    assert (await kept(ada))["you"] == 0


async def test_a_new_text_of_what_is_kept_is_asked_about_at_the_next_nudge_on(home: House, platform: str) -> None:
    ada = await lived(home, platform)
    async with ada.store.begin() as tx:
        await tx.members.consented(ada.someone, 1, home.sandbox.clock.now())  # an earlier text
    assert len(await ada.morning()) == 1, "it never interrupts"
    asked = await ada.person.type("/nudge on")
    assert "What I keep, in new words" in asked.text
    await ada.person.press(asked, "Fine, go on")
    assert "zebra anchor" in [field.value for field in ada.person.dialog().fields]
    await ada.person.world.dismiss(ada.person.id)
    async with ada.store.begin() as tx:
        member = await tx.members.get(ada.someone)
    assert member is not None
    assert member.consent_version == 2
    await ada.person.type("/nudge on")
    assert ada.person.dialog()
