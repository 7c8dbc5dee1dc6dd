"""Each message has a golden file per platform; `make golden` rewrites them, and reviewers read the diff."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.discord import render as discord
from bot.slack import render as slack
from chat.form import Form
from chat.message import Message
from sandbox.discord.components import check_components, check_modal
from sandbox.slack.blocks import check_blocks, check_view
from tests.golden.messages import SHOWN, on

HERE = Path(__file__).parent
FILE = "F0PICTURE"  # as Slack calls an uploaded picture
CASES = [(platform, lang, name) for platform in ("slack", "discord") for lang in SHOWN for name in SHOWN[lang]]


def rendered(platform: str, value: Message | Form) -> Any:
    """The platform's own JSON."""
    value = on(platform, value) if isinstance(value, Message) else value
    if platform == "slack":
        if isinstance(value, Form):
            return slack.view(value, "[]")
        files = {picture.name: FILE for picture in value.pictures()}
        return {"text": slack.fallback(value), "blocks": slack.blocks(value, files)}
    space = "900000000000000001"
    return discord.form_payload(value, space=space) if isinstance(value, Form) else discord.payload(value, space=space)


@pytest.mark.parametrize(("platform", "lang", "name"), CASES)
def test_a_message_looks_as_it_did(platform: str, lang: str, name: str) -> None:
    made = rendered(platform, SHOWN[lang][name])
    file = HERE / platform / f"{name}.{lang}.json"
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, "`make golden` rewrites it, when the change is meant"


@pytest.mark.parametrize(("platform", "lang", "name"), CASES)
def test_the_platform_would_take_it(platform: str, lang: str, name: str) -> None:
    value, made = SHOWN[lang][name], rendered(platform, SHOWN[lang][name])
    match platform, value:
        case "slack", Form():
            assert check_view(made) == []
        case "slack", Message():
            assert check_blocks(made["blocks"], files=[FILE]) == []
        case _, Form():
            assert check_modal(made) == {}
        case _, Message():
            assert check_components(made, [carried.name for carried in (*value.pictures(), *value.files())]) == {}


def _makers(module: ModuleType) -> set[str]:
    """The public functions of a module that give back a Message or a Form."""
    functions = inspect.getmembers(module, inspect.isfunction)
    own = {name: function for name, function in functions if function.__module__ == module.__name__}
    makes = {name for name, f in own.items() if inspect.signature(f).return_annotation in {"Message", "Form"}}
    return {name for name in makes if not name.startswith("_") and not inspect.iscoroutinefunction(own[name])}


def test_every_message_has_a_golden() -> None:
    """Walks the rooms for functions that give back a Message or a Form."""
    makers: set[str] = set()
    for room in ("commands", "content", "sheets"):
        package = importlib.import_module(room)
        for found in pkgutil.iter_modules(package.__path__):
            if not found.name.startswith("_"):
                makers |= _makers(importlib.import_module(f"{room}.{found.name}"))
    assert makers - {name.partition(".")[0] for name in SHOWN["en"]} == set()


def test_no_golden_is_left_over() -> None:
    known = {f"{platform}/{name}.{lang}.json" for platform, lang, name in CASES}
    assert {str(path.relative_to(HERE)) for path in HERE.glob("*/*.json")} == known
