"""/circle as members live it on both platforms: from the wish over the weeks to a vote, and every quiet way out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from content.circle_ways import CircleBlockMeant, CircleGoalAsked, CircleLeft, CircleVoted
from sandbox.world import Seen
from store.circles import Circle
from store.circling import course_of
from store.round_pool import CIRCLES
from store.rounds import Round
from tests.acceptance.talks import Two, plain
from tests.acceptance.talks import press as press_direct
from tests.kit.house import House, until
from tests.kit.people import Person
from tests.scheduler.circling import DAY, FOUR, WEEK, Circling

LABELS = {
    "en": {
        "agree": "I agree", "theme": "What would you like company for?", "hours": "When could you meet, by your clock?",
        "languages": "Languages you can talk in", "way": "How would you like it?",
        "name": "What shall others call you?",
    },
    "zh-CN": {
        "agree": "我同意", "theme": "你想在什么事上有人同行？", "hours": "按你那里的时间，什么时候可以？",
        "languages": "你能用来聊天的语言", "way": "你想怎样同行？", "name": "别人怎么称呼你？",
    },
}  # fmt: skip


@pytest.fixture
def circling(home: House, platform: str) -> Circling:
    """On this platform."""
    return Circling(home, platform)


async def join(person: Person, lang: str = "en", *, command: str = "join", **more: str | list[str]) -> Seen:
    """`/circle join` to the answer, past the rules where they are not agreed to yet."""
    say = LABELS[lang]
    seen = await person.type(f"/circle {command}")
    if person.world.dialog(person.id) is None:
        await person.press(seen, say["agree"])
    filled = {say["theme"]: "learning", say["name"]: person.resident.name, say["hours"]: "any"}
    return await person.fill(filled | {say[key]: value for key, value in more.items()})


async def press(person: Person, seen: Seen, label: str) -> Seen:
    """Presses a button of a message in any conversation; gives back the newest answer there, or the same message where
    a form opened."""
    before = {one.id: one for one in person.inside(seen.place)}
    (control,) = [control for control in seen.controls if control.label == label]
    await person.world.press(person.id, seen.id, control.id)

    def now() -> list[Seen]:
        return [one for one in person.inside(seen.place) if before.get(one.id) != one and one.text.strip("… ")]

    await until(lambda: person.world.dialog(person.id) is not None or bool(now()), f"an answer to {label}")
    return now()[-1] if now() else seen


def room(circling: Circling, name: str, words: str) -> Seen:
    """The newest message with these words in the circle's own conversation."""
    person = circling.life(name).person
    found = [seen for place in person.groups() for seen in person.inside(place.id) if words in plain(seen)]
    assert found, [plain(seen)[:80] for place in person.groups() for seen in person.inside(place.id)]
    return found[-1]


async def kept(circling: Circling, circle: Circle, words: str, name: str) -> None:
    """Waits until somebody reads it, wherever."""
    await until(lambda: any(words in plain(seen) for seen in circling.reads(name)), words)


async def test_the_rules_come_first_and_then_one_form_and_honest_words(circling: Circling) -> None:
    ada, kofi = circling.life("Ada").person, circling.life("Kofi").person
    rules = await ada.type("/circle join")
    assert rules.only_you
    assert "Listen first; advice only where it is wished for." in rules.text
    await ada.press(rules, "I agree")
    assert len(ada.dialog().fields) == 5
    first = await join(ada)
    assert "I am looking for a circle for you: Learning something." in plain(first)
    assert "0 others wait for the same theme" in plain(first)
    assert "No round has a date yet" in plain(first)
    second = await join(kofi, command="host", way="circle-voice")
    assert "1 other person waits for the same theme" in plain(second)
    async with circling.rooms.store.begin() as tx:
        part = await tx.participants.get(circling.someone("Kofi"), CIRCLES)
    assert part is not None
    assert (part.state, part.profile["hosts"], part.profile["comfort"]) == ("in", True, "voice")
    assert (part.profile["availability"], part.profile["languages"]) == ("any", ("en",))


async def test_what_is_typed_wrong_is_explained_and_no_word_is_lost(circling: Circling) -> None:
    ada = circling.life("Ada").person
    seen = await join(ada, hours="whenever")
    told = seen.text if circling.platform == "discord" else str(ada.dialog().errors)
    assert "I read times such as" in told
    if circling.platform == "discord":  # Slack leaves the form open as it is
        await ada.type("/circle join")
        assert "whenever" in [field.value for field in ada.dialog().fields]
    done = await ada.fill({LABELS["en"]["theme"]: "project", LABELS["en"]["name"]: "Ada", LABELS["en"]["hours"]: ""})
    assert "A project of one's own" in plain(done)


