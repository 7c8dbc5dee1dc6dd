"""/language: a member chooses, and every later answer, form and step speaks that language, also after a restart."""

from __future__ import annotations

import pytest

from sandbox.world import Seen
from tests.acceptance.steps import go_to, nudges, opt_in
from tests.kit.house import House

BY_PLATFORM = {"en": "I speak English to you, as the platform tells me.", "zh-CN": "我按平台的设置，跟你说中文。"}
BY_CHOICE = {"en": "I speak English to you.", "zh-CN": "我跟你说中文。"}


async def test_at_first_it_is_what_the_platform_says(home: House, platform: str) -> None:
    shown = await home.person(platform, "Ada").type("/language")
    assert shown.text == BY_PLATFORM["en"]
    assert _labels(shown) == ["English", "中文"]
    shown = await home.person(platform, "林雨").type("/language")
    assert shown.text == BY_PLATFORM["zh-CN"]
    assert _labels(shown) == ["English", "中文"]


@pytest.mark.parametrize(
    ("words", "lang"),
    [("zh-CN", "zh-CN"), ("中文", "zh-CN"), ("ZH-cn", "zh-CN"), ("en", "en"), ("english", "en"), ("English", "en")],
)
async def test_a_typed_word_sets_it_for_everything_also_after_a_restart(
    home: House, platform: str, words: str, lang: str
) -> None:
    person = home.person(platform, "Ada" if lang == "zh-CN" else "林雨")  # whose platform says the other one
    answer = await person.type(f"/language {words}")
    assert answer.text == BY_CHOICE[lang]
    for _ in range(2):
        assert ("每天一小步" if lang == "zh-CN" else "One tiny step a day") in (await person.type("/help")).text
        listed = await person.type("/step")
        assert ("我知道的一切，按主题排" if lang == "zh-CN" else "Everything I know, by topic") in listed.text
        card = await person.type("/role mle")
        assert ("主要任务" if lang == "zh-CN" else "Main tasks") in card.text
        assert (await person.type("/language")).text == BY_CHOICE[lang]
        await home.restart()


@pytest.mark.parametrize("words", ["chinese", "zh", "简体中文", "cn", "自动", "Default"])
async def test_slack_takes_the_words_people_use_for_it(home: House, words: str) -> None:
    """Discord's client offers the three choices and lets nothing else through."""
    lin = home.person("slack", "林雨")
    await lin.type("/language en")
    answer = await lin.type(f"/language {words}")
    assert answer.text == (BY_PLATFORM if words in {"自动", "Default"} else BY_CHOICE)["zh-CN"]


async def test_a_button_sets_it_and_the_same_message_already_speaks_it(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    shown = await ada.type("/language")
    chinese = await ada.press(shown, "中文")
    assert (chinese.id, chinese.text) == (shown.id, BY_CHOICE["zh-CN"])
    assert _labels(chinese) == ["English", "自动"]
    assert "每天一小步" in (await ada.type("/help")).text

    await home.restart()
    assert "我知道的一切，按主题排" in (await ada.type("/step")).text
    english = await ada.press(chinese, "English")
    assert english.text == BY_CHOICE["en"]
    assert "One tiny step a day" in (await ada.type("/help")).text
    automatic = await ada.press(english, "Automatic")
    assert automatic.text == BY_PLATFORM["en"]
    assert _labels(automatic) == ["English", "中文"]


async def test_automatic_is_the_platforms_language_again(home: House, platform: str) -> None:
    lin = home.person(platform, "林雨")
    await lin.type("/language en")
    assert "Everything I know, by topic" in (await lin.type("/step")).text
    assert (await lin.type("/language auto")).text == BY_PLATFORM["zh-CN"]
    await home.restart()
    assert "我知道的一切，按主题排" in (await lin.type("/step")).text


async def test_automatic_follows_when_the_member_changes_the_platforms_language(home: House, platform: str) -> None:
    """Discord says it with every deed, Slack by an event."""
    ada = home.person(platform, "Ada")
    assert "One tiny step a day" in (await ada.type("/help")).text
    await ada.world.change_member(ada.id, locale="zh-CN")
    seen = ""
    for _ in range(100):  # Slack's event comes a little after the change
        if "每天一小步" in (seen := (await ada.type("/help")).text):
            break
    assert "每天一小步" in seen
    assert (await ada.type("/language")).text == BY_PLATFORM["zh-CN"]
    await ada.type("/language en")
    assert "One tiny step a day" in (await ada.type("/help")).text, "the own choice weighs more"


async def test_a_word_that_is_no_language_here_is_explained_and_changes_nothing(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    told = await ada.type("/language klingon")
    if platform == "slack":
        assert "I speak English and Chinese" in told.text
        assert "zh-CN" in told.text
    else:  # Discord's client lets only the choices through, and names them
        assert "English, 中文, Automatic" in told.text
    assert (await ada.type("/language")).text == BY_PLATFORM["en"]


async def test_old_buttons_and_answers_change_over_to_the_chosen_language(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type("/role mle")
    await ada.type("/language 中文")
    origin = await ada.press(card, "Where is this from?")
    assert "想法是他们的，文字是我们的。" in origin.text
    assert "主要任务" in (await ada.press(origin, "返回")).text


async def test_a_step_sent_later_comes_in_the_chosen_language(home: House, platform: str) -> None:
    kofi = home.person(platform, "Kofi")
    await opt_in(kofi)
    await go_to(home, kofi, 8, 30)
    assert _labels(await nudges(kofi, 1)) == ["Done", "Shrink it", "Not today", "Pause"]
    await kofi.type("/language zh-CN")
    await home.restart()
    await go_to(home, kofi, 8, 30)
    step = await nudges(kofi, 2)
    assert _labels(step) == ["做了", "再小一点", "今天不了", "暂停"]
    done = await kofi.press(step, "做了")
    assert "出现过 1 天" in done.text

    await kofi.type("/language auto")
    await go_to(home, kofi, 8, 30)
    assert _labels(await nudges(kofi, 3)) == ["Done", "Shrink it", "Not today", "Pause"]


async def test_forms_and_the_welcome_come_in_the_chosen_language(home: House, platform: str) -> None:
    sam = home.person(platform, "Sam")
    await sam.type("/language 中文")
    kept = await opt_in(sam, anchor="倒好茶", tiny="打开课程", lang="zh-CN")
    assert "记下了" in kept.text
    assert "你的一步会送到这里" in sam.dms()[-1].text


async def test_the_choice_is_ones_own_and_holds_in_one_space(home: House, platform: str) -> None:
    ada, elsewhere = home.person(platform, "Ada"), home.person(platform, "Ada", space=1)
    await ada.type("/language 中文")
    assert "One tiny step a day" in (await elsewhere.type("/help")).text
    assert "One tiny step a day" in (await home.person(platform, "Kofi").type("/help")).text
    assert "每天一小步" in (await ada.type("/help")).text


async def test_discord_offers_the_three_choices_while_typing(home: House) -> None:
    ada = home.person("discord", "Ada")
    offered = await ada.world.complete(ada.id, "/language choice:")
    assert [value for value, _ in offered] == ["en", "zh-CN", "auto"]
    assert ("zh-CN", "中文") in await ada.world.complete(ada.id, "/language choice:中")


def _labels(seen: Seen) -> list[str]:
    """What its buttons say."""
    return [control.label for control in seen.controls if control.kind == "button"]
