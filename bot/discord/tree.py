"""From the registry to the application commands Discord shows: pure, sent as one bulk overwrite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

GUILD_CONTEXT, GUILD_INSTALL = 0, 0
CHAT_INPUT, SUB_COMMAND, STRING, USER = 1, 1, 3, 6
CHINESE = "zh-CN"
MANAGE_GUILD = str(1 << 5)

Translate = Callable[[str], str]
Payload = dict[str, Any]


class Opt(Protocol):
    """What is read of a registry's option."""

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def choices(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def completes(self) -> bool: ...
    @property
    def person(self) -> bool: ...


class Command(Protocol):
    """What is read of a registry's command."""

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def owner(self) -> bool: ...
    @property
    def options(self) -> Sequence[Opt]: ...


class Registry(Protocol):
    """`commands._registry.Registry` as this file sees it."""

    def groups(self) -> Mapping[str, Sequence[Command]]: ...


def payload(registry: Registry, *, chinese: Translate) -> list[Payload]:
    """Every command for `PUT /applications/{id}/commands`. Offered in guilds only: a command belongs to a space, and
    a direct conversation has none. `chinese` translates a summary, or gives it back where it cannot."""
    return [_top_level(word, commands, chinese) for word, commands in sorted(registry.groups().items())]


def _top_level(word: str, commands: Sequence[Command], chinese: Translate) -> Payload:
    single = len(commands) == 1 and commands[0].name == word
    summary = commands[0].summary if single else _group_summary(word, commands, str)
    described = _described(summary, chinese) if single else _group_description(word, commands, chinese)
    options = _options(commands[0], chinese) if single else [_sub_command(command, chinese) for command in commands]
    where = {"contexts": [GUILD_CONTEXT], "integration_types": [GUILD_INSTALL]}
    hidden = {"default_member_permissions": MANAGE_GUILD} if all(command.owner for command in commands) else {}
    return {"type": CHAT_INPUT, "name": word, **described, "options": options, **where, **hidden}


def _group_description(word: str, commands: Sequence[Command], chinese: Translate) -> Payload:
    described: Payload = {"description": _group_summary(word, commands, str)}
    translated = _group_summary(word, commands, chinese)
    if translated != described["description"]:
        described["description_localizations"] = {CHINESE: translated}
    return described


def _group_summary(word: str, commands: Sequence[Command], translate: Translate) -> str:
    """Nobody reads it while typing (Discord lists the sub-commands), but it must stand there."""
    text = " · ".join(
        f"{command.name.removeprefix(word).strip()}: {translate(command.summary)}" for command in commands
    )
    return text if len(text) <= 100 else text[:99] + "…"


def _sub_command(command: Command, chinese: Translate) -> Payload:
    name = command.name.partition(" ")[2]
    described = _described(command.summary, chinese)
    return {"type": SUB_COMMAND, "name": name, **described, "options": _options(command, chinese)}


def _options(command: Command, chinese: Translate) -> list[Payload]:
    # Discord refuses a required option that stands after an optional one.
    return [_option(option, chinese) for option in sorted(command.options, key=lambda option: not option.required)]


def _option(option: Opt, chinese: Translate) -> Payload:
    made: Payload = {
        "type": USER if option.person else STRING,
        "name": option.name,
        **_described(option.summary, chinese),
    }
    made["required"] = option.required
    if option.choices:
        made["choices"] = [_choice(value, label, chinese) for value, label in option.choices]
    elif option.completes:
        made["autocomplete"] = True
    return made


def _choice(value: str, label: str, chinese: Translate) -> Payload:
    translated = chinese(label)
    localized = {"name_localizations": {CHINESE: translated}} if translated != label else {}
    return {"name": label, "value": value, **localized}


def _described(summary: str, chinese: Translate) -> Payload:
    translated = chinese(summary)
    localized = {"description_localizations": {CHINESE: translated}} if translated != summary else {}
    return {"description": summary, **localized}
