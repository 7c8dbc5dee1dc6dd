"""App Home: a page for one person, published when they look, and anew after everything they do on it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest

from chat.action import Action
from chat.errors import Mistakes, Tellable
from chat.form import Answers, Ask, Form
from chat.message import Button, Message, Picture, Row, Text
from chat.people import Person as Somebody
from chat.people import Place, Space
from chat.platform import Edit, Reply, ShowsHome
from commands._call import Call
from commands._dispatch import PATIENCE
from commands._registry import answers, collect
from commands._registry import home as home_page
from sandbox.world import Fault, Seen
from tests.kit.house import House, house, until
from tests.kit.people import Person
from tests.kit.pictures import png

PLANTED: dict[str, str] = {}
"""What each member has in the garden: the state behind the page."""


@dataclass(frozen=True)
class Dug(Action, name="test-dug"):
    """The garden is dug over; `how` picks the kind of answer."""

    how: str


@dataclass(frozen=True)
class Sown(Action, name="test-home-sown"):
    """The form came back."""


@home_page
async def garden(call: Call) -> Message:
    assert call.place == Place(call.person.space, call.person.id)
    if PLANTED.get(call.person.id) == "weeds":
        raise ValueError("a page that cannot be made")
    what = PLANTED.get(call.person.id, "nothing yet")
    kinds = ("edit", "show", "slow", "none", "tell", "break", "form")
    rows = tuple(Row(tuple(Button(kind, Dug(kind)) for kind in kinds[n : n + 4])) for n in (0, 4))
    picture = Picture(png(3), "A grey garden", "garden.png")
    return Message("Your garden", (Text(f"There grows **{what}**."), picture, *rows))


@answers(Dug)
async def dig(call: Call, pressed: Dug) -> Reply:
    match pressed.how:
        case "tell":
            raise Tellable("The ground is frozen.")
        case "break":
            raise ValueError("the spade broke")
        case "form":
            return _form("")
        case "none":
            PLANTED[call.person.id] = "moss"
            return None
        case _:
            PLANTED[call.person.id] = pressed.how
    if pressed.how == "slow":
        await asyncio.sleep(PATIENCE + 0.3)
    answer = Message("Dug", (Text(f"By {pressed.how}."), Row((Button("edit", Dug("edit")),))))
    return answer if pressed.how == "show" else Edit(answer)


@answers(Sown)
async def sow(call: Call, sown: Sown, given: Answers) -> Reply:
    if given.text("what") == "stones":
        raise Mistakes({"what": "Stones do not grow."}, _form("stones"))
    PLANTED[call.person.id] = given.text("what")
    return Message("", (Text("It is sown."),))


def _form(value: str) -> Form:
    return Form("Sow", (Ask("what", "What shall grow?", value=value),), Sown())


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    PLANTED.clear()
    async with house(tmp_path, collect([sys.modules[__name__]]), {"discord_token": ""}) as running:
        yield running


@pytest.fixture
def ada(home: House) -> Person:
    return home.person("slack", "Ada")


def page(person: Person) -> str:
    shown = person.world.messages(person.id, "home")
    return shown[0].text if shown else ""


async def look(person: Person, words: str = "Your garden") -> Seen:
    """Opens the home tab and waits for what it says."""
    await person.world.open_home(person.id)
    await until(lambda: words in page(person), f"a home that says {words!r}: {page(person)!r}")
    return person.world.messages(person.id, "home")[0]


async def press(person: Person, label: str, words: str) -> str:
    """Presses the last such button of the page and waits for what it says then."""
    (shown,) = person.world.messages(person.id, "home")
    control = [control.id for control in shown.controls if control.label == label][-1]
    await person.world.press(person.id, "home", control)
    await until(lambda: words in page(person), f"a home that says {words!r}: {page(person)!r}")
    return page(person)


def published(home: House) -> int:
    return len([entry for entry in home.sandbox.slack.ledger() if entry["method"] == "views.publish"])


async def test_it_is_published_for_the_one_who_looks(home: House, ada: Person) -> None:
    seen = await look(ada)
    assert seen.text == "Your garden\nThere grows nothing yet.\nA grey garden"
    assert [(file.name, file.alt) for file in seen.files] == [("garden.png", "A grey garden")]
    assert page(home.person("slack", "Kofi")) == ""
    assert (ada.dms(), ada.here(), published(home)) == ([], [], 1)


@pytest.mark.parametrize(
    ("how", "answer", "grows"),
    [("edit", "Dug\nBy edit.", "edit"), ("show", "Dug\nBy show.", "show"), ("slow", "Dug\nBy slow.", "slow"),
     ("tell", "The ground is frozen.", "nothing yet")],
)  # fmt: skip
async def test_an_answer_stands_on_top_of_a_fresh_page(
    home: House, ada: Person, how: str, answer: str, grows: str
) -> None:
    await look(ada)
    assert await press(ada, how, answer) == f"{answer}\nYour garden\nThere grows {grows}.\nA grey garden"
    await press(ada, "edit", "By edit.")  # also with the same button twice on the page, and again
    await press(ada, "none", "grows moss.")
    assert page(ada).startswith("Your garden"), "the answer of before is gone"
    assert (ada.dms(), ada.here(), published(home)) == ([], [], 4)


async def test_a_handler_that_fails_apologises_there(ada: Person, caplog: pytest.LogCaptureFixture) -> None:
    await look(ada)
    said = await press(ada, "break", "Something went wrong on my side")
    assert "Your garden" in said
    assert "the spade broke" in caplog.text


async def test_a_page_that_cannot_be_made_apologises_instead(ada: Person, caplog: pytest.LogCaptureFixture) -> None:
    PLANTED["U001"] = "weeds"
    await look(ada, "Something went wrong on my side")
    assert "a page that cannot be made" in caplog.text


async def test_a_form_opens_tells_mistakes_at_their_fields_and_changes_the_page(home: House, ada: Person) -> None:
    await look(ada)
    (shown,) = ada.world.messages(ada.id, "home")
    await ada.world.press(ada.id, "home", next(c.id for c in shown.controls if c.label == "form"))
    await until(lambda: ada.world.dialog(ada.id), "the form")
    await ada.world.submit(ada.id, {ada.dialog().fields[0].id: "stones"})
    await until(lambda: ada.dialog().errors, "the mistake")
    assert published(home) == 1, "nothing has changed yet"
    await ada.world.submit(ada.id, {ada.dialog().fields[0].id: "roses"})
    await until(lambda: "grows roses." in page(ada), "the page")
    assert page(ada).startswith("It is sown.\nYour garden")
    assert ada.world.dialog(ada.id) is None
    assert (ada.dms(), ada.here()) == ([], [])


async def test_a_picture_that_is_still_looked_at_is_waited_for(home: House, ada: Person) -> None:
    home.sandbox.slack.spaces["T01MAKERS"].looks_at_files = 0.1
    assert (await look(ada)).files
    assert published(home) == 2


async def test_the_tab_with_the_messages_is_no_home(home: House, ada: Person) -> None:
    slack = home.sandbox.slack
    event = {"type": "app_home_opened", "user": "U001", "channel": "D1", "tab": "messages", "event_ts": "1.1"}
    slack.delivery.event("T01MAKERS", event, "T01MAKERS/U001")
    await look(ada)
    assert published(home) == 1


async def test_the_page_can_be_replaced_unasked(home: House, ada: Person) -> None:
    assert home.app is not None
    platform = home.app.platforms["slack"]
    assert isinstance(platform, ShowsHome)
    await platform.show_home(Somebody(Space("slack", "T01MAKERS"), "U001"), Message("", (Text("Snow fell."),)))
    assert page(ada) == "Snow fell."


async def test_a_page_that_slack_refuses_is_logged_by_its_reason(
    home: House, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    home.sandbox.slack.faults().add(Fault("views.publish", "rate_limit", seconds=30))
    await ada.world.open_home(ada.id)
    await until(lambda: "an answer could not be shown" in caplog.text, "the log line")
    record = next(record for record in caplog.records if record.message == "an answer could not be shown")
    assert (record.__dict__["event"], record.__dict__["reason"]) == ("HomeOpened", "ratelimited")
