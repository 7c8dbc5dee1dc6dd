"""What a member steers afterwards: hour, days, zone, size, recipe, rhythm, look back; and what they may look at."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from chat.moment import Occurrence
from chat.people import Person as Member
from chat.people import Profile, Space
from sandbox.world import Seen
from store.deliveries import NewDelivery
from store.members import Member as Known
from store.nudges import Changes, Nudge
from tests.acceptance.steps import go_to, nudges, opt_in, steps
from tests.kit.house import House, until
from tests.kit.people import Person


async def test_another_hour_and_other_days_in_one_line(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    moved = _plain(await ada.type("/nudge time 7:15 weekdays"))
    assert "From now on: 07:15, Mon, Tue, Wed, Thu, Fri." in moved
    assert "Saturday, 21 November, 08:30" in moved, "where it was"
    assert "Monday, 23 November, 07:15" in moved, "where it is now"
    assert "It is 12:00 for you now (Europe/London)." in moved
    await go_to(home, ada, 8, 30)  # Saturday
    await asyncio.sleep(0.3)
    assert steps(ada) == []
    await go_to(home, ada, 7, 15, days=1)
    await nudges(ada, 1)

    assert "From now on: 20:00, Mon, Wed." in _plain(await ada.type("/nudge time 8 pm mon wed"))
    assert "From now on: 20:00, every day." in _plain(await ada.type("/nudge time every day"))


async def test_hour_and_days_by_a_form_too(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await ada.press(await ada.type("/nudge home"), "Hour and days")
    assert {field.label: field.value for field in ada.dialog().fields}["When shall it come?"] == "08:30"
    moved = await ada.fill({"When shall it come?": "21:05", "On which days?": ["5", "6"]})
    assert "21:05, Sat, Sun" in moved.text
    await ada.type("/nudge time")
    await ada.fill({"When shall it come?": "25:00"})
    assert "I read times such as" in _everything(ada)
    assert (await _nudge(home, ada)).schedule.at.hour == 21


async def test_never_two_within_twelve_hours_when_the_hour_moves(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await go_to(home, ada, 8, 30)
    await nudges(ada, 1)
    moved = _plain(await ada.type("/nudge time 9:30"))  # an hour later, on the day that has had its step
    assert "Sunday, 22 November, 09:30" in moved
    await go_to(home, ada, 9, 30)
    await asyncio.sleep(0.3)
    await nudges(ada, 1)


WRONG = ["25:00", "half past never", "12:60", "mon blursday", "-1", "9:00 sometimes"]


@pytest.mark.parametrize("words", WRONG)
async def test_an_hour_that_is_none_changes_nothing_and_says_what_is_read(
    home: House, platform: str, words: str
) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    told = await ada.type(f"/nudge time {words}")
    assert "I read hours and days such as 7:15" in told.text
    assert (await _nudge(home, ada)).schedule.at.isoformat() == "08:30:00"


async def test_wrong_words_elsewhere_say_what_to_do(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    before = await _nudge(home, ada)
    assert "I found no time zone for this." in (await ada.type("/nudge zone Qwghlm")).text
    assert "I read pauses such as" in (await ada.type("/nudge pause 2020-01-01")).text
    if platform == "slack":  # Discord's client lets only the choices through
        assert "I know these sizes" in (await ada.type("/nudge dose enormous")).text
        assert "I know two rhythms" in (await ada.type("/nudge rhythm yearly")).text
    assert "I read /nudge reflect on, off, or one day" in _plain(await ada.type("/nudge reflect mon tue 17:00"))
    assert "I read /nudge reflect on, off, or one day" in _plain(await ada.type("/nudge reflect someday"))
    await ada.type("/nudge on")
    await ada.fill({"After I …": "x" * 81, "I will …": "y" * 500})
    assert "Between 2 and 80 characters, please." in _everything(ada)
    after = await _nudge(home, ada)
    assert (after.schedule, after.anchor, after.next_at) == (before.schedule, before.anchor, before.next_at)


async def test_another_city_moves_the_step_with_the_clock_as_proof(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    moved = _plain(await ada.type("/nudge zone Tokyo"))
    assert "It is 21:00 for you now (Asia/Tokyo)." in moved
    assert (await _nudge(home, ada)).schedule.zone == "Asia/Tokyo"
    near = await ada.type("/nudge zone Birmingham")
    [[*lines]] = [[text for _, text in c.options] for c in near.controls if c.kind == "select"]
    assert lines == ["Birmingham, United Kingdom — 12:00 now", "Birmingham, AL, United States — 06:00 now"]
    for city, zone in [("Pune", "Asia/Kolkata"), ("成都", "Asia/Shanghai"), ("India", "Asia/Kolkata")]:
        assert f"({zone})" in _plain(await ada.type(f"/nudge zone {city}")), "nothing to choose"
    asked = await ada.type("/nudge zone")
    assert "Which clock is yours?" in asked.text
    await ada.press(asked, "Accra, Ghana")
    assert "Africa/Accra" in _everything(ada)


async def test_a_moved_clock_is_asked_about_with_the_next_step(home: House) -> None:
    """Slack says it when somebody travels; Discord never does."""
    ada, kofi = home.person("slack", "Ada"), home.person("slack", "Kofi")
    for person in (ada, kofi):
        await opt_in(person)
        await person.world.change_member(person.id, zone="Asia/Tokyo")
        for _ in range(100):
            await person.type("/help")
            if (await _known(home, person)).zone_seen == "Asia/Tokyo":
                break
    await go_to(home, ada, 8, 30)  # as their clock in London showed it
    step = await nudges(ada, 1)
    stays = _plain(await _answer(ada, step, "08:30 in London"))
    assert "From now on: 08:30, every day." in stays
    assert "(Europe/London)" in stays
    assert "Done" in _labels(next(seen for seen in ada.dms() if seen.id == step.id)), "the step is still there"
    known = await _known(home, ada)
    assert (known.zone, known.zone_moved) == ("Europe/London", False)

    step = await nudges(kofi, 1)
    comes_along = _plain(await _answer(kofi, step, "08:30 in Tokyo"))
    assert "Sunday, 22 November, 08:30" in comes_along
    assert "(Asia/Tokyo)" in comes_along
    nudge = await _nudge(home, kofi)
    assert nudge.next_at == datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert (await _known(home, kofi)).zone_source == "profile", "the next journey is asked about again"


async def test_discord_offers_cities_hours_and_days_while_typing(home: House) -> None:
    ada = home.person("discord", "Ada")
    await opt_in(ada)
    cities = await ada.world.complete(ada.id, "/nudge zone city:lag")
    assert cities[0] == ("Lagos, Nigeria", "Lagos, Nigeria — 13:00 now")
    for typed, line in [("Beij", "Beijing, China — 20:00 now"), ("北", "Beijing, China — 20:00 now"),
                        ("San Fran", "San Francisco, CA, United States — 04:00 now")]:  # fmt: skip
        assert line in [shown for _, shown in await ada.world.complete(ada.id, f"/nudge zone city:{typed}")]
    assert len(await ada.world.complete(ada.id, "/nudge zone city:")) == 25
    assert ("07:30", "07:30") in await ada.world.complete(ada.id, "/nudge time at:7:3")
    assert ("weekdays", "Weekdays") in await ada.world.complete(ada.id, "/nudge time at:7:15 days:week")
    assert "(Africa/Lagos)" in _plain(await ada.type("/nudge zone city:Lagos, Nigeria"))
    assert "(Africa/Accra)" in _plain(await ada.type("/nudge zone city:Africa/Accra")), "a zone's own name does as well"


async def test_the_size_moves_by_a_picker_and_by_one_rung(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    ladder = await ada.type("/nudge dose")
    options = [text for control in ladder.controls for _, text in control.options]
    assert options == ["10 seconds", "30 seconds", "2 minutes", "5 minutes", "15 minutes", "30 minutes"]
    assert "A step is about 2 minutes now." in _plain(await ada.press(ladder, "2 minutes"))
    assert "A step is about 5 minutes now." in _plain(await ada.type("/nudge harder"))
    assert "A step is about 2 minutes now." in _plain(await ada.type("/nudge easier"))
    for _ in range(2):
        await ada.type("/nudge easier")
    assert "It is complete as it is." in (await ada.type("/nudge easier")).text
    assert "A step is about 30 minutes now." in _plain(await ada.type("/nudge dose 30min"))
    assert (await _nudge(home, ada)).dose == 5


async def test_the_recipe_is_read_back_advised_on_and_rehearsed(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada, anchor="at 8 o'clock", tiny="open the book")
    card = await ada.type("/nudge recipe")
    assert "What do you do around that time, with your hands?" in card.text
    kept = await ada.press(card, "Keep it as it is")
    assert "with your hands" not in kept.text
    once = _plain(await ada.press(kept, "Rehearse once"))
    assert "Do it now, the tiny way: open the book." in once
    await ada.press(await ada.type("/nudge recipe"), "Change it")
    saved = await ada.fill({"After I …": "put the cup down"})
    assert "put the cup down" in saved.text
    assert "Your first step is ten seconds" not in saved.text, "it is not the first any more"


async def test_why_says_the_rules_and_the_moment(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    assert "No step has come yet." in (await ada.type("/nudge why")).text
    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 1)
    told = await ada.type("/nudge why")
    assert "You have chosen no track, so every step may come." in told.text
    assert "You have not had it in the last 60 days." in told.text
    assert "You chose 08:30, every day, after “pour my coffee”." in told.text
    assert "Your size is 10 seconds" in told.text
    assert "It was sent on Saturday, 21 November, 08:30." in told.text
    assert _plain(step).splitlines()[0].removeprefix("## ") in told.text
    await ada.press(step, "Done")
    await go_to(home, ada, 9, 0)
    await ada.type("/nudge now")
    assert "because you asked for it" in (await ada.type("/nudge why")).text


async def test_why_says_the_size_a_step_came_in_whatever_rode_along(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await ada.type("/nudge dose 2min")
    await go_to(home, ada, 8, 30)
    await nudges(ada, 1)
    assert "Your size is 2 minutes" in (await ada.type("/nudge why")).text
    await _change(home, ada, dose=4)
    assert "It was a step of about 2 minutes. Your size is 15 minutes now." in (await ada.type("/nudge why")).text
    await _change(home, ada, dose=2, unanswered=2)
    assert home.app is not None
    async with home.app.store.begin() as tx:
        await tx.members.set_zone(_member(home, ada), "Europe/London", "profile")
        await tx.members.meet(_member(home, ada), Profile(zone="Asia/Tokyo"), home.sandbox.clock.now())
    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 2)
    assert "Your clock moved." in step.text, "the question about the clock rides on the ten-second version"
    told = (await ada.type("/nudge why")).text
    assert "It came in its ten-second version" in told
    assert "Your size is" not in told


async def test_history_lists_what_was_done_and_nothing_else(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    assert "Your first step will stand here" in (await ada.type("/nudge history")).text
    await opt_in(ada)
    await _showed_up(home, ada, days=7, apart=3)
    seen = await ada.type("/nudge history")
    assert "7 days shown up · 7 of the last 28" in seen.text
    assert "Friday, 20 November" in seen.text
    assert "Thursday, 19 November" not in seen.text, "a day without a step is nobody's business"
    assert seen.text.count("•") == 5
    assert "Days shown up: 7 of the last 28" in str(seen.native)
    older = await ada.press(seen, "Older")
    assert older.text.count("•") == 2
    assert "Page 2 of 2" in older.text
    assert (await ada.press(older, "Newer")).text.count("•") == 5


async def test_the_next_seven_moments_leave_out_a_pause(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await ada.type("/nudge reflect on")
    week = await ada.type("/nudge week")
    lines = [line for line in _plain(week).splitlines() if line.startswith("•")]
    assert len(lines) == 7
    assert lines[0] == "• Saturday, 21 November, 08:30"
    assert lines[1] == "• Sunday, 22 November, 17:00"
    await ada.type("/nudge pause 1w")
    week = await ada.type("/nudge week")
    assert "Saturday, 28 November, 08:30" in week.text
    assert "21 November" not in week.text
    assert "The days of your pause are left out." in week.text
    await ada.type("/nudge pause open")
    assert "Quiet until you say so." in (await ada.type("/nudge week")).text


async def test_clock_changes_are_explained_where_they_fall(home: House, platform: str) -> None:
    sam = home.person(platform, "Sam")
    await opt_in(sam, at="02:30")
    home.sandbox.clock.set(datetime(2027, 3, 12, 20, tzinfo=UTC))  # the clocks go forward on the 14th
    await sam.type("/nudge time 2:30")
    spring = await sam.type("/nudge week")
    assert "• Sunday, 14 March, 03:30" in _plain(spring)
    assert "The clocks go forward: 02:30 does not exist that day." in _plain(spring)
    home.sandbox.clock.set(datetime(2027, 11, 5, 20, tzinfo=UTC))  # and back on the 7th
    await sam.type("/nudge time 1:30")
    autumn = _plain(await sam.type("/nudge week"))
    assert "• Sunday, 7 November, 01:30\n" in autumn
    assert "The clocks go back: 01:30 comes twice that day, this is the first." in autumn
    assert autumn.count("The clocks") == 1


async def test_a_step_a_week_and_back(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    weekly = await ada.type("/nudge rhythm weekly")
    assert "One step a week, on Mon." in weekly.text
    assert "Monday, 23 November, 08:30" in weekly.text
    await go_to(home, ada, 8, 30, days=1)  # Sunday
    await asyncio.sleep(0.3)
    assert steps(ada) == []
    daily = await ada.press(weekly, "Daily")
    assert "One step a day" in daily.text
    assert "Monday, 23 November, 08:30" in daily.text


async def test_the_weekly_look_back_is_on_by_choice(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    card = await ada.type("/nudge reflect")
    assert "The weekly look back is off." in _plain(card)
    on = await ada.press(card, "On, Sunday 17:00")
    assert "The weekly look back comes Sunday, 17:00." in _plain(on)
    await ada.press(on, "Another day or hour")
    moved = await ada.fill({"On which day?": ["4"], "At what hour?": "16:30"})
    assert "Friday, 16:30" in moved.text
    assert "Wednesday, 16:30" in (await ada.type("/nudge reflect wed")).text
    off = await ada.type("/nudge reflect off")
    assert "is off." in _plain(off)
    assert (await _nudge(home, ada)).reflect_day is None


async def test_ones_own_page_holds_everything_and_changes_everything(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    page = await ada.type("/nudge home")
    for words in (
        "pour my coffee",
        "Saturday, 21 November, 08:30",
        "10 seconds",
        "Daily",
        "Europe/London",
        "Automatic",
    ):
        assert words in page.text, words
    await ada.press(page, "What for")
    await ada.press(page, "Learn")
    await ada.press(page, "My page")
    await ada.press(page, "Tender topics")
    await ada.press(page, "With: Making days count")
    await ada.press(page, "My page")
    await ada.press(page, "Size")
    await ada.press(page, "30 seconds")
    await ada.press(page, "My page")
    await ada.press(page, "Once a week")
    changed = await ada.press(page, "My page")
    assert changed.id == page.id
    for words in ("Learn", "Making days count", "30 seconds", "Once a week"):
        assert words in changed.text, words
    await ada.press(page, "Tender topics")
    await ada.press(page, "Without: Making days count")
    assert "none" in (await ada.press(page, "My page")).text
    await ada.press(page, "Language")
    assert "我跟你说中文" in (await ada.press(page, "中文")).text


async def test_slacks_home_tab_is_the_same_page_and_changes_on_the_spot(home: House) -> None:
    ada = home.person("slack", "Ada")
    await opt_in(ada)
    await ada.world.open_home(ada.id)
    seen = await _home_says(ada, "Hour and days")
    assert (await ada.type("/nudge home")).text.splitlines()[1:] == seen.text.splitlines()[1:]
    await _press_home(ada, "Size")
    await _home_says(ada, "A step is about 10 seconds now.")
    await _press_home(ada, "My page")
    await until(lambda: "A step is about" not in _home(ada).text, "the page alone, not twice")
    assert _home(ada).text.count("Tender topics") == 1
    await _press_home(ada, "Once a week")
    seen = await _home_says(ada, "One step a week, on Mon.")
    assert "Once a week" in seen.text.partition("Your daily step")[2], "the page below knows of it"


async def test_quiet_is_said_kindly_and_the_way_back_keeps_the_recipe(home: House, platform: str) -> None:
    for state, words in (("dormant", "I have been quiet"), ("graduated", "run by themselves")):
        ada = home.person(platform, "Ada" if state == "dormant" else "Kofi")
        await opt_in(ada, anchor="water the basil")
        await ada.type("/nudge dose 5min")
        await _change(home, ada, state=state, unanswered=6, next=None)
        shown = await ada.type("/nudge show")
        assert words in shown.text
        assert "water the basil" in shown.text
        assert "I am quiet just now." in (await ada.type("/nudge time 9:00")).text
        back = await ada.type("/nudge on")
        assert "Good to see you. Ten seconds?" in back.text
        assert "Saturday, 21 November, 08:30" in back.text
        nudge = await _nudge(home, ada)
        assert (nudge.state, nudge.dose, nudge.unanswered, nudge.anchor) == ("active", 0, 0, "water the basil")
        home_again = await ada.type("/nudge show")
        for shame in ("miss", "behind", "streak", "fail"):
            assert shame not in (shown.text + back.text + home_again.text).casefold()


async def test_the_way_back_says_so_when_messages_do_not_arrive(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    ada.world.set_dms_open(ada.id, False)
    await go_to(home, ada, 8, 30)
    for _ in range(100):  # the one try is refused, and the member marked
        if "I could not send you a direct message." in (await ada.type("/nudge show")).text:
            break
    await _change(home, ada, state="dormant", unanswered=6, next=None)
    back = await ada.type("/nudge on")
    assert "I could not send you a direct message." in back.text
    ada.world.set_dms_open(ada.id, True)
    again = await ada.press(back, "Try again")
    assert "Your next step comes Sunday, 22 November, 08:30." in again.text
    await go_to(home, ada, 8, 30)
    await nudges(ada, 1)


async def test_off_leaves_the_recipe_and_a_zone_still_moves(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada, anchor="water the basil")
    await ada.type("/nudge off")
    assert "water the basil" in (await ada.type("/nudge recipe")).text
    moved = await ada.type("/nudge zone Tokyo")
    assert "Kept for when your daily step is back" in moved.text
    await ada.type("/nudge on")
    assert "Asia/Tokyo" in (await ada.fill({})).text


async def test_a_change_of_anything_wakes_a_nudge_that_has_gone_quieter(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    far = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)
    await _change(home, ada, state="cooling", unanswered=4, dose=3, next=Occurrence(far.date(), far))
    moved = _plain(await ada.type("/nudge time 9:00"))
    assert "Saturday, 21 November, 09:00" in moved
    nudge = await _nudge(home, ada)
    assert (nudge.state, nudge.unanswered, nudge.dose) == ("active", 0, 0)
    assert nudge.next_at is not None
    assert nudge.next_at < far
    await _change(home, ada, state="cooling", unanswered=4)
    await ada.type("/nudge dose 2min")
    nudge = await _nudge(home, ada)
    assert (nudge.state, nudge.unanswered, nudge.dose) == ("active", 0, 2), "a size asked for stays"


async def test_in_chinese_it_reads_and_speaks_chinese(home: House, platform: str) -> None:
    lin = home.person(platform, "林雨")
    await opt_in(lin, lang="zh-CN", anchor="倒好茶", tiny="打开课程")
    moved = _plain(await lin.type("/nudge time 晚上8点半 工作日"))
    assert "从现在起：20:30，周一、周二、周三、周四、周五" in moved or "20:30" in moved
    assert "From now on" not in moved
    assert "时区" in (await lin.type("/nudge week")).text
    assert "我读得懂这样的时间和日子" in (await lin.type("/nudge time 二十五点")).text
    assert "想继续的话可以做上大约5 分钟" in (await lin.type("/nudge dose 5min")).text
    assert "又见到你了" not in (await lin.type("/nudge show")).text
    assert "它可以接在哪个时刻后面" not in (await lin.type("/nudge recipe")).text
    assert "每周回顾现在是关着的" in _plain(await lin.type("/nudge reflect"))
    assert "每周一步" in (await lin.type("/nudge rhythm weekly")).text
    await go_to(home, lin, 20, 30, days=3)  # Monday
    await nudges(lin, 1)
    assert "你选的是 20:30" in (await lin.type("/nudge why")).text
    page = await lin.type("/nudge home")
    assert "只有你看得到" in page.text
    assert "/nudge on" not in page.text


def _plain(seen: Seen) -> str:
    return seen.text.replace("*", "").replace("`", "").replace("_", "")


def _everything(person: Person) -> str:
    dialog = person.world.dialog(person.id)
    return "\n".join([*(dialog.errors.values() if dialog else ()), *(seen.text for seen in person.here())])


def _member(home: House, person: Person) -> Member:
    space, _, id_ = person.id.partition("/")
    return Member(Space("slack" if person.world is home.sandbox.slack else "discord", space), id_)


def _home(person: Person) -> Seen:
    return person.world.messages(person.id, "home")[0]


async def _home_says(person: Person, words: str) -> Seen:
    await until(
        lambda: any(words in _plain(seen) for seen in person.world.messages(person.id, "home")),
        f"the page says {words}",
    )
    return _home(person)


async def _press_home(person: Person, label: str) -> None:
    control = next(control.id for control in _home(person).controls if control.label == label)
    await person.world.press(person.id, "home", control)


async def _answer(person: Person, step: Seen, label: str) -> Seen:
    """Presses a button of the step; gives back what is said beside it."""
    before = {seen.id for seen in person.dms()}
    await person.press(step, label)
    await until(lambda: any(seen.id not in before for seen in person.dms()), "an answer beside the step")
    return next(seen for seen in person.dms() if seen.id not in before)


def _labels(seen: Seen) -> list[str]:
    return [control.label for control in seen.controls if control.kind == "button"]


async def _known(home: House, person: Person) -> Known:
    assert home.app is not None
    async with home.app.store.begin() as tx:
        known = await tx.members.get(_member(home, person))
    assert known is not None
    return known


async def _nudge(home: House, person: Person) -> Nudge:
    assert home.app is not None
    async with home.app.store.begin() as tx:
        nudge = await tx.nudges.get(_member(home, person))
    assert nudge is not None
    return nudge


async def _change(home: House, person: Person, **changes: object) -> None:
    """As the scheduler would have left it after weeks."""
    assert home.app is not None
    async with home.app.store.begin() as tx:
        await tx.nudges.change(_member(home, person), home.sandbox.clock.now(), **Changes(**changes))  # type: ignore[typeddict-item]


async def _showed_up(home: House, person: Person, *, days: int, apart: int) -> None:
    """Steps taken before today, every `apart` days."""
    assert home.app is not None
    member, now = _member(home, person), home.sandbox.clock.now()
    prompts = sorted(home.app.shelf.current.library.prompts.values(), key=lambda prompt: prompt.id)
    async with home.app.store.begin() as tx:
        for n in range(days):
            day: date = now.date() - timedelta(days=n * apart)
            at = now - timedelta(days=n * apart, hours=1)
            row = NewDelivery(member, "prompt", day, at, subject=prompts[n].id, subject_rev=1, state="sent")
            await tx.deliveries.plan([row])
            await tx.deliveries.answer(member, row.id, "done" if n % 2 else "shrunk", at)
