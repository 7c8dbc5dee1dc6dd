"""Closed direct messages, a slow or broken handler, hostile words: what a member sees, and what nobody else does."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from types import ModuleType
from typing import Annotated

import pytest

from chat.message import short
from chat.platform import Reply
from commands import _registry
from commands._call import Call
from commands._registry import Option, command
from sandbox.world import Fault, Seen
from tests.acceptance.steps import LABELS, go_to, nudges, opt_in
from tests.kit.house import House, house, until
from tests.kit.people import Person

LONGEST_OPTION = 6000  # characters Discord's client takes for one option
HOSTILE = {
    "ten thousand": "x" * 10_000,
    "right to left": "\u202eevil\u202c done",
    "everyone": "@everyone @here <@80000000000000001> <@&900000000000000001>",
    "channel": "<!channel> <!here> <@U001> <!subteam^S1>",
    "nul": "a\x00b\x00c",
    "emoji only": "🌱🌱🌱",
    "markup": "**bold** _it_ `code` [evil](https://evil.example) ||spoiler|| # head\n> quote",
    "backslashes": "\\*\\_\\@everyone\\",
    "braces": "{name} {0} %s {}",
    "only nul": "\x00\x00\x00",
}


async def test_closed_direct_messages_are_told_in_the_reply_and_not_retried(home: House, platform: str) -> None:
    priya = home.person(platform, "Priya")
    priya.world.set_dms_open(priya.id, False)
    kept = await opt_in(priya)
    assert "I could not send you a direct message." in kept.text
    tries = len(_sends(home, platform))
    await go_to(home, priya, 8, 30)
    await asyncio.sleep(0.5)
    assert len(_sends(home, platform)) == tries, "nothing more is tried"
    assert "I could not send you a direct message." in (await priya.type("/nudge show")).text
    step = await priya.type("/nudge now")  # works without direct messages
    assert "prompt." in step.text

    priya.world.set_dms_open(priya.id, True)
    again = await priya.press(kept, "Try again")
    assert "Your next step comes" in again.text
    await go_to(home, priya, 8, 30)
    await nudges(priya, 1)


async def test_who_cannot_be_reached_is_promised_nothing_and_a_pause_goes_on_as_set(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    paused = await _paused_before_it_was_closed(home, ada)
    told = "I could not send you a direct message."
    shown = await ada.type("/nudge show")
    assert told in shown.text
    assert [label for label in _labels(shown) if label in {"I am back", "Pause", "Try again"}] == ["Try again"]

    for old in (await ada.press(paused, "I am back"), await ada.type("/nudge pause open")):
        assert told in old.text
        assert "Your next step comes" not in old.text
        assert "goes on by itself" not in old.text
        assert _labels(old) == ["Try again", "A step now"]
    again = await ada.press(shown, "Try again")
    assert told in again.text, "still closed"

    ada.world.set_dms_open(ada.id, True)
    again = await ada.press(again, "Try again")
    assert "Quiet until you say so." in again.text, "the pause goes on as set"
    assert _labels(again) == ["I am back"]
    await go_to(home, ada, 8, 30)
    await asyncio.sleep(0.3)
    assert "Quiet until you say so." in (await ada.type("/nudge show")).text
    assert "Your next step comes" in (await ada.press(again, "I am back")).text
    before = len(ada.dms())
    await go_to(home, ada, 8, 30)
    await until(lambda: len(ada.dms()) == before + 1, "the step")


async def test_a_pause_with_an_end_outlives_closed_messages_too(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await _paused_before_it_was_closed(home, ada)
    quiet = await ada.type("/nudge pause 3d")
    assert "Quiet until Tuesday, 24 November." in quiet.text
    ada.world.set_dms_open(ada.id, True)
    again = await ada.press(quiet, "Try again")
    assert "Quiet until Tuesday, 24 November. It goes on by itself then." in again.text
    assert "Tuesday, 24 November" in (await ada.type("/nudge week")).text


async def _paused_before_it_was_closed(home: House, ada: Person) -> Seen:
    """A card with "I am back", from before their direct messages were closed; one try has found out about it."""
    await opt_in(ada)
    paused = await ada.type("/nudge pause 3d")
    await ada.press(await ada.type("/nudge show"), "I am back")
    ada.world.set_dms_open(ada.id, False)
    await go_to(home, ada, 8, 30)
    for _ in range(100):
        if "I could not send you a direct message." in (await ada.type("/nudge show")).text:
            return paused
    raise AssertionError("nobody noticed")


async def test_messages_closed_later_stop_the_step_after_one_try(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    ada.world.set_dms_open(ada.id, False)
    for _ in range(3):
        await go_to(home, ada, 8, 30)
        await asyncio.sleep(0.3)
    refused = [entry for entry in _sends(home, platform) if not entry["ok"]]
    assert len(refused) == 1


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_words_are_refused_clearly_or_shown_inert(home: House, platform: str, name: str) -> None:
    ada, words = home.person(platform, "Ada"), HOSTILE[name]
    after, will, when, _ = LABELS["en"]
    await opt_in(ada)
    await ada.type("/nudge on")
    fields = {field.label: field for field in ada.dialog().fields}
    refused = name in {"ten thousand", "only nul"}
    longest = 10_000 if refused else 60
    answers: dict[str, str] = {
        fields[label].id: words[: min(longest, fields[label].max_length)] for label in (after, will, "then I …")
    }
    before = len(ada.here())
    await ada.world.submit(ada.id, answers | {fields[when].id: "09:00"})
    await until(lambda: len(ada.here()) > before or ada.world.dialog(ada.id) is not None, "an answer")
    if refused:
        dialog = ada.world.dialog(ada.id)
        told = " ".join(dialog.errors.values()) if dialog and dialog.errors else ada.here()[-1].text
        assert "characters, please." in told
        await ada.world.dismiss(ada.id)
    else:
        await until(lambda: len(ada.here()) > before, "the recipe should be kept")
        assert "Kept" in ada.here()[-1].text
        await ada.type("/nudge show")
        await go_to(home, ada, 9, 0)
        await nudges(ada, 1)
    await ada.type("/role " + words[:90].replace("\n", " "))
    assert sum(entry["pings"] for entry in ada.world.ledger()) == 0
    assert [entry for entry in ada.world.ledger() if not entry["ok"]] == []


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_words_typed_elsewhere_are_answered_and_inert(home: House, platform: str, name: str) -> None:
    ada, words = home.person(platform, "Ada"), " ".join(HOSTILE[name].split())[:LONGEST_OPTION]
    await opt_in(ada)
    told = await ada.type("/nudge pause " + words)
    assert "I read pauses such as" in told.text or "How long shall I be quiet?" in told.text
    zone = await ada.press(await ada.type("/nudge show"), "Time zone")
    await ada.press(zone, "Another city")
    field = ada.dialog().fields[0]
    await ada.world.submit(ada.id, {field.id: words[: field.max_length]})
    await until(lambda: "time zone for this" in _everything(ada), "the city should be unknown")
    assert sum(entry["pings"] for entry in ada.world.ledger()) == 0
    assert [entry for entry in ada.world.ledger() if not entry["ok"]] == []


async def test_a_platform_that_is_slow_to_say_who_somebody_is_holds_nobody_up(home: House) -> None:
    ada = home.person("slack", "Ada")
    ada.world.faults().add(Fault("users.info", "stall", seconds=4))
    await ada.world.say(ada.id, ada.place, "/help")
    await until(lambda: any("/nudge on" in seen.text for seen in ada.here()), "help, late but there")
    assert not any("failed" in seen.text for seen in ada.here())


async def test_a_mistake_in_the_form_keeps_what_was_typed(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    after, will, when, _ = LABELS["en"]
    await opt_in(ada)
    await ada.type("/nudge on")
    await ada.fill({after: "feed the cat", will: "read one line", when: "half past never"})
    dialog = ada.world.dialog(ada.id)
    if dialog is None:  # Discord closes a form when it is sent; the answer re-opens it
        told = ada.here()[-1]
        assert "I read times such as" in told.text
        await ada.press(told, "Try again")
        values = {field.label: field.value for field in ada.dialog().fields}
        assert values[after] == "feed the cat"
    else:
        assert "I read times such as" in " ".join(dialog.errors.values())
    kept = await ada.fill({after: "feed the cat", will: "read one line", when: "7:15 pm"})
    assert "feed the cat" in kept.text
    assert "19:15" in kept.text


async def test_words_typed_into_a_form_with_mistakes_survive_a_restart(home: House) -> None:
    """On Discord, which closes a form when it is sent; on Slack the form simply stays open."""
    ada = home.person("discord", "Ada")
    after, will, when, _ = LABELS["en"]
    await opt_in(ada)
    await ada.type("/nudge on")
    told = await ada.fill({after: "feed the cat", will: "read one line", when: "half past never"})
    await home.restart()
    lost = await ada.press(told, "Try again")
    assert "your words are safe" in ada.here()[-1].text, lost.text
    await ada.type("/nudge on")
    values = {field.label: field.value for field in ada.dialog().fields}
    assert (values[after], values[when]) == ("feed the cat", "half past never")
    assert "Kept" in (await ada.fill({when: "7:15"})).text
    await ada.type("/nudge on")
    assert {field.label: field.value for field in ada.dialog().fields}[when] == "07:15"


async def test_a_command_nobody_knows_says_what_is_possible(home: House) -> None:
    ada = home.person("slack", "Ada")
    assert "/nudge pause" in (await ada.type("/nudge dance")).text


async def test_a_slow_handler_still_answers_and_a_broken_one_apologises_with_an_id(
    tmp_path: Path, platform: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with house(tmp_path, _with_trouble()) as home:
        ada = home.person(platform, "Ada")
        await ada.world.say(ada.id, ada.place, "/slow tea")
        await until(lambda: any("ready: tea" in seen.text for seen in ada.here()), "the slow answer")
        assert not any("respond" in seen.text or "failed" in seen.text for seen in ada.here())

        with caplog.at_level(logging.ERROR):
            told = await ada.type("/broken")
        error_id = told.text.rpartition("`")[0].rpartition("`")[2] or told.text.split()[-1]
        assert "Something went wrong on my side" in told.text
        assert error_id in caplog.text
        assert "secret words" not in told.text


def _with_trouble() -> _registry.Registry:
    """The real commands and two troublesome ones."""
    module = ModuleType("trouble")

    @command("slow", "Takes four seconds")
    async def slow(call: Call, what: Annotated[str, Option("what to make")]) -> Reply:
        await asyncio.sleep(4)
        return short(f"ready: {what}")

    @command("broken", "Fails")
    async def broken(call: Call) -> Reply:
        raise RuntimeError("secret words")

    for handler in (slow, broken):
        handler.__module__ = "trouble"
        setattr(module, handler.__name__, handler)
    known, more = _registry.load(), _registry.collect([module])
    return _registry.Registry({**known.commands, **more.commands}, known.answers)


def _labels(seen: Seen) -> list[str]:
    return [control.label for control in seen.controls if control.kind == "button"]


def _everything(person: Person) -> str:
    """All that stands before the person, an open form's errors included."""
    dialog = person.world.dialog(person.id)
    return "\n".join([*(dialog.errors.values() if dialog else ()), *(seen.text for seen in person.here())])


def _sends(home: House, platform: str) -> list[dict[str, object]]:
    methods = {"slack": ("chat.postMessage", "conversations.open"), "discord": ("POST /channels/{channel}/messages",)}
    entries = [dict(entry) for entry in home.worlds[platform].ledger()]
    return [entry for entry in entries if entry["method"] in methods[platform]]