async def test_a_wish_rests_comes_back_and_ends(circling: Circling) -> None:
    ada = circling.life("Ada").person
    assert "nothing to pause" in (await ada.type("/circle pause 2w")).text
    await join(ada)
    rests = await ada.type("/circle pause 2w")
    assert "Quiet until Friday, 4 December." in rests.text
    back = await ada.press(rests, "I am back")
    assert "I am looking for a circle for you" in plain(back)
    asked = await ada.type("/circle leave")
    left = await ada.press(asked, "Leave")
    assert "You are out." in left.text
    guide = await ada.type("/circle guide")
    assert "I am looking for" not in plain(guide)
    assert "Join a circle" in [control.label for control in guide.controls]


async def test_who_joins_an_open_round_is_in_it_and_one_that_is_matched_is_not_promised(home: House) -> None:
    circling = Circling(home, "slack")
    await circling.wish(("Kofi",))
    ada, now = circling.life("Ada").person, home.sandbox.clock.now()
    this = Round(
        space=circling.someone("Ada").space, programme=CIRCLES, number=1, seed=7, state="opened", opens_at=now,
        matches_at=now + WEEK, introduces_at=now + WEEK, follows_at=now + 2 * WEEK, closes_at=now + 3 * WEEK,
    )  # fmt: skip
    async with circling.rooms.store.begin() as tx:
        await tx.rounds.plan(this)
    assert "The next round is on" in plain(await join(ada))
    async with circling.rooms.store.begin() as tx:
        present = await tx.rounds.presence(this, circling.someone("Ada"))
        await tx.rounds.advance(this, "opened", "matched", next_at=None)
    assert present is not None
    assert present.state == "in"
    late = await join(circling.life("Priya").person)
    assert "No round has a date yet" in plain(late)


async def test_a_wish_that_is_changed_in_a_pause_still_rests(home: House) -> None:
    circling = Circling(home, "slack")
    ada = circling.life("Ada").person
    await join(ada)
    await ada.type("/circle pause 2w")
    await join(ada, way="circle-voice")
    async with circling.rooms.store.begin() as tx:
        part = await tx.participants.get(circling.someone("Ada"), CIRCLES)
    assert part is not None
    assert (part.state, part.paused_until is not None, part.profile["comfort"]) == ("paused", True, "voice")


async def test_four_join_talk_for_six_weeks_and_go_on(circling: Circling) -> None:
    """One of them reads Chinese, one looks after the circle; on Discord one has closed their direct messages."""
    await circling.wish(FOUR[:1])  # makes the programme, with a place for threads
    for name in FOUR:
        person = circling.life(name).person
        lang = "zh-CN" if name == "林雨" else "en"
        seen = await join(person, lang, command="host" if name == "Kofi" else "join", languages=["en", "zh"])
        assert ("我在找一个圈子" if name == "林雨" else "I am looking for a circle for you") in plain(seen)
        if circling.platform == "discord":
            async with circling.rooms.store.begin() as tx:
                await tx.members.set_zone(circling.someone(name), person.resident.zone, "member")
    await circling.round()
    welcome = room(circling, "Ada", "Your circle begins")
    assert "Kofi looks after it" in plain(welcome)
    assert all(name in plain(welcome) for name in FOUR)
    assert "for 林雨" in plain(welcome)
    circle = await circling.circle("Ada")

    ada, lin = circling.life("Ada").person, circling.life("林雨").person
    await press(ada, welcome, "My own goal")
    fields = {field.label: field.id for field in ada.dialog().fields}
    await ada.world.submit(ada.id, {fields["My goal for these weeks"]: "one *paper* a week"})
    await until(
        lambda: any("for your eyes only" in seen.text for seen in ada.inside(welcome.place)), "the goal is kept"
    )
    assert not any("for your eyes only" in seen.text for seen in lin.inside(welcome.place))
    guide = await ada.type("/circle guide")
    assert "one *paper* a week" in guide.text.replace("\\", "")
    assert "*paper*" not in (await lin.type("/circle")).text if circling.platform == "slack" else True

    circle = await circling.next(circle, 3)
    alive = room(circling, "林雨", "is this circle alive?")
    assert "第" not in alive.text, "a conversation of all is in the language all share"
    heard = await press(lin, alive, "We talk")
    assert "真好。圈子继续。" in heard.text
    assert heard.only_you
    circle = await circling.next(circle, 4)
    last = room(circling, "Ada", "Six weeks together")
    for name in FOUR:
        await press(circling.life(name).person, room(circling, name, "Six weeks together"), "Six more weeks")
    await until_settled(circling, circle)
    circle = await circling.get(circle)
    assert (circle.state, course_of(circle).term) == ("running", 2)
    await circling.jobs()
    circle = await circling.get(circle)
    assert len(course_of(circle).asked) == 6, "the next question waits for their hour"
    assert circle.next_at is not None
    assert circle.next_at > circling.home.sandbox.clock.now() + 5 * DAY
    again = await press(ada, last, "A good end")
    assert "settled already" in again.text


