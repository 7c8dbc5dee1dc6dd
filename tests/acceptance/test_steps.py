"""/step as members meet it: looking around, reading a card, asking where it is from, and taking ten seconds of it."""

from __future__ import annotations

import pytest

from content.library import Library
from sandbox.world import Seen
from tests.acceptance.steps import go_to, nudges, opt_in
from tests.kit.house import House, until
from tests.kit.people import Person


async def test_a_member_looks_around_opens_a_card_and_asks_where_it_is_from(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    listed = await ada.type("/step")
    for topic in _library(home).topics.values():
        assert topic.name.en in listed.text
    page = await ada.press(listed, "Informational interviews")
    assert page.id == listed.id, "a browse leaves one message"
    wanted = _library(home).cards["card.interview.six-questions"]
    card = await ada.press(page, wanted.title.en)
    assert _title(card) == wanted.title.en
    for point in wanted.points:
        assert point.en in card.text

    origin = await ada.press(card, "Where is this from?")
    assert "How to Build Your Career in AI" in origin.text
    assert "Andrew Ng" in origin.text
    assert "chapter 10" in origin.text
    assert "interview.questions" in origin.text
    assert "card.interview.six-questions" in origin.text
    back = await ada.press(origin, "Back")
    assert back.text == card.text
    page = await ada.press(back, "More on: Informational interviews")
    assert _title(page) == "Informational interviews"
    again = await ada.press(page, "All topics")
    assert (again.id, again.text) == (listed.id, listed.text)


async def test_a_card_leads_to_those_close_to_it(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type("/step interview.what")
    near = _options(card, "Close to this")[0]
    other = await ada.press(card, near)
    assert _title(other) == near
    assert other.id == card.id


async def _beside(person: Person, seen: Seen, label: str) -> Seen:
    """Presses what answers with a new message in the same place; gives back that one."""

    def there() -> list[Seen]:
        return [one for one in (*person.here(), *person.dms()) if one.place == seen.place]

    before = {one.id for one in there()}
    await person.press(seen, label)
    await until(lambda: {one.id for one in there()} - before, f"{label!r} answers beside")
    return next(one for one in reversed(there()) if one.id not in before)


async def test_ten_seconds_of_a_card_count_and_the_answered_step_leads_on(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type("/step interview.what")
    await ada.press(card, "Try ten seconds of it")
    step = ada.here()[-1]
    assert step.id != card.id
    assert any(seen.id == card.id and seen.text == card.text for seen in ada.here()), "the card stays readable"
    assert "Ten seconds is plenty today." in step.text
    assert _labels(step) == ["Done", "Not today"]

    done = await ada.press(step, "Done")
    assert "1 day shown up · 1 of the last 28" in done.text
    celebrations = [line.en for line in _library(home).celebrations.values()]
    assert any(line in done.text for line in celebrations)

    origin = await _beside(ada, done, "Where is this from?")
    assert "chapter 10, on informational interviews" in origin.text
    assert "prompt.interview." in origin.text
    read = await ada.press(origin, "Back")
    assert _title(read) == _title(step)
    topic = await ada.press(read, "More on: Informational interviews")
    assert _title(topic) == "Informational interviews"


async def test_more_on_this_topic_leads_from_the_answered_step_to_its_topic(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await ada.press(await ada.type("/step math"), "Try ten seconds of it")
    done = await ada.press(ada.here()[-1], "Done")
    page = await _beside(ada, done, "More on this topic")
    assert _title(page) == "How much maths"
    assert any(seen.id == done.id and seen.text == done.text for seen in ada.here()), "the celebration stays"


async def test_two_tries_of_one_topic_are_two_steps_and_one_day(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    page = await ada.type("/step keys")
    titles: list[str] = []
    for _ in range(2):
        await ada.press(page, "Try ten seconds of it")
        step = ada.here()[-1]
        titles.append(_title(step))
        done = await ada.press(step, "Done")
        assert "1 day shown up · 1 of the last 28" in done.text
    assert titles[0] != titles[1]


async def test_not_today_asks_nothing_and_counts_nothing(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await ada.press(await ada.type("/step learn"), "Try ten seconds of it")
    refused = await ada.press(ada.here()[-1], "Not today")
    assert "Noted. Tomorrow is fine." in refused.text
    assert "shown up" not in refused.text
    assert refused.controls == ()


async def test_a_daily_step_that_was_answered_leads_on_in_the_direct_messages_too(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 1)
    done = await ada.press(step, "Done")
    origin = await _beside(ada, done, "Where is this from?")
    assert origin.id != step.id
    assert any(seen.id == step.id and "1 day shown up" in seen.text for seen in ada.dms()), "the celebration stays"
    assert "The ideas are theirs, the words are ours." in origin.text
    read = await ada.press(origin, "Back")
    assert _title(read) == _title(step)
    more = next(label for label in _labels(read) if label.startswith("More on: "))
    page = await ada.press(read, more)
    assert _title(page) == more.removeprefix("More on: ")

    before = len(ada.dms())
    tried = next(control.id for control in page.controls if control.label == "Try ten seconds of it")
    await ada.world.press(ada.id, page.id, tried)
    await until(lambda: len(ada.dms()) > before, "ten seconds more, in the same conversation")
    assert "Ten seconds is plenty today." in ada.dms()[-1].text
    again = await ada.press(ada.dms()[-1], "Done")
    assert "1 day shown up" in again.text, "the same day, so it counts once"


@pytest.mark.parametrize("words", ["story", "故事"])
async def test_a_story_is_told_and_then_another(home: House, platform: str, words: str) -> None:
    ada = home.person(platform, "Ada")
    stories = {card.title.en: card for card in _library(home).cards.values() if card.kind == "story"}
    told = await ada.type(f"/step {words}")
    first = _title(told)
    assert first in stories
    second = _title(await ada.press(told, "Another story"))
    assert second in stories
    third = _title(await ada.press(told, "Another story"))
    assert third in stories
    assert len({first, second, third}) == 3
    origin = await ada.press(told, "Where is this from?")
    assert stories[third].id in origin.text
    assert _title(await ada.press(origin, "Back")) == third


async def test_the_list_of_topics_tells_a_story_too(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    told = await ada.press(await ada.type("/step"), "Tell me a story")
    assert "Another story" in _labels(told)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("sources", "source"),
        ("keys", "keys"),
        ("math", "math"),
        ("learn", "learn"),
        ("数学", "math"),
        ("MATHS", "math"),
    ],
)
async def test_a_topic_by_name_shows_everything_on_it(home: House, platform: str, words: str, topic: str) -> None:
    ada, library = home.person(platform, "Ada"), _library(home)
    page = await ada.type(f"/step {words}")
    assert _title(page) == library.topics[topic].name.en
    assert library.topics[topic].about.en in page.text
    cards = [card for card in library.cards.values() if card.topic == topic]
    for card in cards:
        assert card.title.en in page.text
    assert _options(page, "Open a card") == [card.title.en for card in cards]
    opened = await ada.press(page, cards[-1].title.en)
    assert _title(opened) == cards[-1].title.en


async def test_the_topic_of_the_roles_opens_roles(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.press(await ada.type("/step role"), "Machine learning engineer")
    assert "Put trained models into production" in card.text
    assert "I am growing into this" in _labels(card)


@pytest.mark.parametrize(
    ("words", "topic"),
    [("imposter sindrome", "imposter"), ("linear algebra or calculus", "learn"), ("简历怎么写", "job")],
)
async def test_own_words_find_what_fits_them(home: House, platform: str, words: str, topic: str) -> None:
    ada, name = home.person(platform, "Ada"), _library(home).topics[topic].name.en
    found = await ada.type(f"/step {words}")
    if offered := _options(found, "Open one"):
        assert f"Nearest to “{words}”:" in found.text
        opened = await ada.press(found, offered[0])
        assert _title(opened) == offered[0]
        found = opened
    assert f"More on: {name}" in _labels(found)


async def test_no_hit_is_said_honestly_and_leads_to_the_topics(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    told = await ada.type("/step qqqqzzzz")
    assert "I have nothing on “qqqqzzzz”." in told.text
    assert _options(told, "Open one") == []
    listed = await ada.press(told, "All topics")
    assert "Informational interviews" in listed.text


async def test_words_that_would_call_people_stay_inert(home: House, platform: str) -> None:
    ada, kofi = home.person(platform, "Ada"), home.person(platform, "Kofi")
    mention = f"<@{kofi.id.rpartition('/')[2]}>"
    for words in ("@everyone <!channel>", mention, f"@here {mention}", "**zzqx** `zzqx` [zzqx](https://evil.example)"):
        told = await ada.type(f"/step {words}")
        assert f"“{words}”" in told.text or "zzqx" in words, "shown as it was typed"
        assert told.only_you
        assert _labels(told)[-1] == "All topics"
    assert sum(entry["pings"] for entry in ada.world.ledger()) == 0
    assert [entry for entry in ada.world.ledger() if not entry["ok"]] == []


@pytest.mark.parametrize("idea", ["interview.what", "imposter.home", "math.decisions", "role.ml-engineer.tasks"])
async def test_the_id_of_an_idea_opens_a_card_that_carries_it(home: House, platform: str, idea: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type(f"/step {idea}")
    origin = await ada.press(card, "Where is this from?")
    assert idea in origin.text.replace("`", " ").split()


@pytest.mark.parametrize("entry", ["card.interview.six-questions", "prompt.interview.one-week", "role.ml-engineer"])
async def test_the_id_of_an_entry_opens_that_entry(home: House, platform: str, entry: str) -> None:
    ada = home.person(platform, "Ada")
    shown = await ada.type(f"/step {entry}")
    origin = await ada.press(shown, "Where is this from?")
    assert f"This entry is {entry}." in origin.text
    assert (await ada.press(origin, "Back")).text == shown.text


async def test_a_chinese_reader_gets_everything_in_chinese(home: House, platform: str) -> None:
    lin, library = home.person(platform, "林雨"), _library(home)
    listed = await lin.type("/step")
    for topic in library.topics.values():
        assert topic.name.zh in listed.text
    page = await lin.press(listed, "信息访谈")
    assert _title(page) == "信息访谈"
    assert _labels(page)[-2:] == ["试十秒", "全部主题"]
    wanted = library.cards["card.interview.what"]
    card = await lin.press(page, wanted.title.zh)
    assert wanted.body.zh in card.text
    assert {"试十秒", "出自哪里？", "更多：信息访谈"} <= set(_labels(card))
    origin = await lin.press(card, "出自哪里？")
    assert "第 10 章：信息访谈" in origin.text
    assert "想法是他们的，文字是我们的。" in origin.text
    card = await lin.press(origin, "返回")

    await lin.press(card, "试十秒")
    step = lin.here()[-1]
    assert "今天十秒就够。" in step.text
    done = await lin.press(step, "做了")
    assert "出现过 1 天 · 最近 28 天里有 1 天" in done.text
    assert _labels(done) == ["做了什么？", "出自哪里？", "这个主题的更多内容"]
    assert _title(await _beside(lin, done, "这个主题的更多内容")) == "信息访谈"

    told = await lin.type("/step 故事")
    assert _title(told) in {story.title.zh for story in library.cards.values() if story.kind == "story"}
    assert "再来一个故事" in _labels(told)
    assert "简历" in (await lin.type("/step 简历怎么写")).text
    assert "关于“qqqqzzzz”，我这里没有。" in (await lin.type("/step qqqqzzzz")).text


async def test_old_buttons_work_after_a_restart(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    listed = await ada.type("/step")
    card = await ada.type("/step interview.what")
    told = await ada.type("/step story")
    await ada.press(card, "Try ten seconds of it")
    step = ada.here()[-1]

    await home.restart()
    assert _title(await ada.press(listed, "How much maths")) == "How much maths"
    assert "chapter 10" in (await ada.press(card, "Where is this from?")).text
    assert _title(await ada.press(told, "Another story")) != _title(told)
    done = await ada.press(step, "Done")
    assert "1 day shown up" in done.text

    await home.restart()
    assert "Andrew Ng" in (await _beside(ada, done, "Where is this from?")).text
    assert _title(await ada.press(card, "Back")) == _title(card)


async def test_what_one_member_reads_nobody_else_sees(home: House, platform: str) -> None:
    ada, kofi = home.person(platform, "Ada"), home.person(platform, "Kofi")
    card = await ada.type("/step imposter")
    await ada.press(card, "Try ten seconds of it")
    assert all(seen.only_you for seen in ada.here())
    assert kofi.here() == []
    assert kofi.dms() == []


async def test_discord_completes_topics_and_cards_in_both_languages(home: House) -> None:
    ada, lin = home.person("discord", "Ada"), home.person("discord", "林雨")
    every = await ada.world.complete(ada.id, "/step topic:")
    assert [value for value, _ in every] == list(_library(home).topics)
    assert ("math", "How much maths") in await ada.world.complete(ada.id, "/step topic:mat")
    assert ("math", "数学要学多少") in await lin.world.complete(lin.id, "/step topic:数学")
    six = _library(home).cards["card.interview.six-questions"]
    assert (six.id, six.title.en) in await ada.world.complete(ada.id, "/step topic:six quest")
    typed = six.title.zh[:4]
    found = await lin.world.complete(lin.id, f"/step topic:{typed}")
    assert (six.id, six.title.zh) in found
    for value, label in (*every[:2], (six.id, six.title.en)):
        assert _title(await ada.type(f"/step topic:{value}")) == label, "what was completed opens"
    assert await ada.world.complete(ada.id, "/step topic:qqqqzzzz") == []


def _library(home: House) -> Library:
    """The pack as it is served right now, so that writers may go on writing."""
    assert home.app is not None
    return home.app.shelf.library


def _title(seen: Seen) -> str:
    return seen.text.removeprefix("## ").splitlines()[0]


def _labels(seen: Seen) -> list[str]:
    """What its buttons say."""
    return [control.label for control in seen.controls if control.kind == "button"]


def _options(seen: Seen, placeholder: str) -> list[str]:
    """What the pickers of this name offer, in order."""
    pickers = [control for control in seen.controls if control.label == placeholder]
    return [label for picker in pickers for _value, label in picker.options]
