"""Messages and forms as Discord's components: complete, within its limits, inert."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.discord import render
from chat.action import Action
from chat.errors import LimitError
from chat.form import Ask, Choose, Form
from chat.markup import escape
from chat.message import Button, Choice, Divider, Facts, Image, Link, Message, Note, Picker, Row, Text, short

SHIRE = "112233445566778899"


@dataclass(frozen=True)
class Lit(Action, name="t-discord-lit"):
    """The beacon is lit."""

    where: str


def everything() -> Message:
    return Message(
        "The beacons",
        (
            Text("Gondor calls for **aid**"),
            Note("seven of them"),
            Divider(),
            Facts((("From", "Amon Dîn"), ("To", "Halifirien"))),
            Row((Button("Answer", Lit("rohan"), "primary"), Link("Map", "https://example.org/map"))),
            Picker("Which one?", (Choice("Eilenach", Lit("eilenach"), "the second"), Choice("Nardol", Lit("nardol")))),
            Image("https://example.org/fire.png", "a fire on a hill"),
        ),
    )


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def test_a_message_of_every_part_becomes_one_container() -> None:
    [container] = render.payload(everything(), space=SHIRE)
    assert container["type"] == 17
    assert [part["type"] for part in container["components"]] == [10, 10, 10, 14, 10, 1, 1, 12]
    texts = [part["content"] for part in container["components"] if part["type"] == 10]
    assert texts == [
        "## The beacons",
        "Gondor calls for **aid**",
        "-# seven of them",
        "**From** Amon Dîn\n**To** Halifirien",
    ]


def test_controls_carry_their_guild_and_links_do_not() -> None:
    buttons = [c for c in walk(render.payload(everything(), space=SHIRE)) if c["type"] == 2]
    assert buttons[0]["custom_id"] == f"{SHIRE}~t-discord-lit|rohan"
    assert buttons[0]["style"] == 1
    assert buttons[1]["url"] == "https://example.org/map"
    assert "custom_id" not in buttons[1]


def test_a_picker_keeps_the_whole_wire_for_its_options() -> None:
    message = Message("", (Picker("Which?", (Choice("Far", Lit("x" * 80)),)),))
    [select] = [c for c in walk(render.payload(message, space=SHIRE)) if c["type"] == 3]
    assert select["custom_id"] == f"{SHIRE}~pick:0"
    assert select["options"][0]["value"] == Lit("x" * 80).wire()


def test_an_action_too_long_for_a_guild_prefix_is_refused_with_advice() -> None:
    message = Message("", (Row((Button("Far", Lit("x" * 66)),)),))
    assert len(Lit("x" * 66).wire()) == render.WIRE + 1
    with pytest.raises(LimitError, match=r"t-discord-lit.*80.*allowed 79"):
        render.view(message, space=SHIRE)


def test_the_longest_allowed_action_fits_beside_the_longest_guild_id() -> None:
    assert len(render.custom_id(Lit("x" * 65), "9" * 20)) == 100


@pytest.mark.parametrize(
    "hostile",
    [
        "\u202eeldnarF",
        "@everyone",
        "<@1>",
        "a\x00b",
        "🦆🦆🦆",
        "back\\slash\\",
        "# not a title",
        "```js\n```",
        "x" * 150,
    ],
)
def test_hostile_words_anywhere_leave_no_active_mark(hostile: str) -> None:
    message = Message(
        hostile,
        (
            Text(escape(hostile)),
            Note(hostile),
            Facts(((hostile[:75], hostile),)),
            Row((Button(hostile[:75], Lit("a")),)),
            Picker(hostile[:75], (Choice(hostile[:75], Lit("b"), hostile[:75]),)),
        ),
    )
    texts = [c["content"] for c in walk(render.payload(message, space=SHIRE)) if c["type"] == 10]
    for text in texts:
        assert not {"\x00", "\u202e"} & set(text)
        assert "@everyone" not in text.replace("\\@", "")
        assert "<@" not in text
        assert "```" not in text


def test_what_escaping_pushes_over_discords_limit_is_refused_here_and_not_there() -> None:
    with pytest.raises(LimitError, match="as Discord counts"):
        render.view(Message("", (Text("~" * 2_500),)), space=SHIRE)


def test_a_one_line_answer_has_no_title() -> None:
    [container] = render.payload(short("Done."), space=SHIRE)
    assert [part["content"] for part in container["components"]] == ["Done."]


def test_a_form_becomes_a_modal_of_labels() -> None:
    form = Form(
        "A plan",
        (
            Ask("tiny", "I will …", hint="open the book", value="read", least=2, most=80),
            Ask("why", "Why?", required=False, long=True, most=300),
            Choose("days", "On which days?", (("0", "Monday"), ("1", "Tuesday")), chosen=("1",), many=True),
        ),
        Lit("form"),
    )
    modal = render.form_payload(form, space=SHIRE)
    assert (modal["title"], modal["custom_id"]) == ("A plan", f"{SHIRE}~t-discord-lit|form")
    labels: Any = modal["components"]
    assert [(label["type"], label["label"]) for label in labels] == [
        (18, "I will …"),
        (18, "Why?"),
        (18, "On which days?"),
    ]
    tiny, why, days = (label["component"] for label in labels)
    assert (tiny["custom_id"], tiny["style"], tiny["value"], tiny["placeholder"]) == (
        "tiny",
        1,
        "read",
        "open the book",
    )
    assert (tiny["min_length"], tiny["max_length"], tiny["required"]) == (2, 80, True)
    assert (why["style"], why["required"]) == (2, False)
    assert (days["min_values"], days["max_values"]) == (1, 2)
    assert [option["default"] for option in days["options"]] == [False, True]


def test_rendering_needs_no_event_loop_and_the_same_message_gives_the_same_bytes() -> None:
    assert render.payload(everything(), space=SHIRE) == render.payload(everything(), space=SHIRE)
