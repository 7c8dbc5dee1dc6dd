"""The first setting up: by consent, under a minute, every question with a way past it, going on after a restart."""

from __future__ import annotations

import asyncio

from chat.people import Person as Member
from chat.people import Space
from sandbox.world import Seen
from store.members import Member as Known
from tests.acceptance.steps import LABELS, go_to, nudges, opt_in, steps, walk_to_form
from tests.kit.house import House
from tests.kit.people import Person


async def test_somebody_new_is_ready_by_presses_alone(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    welcome = await ada.type("/nudge on")
    assert "Once a day, at a moment you choose, I send you one small step" in welcome.text
    assert "/mydata shows all of it, and deletes it whenever you like." in welcome.text
    assert (await _known(home, ada)).consent_at is None, "nothing is consent before Start"
    clock = await ada.press(welcome, "Start")
    assert (await _known(home, ada)).consent_at == home.sandbox.clock.now()
    if platform == "discord":  # which never says a zone
        clock = await ada.press(clock, "London")
    assert "It is 12:00 for you now, right?" in clock.text.replace("*", "")
    track = await ada.press(clock, "Yes, go on")
    assert _labels(track) == ["Learn", "Build something", "Look for work", "Not sure yet", "Skip"]
    families = await ada.press(track, "Build something")
    assert "They come only if you ask for them." in families.text
    moments = await ada.press(families, "Doubt and setbacks")
    acts = await ada.press(moments, "put away my lunch plate")
    assert "On your worst day this week" in acts.text
    await ada.press(acts, "run what I have once")
    typed = {field.label: field.value for field in ada.dialog().fields}
    assert typed["After I …"] == "put away my lunch plate"
    assert typed["I will …"] == "run what I have once"
    assert typed["When is that, usually?"] == "13:00"
    kept = await ada.fill({})
    assert "Your first step is ten seconds. Do it now?" in kept.text
    known = await _known(home, ada)
    assert (known.track, known.optins, known.zone) == ("build", frozenset({"wellbeing"}), "Europe/London")

    step = await ada.press(kept, "My first ten seconds")
    step = step if "Done" in _labels(step) else ada.here()[-1]
    assert "Done" in _labels(step)
    await home.person(platform, "Kofi").type("/help")
    assert home.person(platform, "Kofi").dms() == [], "nobody else saw anything"


async def test_it_goes_on_where_it_was_also_after_a_restart(home: House, platform: str) -> None:
    sam = home.person(platform, "Sam")
    seen = await sam.press(await sam.type("/nudge on"), "Start")
    if platform == "discord":
        seen = await sam.press(seen, "Los Angeles")
    seen = await sam.press(seen, "Yes, go on")
    assert "What are you here for?" in seen.text
    await home.restart()
    assert "What are you here for?" in (await sam.type("/nudge on")).text
    seen = await sam.press(seen, "Learn")  # the old card goes on as well
    assert "They come only if you ask for them." in seen.text
    await home.restart()
    seen = await sam.type("/nudge on")
    assert "They come only if you ask for them." in seen.text
    await walk_to_form(sam, seen)
    await sam.fill({"After I …": "sit down", "I will …": "open it", "When is that, usually?": "9"})
    await sam.type("/nudge on")  # whoever has been through meets the recipe form at once
    assert {field.label: field.value for field in sam.dialog().fields}["I will …"] == "open it"


async def test_everything_can_be_skipped_and_every_command_works_all_the_same(home: House, platform: str) -> None:
    kofi = home.person(platform, "Kofi")
    seen = await kofi.press(await kofi.type("/nudge on"), "Start")
    for _ in range(4):
        assert "Skip" in _labels(seen)
        seen = await kofi.press(seen, "Skip")
    assert "Nothing comes by itself" in seen.text
    assert "Done" in _labels(await kofi.type("/nudge now"))
    for command in ("/nudge show", "/nudge home", "/nudge history", "/nudge week", "/nudge why", "/nudge recipe"):
        assert "went wrong" not in (await kofi.type(command)).text, command
    for command in (
        "/nudge time 9:00",
        "/nudge pause 1w",
        "/nudge rhythm weekly",
        "/nudge reflect on",
        "/nudge easier",
    ):
        assert "/nudge on starts it" in (await kofi.type(command)).text.replace("`", ""), command
    await go_to(home, kofi, 8, 30, days=2)
    await asyncio.sleep(0.3)
    assert kofi.dms() == []
    asked = await kofi.type("/nudge on")  # no second round of questions
    assert (platform == "discord") == ("Which clock is yours?" in asked.text and kofi.world.dialog(kofi.id) is None)


async def test_an_old_card_of_it_still_counts_and_leads_to_the_step_there_is(home: House, platform: str) -> None:
    kofi = home.person(platform, "Kofi")
    seen = await kofi.press(await kofi.type("/nudge on"), "Start")
    if platform == "discord":
        seen = await kofi.press(seen, "Accra")
    track = await kofi.press(seen, "Yes, go on")
    await walk_to_form(kofi, await kofi.type("/nudge on"))
    await kofi.fill({"After I …": "sit down", "I will …": "open it", "When is that, usually?": "9"})
    pressed = await kofi.press(track, "Learn")
    assert "sit down" in pressed.text
    assert (await _known(home, kofi)).track == "learn"


async def test_not_now_keeps_nothing_and_the_next_time_begins_at_the_beginning(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    seen = await ada.press(await ada.type("/nudge on"), "Not now")
    assert "Nothing comes by itself" in seen.text
    known = await _known(home, ada)
    assert (known.consent_at, known.onboarded) == (None, "")
    assert "Start" in _labels(await ada.type("/nudge on"))


async def test_the_language_is_asked_only_where_the_platform_says_neither(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await ada.world.change_member(ada.id, locale="de")
    await _hears(home, ada, "de")
    seen = await ada.press(await ada.type("/nudge on"), "Start")
    assert _labels(seen) == ["English", "中文", "Automatic", "Skip"]
    seen = await ada.press(seen, "中文")
    assert ("你那里现在是" if platform == "slack" else "时区") in seen.text
    assert (await _known(home, ada)).language == "zh-CN"


async def test_in_chinese_as_well(home: House, platform: str) -> None:
    lin = home.person(platform, "林雨")
    welcome = await lin.type("/nudge on")
    assert "每天一次，在你选的时刻，我发给你一小步" in welcome.text
    seen = await lin.press(welcome, "开始")
    if platform == "discord":
        seen = await lin.press(seen, "上海")
    track = await lin.press(seen, "对，继续")
    families = await lin.press(track, "找工作")
    moments = await lin.press(families, "好好过日子")
    acts = await lin.press(moments, "合上电脑")
    assert "这周最糟的那天，你还会做吗" in acts.text
    await lin.press(acts, "打开我的简历")
    kept = await lin.fill({})
    assert "合上电脑" in kept.text
    assert "你的第一步只要十秒。现在就做？" in kept.text
    await go_to(home, lin, 18, 0)
    assert _labels(await nudges(lin, 1))[0] == "做了"
    page = await lin.type("/nudge home")
    for words in ("找工作", "好好过日子", "18:00", "每天"):
        assert words in page.text


async def test_a_recipe_written_before_the_zone_is_known_waits_for_it(home: House) -> None:
    """On Discord, for somebody who passed over the question."""
    ada = home.person("discord", "Ada")
    seen = await ada.press(await ada.type("/nudge on"), "Start")
    for _ in range(3):
        seen = await ada.press(seen, "Skip")
    await ada.press(seen, "In my own words")
    after, will, when, _ = LABELS["en"]
    asked = await ada.fill({after: "feed the cat", will: "read a line", when: "7:15"})
    assert "Which clock is yours?" in asked.text
    await home.restart()
    proof = await ada.press(asked, "London")
    await ada.press(proof, "Yes, go on")
    typed = {field.label: field.value for field in ada.dialog().fields}
    assert (typed[after], typed[when]) == ("feed the cat", "7:15")
    assert "feed the cat" in (await ada.fill({})).text
    await go_to(home, ada, 7, 15)
    await nudges(ada, 1)


async def test_another_city_is_found_by_name_and_can_still_be_passed_over(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    seen = await ada.press(await ada.type("/nudge on"), "Start")
    if platform == "slack":
        seen = await ada.press(seen, "Another city")
        assert "Skip" in _labels(seen)
    await ada.press(seen, "Another city")
    found = await ada.fill({"A city near you": "sao paolo"})
    assert "Skip" in _labels(found)
    proof = await ada.press(found, "São Paulo, Brazil — 09:00 now")
    assert "09:00" in proof.text
    assert "What are you here for?" in (await ada.press(proof, "Yes, go on")).text
    assert (await _known(home, ada)).zone == "America/Sao_Paulo"


async def test_a_newer_zone_of_the_platform_is_taken_over_where_nothing_runs(home: House) -> None:
    """Slack says it; Discord never does."""
    ada = home.person("slack", "Ada")
    await ada.type("/nudge show")
    await ada.world.change_member(ada.id, zone="Asia/Tokyo")
    for _ in range(100):
        await ada.type("/nudge show")
        if (await _known(home, ada)).zone_seen == "Asia/Tokyo":
            break
    seen = await ada.press(await ada.type("/nudge on"), "Start")
    assert "21:00" in seen.text
    await walk_to_form(ada, seen)
    kept = await ada.fill({"After I …": "sit down", "I will …": "open it", "When is that, usually?": "22:00"})
    assert "Asia/Tokyo" in kept.text
    known = await _known(home, ada)
    assert (known.zone, known.zone_seen) == ("Asia/Tokyo", None)


async def test_a_fuzzy_moment_gets_one_question_and_may_stay(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    kept = await opt_in(ada, anchor="in the evening")
    assert "What is the very last thing you do in it?" in kept.text
    stays = await ada.press(kept, "Keep it as it is")
    assert "in the evening" in stays.text
    assert "very last thing" not in stays.text
    assert steps(ada) == []


async def _known(home: House, person: Person) -> Known:
    """The member as the bot remembers them; of somebody it never met, nothing."""
    assert home.app is not None
    space, _, id_ = person.id.partition("/")
    platform = "slack" if person.world is home.sandbox.slack else "discord"
    async with home.app.store.begin() as tx:
        known = await tx.members.get(Member(Space(platform, space), id_))
    assert known is not None
    return known


async def _hears(home: House, person: Person, locale: str) -> None:
    """Slack's event comes a little after the change; Discord says it with every deed."""
    for _ in range(100):
        await person.type("/language")
        if (await _known(home, person)).locale == locale:
            return
    raise AssertionError(f"the bot never heard of {locale}")


def _labels(seen: Seen) -> list[str]:
    return [control.label for control in seen.controls if control.kind == "button"]
