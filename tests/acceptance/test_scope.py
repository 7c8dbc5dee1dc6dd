"""/scope from the first tap to the card in the channel, on both platforms and in both languages: with a restart in the
middle, a way back, two windows on one step, every kind of file, and one post."""

from __future__ import annotations

import struct

import pytest

from tests.acceptance.scopes import (
    BUDGET,
    HARM,
    IDEAS,
    METRICS,
    NAMES,
    PROBLEM,
    Writer,
    given,
    to_the_ideas,
    weighed,
)
from tests.acceptance.test_interview_match_chinese import foreign, said
from tests.kit.house import House

WHERE = [(platform, lang) for platform in ("slack", "discord") for lang in ("en", "zh-CN")]
KINDS = {"CSV", "Markdown", "PDF", "steppingstone"}  # of files, and who made them
REASON = {"en": "the metric made no sense", "zh-CN": "那个指标说不通"}
CHANGED = {"en": "Nurses of a ward with forty beds", "zh-CN": "四十张床的病区护士"}
OTHER = {"en": "Nurses and the doctor on call", "zh-CN": "护士和值班医生"}
CHANNEL = {"slack": "C01GENERAL", "discord": "<#700000000000000001>"}


@pytest.mark.parametrize(("platform", "lang"), WHERE, ids=[f"{one}-{lang}" for one, lang in WHERE])
async def test_from_the_first_tap_to_the_card_in_the_channel(home: House, platform: str, lang: str) -> None:
    ada = Writer(home, home.person(platform, NAMES[lang]), lang)
    await to_the_ideas(ada)
    await weighed(ada)
    await half_finished(ada)
    await after_a_restart(ada)
    await ada.on_to("budget")
    await ada.fill("budget", BUDGET[lang])
    assert ada.worksheet.finish.get(lang) in ada.text
    await back_to_the_first(ada)
    await two_windows(ada)
    await files(ada)
    await shared(ada, CHANNEL[platform])
    if lang == "zh-CN":
        assert foreign(said([*ada.person.here(), *ada.person.dms()])) <= KINDS


async def half_finished(ada: Writer) -> None:
    """Exported in the middle: what waits is said to wait."""
    await ada.press(ada.say("The whole sheet"))
    await ada.press(ada.say("Export"))
    await ada.press(ada.say("Text (Markdown)"))
    text = (await given(ada, "md"))[1].decode()
    assert IDEAS[ada.lang]["baseline"] in text
    assert text.count(ada.say("not yet")) == 3, "what waits, and the question of harm that nurses bring up"


async def after_a_restart(ada: Writer) -> None:
    """The list knows how far it is, and opens it where it was left."""
    await ada.home.restart()
    assert ada.say("{n} of {all} done", n=3, all=5) in await ada.type("/scope list")
    title = PROBLEM[ada.lang]["wishes"]
    assert title in await ada.press(title)
    await ada.press(ada.say("Go on: {step}", step=ada.short("milestones")))
    await ada.fill("milestones", METRICS[ada.lang])
    await ada.on_to("harm")
    await ada.fill("harm", HARM[ada.lang])


async def back_to_the_first(ada: Writer) -> None:
    """From the fourth step to the first, with a reason; looking alone marks nothing."""
    await ada.press(ada.say("The whole sheet"))
    title = ada.step("milestones").title.get(ada.lang)
    assert ada.say("Step {n} of {all}: {title}", n=4, all=5, title=title) in await ada.press(f"● {title}")
    await ada.press(ada.say("Back to step {n}: {step}", n=1, step=ada.short("problem")))
    await ada.send({ada.say("What made you come back?"): REASON[ada.lang]})
    assert PROBLEM[ada.lang]["why_not"] in ada.text
    assert "↻" not in await ada.press(ada.say("The whole sheet"))
    await ada.press(f"● {ada.step('problem').title.get(ada.lang)}")


async def two_windows(ada: Writer) -> None:
    """The first step is open twice: what is saved in one window is not overwritten by the other, until its writer says
    so. What comes later is marked."""
    change = ada.say("Change: {part}", part=ada.short("problem", "form"))
    await ada.press(change)
    turn_to_the_other = ada.set_aside()
    await ada.press(change)
    await ada.fill("problem", {"who": CHANGED[ada.lang]})
    await ada.away()
    turn_to_the_other()
    told = await ada.fill("problem", {"who": OTHER[ada.lang]})
    assert ada.say("This step was saved in another window meanwhile") in told
    assert CHANGED[ada.lang] in told
    assert OTHER[ada.lang] in told
    after = await ada.press(ada.say("Use mine"))
    assert OTHER[ada.lang] in after
    assert CHANGED[ada.lang] not in after
    assert (await ada.press(ada.say("The whole sheet"))).count("↻") == 5 * 2, "in the line above, and at each step"


async def files(ada: Writer) -> None:
    """Each kind once, read back."""
    await ada.press(ada.say("Export"))
    choice = ada.card
    await ada.press(ada.say("Text (Markdown)"))
    text = (await given(ada, "md", 2))[1].decode()
    assert ada.say("returned from {from_} to {to}: {reason}", from_="4", to="1", reason=REASON[ada.lang]) in text
    assert sum(ada.say("re-check") in line for line in text.splitlines() if line.startswith("## ")) == 5
    assert OTHER[ada.lang] in text
    for kind in ("PDF", ada.say("Picture to share")):
        ada.card = choice
        await ada.press(kind)
    assert (await given(ada, "pdf"))[1].startswith(b"%PDF")
    picture, data = await given(ada, "png")
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    assert PROBLEM[ada.lang]["wishes"] in picture.alt
    assert METRICS[ada.lang]["business"] in picture.alt


async def shared(ada: Writer, channel: str) -> None:
    """A preview that names the channel, seen by one; then one post, however often it is pressed."""
    told = await ada.type("/scope share")
    preview = ada.card
    assert preview.only_you
    assert ada.say("Everybody in {channel} would see this:", channel=channel) in told
    kofi = ada.colleague("Kofi")
    before = len(kofi.here())
    await ada.press(ada.say("Post it there"))
    assert len(kofi.here()) == before + 1
    posted = kofi.here()[-1]
    assert PROBLEM[ada.lang]["wishes"] in posted.text
    assert [file.alt for file in posted.files]
    ada.card = preview
    await ada.press(ada.say("Post it there"))
    assert len(kofi.here()) == before + 1
