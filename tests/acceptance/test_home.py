"""A member's own page in Slack's App Home: what it says, and everything that can be done on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Space
from chat.people import Person as Somebody
from sandbox.world import Seen
from tests.kit.house import House, until
from tests.kit.people import Person


def page(person: Person) -> Seen:
    return person.world.messages(person.id, "home")[0]


def labels(person: Person) -> list[str]:
    return [control.label for control in page(person).controls]


async def look(person: Person, words: str) -> Seen:
    """Opens the home tab and waits for what it says."""
    await person.world.open_home(person.id)
    return await says(person, words)


async def says(person: Person, words: str) -> Seen:
    """Waits until the page says so."""
    await until(lambda: any(words in seen.text for seen in person.world.messages(person.id, "home")), words)
    return page(person)


async def press(person: Person, label: str) -> None:
    """Presses the first such button on the page."""
    control = next(control.id for control in page(person).controls if control.label == label)
    await person.world.press(person.id, "home", control)


async def begin(home: House, name: str) -> None:
    """Somebody whose step comes each day at half past eight in London."""
    assert home.app is not None
    _space, _, id_ = home.person("slack", name).id.partition("/")
    person, now = Somebody(Space("slack", "T01MAKERS"), id_), home.sandbox.clock.now()
    schedule = Schedule(time(8, 30), "Europe/London")
    async with home.app.store.begin() as tx:
        await tx.members.meet(person, NOTHING_SAID, now)
        await tx.nudges.save(
            person, anchor="pour my coffee", tiny="open the course", celebrate="", schedule=schedule,
            next=Occurrence(date(2026, 11, 21), datetime(2026, 11, 21, 8, 30, tzinfo=UTC)), now=now,
        )  # fmt: skip


async def test_the_page_shows_the_days(home: House) -> None:
    ada = home.person("slack", "Ada")
    seen = await look(ada, "It is off.")
    assert seen.files == (), "no empty picture before the first day"

    await ada.press(await ada.type("/nudge now"), "Done")
    seen = await look(ada, "Days shown up: 1 of the last 28")
    assert [(file.name, file.mimetype, file.alt) for file in seen.files] == [
        ("days.png", "image/png", "Days shown up: 1 of the last 28")
    ]


async def test_the_step_is_paused_and_taken_up_again_without_leaving_the_page(home: House) -> None:
    await begin(home, "Ada")
    ada = home.person("slack", "Ada")
    seen = await look(ada, "Next step")
    assert "pour my coffee" in seen.text

    await press(ada, "Pause")
    await until(lambda: "1 week" in [control.label for control in page(ada).controls], "the pauses to choose from")
    assert "pour my coffee" in page(ada).text, "below the answer stands the page"
    await press(ada, "1 week")
    await until(lambda: "I am back" in labels(ada), "the way back")
    assert "Pause" not in labels(ada), "the page below knows of it"
    await press(ada, "I am back")
    await until(lambda: "Pause" in labels(ada), "the page as it was")
    assert (ada.here(), ada.dms()) == ([], []), "nothing was said anywhere else"


async def test_the_page_speaks_chinese_to_those_who_do(home: House) -> None:
    seen = await look(home.person("slack", "林雨"), "每日一步")
    assert "Your daily step" not in seen.text