async def test_that_a_circle_talks_takes_no_answer_to_another_circle_away(home: House) -> None:
    circling = Circling(home, "slack")
    circle = await circling.next(await circling.begin(FOUR[:3]), 3)
    async with circling.rooms.store.begin() as tx:
        asked = replace(course_of(circle), by="x" * 24).kept()
        await tx.circles.advance(circle, "running", next_at=circle.next_at, question=asked)
    await circling.says(circle, "merge", "Ada")
    for name in ("Ada", "Kofi"):
        heard = await press(circling.life(name).person, room(circling, name, "is this circle alive?"), "We talk")
        assert heard.only_you
    votes = {one.person: one.vote for one in await circling.members(circle)}
    assert (votes[circling.someone("Ada")], votes[circling.someone("Kofi")]) == ("merge", "alive")


async def until_settled(circling: Circling, circle: Circle) -> None:
    """Everybody has answered, so nobody waits for the date."""
    for _ in range(200):
        if (await circling.get(circle)).state == "running":
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the vote was never counted")


async def test_more_than_peers_shows_what_the_owner_set_and_nothing_is_noted(circling: Circling) -> None:
    await circling.begin(FOUR[:3])
    kofi = circling.life("Kofi").person
    welcome = room(circling, "Kofi", "Your circle begins")
    shown = await press(kofi, welcome, "I need more than peers")
    assert shown.only_you
    assert "have set no help lines yet" in shown.text
    assert "emergency services" in shown.text
    owner = circling.life("Ada").person
    await owner.type("/admin help")
    preview = await owner.fill({"Help lines, one a line": "Samaritans 116 123", "Whom to write to here": "#moderators"})
    assert "Kept. This is what members see" in preview.text
    shown = await press(kofi, welcome, "I need more than peers")
    assert "Samaritans 116 123" in shown.text
    assert "moderators" in shown.text
    refused = await kofi.type("/admin help")
    assert "those who look after this community" in refused.text or "do not have permission" in refused.text


async def test_leaving_is_quiet_at_once_and_the_goal_goes_along(circling: Circling) -> None:
    circle = await circling.begin(FOUR)
    kofi, ada = circling.life("Kofi").person, circling.life("Ada").person
    before = [seen.text for seen in circling.reads("Ada")]
    asked = await leaves(circling, circle, "Kofi", 3)
    if circling.platform == "slack":
        assert "You are out." in kofi.inside(asked.place)[-1].text
    if circling.platform == "discord":
        assert kofi.groups() == [], "out of the thread too"
        await until(lambda: "You are out." in kofi.dms()[-1].text, "the answer where it can be read")
    assert [seen.text for seen in circling.reads("Ada")] == before
    told = await press_direct(
        circling.life("Kofi"), await _hand(circling, "Kofi", CircleGoalAsked(circle.id)), "circle-goal"
    )
    assert "not among yours" in told.text
    await circling.next(circle)
    assert not any("Week 1 of 6" in seen.text for seen in circling.reads("Kofi"))
    assert any("Week 1 of 6" in seen.text for seen in circling.reads("Ada"))
    assert ada.groups()


async def leaves(circling: Circling, circle: Circle, name: str, stay: int) -> Seen:
    """Presses "Leave quietly" and then "Leave", and waits until so many are left; gives back the question. On Discord
    whoever left sees the thread no more, nor the answer in it."""
    person = circling.life(name).person
    asked = await press(person, room(circling, name, "Your circle begins"), "Leave quietly")
    assert asked.only_you
    assert "Leave this circle" in asked.text, asked.text
    (control,) = [control for control in asked.controls if control.label == "Leave"]
    await person.world.press(person.id, asked.id, control.id)
    for _ in range(200):
        out = circling.platform == "slack" or not person.groups()
        if out and len(await circling.members(circle)) == stay:
            return asked
        await asyncio.sleep(0.02)
    raise AssertionError("nobody left")


async def _hand(
    circling: Circling, name: str, *actions: CircleVoted | CircleGoalAsked | CircleLeft | CircleBlockMeant
) -> Seen:
    return await Two(circling.home, circling.platform).hand(circling.life(name), *actions)


async def test_two_are_asked_at_once_whether_they_go_on(circling: Circling) -> None:
    circle = await circling.begin(FOUR[:3])
    await leaves(circling, circle, "Kofi", 2)
    await circling.jobs()
    for name in ("Ada", "Priya"):
        person = circling.life(name).person
        seen = next(seen for seen in reversed(circling.reads(name)) if "Would you both like to go on" in seen.text)
        await press(person, seen, "Go on as two")
    await until_settled(circling, circle)
    assert course_of(await circling.get(circle)).pair


