"""The tighter platform's limit holds when a value is built, and the error says what to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import pytest

from chat.action import Action, read_action
from chat.errors import LimitError, UnknownAction
from chat.form import Answers, Ask, Choose, Form
from chat.message import (
    PEOPLE,
    PICTURE_BYTES,
    Button,
    Choice,
    Facts,
    File,
    Image,
    Link,
    Message,
    Note,
    People,
    Picker,
    Picture,
    Row,
    Text,
)
from chat.moment import Schedule, pack_days, unpack_days
from chat.people import Person, Space
from tests.kit.pictures import png


@dataclass(frozen=True)
class Planted(Action, name="test-planted"):
    what: str
    count: int = 0
    on: date = date(2026, 1, 1)
    deep: bool = False


GO = Planted("x")
SHIRE = Space("discord", "100")
EVERYBODY = tuple(Person(SHIRE, str(800_000_000_000_000_000 + n)) for n in range(PEOPLE + 1))
FRODO, SAM = EVERYBODY[:2]
TALK = File(b"BEGIN:VCALENDAR", "talk.ics", "The *talk* on Thursday")


def test_an_action_survives_the_wire_with_every_kind_of_value() -> None:
    for what in ("plain", "with|bar", "% ü 中文", "", "a b:c/d"):
        action = Planted(what, -3, date(2026, 11, 20), deep=True)
        assert read_action(action.wire()) == action


@pytest.mark.parametrize(
    "wire", ["", "nobody-knows|x", "test-planted|a|b", "test-planted|a|1|2026-13-01", "test-planted|a|1|2026-01-01|1|x"]
)
def test_a_wire_nobody_wrote_is_told_apart(wire: str) -> None:
    with pytest.raises(UnknownAction):
        read_action(wire)


def test_an_action_too_long_or_of_a_wrong_kind_is_refused() -> None:
    with pytest.raises(LimitError, match="carry an id"):
        Planted("y" * 90).wire()
    with pytest.raises(LimitError, match="use str, int, bool or date"):
        Planted(1.5).wire()  # type: ignore[arg-type]
    with pytest.raises(LimitError, match="is taken by"):

        @dataclass(frozen=True)
        class Again(Action, name="test-planted"):  # pyright: ignore[reportUnusedClass]
            pass


def test_parts_refuse_what_a_platform_would_refuse() -> None:
    Text("a" * 3_000)
    for build in (
        lambda: Text("a" * 3_001),
        lambda: Text("  "),
        lambda: Note("n" * 301),
        lambda: Button("b" * 76, GO),
        lambda: Link("here", "http://insecure.example"),
        lambda: Image("https://x.example/a.png", ""),
        lambda: Picture(png(), " "),
        lambda: Picture(png(), "a" * 1_001),
        lambda: Picture(b"GIF89a", "no PNG"),
        lambda: Picture(png() + b"\0" * PICTURE_BYTES, "too large"),
        lambda: Picture(png(), "dots", "../dots.png"),
        lambda: Picture(png(), "dots", "dots.gif"),
        lambda: Message("", (Picture(png(), "a"), Picture(png(), "b"))),
        lambda: Message("", tuple(Picture(png(), "a", f"{n}.png") for n in range(11))),
        lambda: File(b"", "talk.ics", "an empty file"),
        lambda: File(b"x", "talk.ics", " "),
        lambda: File(b"x", "talk.ics", "a" * 301),
        lambda: File(b"x", "talk.exe", "a program"),
        lambda: File(b"x", "../talk.ics", "somewhere else"),
        lambda: File(b"x" * (PICTURE_BYTES + 1), "talk.ics", "too large"),
        lambda: Message("", (TALK, TALK)),
        lambda: Message("", (Picture(png(), "a", "a.png"), File(b"x", "a.png", "b"))),
        lambda: Message("", tuple(File(b"x", f"{n}.ics", "a") for n in range(11))),
        lambda: Message("", (*(File(b"x", f"{n}.ics", "a" * 300) for n in range(10)), Text("a" * 1_001))),
        lambda: People(()),
        lambda: People(EVERYBODY),
        lambda: People((FRODO, FRODO)),
        lambda: People((FRODO, Person(Space("discord", "200"), "9"))),
        lambda: Message("t", (People(EVERYBODY[1:]), Text("a" * 3_000), Text("a" * 824))),
        lambda: Facts(tuple((str(n), "v") for n in range(11))),
        lambda: Row(()),
        lambda: Row((Button("a", GO),) * 6),
        lambda: Picker("p", ()),
        lambda: Picker("p", tuple(Choice(str(n), Planted(str(n))) for n in range(26))),
        lambda: Message("", ()),
        lambda: Message("t" * 151),
        lambda: Message("t", (Text("a" * 2_500),) * 2),
        lambda: Message("t", (Note("n"),) * 39),
        lambda: Message("t", (Row((Button("a", GO), Button("b", GO))),)),
    ):
        with pytest.raises(LimitError):
            build()


def test_forms_refuse_what_a_platform_would_refuse() -> None:
    question = Ask("q", "Why?")
    for build in (
        lambda: Form("t" * 25, (question,), GO),
        lambda: Form("t", (), GO),
        lambda: Form("t", tuple(Ask(str(n), "Why?") for n in range(6)), GO),
        lambda: Form("t", (question, question), GO),
        lambda: Ask("q", "l" * 46),
        lambda: Ask("q", "l", value="v" * 301),
        lambda: Ask("q", "l", most=3_001),
        lambda: Choose("q", "l", ()),
        lambda: Choose("q", "l", (("a", "A"), ("a", "B"))),
        lambda: Choose("q", "l", (("a", "A"), ("b", "B")), chosen=("a", "b")),
        lambda: Choose("q", "l", (("a", "A"),), chosen=("z",)),
    ):
        with pytest.raises(LimitError):
            build()


def test_answers_read_the_same_whatever_came() -> None:
    answers = Answers({"words": "  hi ", "one": ("a",), "none": ()})
    assert (answers.text("words"), answers.text("absent"), answers.chosen("one")) == ("hi", "", ("a",))
    assert (answers.chosen("none"), answers.chosen("absent"), answers.chosen("words")) == ((), (), ("  hi ",))


def test_a_message_reads_aloud() -> None:
    message = Message("Title", (Text("a **b** \\*c\\*"), Facts((("k", "v"),)), Row((Button("x", GO),)), Note("n")))
    assert message.plain() == "Title\na b *c*\nk: v\nn"


def test_a_picture_is_read_aloud_in_its_words_and_its_bytes_stay_out_of_logs() -> None:
    drawn = Picture(png(), "28 dots, three of them filled", "dots.png")
    message = Message("Days", (drawn, Text("words"), Image("https://x.example/a.png", "a leaf")))
    assert message.plain() == "Days\n28 dots, three of them filled\nwords\na leaf"
    assert message.pictures() == (drawn,)
    assert "PNG" not in repr(message)


def test_people_are_named_by_the_platform_alone_and_each_once() -> None:
    message = Message("Meet", (People((FRODO, SAM)), Text("words"), People((SAM,))))
    assert message.people() == (FRODO, SAM)
    assert message.plain() == "Meet\nwords", "an id on a lock screen says nothing to anybody"
    assert Message("t", (People(EVERYBODY[1:]), Text("a" * 3_000), Text("a" * 800))), "as Discord counts them"


def test_a_file_is_read_aloud_in_its_words_and_its_bytes_stay_out_of_logs() -> None:
    message = Message("", (Picture(png(), "dots"), TALK))
    assert message.files() == (TALK,)
    assert message.plain() == "dots\nThe *talk* on Thursday"
    assert "VCALENDAR" not in repr(message)


def test_schedules_know_zones_and_days() -> None:
    assert unpack_days(pack_days({0, 6})) == {0, 6}
    for zone in ("Mars/Olympus", "../../etc/passwd", "", "localtime"):
        with pytest.raises(LimitError):
            Schedule(time(8), zone)
    with pytest.raises(LimitError):
        Schedule(time(8), "UTC", frozenset())


def test_a_person_without_an_id_or_a_space_does_not_exist() -> None:
    for build in (lambda: Space("", "x"), lambda: Space("slack", ""), lambda: Person(Space("slack", "T"), "")):
        with pytest.raises(LimitError):
            build()
    assert Space.parse("slack:T1:x") == Space("slack", "T1:x")