async def test_holidays_are_voted_for_and_the_weeks_wait(circling: Circling) -> None:
    circle = await circling.next(await circling.begin(FOUR[:3]))
    assert circle.next_at is not None
    first = await press(circling.life("Ada").person, room(circling, "Ada", "Week 1 of 6"), "Pause for two weeks")
    assert "When more than half of you ask for it" in first.text
    second = await press(circling.life("Kofi").person, room(circling, "Kofi", "Week 1 of 6"), "Pause for two weeks")
    assert "the circle rests for two weeks" in second.text
    after = await circling.get(circle)
    assert after.next_at == circle.next_at + timedelta(weeks=2)
    circle = await circling.next(circle)
    assert circle.week == 2


async def test_block_and_report_are_silent_and_moderators_read_about_whom(circling: Circling) -> None:
    await circling.begin(("Kofi", "Priya", "林雨"))
    kofi, priya = circling.life("Kofi").person, circling.someone("Priya")
    welcome = room(circling, "Kofi", "Your circle begins")
    meant = await press(kofi, await press(kofi, welcome, "Block"), "Priya")
    done = await press(kofi, meant, "Yes, block")
    assert "you may leave it quietly" in done.text
    async with circling.rooms.store.begin() as tx:
        assert priya.id in str(await tx.blocks.by(circling.someone("Kofi")))
    await press(kofi, await press(kofi, welcome, "Report"), "Priya")
    fields = {field.label: field.id for field in kofi.dialog().fields}
    words = {fields["What is it about?"]: ["selling"], fields["What happened, in your words"]: "zebra"}
    await kofi.world.submit(kofi.id, words)
    await until(lambda: any("I know no moderator here" in one.text for one in kofi.inside(welcome.place)), "honest")
    queue = await circling.life("Ada").person.type("/admin reports")
    await press(kofi, await press(kofi, welcome, "Report"), "Priya")
    await kofi.world.submit(kofi.id, words)
    await until(lambda: any("The moderators read it." in one.text for one in kofi.inside(welcome.place)), "thanks")
    assert "zebra" in queue.text
    assert circling.someone("Kofi").id not in str(queue)
    assert not any("zebra" in seen.text for seen in circling.reads("Priya"))


async def test_a_stranger_is_in_no_circle_by_its_id(circling: Circling) -> None:
    circle = await circling.begin(FOUR[:3])
    await circling.wish(("Sam",))
    for action in (
        CircleVoted(circle.id, "pause", 1), CircleLeft(circle.id), CircleGoalAsked(circle.id),
        CircleBlockMeant(circle.id, circling.someone("Ada").id),
    ):  # fmt: skip
        seen = await _hand(circling, "Sam", action)
        told = await press_direct(circling.life("Sam"), seen, action.wire_name)
        assert "not among yours" in told.text
    async with circling.rooms.store.begin() as tx:
        assert await tx.blocks.by(circling.someone("Sam")) == frozenset()
    assert len(await circling.members(circle)) == 3


async def test_mydata_shows_a_circle_and_deleting_it_takes_one_out(home: House) -> None:
    circling = Circling(home, "slack")
    circle = await circling.begin(FOUR[:3])
    ada = circling.life("Ada")
    async with circling.rooms.store.begin() as tx:
        await tx.circles.set_goal(ada.someone, circle.id, "a garden")
        rows = await tx.having.rows(ada.someone)
    assert [row["goal"] for row in rows["circles"]] == ["a garden"]
    seen = await ada.person.type("/mydata")
    assert "Your circles" in seen.text
    assert "Circles and coffee" in seen.text
    async with circling.rooms.store.begin() as tx:
        await tx.forget.family(ada.someone, "circles", home.sandbox.clock.now())
    circle = await circling.next(circle)
    assert {one.person for one in await circling.members(circle)} == {
        circling.someone("Kofi"),
        circling.someone("Priya"),
    }
    assert circle.state == "merging"


async def test_doubts_have_figures_with_their_range_and_one_thing_to_do(circling: Circling) -> None:
    await circling.begin(FOUR[:3])
    ada = circling.life("Ada").person
    guide = await ada.type("/circle guide")
    doubts = await ada.press(guide, "When doubt comes")
    assert "9 to 82" in doubts.text
    step = await ada.press(doubts, "Name one thing I do well")
    assert "one thing I do well is" in step.text
    await ada.press(step, "Keep it as my goal")
    assert "One thing I do well" in str([field.value for field in ada.dialog().fields])
